"""What the PIN page shows. No digit of a PIN is ever part of it."""

from dataclasses import dataclass, field
from enum import Enum

from sscard_desk.ui.states import ActionState, ChipState, FieldState, Mark, ProgressStep
from sscard_desk.ui.words import Words
from sscard_desk.usecases.serve_pin import PinAct

SCREEN, PAD = "screen", "pad"
ENTRIES = (SCREEN, PAD)
"""Where the holder types."""


class PinPhase(Enum):
    """Where the act is."""

    READY = "ready"
    WAITING = "waiting"
    TYPING = "typing"
    PAD = "pad"
    WORKING = "working"
    DONE = "done"
    FAILED = "failed"
    UNKNOWN = "unknown"

    @property
    def running(self) -> bool:
        """Whether an act is under way."""
        return self in {PinPhase.WAITING, PinPhase.TYPING, PinPhase.PAD, PinPhase.WORKING}


@dataclass(frozen=True)
class PinState:
    """The PIN page.

    Attributes:
        act: what is to be done.
        about: when it is the right one, and what the holder needs.
        needs_reason: whether a reason is asked.
        reason: the reason.
        entry: where the holder types.
        chooses_entry: whether that can be chosen for this act.
        phase: where it is.
        chips: the tries left, and the card.
        reader: which reader the card lies in.
        steps: what happens one after the other.
        notice_mark: what the bar says: its mark,
        notice: its sentence,
        notice_note: what to do,
        code: and the error's code.
        action: the action bar.
    """

    act: PinAct = PinAct.VERIFY
    about: Words = ""
    needs_reason: bool = False
    reason: FieldState = field(default_factory=FieldState)
    entry: str = SCREEN
    chooses_entry: bool = True
    phase: PinPhase = PinPhase.READY
    chips: tuple[ChipState, ...] = ()
    reader: Words = ""
    steps: tuple[ProgressStep, ...] = ()
    notice_mark: Mark = Mark.TODO
    notice: Words = ""
    notice_note: Words = ""
    code: str = ""
    action: ActionState = field(default_factory=ActionState)
