"""What the page of lists shows."""

from dataclasses import dataclass, field

from sscard_desk.domain.portrait import Preview
from sscard_desk.ui.papers.state import PaperLine
from sscard_desk.ui.serving.reprint import ReprintAsk
from sscard_desk.ui.states import ActionState, FieldState, Mark, Option
from sscard_desk.ui.words import Words

SPOILED = "spoiled_register"
HANDOVER = "bank_handover"
PRINTED = "printed"
KINDS = (SPOILED, HANDOVER, PRINTED)


@dataclass(frozen=True)
class ListRow:
    """One line of the list, as the page shows it; a personal number is masked here, on paper it stands whole."""

    first: Words
    second: Words
    third: Words


@dataclass(frozen=True)
class ListsState:
    """The page of lists.

    Attributes:
        kind: which list.
        first: first day of the period, as typed.
        last: last day, as typed.
        banks: the banks to choose from.
        bank: the chosen one.
        contents: what is handed over, in words.
        rows: what stands on the list.
        counted: how much that is, in words.
        printed: the lists that were printed in these days, newest first.
        chosen: key of the one in view.
        can_look: whether there is a list to look at.
        scanning: whether signed lists are being scanned or read.
        can_spoil: whether the chosen one can be marked as spoiled.
        ask: why a list is printed again, while that is asked.
        spoiling: why one is spoiled, while that is asked.
        pages: the list, page by page, while it is looked at.
        busy: whether it is read, drawn or printed.
        trouble: what went wrong: its sentence,
        trouble_note: what to do,
        trouble_mark: and how bad it is.
        action: the action bar.
    """

    kind: str = SPOILED
    first: FieldState = field(default_factory=FieldState)
    last: FieldState = field(default_factory=FieldState)
    banks: tuple[Option, ...] = ()
    bank: str = ""
    contents: str = ""
    rows: tuple[ListRow, ...] = ()
    counted: Words = ""
    printed: tuple[PaperLine, ...] = ()
    chosen: str = ""
    can_look: bool = False
    scanning: bool = False
    can_spoil: bool = False
    ask: ReprintAsk | None = None
    spoiling: ReprintAsk | None = None
    pages: tuple[Preview, ...] = ()
    busy: bool = False
    trouble: Words = ""
    trouble_note: Words = ""
    trouble_mark: Mark = Mark.WARN
    action: ActionState = field(default_factory=ActionState)
