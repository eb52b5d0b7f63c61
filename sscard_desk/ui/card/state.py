"""What the card page shows."""

from dataclasses import dataclass, field
from enum import Enum

from sscard_desk.ui.serving.leave import LeaveState
from sscard_desk.ui.states import ActionState, ChipState, Mark, ProgressStep
from sscard_desk.ui.words import Words


class CardPhase(Enum):
    """Where the card is."""

    LOCKED = "locked"
    READY = "ready"
    RUNNING = "running"
    STOPPING = "stopping"
    STOPPED = "stopped"
    FAILED = "failed"
    UNKNOWN = "unknown"
    WRITTEN = "written"
    HANDED_OVER = "handed_over"


@dataclass(frozen=True)
class ItemLine:
    """One record: what is to stand on the card, what was read back, and how they compare."""

    name: Words
    file: str
    tag: str
    planned: str
    read_back: str
    mark: Mark
    result: Words


@dataclass(frozen=True)
class CardState:
    """The card page.

    Attributes:
        phase: where the card is.
        stock: the blank's running number on the stock list, empty before it is known.
        chips: the facts beside the title.
        steps: the work in steps with their times.
        share: how much is done, 0 to 1.
        items: every record.
        notice_mark: what the bar above the table says: its mark,
        notice: its sentence,
        notice_note: and what to do.
        code: the error's code.
        elapsed: what the page says at the right of the title.
        can_stop: whether stopping is safe now.
        ticking: whether times move on by themselves.
        can_spoil: whether the card may be given up for a new one.
        leave: the supervisor's part, where something promised holds the card back.
        busy: whether the hand-over is being kept.
        action: the action bar.
    """

    phase: CardPhase = CardPhase.READY
    stock: str = ""
    chips: tuple[ChipState, ...] = ()
    steps: tuple[ProgressStep, ...] = ()
    share: float = 0.0
    items: tuple[ItemLine, ...] = ()
    notice_mark: Mark = Mark.WARN
    notice: Words = ""
    notice_note: Words = ""
    code: str = ""
    elapsed: Words = ""
    can_stop: bool = False
    ticking: bool = False
    can_spoil: bool = False
    leave: LeaveState = field(default_factory=LeaveState)
    busy: bool = False
    action: ActionState = field(default_factory=ActionState)
