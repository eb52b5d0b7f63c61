"""A printer that is a folder: each job becomes one PDF file there. Training prints so, and points that print elsewhere.

A job is done when its file stands under its final name with all its bytes on the disk; before that no file of that name
exists. Files can be read by this account alone (mode 0600; on Windows by the folder's own rights).
"""

import contextlib
import errno
import itertools
import os
import secrets
from pathlib import Path
from typing import Final

from sscard_desk.devices.printer.document import job_name, page_count
from sscard_desk.domain.errors.device import PrinterMissing, PrintFailed
from sscard_desk.domain.errors.store import DiskFull
from sscard_desk.domain.prints import PrintState
from sscard_desk.ports.devices import Cancel, DeviceState, Health
from sscard_desk.ports.printer import JobReport, PrintedJob

_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT})
_GONE: Final = frozenset({errno.ENOENT, errno.ENOTDIR, errno.EACCES, errno.EPERM, errno.EROFS})


class FolderPrinter:
    """Writes PDF files into one folder; implements `ports.printer.Printer`."""

    offset_mm = (0.0, 0.0)

    def __init__(self, folder: Path) -> None:
        """Remember the folder; it has to be there when something is printed."""
        self.folder = folder

    def probe(self) -> DeviceState:
        """Look whether the folder is there and can be written to; never raise for "not there"."""
        name = self.folder.name
        if not self.folder.is_dir() or not os.access(self.folder, os.W_OK | os.X_OK):
            return DeviceState(Health.OFF, name, PrinterMissing())
        return DeviceState(Health.READY, name, facts={"kind": "folder"})

    @property
    def name(self) -> str:
        """The folder's own name."""
        return self.folder.name

    def hand_over(self, pdf: bytes, name: str, cancel: Cancel) -> PrintedJob:
        """Write the document: a folder has done a job as soon as it has it; see `print_pdf`."""
        return self.print_pdf(pdf, name, cancel)

    def look_up(self, job: str, name: str) -> JobReport:
        """Look whether a job's file stands there.

        Raises:
            PrinterMissing: the folder is not there.
        """
        if not self.folder.is_dir():
            raise PrinterMissing
        job = job or f"{job_name(name)}.pdf"
        there = (self.folder / job).is_file()
        return JobReport(PrintState.COMPLETED if there else PrintState.UNKNOWN, 0, job if there else "")

    def take_back(self, job: str) -> None:
        """Nothing to do: what stands there is done."""

    def sweep(self) -> None:
        """Remove half-written files of a program that was killed; one window works in a data folder at a time."""
        for part in self.folder.glob(".*.part"):
            with contextlib.suppress(OSError):
                part.unlink()

    def print_pdf(self, pdf: bytes, name: str, cancel: Cancel) -> PrintedJob:
        """Write the document and return when it stands there.

        Args:
            pdf: the document, whole.
            name: a name without personal data; a second job of the same name gets `-2` behind it.
            cancel: looked at before anything is written.

        Raises:
            PrinterMissing: the folder is not there or may not be written to.
            PrintFailed: the document is no PDF, or the disk refused it.
            DiskFull: no room is left; nothing stands in the folder.
            Cancelled: somebody asked to stop.
        """
        cancel.check()
        pages = page_count(pdf)
        part = self.folder / f".{job_name(name)}-{secrets.token_hex(4)}.part"
        try:
            _write(part, pdf)
            done = _place(part, name)
        except OSError as error:
            if error.errno in _FULL:
                raise DiskFull from None
            if error.errno in _GONE:
                raise PrinterMissing from None
            raise PrintFailed(reason="write") from None
        finally:
            part.unlink(missing_ok=True)
        return PrintedJob(job=done.name, pages=pages)


def _write(part: Path, pdf: bytes) -> None:
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(pdf)
        file.flush()
        os.fsync(file.fileno())


def _place(part: Path, name: str) -> Path:
    """Give the file its final name, never over another one: `os.link` refuses where `os.replace` would not."""
    for copy in itertools.count(1):
        done = part.with_name(f"{name}.pdf" if copy == 1 else f"{name}-{copy}.pdf")
        if done.exists():
            continue
        try:
            os.link(part, done)
        except FileExistsError:
            continue
        except OSError:  # sticks and some network folders have no links
            part.replace(done)
        return done
    raise AssertionError
