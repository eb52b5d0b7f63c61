"""Reads `paper.toml`: what stands where on the pages of a form, in mm."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from string import Formatter
from typing import Final

from sscard_desk.forms.definition import Prose
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
_LEAST_ROWS: Final = 4
"""A table has room for its head, a row and the totals at least."""


def read_layout(
    root: Node, fields: AbstractSet[str], sections: AbstractSet[str], prose: Mapping[str, Prose]
) -> PaperLayout:
    """Return the layout.

    Args:
        root: the file.
        fields: ids that cells, photos and signatures may name.
        sections: ids that headings may name.
        prose: the paragraphs by id.

    Raises:
        FormDefinitionWrong: an unknown name, a block outside the sheet, a grid line that is not as wide as its grid,
            a second table on a page, a letter that names what nobody fills in.
    """
    page = root.table("page")
    layout = PaperLayout(
        width=page.number("width"),
        height=page.number("height"),
        margin=page.number("margin"),
        pages=page.whole("pages"),
        blocks=(),
        numbered=page.choice("numbered", Numbered, Numbered.APPLICATION),
        annex_from=page.whole("annex_from", 0),
    )
    if layout.annex_from and not 1 < layout.annex_from <= layout.pages:
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
        if page.sound:
            _places(node, block, layout)
        with root.problems.noting():
            if block.kind is BlockKind.TABLE:
                _table(node, block, blocks)
            if block.kind is BlockKind.LETTER:
                _letter(node, block, fields, prose)
    return replace(layout, blocks=blocks)


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
        row=node.number("row", 8),
        again=node.number("again", _HEAD_MM),
        indent=node.flag("indent", default=True),
    )
    node.done()
    return made


def _column(node: Node) -> Column:
    made = Column(
        field=node.text("field", ""),
        width=node.number("width"),
        align=node.choice("align", Align, Align.LEFT),
        total=node.choice("total", Total, Total.NONE),
    )
    node.done()
    return made


def _row(node: Node) -> Row:
    made = Row(height=node.number("height"), cells=tuple(_cell(cell) for cell in node.tables("cells")))
    node.done()
    return made


def _cell(node: Node) -> Cell:
    made = Cell(
        field=node.text("field", ""),
        label=node.number("label", 0),
        value=node.number("value"),
        boxes=node.whole("boxes", 0),
        code=node.flag("code", default=False),
        strong=node.flag("strong", default=False),
        options=node.flag("options", default=False),
    )
    node.done()
    return made


def _party(node: Node) -> Party:
    made = Party(field=node.text("field"), width=node.number("width"), prose=node.text("prose", ""))
    node.done()
    return made


@dataclass(frozen=True)
class _Known:
    """The ids that a layout may name."""

    fields: AbstractSet[str]
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


def _letter(node: Node, block: Block, fields: AbstractSet[str], prose: Mapping[str, Prose]) -> None:
    """Refuse a letter that names in braces what is neither a field nor a fact of the paper."""
    known = fields | LETTER_FACTS
    for name in block.prose:
        for text in (prose[name].words.zh, prose[name].words.en) if name in prose else ():
            try:
                named = {found for _, found, _, _ in Formatter().parse(text) if found is not None}
            except ValueError:
                raise node.wrong("prose", "braces", id=name) from None
            for unknown in sorted(named - known):
                raise node.wrong("prose", "no_such_field", id=unknown, known=nearest(unknown, sorted(known)))
