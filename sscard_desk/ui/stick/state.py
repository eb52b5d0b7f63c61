"""What the stick's page shows. No Qt."""

from dataclasses import dataclass, field
from enum import Enum

from sscard_desk.ui.states import ActionState, Mark
from sscard_desk.ui.words import Words


class StickAct(Enum):
    """Which way."""

    TAKE = "take"
    BRING = "bring"


@dataclass(frozen=True)
class FileRow:
    """One file on the stick, and what became of it."""

    name: str
    words: Words
    mark: Mark


@dataclass(frozen=True)
class StickState:
    """The page.

    Attributes:
        act: which way.
        folder: where the stick is, as the system names it; empty before one was chosen.
        mark, notice, note: what there is to know.
        share: how much is done, 0 to 1; None where nothing runs.
        rows: the files of the last run.
        action: the bar below.
    """

    act: StickAct = StickAct.TAKE
    folder: str = ""
    mark: Mark = Mark.BUSY
    notice: Words = ""
    note: Words = ""
    share: float | None = None
    rows: tuple[FileRow, ...] = ()
    action: ActionState = field(default_factory=ActionState)
