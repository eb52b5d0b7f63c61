"""Cameras that this computer shows now, without opening them."""

import sys
from pathlib import Path
from typing import Final

SYSFS: Final = Path("/sys/class/video4linux")
WINDOWS_TRIES: Final = 3
"""Windows names cameras only through interfaces that need a library of their own: the first few numbers are offered."""


def found_cameras(sysfs: Path = SYSFS) -> tuple[tuple[int, str], ...]:
    """Return number and name of each camera; on Linux from sysfs, where each camera's first node takes pictures.

    Args:
        sysfs: the kernel's folder of video devices.
    """
    if sys.platform == "win32":
        return tuple((number, "") for number in range(WINDOWS_TRIES))
    found = []
    for node in sysfs.glob("video*"):
        number, first = node.name.removeprefix("video"), _line(node / "index")
        if number.isdecimal() and first in {"", "0"}:  # further nodes of one camera carry its metadata
            found.append((int(number), _line(node / "name")))
    return tuple(sorted(found))


def _line(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""
