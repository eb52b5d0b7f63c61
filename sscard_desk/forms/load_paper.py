"""Reads `paper.toml`: what stands where on the pages of a form, in mm."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from string import Formatter
from typing import Final

from sscard_desk.forms.block_parts import FOOT_MM, check_pages, check_parts, check_room
from sscard_desk.forms.definition import FieldDefinition, Prose
from sscard_desk.forms.layout import (
    LETTER_FACTS,
    Align,
    Block,
    BlockKind,
    Cell,
    Column,
    Numbered,
    PaperLayout,
    Party,
    Row,
    Total,
)
from sscard_desk.forms.node import Node, nearest

_ROUNDING: Final = 0.01
_HEAD_MM: Final = 40.0
"""Where the head of a page ends: a table goes on below it."""
_LEAST_SHEET_MM: Final = 140.0
"""Barcode, page number and QR code stand beside each other at the foot."""
_MOST_SHEET_MM: Final = 600.0
_MOST_MARGIN_MM: Final = 30.0
_MOST_PAGES: Final = 20
_MOST_BOXES: Final = 40
_LEAST_ROW_MM: Final = 4.0
_LEAST_ROWS: Final = 4
"""A table has room for its head, a row and the totals at least."""


def read_layout(
    root: Node, fields: Mapping[str, FieldDefinition], sections: AbstractSet[str], prose: Mapping[str, Prose]
) -> PaperLayout:
    """Return the layout.

    Args:
        root: the file.
        fields: the fields by id.
        sections: ids that headings may name.
        prose: the paragraphs by id.

    Raises:
        FormDefinitionWrong: an unknown name, a block outside the sheet or upon head or foot, a part that its kind
            lacks, a grid line that is not as wide as its grid, a second table on a page, a letter that names what
            nobody fills in.
    """
    page = root.table("page")
    layout = PaperLayout(
        width=page.number("width", least=_LEAST_SHEET_MM, most=_MOST_SHEET_MM),
        height=page.number("height", least=_LEAST_SHEET_MM, most=_MOST_SHEET_MM),
        margin=page.number("margin", least=0, most=_MOST_MARGIN_MM),
        pages=page.whole("pages", least=1, most=_MOST_PAGES),
        blocks=(),
        numbered=page.choice("numbered", Numbered, Numbered.APPLICATION),
        annex_from=page.whole("annex_from", 0),
    )
    if page.sound and layout.annex_from and not 1 < layout.annex_from <= layout.pages:
        page.refuse("annex_from", "out_of_range", found=str(layout.annex_from), least="2", most=str(layout.pages))
    page.done()
    nodes = root.tables("block")
    blocks = tuple(_block(node) for node in nodes)
    root.done()
    known = _Known(fields, sections, prose)
    for node, block in zip(nodes, blocks, strict=True):
        if not node.sound:
            continue
        _names(node, block, known)
        check_parts(node, block, fields)
        if page.sound:
            _places(node, block, layout)
            check_room(node, block, layout)
        with root.problems.noting():
            if block.kind is BlockKind.TABLE:
                _table(node, block, blocks)
                _goes_on(node, block, layout)
            if block.kind is BlockKind.LETTER:
                _letter(node, block, fields, prose)
    layout = replace(layout, blocks=blocks)
    if root.sound:
        check_pages(page, layout)
    return layout


def _block(node: Node) -> Block:
    rows = tuple(_row(row) for row in node.tables("rows"))
    made = Block(
        kind=node.choice("kind", BlockKind),
        page=node.whole("page"),
        x=node.number("x"),
        y=node.number("y"),
        width=node.number("width"),
        height=sum(row.height for row in rows) if rows else node.number("height", 0),
        rows=rows,
        section=node.text("section", ""),
        prose=node.texts("prose"),
        tick=node.text("tick", ""),
        field=node.text("field", ""),
        parties=tuple(_party(party) for party in node.tables("parties")),
        columns=tuple(_column(column) for column in node.tables("columns")),
        list=node.text("list", ""),
        row=node.number("row", 8, least=_LEAST_ROW_MM, most=_MOST_SHEET_MM),
        again=node.number("again", _HEAD_MM, least=_HEAD_MM, most=_MOST_SHEET_MM),
        indent=node.flag("indent", default=True),
    )
    node.done()
    return made


def _column(node: Node) -> Column:
    made = Column(
        field=node.text("field", ""),
        width=node.number("width", least=1, most=_MOST_SHEET_MM),
        align=node.choice("align", Align, Align.LEFT),
        total=node.choice("total", Total, Total.NONE),
    )
    node.done()
    return made


def _row(node: Node) -> Row:
    made = Row(
        height=node.number("height", least=_LEAST_ROW_MM, most=_MOST_SHEET_MM),
        cells=tuple(_cell(cell) for cell in node.tables("cells")),
    )
    node.done()
    return made


def _cell(node: Node) -> Cell:
    made = Cell(
        field=node.text("field", ""),
        label=node.number("label", 0, least=0, most=_MOST_SHEET_MM),
        value=node.number("value", least=1, most=_MOST_SHEET_MM),
        boxes=node.whole("boxes", 0, least=0, most=_MOST_BOXES),
        code=node.flag("code", default=False),
        strong=node.flag("strong", default=False),
        options=node.flag("options", default=False),
    )
    node.done()
    return made


def _party(node: Node) -> Party:
    made = Party(
        field=node.text("field"), width=node.number("width", least=1, most=_MOST_SHEET_MM), prose=node.text("prose", "")
    )
    node.done()
    return made


@dataclass(frozen=True)
class _Known:
    """What a layout may name."""

    fields: Mapping[str, FieldDefinition]
    sections: AbstractSet[str]
    prose: Mapping[str, Prose]

    def field(self, node: Node, key: str, name: str) -> None:
        """Note a field that is not there."""
        if name and name not in self.fields:
            node.refuse(key, "no_such_field", id=name, known=nearest(name, sorted(self.fields)))

    def section(self, node: Node, key: str, name: str) -> None:
        """Note a section that is not there."""
        if name and name not in self.sections:
            node.refuse(key, "no_such_section", id=name, known=nearest(name, sorted(self.sections)))

    def paragraph(self, node: Node, key: str, name: str) -> None:
        """Note a paragraph that is not there."""
        if name and name not in self.prose:
            node.refuse(key, "no_such_prose", id=name, known=nearest(name, sorted(self.prose)))


def _names(node: Node, block: Block, known: _Known) -> None:
    known.field(node, "tick", block.tick)
    known.field(node, "field", block.field)
    known.section(node, "section", block.section)
    for n, name in enumerate(block.prose):
        known.paragraph(node, f"prose[{n}]", name)
    for n, party in enumerate(block.parties):
        known.field(node, f"parties[{n}].field", party.field)
        known.paragraph(node, f"parties[{n}].prose", party.prose)
    for n, column in enumerate(block.columns):
        known.field(node, f"columns[{n}].field", column.field)
    for n, row in enumerate(block.rows):
        for m, cell in enumerate(row.cells):
            known.field(node, f"rows[{n}].cells[{m}].field", cell.field)


def _places(node: Node, block: Block, layout: PaperLayout) -> None:
    if not 1 <= block.page <= layout.pages:
        node.refuse("page", "out_of_range", found=f"{block.page}", least="1", most=f"{layout.pages}")
    if block.x < 0 or block.x + block.width > layout.width + _ROUNDING:
        node.refuse("width", "outside", end=f"{block.x + block.width:g}", size=f"{layout.width:g}")
    if block.y < 0 or block.y + block.height > layout.height + _ROUNDING:
        node.refuse("y", "outside", end=f"{block.y + block.height:g}", size=f"{layout.height:g}")
    for number, row in enumerate(block.rows):
        width = sum(cell.label + cell.value for cell in row.cells)
        if abs(width - block.width) > _ROUNDING:
            node.refuse(f"rows[{number}].cells", "columns_width", found=f"{width:g}", wanted=f"{block.width:g}")


def _table(node: Node, block: Block, blocks: tuple[Block, ...]) -> None:
    if not block.list:
        raise node.wrong("list", "missing", key="list")
    width = sum(column.width for column in block.columns)
    if abs(width - block.width) > _ROUNDING:
        raise node.wrong("columns", "columns_width", found=f"{width:g}", wanted=f"{block.width:g}")
    if next(other for other in blocks if other.kind is BlockKind.TABLE and other.page == block.page) is not block:
        raise node.wrong("kind", "second_table")
    if block.height < _LEAST_ROWS * block.row:
        raise node.wrong("height", "table_height", least=f"{_LEAST_ROWS * block.row:g}")


def _goes_on(node: Node, block: Block, layout: PaperLayout) -> None:
    """Refuse a table that has no room for rows on the pages that follow."""
    most = layout.height - FOOT_MM - _LEAST_ROWS * block.row
    if block.again > most:
        raise node.wrong("again", "out_of_range", found=f"{block.again:g}", least=f"{_HEAD_MM:g}", most=f"{most:g}")


def _letter(node: Node, block: Block, fields: Mapping[str, FieldDefinition], prose: Mapping[str, Prose]) -> None:
    """Refuse a letter that names in braces what is neither a field nor a fact of the paper."""
    known = fields.keys() | LETTER_FACTS
    for name in block.prose:
        for text in (prose[name].words.zh, prose[name].words.en) if name in prose else ():
            try:
                parts = [part for part in Formatter().parse(text) if part[1] is not None]
            except ValueError:
                raise node.wrong("prose", "braces", id=name) from None
            if any(shape or turned for _, _, shape, turned in parts):  # {name:>9} would be drawn in another shape
                raise node.wrong("prose", "braces", id=name)
            named = {found for _, found, _, _ in parts if found is not None}
            for unknown in sorted(named - known):
                raise node.wrong("prose", "no_such_field", id=unknown, known=nearest(unknown, sorted(known)))
