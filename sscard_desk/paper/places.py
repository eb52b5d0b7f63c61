"""Where the boxes to tick stand on the paper, in mm: measured with the same type and gaps as they are drawn with."""

from typing import Final

from sscard_desk.domain.form_scan import TickPlace
from sscard_desk.forms.definition import TICKED, FieldType, FormDefinition
from sscard_desk.forms.layout import Block, BlockKind
from sscard_desk.paper.cells import OPTION, PADDING, TICK_MM
from sscard_desk.texts import Language

_AFTER_BOX: Final = 1.4
_BETWEEN: Final = 7.0
CHOICE_SIDE: Final = 3.6
_CHOICE_INDENT: Final = 0.5


def tick_places(definition: FormDefinition, language: Language) -> tuple[TickPlace, ...]:
    """Return every box to tick of a form, on all pages.

    Words that are printed bold, because their box was ticked when the form was printed, may move the boxes behind
    them by some tenths of a millimetre; who reads a scan looks around.

    Args:
        definition: the form.
        language: of the printed words, whose widths say where the next box stands.
    """
    found: list[TickPlace] = []
    for block in definition.paper.blocks:
        if block.kind is BlockKind.CHOICE and block.tick:
            found.append(TickPlace(block.tick, TICKED, block.page, block.x + _CHOICE_INDENT, block.y, CHOICE_SIDE))
        found += _options(definition, block, language)
    return tuple(found)


def _options(definition: FormDefinition, block: Block, language: Language) -> list[TickPlace]:
    found: list[TickPlace] = []
    y = block.y
    for row in block.rows:
        x = block.x
        for cell in row.cells:
            at = x + cell.label + PADDING
            if cell.field and definition.field(cell.field).type is FieldType.TICK:
                middle = y + row.height / 2 - TICK_MM / 2
                found.append(TickPlace(cell.field, TICKED, block.page, at, middle, TICK_MM))
            for code in definition.field(cell.field).codes.rows if cell.options else ():
                found.append(
                    TickPlace(cell.field, code.code, block.page, at, y + row.height / 2 - TICK_MM / 2, TICK_MM)
                )
                width = OPTION.face.width(code.words(language), OPTION.size) * 25.4 / 72
                at += TICK_MM + _AFTER_BOX + width + _BETWEEN
            x += cell.label + cell.value
        y += row.height
    return found
