"""What the form page shows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from types import MappingProxyType

from sscard_desk.domain.portrait import Preview
from sscard_desk.ui.form.scan_state import ScanState
from sscard_desk.ui.form.shape import SectionShape
from sscard_desk.ui.serving.reprint import ReprintAsk
from sscard_desk.ui.states import ActionState, ChipState, FieldState, Mark
from sscard_desk.ui.words import Words


class Phase(Enum):
    """Where the form is."""

    FILL = "fill"
    """On the screen; not printed yet."""
    OUT = "out"
    """Printed and with the applicant; corrections are keyed when it comes back."""
    BACK = "back"
    """It came back."""
    LOCKED = "locked"
    """Checked or signed: changes need the signatures voided."""


@dataclass(frozen=True)
class FormState:
    """The form page.

    Attributes:
        phase: where the form is.
        edition: printed on every page.
        chips: the facts beside the title.
        kept_at: when the last key was kept, None before the first.
        shape: what is asked now.
        fields: how each field is to be shown, by id; values are as typed.
        shown: values in words, for fields that are only shown.
        focus: the field that has the focus after a restart, on Ctrl+E, or in the beginning.
        focus_turn: grows whenever the focus has to move to `focus`.
        pages: the preview, page by page; empty when none is open.
        busy: whether drawing or printing runs.
        can_unlock: whether the signatures may be voided to change it.
        reprint: whether a printed form can be printed again.
        printing: whether a print is under way, so that nothing can be typed.
        ask: why it is printed again, while that is asked.
        trouble: what went wrong at the printer, and what to do.
        trouble_mark: how bad it is.
        scan: the paper that came back, beside the fields.
        action: the action bar.
    """

    phase: Phase = Phase.FILL
    edition: str = ""
    chips: tuple[ChipState, ...] = ()
    kept_at: datetime | None = None
    shape: tuple[SectionShape, ...] = ()
    fields: Mapping[str, FieldState] = field(default_factory=lambda: MappingProxyType({}))
    shown: Mapping[str, Words] = field(default_factory=lambda: MappingProxyType({}))
    focus: str = ""
    focus_turn: int = 0
    pages: tuple[Preview, ...] = ()
    busy: bool = False
    can_unlock: bool = False
    reprint: bool = False
    printing: bool = False
    ask: ReprintAsk | None = None
    trouble: Words = ""
    trouble_note: Words = ""
    trouble_mark: Mark = Mark.WARN
    scan: ScanState = field(default_factory=ScanState)
    action: ActionState = field(default_factory=ActionState)
