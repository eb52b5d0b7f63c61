"""What the materials page shows."""

from dataclasses import dataclass, field

from sscard_desk.domain.portrait import Preview
from sscard_desk.ui.serving.leave import LeaveState
from sscard_desk.ui.serving.reprint import ReprintAsk
from sscard_desk.ui.states import ActionState, ChipState, Mark
from sscard_desk.ui.words import Words


@dataclass(frozen=True)
class MaterialLine:
    """One thing to bring.

    Attributes:
        name: its key.
        words: its name.
        hint: what to look at.
        state: `original_seen`, `copy_kept`, `promised`, `missing`, or empty while nobody looked.
        states: which of these the data accept.
        promised: until when it is promised, as `2026-12-07`.
        blocks: whether the application cannot go on while it is missing.
        later: whether it can still be brought although everything else is signed.
        scanned: how many pages of it are kept as a scan.
    """

    name: str
    words: Words
    hint: Words = ""
    state: str = ""
    states: tuple[str, ...] = ("original_seen", "copy_kept", "promised", "missing")
    promised: str = ""
    blocks: bool = True
    later: bool = False
    scanned: int = 0


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
        exception: why a supervisor allowed materials to be missing, on record.
        leave: the supervisor's part.
        notice: what the button says that prints the notice of what is missing; empty while nothing is.
        receipt: what the button says that prints the receipt of what was shown; empty before it was recorded.
        pages: the paper that is looked at, page by page; empty while none is.
        ask: why a paper is printed again, while that is asked.
        trouble: what went wrong with a paper: its sentence,
        trouble_note: what to do,
        trouble_mark: and how bad it is.
        busy: whether it is being kept.
        can_scan: whether a material can be scanned.
        action: the action bar.
    """

    lines: tuple[MaterialLine, ...] = ()
    current: str = ""
    chips: tuple[ChipState, ...] = ()
    locked: Words = ""
    can_unlock: bool = False
    sent_back: str = ""
    exception: str = ""
    leave: LeaveState = field(default_factory=LeaveState)
    notice: Words = ""
    receipt: Words = ""
    pages: tuple[Preview, ...] = ()
    ask: ReprintAsk | None = None
    trouble: Words = ""
    trouble_note: Words = ""
    trouble_mark: Mark = Mark.WARN
    busy: bool = False
    can_scan: bool = True
    action: ActionState = field(default_factory=ActionState)
