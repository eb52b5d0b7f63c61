"""Draws everything on a page besides grids: headings, paragraphs, photo, receipt place, signatures."""

from collections.abc import Callable
from typing import Final

from reportlab.lib.units import mm

from sscard_desk.forms.definition import TICKED
from sscard_desk.forms.layout import Block, BlockKind
from sscard_desk.paper.cells import LABEL, PADDING, grid
from sscard_desk.paper.fitting import Fitted, fit
from sscard_desk.paper.pen import INK, INK2, INK3, RULE, Place, Style
from sscard_desk.paper.sheet import Sheet

HEADING: Final = Style(10.5, bold=True)
NOTE: Final = Style(7.5, colour=INK3)
BODY: Final = Style(10)
BODY_LEADING: Final = 1.45
BODY_SMALLEST: Final = 7.0
PHOTO_MM: Final = (26.0, 32.0)
"""Width and height of the portrait: 358 x 441 px at 350 dpi (domain reference D)."""
_SPACE: Final = 1.4


def heading(sheet: Sheet, block: Block) -> None:
    """Draw a section's name with a bar before it, and its note at the right."""
    section = next(each for each in sheet.definition.sections if each.id == block.section)
    base = block.y + block.height - 2.0
    sheet.pen.fill(block.x, base - 3.1, 1.1, 3.6, INK)
    end = sheet.pen.text(block.x + 2.8, base, section.label(sheet.language), HEADING)
    if sheet.bilingual:
        sheet.pen.text(end + 2, base, section.words.zh, Style(8.5, colour=INK2))


def prose(sheet: Sheet, block: Block) -> None:
    """Write paragraphs under each other in the largest type in which all fit."""
    paragraphs = [sheet.definition.paragraph(name).words(sheet.language) for name in block.prose]
    fitted = _together(paragraphs, block.width, block.height)
    if fitted is None:
        sheet.too_long += block.prose
        return
    y = block.y
    for each in fitted:
        y = sheet.pen.paragraph(block.x, y, each, BODY) + _SPACE


def _together(paragraphs: list[str], width: float, height: float) -> list[Fitted] | None:
    size = BODY.size
    while size >= BODY_SMALLEST:
        made = [
            fit(text, BODY.face, width * mm, height * mm, size, size, one_line=1.0, leading=BODY_LEADING)
            for text in paragraphs
        ]
        found = [each for each in made if each is not None]
        total = sum(each.height for each in found) / mm + _SPACE * (len(found) - 1)
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
    sheet.pen.tick_box(block.x + 0.5, block.y, 3.6, ticked=open_to_tick and sheet.answer(asked.id) == TICKED)
    room, height = (block.width - 7) * mm, block.height * mm
    fitted = fit(text, style.face, room, height, style.size, BODY_SMALLEST, leading=BODY_LEADING)
    if fitted is None:
        sheet.too_long.append(asked.id)
        return
    sheet.pen.paragraph(block.x + 7, block.y, fitted, style)


def photo(sheet: Sheet, block: Block) -> None:
    """Draw the portrait in its frame, or the place for one."""
    outer = Place(block.x, block.y, block.width, block.height)
    width, height = PHOTO_MM
    inner = Place(outer.centre - width / 2, outer.middle - height / 2 - 1.5, width, height)
    sheet.pen.frame(outer)
    if sheet.photo is not None:
        sheet.pen.picture(inner, sheet.photo)
        sheet.pen.frame(inner, weight=0.4, colour=RULE)
    else:
        sheet.pen.frame(inner, weight=0.5, colour=INK3, dashed=True)
        sheet.pen.text(inner.centre, inner.middle + 1, sheet.texts("forms.paper.photo_here"), NOTE, "center")
    caption = sheet.texts("forms.paper.photo")
    sheet.pen.text(outer.centre, block.y + block.height - 2.2, caption, LABEL, "center")


def receipt(sheet: Sheet, block: Block) -> None:
    """Draw the dashed place where a studio's receipt is pasted."""
    sheet.pen.frame(Place(block.x, block.y, block.width, block.height), weight=0.7, colour=INK3, dashed=True)
    title, hint = (sheet.definition.paragraph(name).words(sheet.language) for name in block.prose)
    middle = block.x + block.width / 2
    sheet.pen.text(middle, block.y + block.height / 2 - 1.5, title, Style(11, colour=INK3), "center")
    sheet.pen.text(middle, block.y + block.height / 2 + 4.5, hint, Style(7.5, colour=INK3), "center")


def signatures(sheet: Sheet, block: Block) -> None:
    """Draw the places for signatures side by side: who, a line to sign on, a line for the date."""
    pen, x = sheet.pen, block.x
    bottom = block.y + block.height
    for number, party in enumerate(block.parties):
        label = sheet.definition.field(party.field).label(sheet.language)
        if number:
            pen.line(x, block.y, x, bottom)
        pen.text(x + PADDING, block.y + 5, label, LABEL)
        base = bottom - 13
        end = pen.text(x + PADDING, base, sheet.texts("forms.paper.sign_here"), LABEL)
        pen.line(end + 2, base + 0.8, x + party.width - PADDING - 2, base + 0.8, colour=INK3)
        date = sheet.texts("forms.paper.sign_date")
        if sheet.bilingual:
            end = pen.text(x + PADDING, bottom - 4.5, date, LABEL)
            pen.line(end + 2, bottom - 3.7, x + party.width - PADDING - 2, bottom - 3.7, colour=INK3)
        else:
            pen.text(x + party.width - PADDING - 2, bottom - 4.5, date, LABEL, "right")
        x += party.width
    pen.frame(Place(block.x, block.y, block.width, block.height))


BLOCKS: Final[dict[BlockKind, Callable[[Sheet, Block], None]]] = {
    BlockKind.GRID: grid,
    BlockKind.HEADING: heading,
    BlockKind.PROSE: prose,
    BlockKind.PHOTO: photo,
    BlockKind.RECEIPT: receipt,
    BlockKind.SIGNATURES: signatures,
    BlockKind.CHOICE: choice,
}
