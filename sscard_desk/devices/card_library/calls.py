"""The desk's side of the library: one call, its number and its text, or one of our errors."""

import base64
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sscard_desk.child_process.process import ChildCrashed, ChildHung, ChildProcess, ChildRefused
from sscard_desk.domain.errors.card_model import ReaderLibraryMissing
from sscard_desk.ports.devices import Cancel

ROOM: Final = "sscard_desk.devices.card_library.room"
IDLE_S: Final = 3600.0
"""The library keeps a card between step 1 and step 2 of one act."""


class LibraryGone(Exception):
    """The library's process crashed, or hung and was ended: nobody knows what it did."""


@dataclass(frozen=True)
class Said:
    """What a function gave back.

    Attributes:
        number: 0 for success; negative numbers are those of LD/T 33.
        text: its out buffer; after an error, the vendor's own message.
    """

    number: int
    text: str

    def __repr__(self) -> str:
        return f"Said({self.number})"

    @property
    def fields(self) -> list[str]:
        """The fields of the text, without the closing ones of file and field."""
        return self.text.rstrip("$").removesuffix("|").split("|")


class CardLibrary:
    """A library in a process of its own.

    Args:
        path: absolute.
        stdcall: Windows' calling convention of most such libraries; elsewhere without meaning.
        seconds: longest time of one call, before the process is ended.
    """

    def __init__(self, path: str, *, stdcall: bool = True, seconds: float = 30.0) -> None:
        self.path = path
        self._stdcall = stdcall
        self._seconds = seconds
        self._child = ChildProcess(ROOM, idle_s=IDLE_S)
        self.calls = 0
        """How many functions were called."""

    def missing(self) -> ReaderLibraryMissing | None:
        """Return the trouble if the file is not there."""
        path = Path(self.path)
        return None if path.is_absolute() and path.is_file() else ReaderLibraryMissing(reason="not_found")

    def call(self, function: str, *arguments: int | str, cancel: Cancel | None = None) -> Said:
        """Call a function; its last parameter, the out buffer, is ours.

        Args:
            function: as LD/T 33 names it.
            arguments: numbers and texts, in order.
            cancel: a wish to stop ends the process.

        Raises:
            ReaderLibraryMissing: it cannot be loaded, or has no such function.
            LibraryGone: the process crashed or hung.
            Cancelled: somebody asked to stop.
        """
        coded = [each if isinstance(each, int) else base64.b64encode(each.encode("gbk")).decode() for each in arguments]
        asked = {"path": self.path, "stdcall": self._stdcall, "function": function, "arguments": coded}
        self.calls += 1
        try:
            answer = self._child.ask(json.dumps(asked).encode("ascii"), within_s=self._seconds, cancel=cancel)
        except ChildRefused as refused:
            raise ReaderLibraryMissing(reason=refused.word) from None
        except (ChildCrashed, ChildHung):
            raise LibraryGone from None
        number, text = json.loads(answer)
        return Said(number, base64.b64decode(text).decode("gbk", "replace"))

    def close(self) -> None:
        """End the process if one runs."""
        self._child.close()
