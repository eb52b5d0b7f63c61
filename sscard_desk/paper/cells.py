"""Draws the cells of a grid: label, answer, boxes for a pen, choices to tick."""

from collections.abc import Iterator
from typing import Final

from reportlab.lib.units import mm

from sscard_desk.forms.definition import TICKED, FieldDefinition, FieldType
from sscard_desk.forms.layout import Block, Cell
from sscard_desk.paper.fitting import ONE_LINE, fit
from sscard_desk.paper.machine_marks import MODULE_MM, barcode, bars_of
from sscard_desk.paper.pen import GROUND, INK2, INK3, MIDDLE, RULE, Place, Style
from sscard_desk.paper.sheet import Ground, Sheet

PADDING: Final = 2.0
VALUE: Final = Style(10.5)
SMALLEST: Final = 6.0
LABEL: Final = Style(8.5, colour=INK2)
LABEL_BILINGUAL: Final = Style(7.5, colour=INK2)
LABEL_SMALLEST: Final = 5.5
STRONG: Final = Style(13, bold=True)
SECOND: Final = Style(6, colour=INK3)
NOT_ASKED: Final = Style(8, colour=INK3)
OPTION: Final = Style(9)
TICK_MM: Final = 3.2
BOX_MM: Final = 5.0
QUIET_MM: Final = 10 * MODULE_MM
"""Ten modules left and right of a barcode stay white (ISO/IEC 15417)."""
UNBROKEN: Final = 0.68
"""A name or e-mail address is made smaller rather than broken, down to this part of the size."""
GROUPS: Final = {FieldType.ID_NUMBER: (6, 14, 18), FieldType.MOBILE: (3, 7, 11)}
"""Where the groups of a number of this length end."""


def _cells(block: Block) -> Iterator[tuple[Cell, Place]]:
    """Yield the cells of a grid with their places, label and value together."""
    y = block.y
    for row in block.rows:
        x = block.x
        for cell in row.cells:
            yield cell, Place(x, y, cell.label + cell.value, row.height)
            x += cell.label + cell.value
        y += row.height


def grid_ground(ground: Ground, block: Block) -> None:
    """Draw what every copy shows of a grid: grounds, labels, lines, and its frame last."""
    pen = ground.pen
    for cell, place in _cells(block):
        if cell.label:
            _label(ground, cell, Place(place.x, place.y, cell.label, place.height))
    for cell, place in _cells(block):  # lines last, or the ground of a label hides half of them
        if cell.label:
            pen.line(place.x + cell.label, place.y, place.x + cell.label, place.y + place.height)
        if place.x > block.x:
            pen.line(place.x, place.y, place.x, place.y + place.height)
        elif place.y > block.y:
            pen.line(block.x, place.y, block.x + block.width, place.y)
    pen.frame(Place(block.x, block.y, block.width, block.height))


def grid(sheet: Sheet, block: Block) -> None:
    """Draw the answers of a grid."""
    for cell, place in _cells(block):
        if cell.field:
            _value(sheet, cell, Place(place.x + cell.label, place.y, cell.value, place.height))


def _label(ground: Ground, cell: Cell, place: Place) -> None:
    ground.pen.fill(place, GROUND)
    if cell.field:
        label(ground, ground.definition.field(cell.field), place)


def label(ground: Ground, asked: FieldDefinition, place: Place, align: str = "left", padding: float = PADDING) -> None:
    """Write a field's label into its place, the Chinese small below it in the English edition."""
    style = LABEL_BILINGUAL if ground.bilingual else LABEL
    room, height = (place.width - 2 * padding) * mm, place.height * mm
    second = fit(asked.words.zh, SECOND.face, room, height, SECOND.size, LABEL_SMALLEST) if ground.bilingual else None
    left = height - (second.height if second else 0.0)
    own = fit(asked.label(ground.language), style.face, room, left, style.size, LABEL_SMALLEST, one_line=0.7)
    if own is None:
        ground.too_long.append(asked.id)
        return
    below = second.height / mm if second else 0.0
    top = place.y + (place.height - own.height / mm - below) / 2
    inner = place.width - 2 * padding
    ground.pen.lines(Place(place.x + padding, top, inner, own.height / mm), own, style, align)
    if second is not None:
        ground.pen.lines(Place(place.x + padding, top + own.height / mm, inner, below), second, SECOND, align)


def _value(sheet: Sheet, cell: Cell, place: Place) -> None:
    asked = sheet.definition.field(cell.field)
    if not sheet.asked(asked):
        base = place.middle + NOT_ASKED.size * MIDDLE
        sheet.pen.text(place.x + PADDING, base, sheet.texts("forms.paper.not_applicable"), NOT_ASKED)
    elif asked.type is FieldType.TICK:
        _tick(sheet, asked, place)
    elif cell.options:
        _options(sheet, asked, place)
    elif asked.type is FieldType.BARCODE:
        _bars(sheet, asked, place)
    elif words := sheet.words(cell.field, code=cell.code):
        _words(sheet, asked, STRONG if cell.strong else VALUE, words, place)
    elif cell.boxes:
        _boxes(sheet, cell.boxes, place)


def _bars(sheet: Sheet, asked: FieldDefinition, place: Place) -> None:
    """Draw a machine's mark as Code 128, with a quiet zone on both sides; without an answer the place stays free."""
    text = sheet.answer(asked.id)
    if not text:
        return
    if not (text.isascii() and text.isprintable()) or len(bars_of(text)) * MODULE_MM > place.width - 2 * QUIET_MM:
        sheet.too_long.append(asked.id)
        return
    barcode(sheet.pen, place.x + QUIET_MM, place.y + 1, place.height - 2, text)


def _words(sheet: Sheet, asked: FieldDefinition, style: Style, words: str, place: Place) -> None:
    one_line = UNBROKEN if asked.type in {FieldType.NAME, FieldType.EMAIL} else ONE_LINE
    room, height = (place.width - 2 * PADDING) * mm, (place.height - 1) * mm
    fitted = sheet.fit(words, style, room, height, SMALLEST, one_line=one_line)
    if fitted is None:
        sheet.too_long.append(asked.id)
        return
    cuts = GROUPS.get(asked.type)
    if cuts and len(words) == cuts[-1] and len(fitted.lines) == 1:
        base = place.middle + fitted.size * MIDDLE
        sheet.pen.grouped(place.x + PADDING, base, words, cuts, Style(fitted.size))
    else:
        sheet.pen.lines(place.inset(PADDING), fitted, style)


def _boxes(sheet: Sheet, count: int, place: Place) -> None:
    for n in range(count):
        box = Place(place.x + PADDING + n * BOX_MM, place.middle - BOX_MM / 2, BOX_MM, BOX_MM)
        sheet.pen.frame(box, weight=0.4, colour=RULE)


def _tick(sheet: Sheet, asked: FieldDefinition, place: Place) -> None:
    x, y = place.x + PADDING, place.middle - TICK_MM / 2
    sheet.pen.tick_box(x, y, TICK_MM)
    if sheet.answer(asked.id) == TICKED:
        sheet.pen.tick(x, y, TICK_MM)


def _options(sheet: Sheet, asked: FieldDefinition, place: Place) -> None:
    chosen = sheet.answer(asked.id)
    at, side = place.x + PADDING, TICK_MM
    for row in asked.codes.rows:
        words = row.words(sheet.language)
        ticked = bool(chosen) and chosen in {row.code, row.word}
        style = Style(OPTION.size, bold=ticked)
        if at + side + sheet.pen.width(words, style) > place.x + place.width - PADDING:
            sheet.too_long.append(asked.id)
            return
        sheet.pen.tick_box(at, place.middle - side / 2, side)
        if ticked:
            sheet.pen.tick(at, place.middle - side / 2, side)
        at = sheet.pen.text(at + side + 1.4, place.middle + OPTION.size * MIDDLE, words, style) + 7
