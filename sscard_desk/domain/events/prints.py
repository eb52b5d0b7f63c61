"""What happened to papers."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from sscard_desk.domain.events.base import Event
from sscard_desk.domain.ids import BlobId, PrintId


@dataclass(frozen=True)
class PrintOrdered(Event):
    """A paper is to be printed; committed before the printer hears of it. Subject is the application, or the list."""

    kind: ClassVar[str] = "print.ordered"
    print: PrintId
    form: str
    edition: str
    serial: str
    copy: int
    pages: int
    printer: str
    """What the printer is called here; never a person's name."""
    digest: str = ""
    due: date | None = None
    counted: str = ""
    """How the days until then were counted, a word of `domain.due.Counting`."""
    paper: BlobId | None = None
    reason: str = ""
    """Why it is printed again, a code of the table `reprint_reason`; required from the second copy on."""
    words: str = ""
    members: tuple[PrintId, ...] = ()
    """Prints that stand in this document too, such as the forms of a class: what the printer says holds for them."""
    within: PrintId | None = None
    """The print whose document holds this one; it is handed over and followed with it."""


@dataclass(frozen=True)
class PrintMoved(Event):
    """The printer has the job, or the job ended. `state` is a word of `domain.prints.PrintState`."""

    kind: ClassVar[str] = "print.moved"
    print: PrintId
    state: str
    job: str = ""


@dataclass(frozen=True)
class PaperSpoiled(Event):
    """A sheet came out wrong or was torn; it is kept for the register of spoiled paper."""

    kind: ClassVar[str] = "paper.spoiled"
    print: PrintId
    reason: str
    """A code of the table `spoiled_reason`."""
    words: str = ""


@dataclass(frozen=True)
class PaperReturned(Event):
    """A paper came back signed and was scanned, such as a hand-over list; its pages are kept as one document."""

    kind: ClassVar[str] = "paper.returned"
    print: PrintId
    evidence: BlobId
    """The straightened pages as PDF."""
    pages: int
