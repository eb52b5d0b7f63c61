"""What the batch page shows."""

from dataclasses import dataclass, field
from enum import Enum

from sscard_desk.ui.states import ActionState, ChipState, Mark
from sscard_desk.ui.words import Words


class BatchPhase(Enum):
    """Where the page is."""

    CHOOSING = "choosing"
    """Classes, units and batches are listed."""
    READY = "ready"
    """A batch is in view; it is not running."""
    RUNNING = "running"


@dataclass(frozen=True)
class PersonLine:
    """One line of the table: a class, a batch, a person, or a row of a return file."""

    first: Words = field(repr=False)
    second: Words
    mark: Mark
    words: Words


@dataclass(frozen=True)
class BatchState:
    """The batch page.

    Attributes:
        phase: where the page is.
        chips: totals, tries, failures in a row.
        big_mark: what the room is told, big: its mark,
        big: its words,
        name: and whose card it is.
        note: what to do about it, with the code of an error.
        share: how far the card is, 0 to 1; None where no card is at work.
        lines: what is listed.
        listed: what that is.
        chosen: which line, from 0.
        exportable: whether a return file can be written.
        action: the action bar.
    """

    phase: BatchPhase = BatchPhase.CHOOSING
    chips: tuple[ChipState, ...] = ()
    big_mark: Mark = Mark.TODO
    big: Words = ""
    name: Words = field(default="", repr=False)
    note: Words = ""
    share: float | None = None
    lines: tuple[PersonLine, ...] = ()
    listed: Words = ""
    chosen: int = 0
    exportable: bool = False
    action: ActionState = field(default_factory=ActionState)
