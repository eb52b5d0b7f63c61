"""What the page of a card that is read shows."""

from dataclasses import dataclass, field
from enum import Enum

from sscard_desk.ui.states import ActionState, ChipState, FieldState, Mark, PanelLine
from sscard_desk.ui.words import Words


class ReadPhase(Enum):
    """Where the reading is."""

    READY = "ready"
    WAITING = "waiting"
    READ = "read"
    FAILED = "failed"


@dataclass(frozen=True)
class CardRow:
    """One item of the card, or a file that it did not give.

    Attributes:
        name: of the item.
        file: where it stands.
        tag: in hex.
        value: what stands there; a personal number is masked.
        mark: what is wrong with it, if anything is.
        note: the same in words.
    """

    name: Words
    file: str
    tag: str
    value: Words
    mark: Mark | None = None
    note: Words = ""


@dataclass(frozen=True)
class CardReadState:
    """The page of a card that is read.

    Attributes:
        phase: where it is.
        chips: facts of the card beside the title.
        reader: which reader the card lies in.
        notice_mark: what the bar says: its mark,
        notice: its sentence,
        notice_note: what to do,
        code: and the error's code.
        lines: what to know about this card, the worst first.
        rows: what stands on it.
        asks_reason: whether the holder of the keys wants to know why the card is read.
        reason: why.
        action: the action bar.
    """

    phase: ReadPhase = ReadPhase.READY
    chips: tuple[ChipState, ...] = ()
    reader: Words = ""
    notice_mark: Mark = Mark.TODO
    notice: Words = ""
    notice_note: Words = ""
    code: str = ""
    lines: tuple[PanelLine, ...] = ()
    rows: tuple[CardRow, ...] = ()
    asks_reason: bool = False
    reason: FieldState = field(default_factory=FieldState)
    action: ActionState = field(default_factory=ActionState)
