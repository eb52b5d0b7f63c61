"""The simulated parts of a training counter, each in a process of its own behind its real interface."""

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from sscard_desk.devices.card_reader.pcscd import private_pcscd
from sscard_desk.domain.errors.device import StationSilent
from sscard_desk.training.card_tray import REST_S

GRACE_S: Final = 5.0


@dataclass(frozen=True)
class Stations:
    """Where the simulated parts are reached; what goes into `desk.toml`.

    Attributes:
        id_reader: port of the SAM-V reader.
        camera: address of the MJPEG stream.
        scanner: address of the network scanner.
    """

    id_reader: str
    camera: str
    scanner: str = ""

    def settings(self, centre_url: str) -> dict[str, dict[str, object]]:
        """Return the sections of `desk.toml` for a training counter."""
        return {
            "id_reader": {"port": self.id_reader},
            "chip_photo": {"library": "training"},
            "camera": {"source": self.camera},
            "printer": {"folder": "printed"},
            "scanner": {"escl": self.scanner, "folder": "printed"},
            "centre": {"url": centre_url},
        }


class Station:
    """One child process that says on its first line where it is reached, and ends with this object."""

    def __init__(self, *words: str) -> None:
        self._process = subprocess.Popen(
            [*_program(), *words, "--json", "--with-parent"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | {"PYTHONUNBUFFERED": "1"},
            text=True,
            encoding="utf-8",
        )
        self._name = " ".join(words[:2])

    @property
    def process_id(self) -> int:
        """The child's process id."""
        return self._process.pid

    def reached(self) -> dict[str, str]:
        """Return the child's first line.

        Raises:
            StationSilent: it ended without one.
        """
        line = self._out.readline()
        if not line:
            raise StationSilent(station=self._name)
        said: dict[str, str] = json.loads(line)
        if "error" in said:
            raise StationSilent(station=self._name)
        return said

    def stop(self) -> None:
        """End the child."""
        self._process.terminate()
        try:
            self._process.wait(GRACE_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._out.close()
        if self._process.stdin is not None:
            self._process.stdin.close()

    @property
    def _out(self) -> IO[str]:
        if self._process.stdout is None:
            raise StationSilent(station=self._name)
        return self._process.stdout


@contextlib.contextmanager
def station(*words: str) -> Iterator[Station]:
    """Run one verb as a child process until the block ends."""
    child = Station(*words)
    try:
        yield child
    finally:
        child.stop()


@contextlib.contextmanager
def running_stations(
    cards: Path, *, first: int = 0, rest_s: float = 2.0, card_rest_s: float = REST_S
) -> Iterator[Stations]:
    """Run id reader, camera, scanner and card (in a private pcscd) until the block ends.

    Args:
        cards: folder that keeps the training cards between runs.
        first: which synthetic person comes first.
        rest_s: seconds between one applicant's id card and the next one's.
        card_rest_s: quiet seconds after which a written card is taken out.

    Raises:
        SystemPackagesMissing: pcscd or vpcd is not installed.
        StationSilent: a simulated part did not start.
    """
    with contextlib.ExitStack() as stack:
        service = stack.enter_context(private_pcscd())
        id_reader = stack.enter_context(station("simulate", "id-reader", "--first", str(first), "--rest", str(rest_s)))
        camera = stack.enter_context(station("simulate", "camera"))
        scanner = stack.enter_context(station("simulate", "scanner", "--first", str(first)))
        words = ["--stock", str(cards), "--port", str(service.vpcd_port), "--rest", str(card_rest_s)]
        card = stack.enter_context(station("simulate", "card", *words))
        card.reached()
        yield Stations(
            id_reader=id_reader.reached()["port"], camera=camera.reached()["source"], scanner=scanner.reached()["escl"]
        )


def _program() -> Sequence[str]:
    return [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "sscard_desk"]
