"""Draws the cells of a grid: label, answer, boxes for a pen, choices to tick."""

from typing import Final

from reportlab.lib.units import mm

from sscard_desk.forms.codes import table
from sscard_desk.forms.definition import FieldDefinition, FieldType
from sscard_desk.forms.layout import Block, Cell
from sscard_desk.paper.fitting import ONE_LINE, fit
from sscard_desk.paper.pen import GROUND, INK2, INK3, MIDDLE, RULE, Place, Style
from sscard_desk.paper.sheet import Sheet

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
UNBROKEN: Final = 0.68
"""A name or e-mail address is made smaller rather than broken, down to this part of the size."""
_GROUPS: Final = {FieldType.ID_NUMBER: (6, 14, 18), FieldType.MOBILE: (3, 7, 11)}
"""Where the groups of a number of this length end."""


def grid(sheet: Sheet, block: Block) -> None:
    """Draw a grid: grounds, answers, then lines, and its frame last."""
    pen, y = sheet.pen, block.y
    for number, row in enumerate(block.rows):
        x = block.x
        for column, cell in enumerate(row.cells):
            if cell.label:
                _label(sheet, cell, Place(x, y, cell.label, row.height))
                pen.line(x + cell.label, y, x + cell.label, y + row.height)
            _value(sheet, cell, Place(x + cell.label, y, cell.value, row.height))
            if column:
                pen.line(x, y, x, y + row.height)
            x += cell.label + cell.value
        if number:
            pen.line(block.x, y, block.x + block.width, y)
        y += row.height
    pen.frame(Place(block.x, block.y, block.width, block.height))


def _label(sheet: Sheet, cell: Cell, place: Place) -> None:
    sheet.pen.fill(place.x, place.y, place.width, place.height, GROUND)
    if not cell.field:
        return
    asked, second = sheet.definition.field(cell.field), None
    style = LABEL_BILINGUAL if sheet.bilingual else LABEL
    room, height = (place.width - 2 * PADDING) * mm, place.height * mm
    own = fit(asked.label(sheet.language), style.face, room, height, style.size, LABEL_SMALLEST, one_line=0.75)
    if own is None:
        return
    if sheet.bilingual:
        second = fit(asked.words.zh, SECOND.face, room, height, SECOND.size, LABEL_SMALLEST)
    below = second.height / mm if second else 0.0
    top = place.y + (place.height - own.height / mm - below) / 2
    sheet.pen.lines(Place(place.x + PADDING, top, room, own.height / mm), own, style)
    if second is not None:
        sheet.pen.lines(Place(place.x + PADDING, top + own.height / mm, room, below), second, SECOND)


def _value(sheet: Sheet, cell: Cell, place: Place) -> None:
    if not cell.field:
        return
    asked = sheet.definition.field(cell.field)
    if not sheet.asked(asked):
        base = place.middle + NOT_ASKED.size * MIDDLE
        sheet.pen.text(place.x + PADDING, base, sheet.texts("forms.paper.not_applicable"), NOT_ASKED)
    elif cell.options:
        _options(sheet, asked, place)
    elif words := sheet.words(cell):
        _words(sheet, asked, Style(STRONG.size, bold=True) if cell.strong else VALUE, words, place)
    elif cell.boxes:
        _boxes(sheet, cell.boxes, place)


def _words(sheet: Sheet, asked: FieldDefinition, style: Style, words: str, place: Place) -> None:
    one_line = UNBROKEN if asked.type in {FieldType.NAME, FieldType.EMAIL} else ONE_LINE
    room, height = (place.width - 2 * PADDING) * mm, (place.height - 1) * mm
    fitted = fit(words, style.face, room, height, style.size, SMALLEST, one_line=one_line)
    if fitted is None:
        sheet.too_long.append(asked.id)
        return
    cuts = _GROUPS.get(asked.type)
    if cuts and len(words) == cuts[-1]:
        base = place.middle + fitted.size * MIDDLE
        sheet.pen.grouped(place.x + PADDING, base, words, cuts, Style(fitted.size))
    else:
        sheet.pen.lines(place.inset(PADDING), fitted, style)


def _boxes(sheet: Sheet, count: int, place: Place) -> None:
    side = 5.0
    for n in range(count):
        box = Place(place.x + PADDING + n * side, place.middle - side / 2, side, side)
        sheet.pen.frame(box, weight=0.4, colour=RULE)


def _options(sheet: Sheet, asked: FieldDefinition, place: Place) -> None:
    chosen = sheet.answer(asked.id)
    at, side = place.x + PADDING, 3.2
    for row in table(asked.table).rows:
        words = row.words(sheet.language)
        ticked = bool(chosen) and chosen in {row.code, row.word}
        style = Style(OPTION.size, bold=ticked)
        if at + side + sheet.pen.width(words, style) > place.x + place.width - PADDING:
            sheet.too_long.append(asked.id)
            return
        sheet.pen.tick_box(at, place.middle - side / 2, side, ticked=ticked)
        at = sheet.pen.text(at + side + 1.4, place.middle + OPTION.size * MIDDLE, words, style) + 7
