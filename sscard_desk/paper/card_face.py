"""The face of a card as a page of the card's own size, for the queue of a card printer."""

from typing import Final

from reportlab.lib.units import mm

from sscard_desk.domain.card_face import CardFace, FaceLayout, FaceLine
from sscard_desk.domain.errors.operator import CharacterNotDrawable, TextDoesNotFit
from sscard_desk.paper.coverage import missing_characters
from sscard_desk.paper.document import Document
from sscard_desk.paper.drawing import ONE_AT_A_TIME
from sscard_desk.paper.pen import BLACK, Pen, Place, Style

INSET: Final = 1.0
"""Registration marks stand this far inside the card's edges, in mm: a card printer does not print beyond the card."""
ARM: Final = 3.0
_ASCENT: Final = 0.88
_STEP: Final = 0.5
_MARK_PT: Final = 0.3


def draw_card_face(face: CardFace) -> bytes:
    """Return the face as PDF, one page of the card's size; the same face gives the same bytes.

    Raises:
        CharacterNotDrawable: a text holds a character that no font here has; `fields` names which.
        TextDoesNotFit: a text is too long even in the smallest type.
        PictureUnreadable: the portrait is no JPEG.
    """
    missing = tuple(str(field) for field, text in face.texts.items() if missing_characters(text))
    if missing:
        raise CharacterNotDrawable(fields=missing)
    with ONE_AT_A_TIME:
        return _drawn(face)


def _drawn(face: CardFace) -> bytes:
    layout = face.layout
    document = Document(layout.width, layout.height)
    document.describe("card face", layout.name, "")
    pen = Pen(document.doc, layout.height)
    picture = document.picture(face.photo_jpeg) if face.photo_jpeg is not None else ""
    if picture:
        pen.picture(Place(*layout.photo), picture)
    for line in layout.lines:
        text = face.texts.get(line.field, "")
        if text:
            _write(pen, layout, line, text)
    if face.marks:
        _marks(pen, layout)
    document.page(pen.take_page(), None, picture)
    return document.finish()


def _write(pen: Pen, layout: FaceLayout, line: FaceLine, text: str) -> None:
    shown = f"{line.label} {text}" if line.label else text
    room = layout.width - layout.right - line.x
    size = layout.type_size
    while pen.width(shown, Style(size, colour=BLACK)) > room:
        size -= _STEP
        if size < layout.smallest_type:
            raise TextDoesNotFit(fields=(str(line.field),))
    # the base line stays where the full size has it, so that a long name stands level with the others
    pen.text(line.x, line.y + layout.type_size * _ASCENT / mm, shown, Style(size, colour=BLACK))


def _marks(pen: Pen, layout: FaceLayout) -> None:
    """Draw an angle in each corner and the outline of the photo's place."""
    for x, right in ((INSET, 1), (layout.width - INSET, -1)):
        for y, down in ((INSET, 1), (layout.height - INSET, -1)):
            pen.line(x, y, x + right * ARM, y, weight=_MARK_PT, colour=BLACK)
            pen.line(x, y, x, y + down * ARM, weight=_MARK_PT, colour=BLACK)
    pen.frame(Place(*layout.photo), weight=_MARK_PT, colour=BLACK)
