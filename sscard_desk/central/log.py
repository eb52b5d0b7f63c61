"""The centre's log: one JSON object a line, for a collector to read; to a file or to the standard error stream.

A line holds words of ours, numbers and ids, never what somebody said. So a message of a library is left as its pattern,
what would be put in is left out, and a defect is its type and the lines of the program it went through: the text of an
exception may quote what it stumbled over.
"""

import logging
import os
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Final

import msgspec

from sscard_desk.central.watch import SAID
from sscard_desk.domain.errors.centre_database import LogUnwritable

STANDARD_ERROR: Final = "-"
_OURS: Final = "sscard_desk"
_PATTERNS: Final = (_OURS, "uvicorn")
"""Whose messages are patterns that are written in a program; others put their values in before they hand one over."""
_MODE: Final = 0o640


class JsonLines(logging.Formatter):
    """One object for each record."""

    def format(self, record: logging.LogRecord) -> str:
        """Return it; of the record's arguments nothing."""
        known = record.name.partition(".")[0] in _PATTERNS
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "worker": record.process,
            "logger": record.name,
            "event": str(record.msg) if known else "a message of a library",
        }
        line |= getattr(record, SAID, {})
        if record.exc_info and record.exc_info[0] is not None:
            kind, _, trace = record.exc_info
            line["defect"] = f"{kind.__module__}.{kind.__qualname__}"
            line["where"] = _where(trace)
        return msgspec.json.encode(line).decode()


def _where(trace: TracebackType | None) -> list[str]:
    return [f"{Path(at.filename).name}:{at.lineno} {at.name}" for at in traceback.extract_tb(trace)]


class _Appending(logging.Handler):
    """A file that several workers append to: one write a line, which the system keeps whole."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0)
        self._file = os.open(path, flags, _MODE)

    def emit(self, record: logging.LogRecord) -> None:
        try:
            os.write(self._file, (self.format(record) + "\n").encode())
        except OSError:
            # a full disk ends the log, not the centre
            self.handleError(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the library's own name
        """Say nothing: what could not be written stands nowhere else either."""


def begin_log(target: str) -> None:
    """Write the log of this process from now on; called once, before anything is served.

    Args:
        target: a file, which is appended to and may be cut by whoever rotates it, or `-` for the standard error stream;
            empty for none: warnings alone go to the standard error stream then, as everywhere in Python.

    Raises:
        LogUnwritable: the file cannot be opened.
    """
    if not target:
        return
    try:
        handler = logging.StreamHandler(sys.stderr) if target == STANDARD_ERROR else _Appending(Path(target))
    except OSError as failed:
        raise LogUnwritable(path=target) from failed
    handler.setFormatter(JsonLines())
    # in place of what the command line says its warnings with
    logging.root.handlers[:] = [handler]
    logging.getLogger(f"{_OURS}.central").setLevel(logging.INFO)
