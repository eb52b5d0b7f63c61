"""What the page of a card's face shows."""

from dataclasses import dataclass, field

from sscard_desk.domain.portrait import Preview
from sscard_desk.ui.serving.reprint import ReprintAsk
from sscard_desk.ui.states import ActionState, Mark, PanelLine
from sscard_desk.ui.words import Words

CARD_FACE = "card_face"
"""Key of the page beside the path."""


@dataclass(frozen=True)
class FaceState:
    """The page of a card's face.

    Attributes:
        page: the face, with the pixels of what is printed.
        marks: whether registration marks are printed too.
        facts: layout, size and printer.
        printed: what was printed of it, the newest last.
        ask: why it is printed again, while that is asked.
        busy: whether it is drawn or printed.
        notice_mark: what the bar says: its mark,
        notice: its sentence,
        notice_note: and what to do.
        action: the action bar.
    """

    page: Preview | None = None
    marks: bool = False
    facts: tuple[PanelLine, ...] = ()
    printed: tuple[PanelLine, ...] = ()
    ask: ReprintAsk | None = None
    busy: bool = False
    notice_mark: Mark = Mark.TODO
    notice: Words = ""
    notice_note: Words = ""
    action: ActionState = field(default_factory=ActionState)
