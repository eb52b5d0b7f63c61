"""The reader of scanned id cards: its process is started with the first scan."""

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sscard_desk.bootstrap.settings import Settings
    from sscard_desk.imaging.id_scan.reader import ChildIdScanReader

ROOM: Final = "sscard_desk.bootstrap.id_scan_process"


def make_id_scan_reader(settings: "Settings") -> "ChildIdScanReader":
    """Return the reader; the text recognition itself is loaded in its own process alone."""
    from sscard_desk.imaging.id_scan.reader import ChildIdScanReader

    wanted = settings.id_scan
    return ChildIdScanReader(ROOM, idle_s=float(wanted.idle_seconds), within_s=float(wanted.wait_seconds))
