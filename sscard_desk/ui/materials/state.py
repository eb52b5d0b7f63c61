"""What the materials page shows."""

from dataclasses import dataclass, field

from sscard_desk.ui.states import ActionState, ChipState
from sscard_desk.ui.words import Words


@dataclass(frozen=True)
class MaterialLine:
    """One thing to bring.

    Attributes:
        name: its key.
        words: its name.
        hint: what to look at.
        state: `original_seen`, `copy_kept`, `missing`, or empty while nobody looked.
    """

    name: str
    words: Words
    hint: Words = ""
    state: str = ""


@dataclass(frozen=True)
class MaterialsState:
    """The materials page.

    Attributes:
        lines: the checklist of the case.
        current: the line that the keys answer for.
        chips: the facts beside the title.
        locked: why nothing can be changed here; empty where it can.
        can_unlock: whether the signatures may be voided for it.
        sent_back: what a supervisor wants put right; empty without.
        busy: whether it is being kept.
        action: the action bar.
    """

    lines: tuple[MaterialLine, ...] = ()
    current: str = ""
    chips: tuple[ChipState, ...] = ()
    locked: Words = ""
    can_unlock: bool = False
    sent_back: str = ""
    busy: bool = False
    action: ActionState = field(default_factory=ActionState)
