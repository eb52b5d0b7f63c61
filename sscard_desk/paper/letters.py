"""Draws the running text of notices, with answers in its sentences, and the place of the service point's seal."""

from datetime import date
from typing import Final

from sscard_desk.forms.conditions import as_date, holds
from sscard_desk.forms.definition import FieldType
from sscard_desk.forms.layout import Block
from sscard_desk.paper.blocks import NOTE, together
from sscard_desk.paper.pen import RULE, Place, Style
from sscard_desk.paper.sheet import Ground, Sheet

LETTER: Final = Style(12)
LEADING: Final = 1.7
SPACE: Final = 2.2
INDENT: Final = "\u3000\u3000"
"""Chinese paragraphs begin two characters in."""
OPEN: Final = "＿＿＿＿＿＿"
"""Where a sentence has no answer yet, a pen writes it."""
SEAL_MM: Final = 20.0
"""Radius of the place for a round seal of at most 40 mm."""
_DATES: Final = frozenset({FieldType.DATE, FieldType.DATE_OR_LONG})


def letter(sheet: Sheet, block: Block) -> None:
    """Write the paragraphs that hold, each with its answers, in the largest type in which all fit."""
    own = {
        "application_no": sheet.facts.application_no,
        "service_point": sheet.facts.service_point,
        "printed_by": sheet.facts.printed_by,
        "issued": day_in_words(sheet, sheet.facts.issued.astimezone().date()),
    }
    words = own | {each.id: _in_a_sentence(sheet, each.id) for each in sheet.definition.fields}
    paragraphs = [sheet.definition.paragraph(name) for name in block.prose]
    begin = INDENT if block.indent and not sheet.bilingual else ""
    shown = [
        begin + each.words(sheet.language).format_map(words) for each in paragraphs if holds(each.when, sheet.answers)
    ]
    if not shown:
        return
    fitted = together(shown, block.width, block.height, LETTER, leading=LEADING, space=SPACE)
    if fitted is None:
        sheet.too_long += block.prose
        return
    y = block.y
    for each in fitted:
        y = sheet.pen.paragraph(block.x, y, each, LETTER) + SPACE


def _in_a_sentence(sheet: Sheet, field_id: str) -> str:
    answer = sheet.words(field_id)
    if not answer:
        return OPEN
    if sheet.definition.field(field_id).type in _DATES and (day := as_date(answer)):
        return day_in_words(sheet, day)
    return answer


def day_in_words(ground: Ground, day: date) -> str:
    """Return a date as a notice writes it."""
    return ground.texts("papers.day", year=day.year, month=day.month, day=day.day)


def seal_ground(ground: Ground, block: Block) -> None:
    """Draw the pale circle into which the seal is put, and say so."""
    place = Place(block.x, block.y, block.width, block.height)
    ground.pen.circle(place.centre, place.middle, min(SEAL_MM, block.height / 2 - 1), colour=RULE)
    ground.pen.text(place.centre, place.middle + 13, ground.texts("papers.seal_here"), NOTE, "center")


def seal(sheet: Sheet, block: Block) -> None:
    """Write who issues the paper and when, across the place of the seal as is the custom."""
    centre, middle = block.x + block.width / 2, block.y + block.height / 2
    day = day_in_words(sheet, sheet.facts.issued.astimezone().date())
    sheet.pen.text(centre, middle - 1.5, sheet.facts.service_point, LETTER, "center")
    sheet.pen.text(centre, middle + 6.5, day, LETTER, "center")
