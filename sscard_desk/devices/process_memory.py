"""How much memory this process ever held, where the system tells."""

import sys
from pathlib import Path
from typing import Final

_STATUS: Final = Path("/proc/self/status")
KIB_PER_MIB: Final = 1024


def peak_rss_mb() -> float:
    """Return the largest resident set of this process in MiB; 0.0 where the system does not tell (not Linux)."""
    if not sys.platform.startswith("linux") or not _STATUS.exists():
        return 0.0
    for line in _STATUS.read_text(encoding="ascii", errors="replace").splitlines():
        if line.startswith("VmHWM:"):
            return round(int(line.split()[1]) / KIB_PER_MIB, 1)
    return 0.0
