"""Draws everything on a page besides grids and tables: headings, paragraphs, photo, receipt place, signatures."""

from typing import Final

from reportlab.lib.units import mm

from sscard_desk.forms.definition import TICKED
from sscard_desk.forms.layout import Block
from sscard_desk.paper.cells import LABEL, PADDING
from sscard_desk.paper.fitting import Fitted, fit
from sscard_desk.paper.pen import INK, INK2, INK3, RULE, Place, Style
from sscard_desk.paper.sheet import Ground, Sheet

HEADING: Final = Style(10.5, bold=True)
NOTE: Final = Style(7.5, colour=INK3)
BODY: Final = Style(10)
BODY_LEADING: Final = 1.45
BODY_SMALLEST: Final = 7.0
PHOTO_MM: Final = (26.0, 32.0)
"""Width and height of the portrait: 358 x 441 px at 350 dpi (domain reference D)."""
_SPACE: Final = 1.4


def heading(ground: Ground, block: Block) -> None:
    """Draw a section's name with a bar before it."""
    section = next(each for each in ground.definition.sections if each.id == block.section)
    base = block.y + block.height - 2.0
    ground.pen.fill(Place(block.x, base - 3.1, 1.1, 3.6), INK)
    end = ground.pen.text(block.x + 2.8, base, section.label(ground.language), HEADING)
    if ground.bilingual:
        ground.pen.text(end + 2, base, section.words.zh, Style(8.5, colour=INK2))


def prose(ground: Ground, block: Block) -> None:
    """Write paragraphs under each other in the largest type in which all fit."""
    paragraphs = [ground.definition.paragraph(name).words(ground.language) for name in block.prose]
    fitted = together(paragraphs, block.width, block.height)
    if fitted is None:
        ground.too_long += block.prose
        return
    y = block.y
    for each in fitted:
        y = ground.pen.paragraph(block.x, y, each, BODY) + _SPACE


def together(
    paragraphs: list[str],
    width: float,
    height: float,
    style: Style = BODY,
    *,
    leading: float = BODY_LEADING,
    space: float = _SPACE,
) -> list[Fitted] | None:
    """Return paragraphs in the largest type in which all fit under each other, None if there is none.

    Args:
        paragraphs: in their order.
        width: of the place in mm.
        height: of the place in mm.
        style: with the largest size.
        leading: distance of base lines as a multiple of the size.
        space: between paragraphs in mm.
    """
    size = style.size
    while size >= BODY_SMALLEST:
        made = [
            fit(text, style.face, width * mm, height * mm, size, size, one_line=1.0, leading=leading)
            for text in paragraphs
        ]
        found = [each for each in made if each is not None]
        total = sum(each.height for each in found) / mm + space * (len(found) - 1)
        if len(found) == len(paragraphs) and total <= height:
            return found
        size -= 0.5
    return None


def choice(sheet: Sheet, block: Block) -> None:
    """Draw a paragraph with a box to tick before it."""
    asked = sheet.definition.field(block.tick)
    open_to_tick = sheet.asked(asked)
    text = sheet.definition.paragraph(block.prose[0]).words(sheet.language)
    style = BODY if open_to_tick else Style(BODY.size, colour=INK3)
    sheet.pen.tick_box(block.x + 0.5, block.y, 3.6)
    if open_to_tick and sheet.answer(asked.id) == TICKED:
        sheet.pen.tick(block.x + 0.5, block.y, 3.6)
    room, height = (block.width - 7) * mm, block.height * mm
    fitted = sheet.fit(text, style, room, height, BODY_SMALLEST, leading=BODY_LEADING)
    if fitted is None:
        sheet.too_long.append(asked.id)
        return
    sheet.pen.paragraph(block.x + 7, block.y, fitted, style)


def photo_ground(ground: Ground, block: Block) -> None:
    """Draw the frame of the portrait and its caption."""
    place = Place(block.x, block.y, block.width, block.height)
    ground.pen.frame(place)
    ground.pen.text(place.centre, block.y + block.height - 2.2, ground.texts("forms.paper.photo"), LABEL, "center")


def photo(sheet: Sheet, block: Block) -> None:
    """Draw the portrait, or the place for one."""
    outer = Place(block.x, block.y, block.width, block.height)
    width, height = PHOTO_MM
    inner = Place(outer.centre - width / 2, outer.middle - height / 2 - 1.5, width, height)
    if sheet.photo:
        sheet.pen.picture(inner, sheet.photo)
        sheet.pen.frame(inner, weight=0.4, colour=RULE)
    else:
        sheet.pen.frame(inner, weight=0.5, colour=INK3, dashed=True)
        sheet.pen.text(inner.centre, inner.middle + 1, sheet.texts("forms.paper.photo_here"), NOTE, "center")


def receipt(ground: Ground, block: Block) -> None:
    """Draw the dashed place where a studio's receipt is pasted."""
    ground.pen.frame(Place(block.x, block.y, block.width, block.height), weight=0.7, colour=INK3, dashed=True)
    title, hint = (ground.definition.paragraph(name).words(ground.language) for name in block.prose)
    middle = block.x + block.width / 2
    ground.pen.text(middle, block.y + block.height / 2 - 1.5, title, Style(11, colour=INK3), "center")
    ground.pen.text(middle, block.y + block.height / 2 + 4.5, hint, Style(7.5, colour=INK3), "center")


def signatures(ground: Ground, block: Block) -> None:
    """Draw the places for signatures side by side: who, a line to sign on, a line for the date."""
    pen, x = ground.pen, block.x
    bottom = block.y + block.height
    for number, party in enumerate(block.parties):
        label = ground.definition.field(party.field).label(ground.language)
        if number:
            pen.line(x, block.y, x, bottom)
        pen.text(x + PADDING, block.y + 5, label, LABEL)
        base = bottom - 13
        end = pen.text(x + PADDING, base, ground.texts("forms.paper.sign_here"), LABEL)
        pen.line(end + 2, base + 0.8, x + party.width - PADDING - 2, base + 0.8, colour=INK3)
        date = ground.texts("forms.paper.sign_date")
        if ground.bilingual:
            end = pen.text(x + PADDING, bottom - 4.5, date, LABEL)
            pen.line(end + 2, bottom - 3.7, x + party.width - PADDING - 2, bottom - 3.7, colour=INK3)
        else:
            pen.text(x + party.width - PADDING - 2, bottom - 4.5, date, LABEL, "right")
        x += party.width
    pen.frame(Place(block.x, block.y, block.width, block.height))
