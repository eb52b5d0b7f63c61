"""E368 to E379, what a scanner says besides `device`: one error for each status of SANE (standard 1.06, 4.2.7)."""

from dataclasses import dataclass
from typing import ClassVar

from sscard_desk.domain.errors.base import DeviceTrouble


@dataclass(eq=False)
class ScannerBusy(DeviceTrouble):
    """Somebody else scans on it (SANE 3, HTTP 503)."""

    code: ClassVar[str] = "E368"


@dataclass(eq=False)
class ScannerAccessDenied(DeviceTrouble):
    """This account may not use the scanner (SANE 11, HTTP 401 and 403)."""

    code: ClassVar[str] = "E369"
    retry_helps: ClassVar[bool] = False


@dataclass(eq=False)
class ScannerOutOfMemory(DeviceTrouble):
    """Scanner or computer has not the memory for such a page (SANE 10)."""

    code: ClassVar[str] = "E370"


@dataclass(eq=False)
class ScannerReadFailed(DeviceTrouble):
    """The line to the scanner, or its own reading, failed while it scanned (SANE 9)."""

    code: ClassVar[str] = "E371"


@dataclass(eq=False)
class ScannerSilent(DeviceTrouble):
    """The scanner did not answer in time; the scan was cancelled."""

    code: ClassVar[str] = "E372"


@dataclass(eq=False)
class ScannerDriverCrashed(DeviceTrouble):
    """The program that drives the scanner ended by a fault; the counter goes on."""

    code: ClassVar[str] = "E373"


@dataclass(eq=False)
class ScannerCannot(DeviceTrouble):
    """The scanner does not have what was asked for (SANE 1 and 4). `what` is a fixed word, or an option's name."""

    code: ClassVar[str] = "E374"
    retry_helps: ClassVar[bool] = False
    what: str


@dataclass(eq=False)
class ScannedPageBroken(DeviceTrouble):
    """What came is not a whole page: `short` ends before its last line, `format` is no page at all."""

    code: ClassVar[str] = "E375"
    reason: str


@dataclass(eq=False)
class ScannerStopped(DeviceTrouble):
    """Somebody stopped the scan at the device (SANE 2)."""

    code: ClassVar[str] = "E376"
