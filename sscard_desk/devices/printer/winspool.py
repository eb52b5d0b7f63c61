"""The spooler of Windows behind `spooler.Queue`, by pywin32 and Pillow.

Written to Microsoft's documentation of the Print Spooler API and GDI; never run on Windows. The tests run it against a
model of those functions (`tests/machines/windows_spool.py`).
"""

import contextlib
from collections.abc import Iterable, Iterator
from typing import Any, Final

from PIL import Image, ImageWin

from sscard_desk.devices.printer.spooler import (
    MM_PER_INCH,
    DocumentRefused,
    JobGone,
    JobStatus,
    PagePicture,
    QueueGone,
    QueueStatus,
    SpoolJob,
)

_LOGPIXELSX, _LOGPIXELSY = 88, 90
_PHYSICALWIDTH, _PHYSICALHEIGHT, _PHYSICALOFFSETX, _PHYSICALOFFSETY = 110, 111, 112, 113
"""Of `GetDeviceCaps`: dots per inch, the sheet's size, and where its printable area begins, in dots."""
_PRINTER_ATTRIBUTE_WORK_OFFLINE: Final = 0x400
_JOB_CONTROL_DELETE, _JOB_CONTROL_RETAIN, _JOB_CONTROL_RELEASE = 5, 8, 9
_INVALID_PARAMETER: Final = 87
"""What is said of a job that has left the queue."""
_ALL: Final = 1000


@contextlib.contextmanager
def opened(name: str) -> Iterator["WindowsQueue"]:
    """Open a queue of this desktop.

    Raises:
        QueueGone: there is none of that name, or the spooler does not answer.
    """
    import pywintypes  # noqa: PLC0415 - exists on Windows alone
    import win32print  # noqa: PLC0415 - likewise

    try:
        handle = win32print.OpenPrinter(name)
    except pywintypes.error:
        raise QueueGone from None
    try:
        yield WindowsQueue(name, handle)
    except pywintypes.error as refused:
        raise (JobGone if refused.winerror == _INVALID_PARAMETER else QueueGone) from None
    finally:
        with contextlib.suppress(pywintypes.error):
            win32print.ClosePrinter(handle)


class WindowsQueue:
    """One opened queue; implements `spooler.Queue`. What the system refuses, `opened` translates."""

    def __init__(self, name: str, handle: Any) -> None:
        import win32gui  # noqa: PLC0415 - exists on Windows alone
        import win32print  # noqa: PLC0415 - likewise

        self._name, self._handle, self._spool, self._gui = name, handle, win32print, win32gui

    def status(self) -> QueueStatus:
        """Return how the printer is."""
        known = self._spool.GetPrinter(self._handle, 2)
        offline = known["Attributes"] & _PRINTER_ATTRIBUTE_WORK_OFFLINE
        return QueueStatus(known["Status"]) | (QueueStatus.WORK_OFFLINE if offline else QueueStatus(0))

    def jobs(self) -> list[SpoolJob]:
        """Return what stands in the queue, oldest first."""
        return sorted(
            (_job(each) for each in self._spool.EnumJobs(self._handle, 0, _ALL, 1)), key=lambda found: found.id
        )

    def job(self, number: int) -> SpoolJob:
        """Return one job."""
        return _job(self._spool.GetJob(self._handle, number, 1))

    def print(self, document: str, pages: Iterable[PagePicture]) -> int:
        """Spool a document; whatever ends it before its last page leaves nothing in the queue."""
        import pywintypes  # noqa: PLC0415 - exists on Windows alone

        canvas = self._gui.CreateDC("WINSPOOL", self._name, None)
        try:
            number: int = self._spool.StartDoc(canvas, (document, None, None, 0))
            try:
                self._spool.SetJob(self._handle, number, 0, None, _JOB_CONTROL_RETAIN)
                for page in pages:
                    self._spool.StartPage(canvas)
                    self._draw(canvas, page)
                    self._spool.EndPage(canvas)
                self._spool.EndDoc(canvas)
            except BaseException:
                with contextlib.suppress(pywintypes.error):
                    self._spool.AbortDoc(canvas)
                raise
        except (pywintypes.error, OSError):
            raise DocumentRefused from None
        finally:
            self._gui.DeleteDC(canvas)
        return number

    def release(self, number: int) -> None:
        """Let a retained job leave the queue; one that has left already needs nothing."""
        import pywintypes  # noqa: PLC0415 - exists on Windows alone

        with contextlib.suppress(pywintypes.error):
            self._spool.SetJob(self._handle, number, 0, None, _JOB_CONTROL_RELEASE)

    def delete(self, number: int) -> None:
        """Cancel a job: a retained one has to be released first."""
        self.release(number)
        self._spool.SetJob(self._handle, number, 0, None, _JOB_CONTROL_DELETE)

    def _draw(self, canvas: int, page: PagePicture) -> None:
        """Draw a page at its true size from the sheet's corner on, turned where the sheet lies the other way."""
        caps = {
            each: self._spool.GetDeviceCaps(canvas, each)
            for each in (
                _LOGPIXELSX,
                _LOGPIXELSY,
                _PHYSICALWIDTH,
                _PHYSICALHEIGHT,
                _PHYSICALOFFSETX,
                _PHYSICALOFFSETY,
            )
        }
        picture = Image.frombytes("RGB", (page.width, page.height), page.rgb)
        size = (page.width_mm, page.height_mm)
        if (size[0] > size[1]) != (caps[_PHYSICALWIDTH] > caps[_PHYSICALHEIGHT]):
            picture, size = picture.transpose(Image.Transpose.ROTATE_90), (size[1], size[0])
        left, top = -caps[_PHYSICALOFFSETX], -caps[_PHYSICALOFFSETY]
        right = left + round(size[0] / MM_PER_INCH * caps[_LOGPIXELSX])
        bottom = top + round(size[1] / MM_PER_INCH * caps[_LOGPIXELSY])
        ImageWin.Dib(picture).draw(canvas, (left, top, right, bottom))


def _job(known: Any) -> SpoolJob:
    return SpoolJob(known["JobId"], known["pDocument"] or "", JobStatus(known["Status"]))
