"""Scanners that this computer shows now: those of SANE, those of Windows; found without opening them."""

import shutil
import subprocess
import sys
from collections.abc import Mapping
from typing import Final

from sscard_desk.devices.scanner.sane import PROGRAM
from sscard_desk.ports.scanner import ScannerChoice

SANE, WIA = "sane:", "wia:"
"""Begin the keys of found scanners; the driver's own name of the device follows."""
LIST_S: Final = 15.0
"""SANE asks every backend, some of which look through the network."""
_FORMAT: Final = "%d\t%v %m\n"


def found_scanners(environment: Mapping[str, str] | None = None) -> tuple[ScannerChoice, ...]:
    """Return what is there; may take seconds, so it belongs on the scanner's lane.

    Args:
        environment: of the program that lists, None for this program's own.
    """
    if sys.platform == "win32":
        from sscard_desk.devices.scanner.wia import wia_scanners  # noqa: PLC0415 - Windows alone

        return wia_scanners()
    return sane_scanners(environment)


def sane_scanners(environment: Mapping[str, str] | None = None) -> tuple[ScannerChoice, ...]:
    """Return the devices that `scanimage` lists; none where it is not installed or hangs."""
    if shutil.which(PROGRAM) is None:
        return ()
    command = [PROGRAM, f"--formatted-device-list={_FORMAT}"]
    try:
        env = dict(environment) if environment is not None else None
        done = subprocess.run(command, env=env, capture_output=True, timeout=LIST_S, check=False)
    except (subprocess.TimeoutExpired, OSError):
        return ()
    lines = (line.partition("\t") for line in done.stdout.decode("utf-8", "replace").splitlines())
    return tuple(ScannerChoice(f"{SANE}{device}", name.strip() or device) for device, tab, name in lines if tab)
