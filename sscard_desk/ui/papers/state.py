"""What the page of a case's papers shows."""

from dataclasses import dataclass, field

from sscard_desk.domain.portrait import Preview
from sscard_desk.ui.serving.reprint import ReprintAsk
from sscard_desk.ui.states import ActionState, Mark
from sscard_desk.ui.words import Words


@dataclass(frozen=True)
class PaperLine:
    """One paper that can be made, or one that was printed.

    Attributes:
        key: what it is chosen by: the form's name, or the print's key.
        words: its name.
        note: why it cannot be made at this step; of a printed one what became of it.
        mark: of the note.
        serial: of a printed one.
        usable: whether it can be made at this step.
    """

    key: str
    words: Words
    note: Words = ""
    mark: Mark = Mark.TODO
    serial: str = ""
    usable: bool = True


@dataclass(frozen=True)
class PapersState:
    """The page of a case's papers.

    Attributes:
        offers: what can be made on demand, in the order of the case.
        printed: what was printed, newest first.
        chosen: key of the line in view.
        page: its first page; None while it is drawn, or where there is none.
        page_note: what stands above the page.
        pages: the whole document while it is open.
        can_open: whether there is a document to open.
        can_spoil: whether the printed one in view can be marked as spoiled.
        ask: why it is printed again, while that is asked.
        spoiling: why the sheet is spoiled, while that is asked.
        trouble: what went wrong, and what to do.
        trouble_mark: how bad it is.
        action: the action bar.
    """

    offers: tuple[PaperLine, ...] = ()
    printed: tuple[PaperLine, ...] = ()
    chosen: str = ""
    page: Preview | None = None
    page_note: Words = ""
    pages: tuple[Preview, ...] = ()
    can_open: bool = False
    can_spoil: bool = False
    ask: ReprintAsk | None = None
    spoiling: ReprintAsk | None = None
    trouble: Words = ""
    trouble_note: Words = ""
    trouble_mark: Mark = Mark.WARN
    action: ActionState = field(default_factory=ActionState)
