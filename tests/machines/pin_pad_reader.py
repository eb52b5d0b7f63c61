"""A real reader service whose virtual reader has a PIN pad: vpcd's driver behind one of ours that answers part 10."""

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from sscard_desk.devices.card_reader.pcscd import PrivatePcscd

_SOURCE = Path(__file__).with_name("pin_pad_driver.c")


@dataclass
class PadReader:
    """The service, and what a holder types.

    Attributes:
        service: pcscd with one reader.
        entries: the file with what is typed next, an entry a line.
    """

    service: PrivatePcscd
    entries: Path

    def type(self, *entries: str) -> None:
        """Let the holder type this, entry by entry; an empty one is the cancel key."""
        self.entries.write_text("".join(f"{entry}\n" for entry in entries), encoding="ascii")


def reader_with_pad(folder: Path) -> PadReader:
    """Build the driver and start the service; whoever asked stops it."""
    entries = folder / "typed"

    def through(real: Path) -> Path:
        compiler = shutil.which("cc") or shutil.which("gcc")
        assert compiler, "gcc is one of the system packages of the tests"
        made = folder / "libpad.so"
        words = [compiler, "-shared", "-fPIC", "-O1", "-Wall", "-Werror", "-I/usr/include/PCSC"]
        words += [f'-DREAL_DRIVER="{real}"', f'-DPAD_FILE="{entries}"', "-o", str(made), str(_SOURCE), "-ldl"]
        subprocess.run(words, check=True, capture_output=True, timeout=60)
        return made

    return PadReader(PrivatePcscd(through=through), entries)
