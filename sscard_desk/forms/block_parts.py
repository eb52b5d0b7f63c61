"""Whether a block of `paper.toml` has what its kind needs to be drawn, and leaves head and foot of the page free."""

from collections.abc import Iterable, Mapping
from typing import Final

from sscard_desk.forms.definition import FieldDefinition, FieldType
from sscard_desk.forms.layout import Block, BlockKind, PaperLayout
from sscard_desk.forms.node import Node

HEAD_MM: Final = 39.0
"""Down to here the head of every page reaches: title, edition, serial and the line below."""
FOOT_MM: Final = 35.0
"""From here on upwards of the lower edge the foot of every page stands: barcode, QR code, page number."""
_ROUNDING: Final = 0.01

_SIGNATURE: Final = frozenset({FieldType.SIGNATURE})
_LEAST_MM: Final[Mapping[BlockKind, tuple[float, float]]] = {
    BlockKind.PHOTO: (26.0, 35.0),
    BlockKind.SIGNATURES: (30.0, 20.0),
    BlockKind.RECEIPT: (30.0, 15.0),
    BlockKind.SEAL: (20.0, 20.0),
}
"""Width and height below which a block of a kind cannot show what it is for."""
_PARAGRAPHS: Final[Mapping[BlockKind, int]] = {BlockKind.CHOICE: 1, BlockKind.RECEIPT: 2}
"""Kinds with exactly so many paragraphs: the sentence to tick; title and hint of a place for a receipt."""
_NEEDED: Final[Mapping[BlockKind, tuple[str, ...]]] = {
    BlockKind.HEADING: ("section",),
    BlockKind.PROSE: ("prose",),
    BlockKind.LETTER: ("prose",),
    BlockKind.PHOTO: ("field",),
    BlockKind.CHOICE: ("tick",),
    BlockKind.GRID: ("rows",),
    BlockKind.SIGNATURES: ("parties",),
    BlockKind.TABLE: ("list", "columns"),
}


def check_parts(node: Node, block: Block, fields: Mapping[str, FieldDefinition]) -> None:
    """Note what a block of this kind lacks, and fields of a type that its place cannot show."""
    for key in _NEEDED.get(block.kind, ()):
        if not getattr(block, key):
            node.refuse(key, "missing", key=key)
    wanted = _PARAGRAPHS.get(block.kind)
    if wanted is not None and len(block.prose) != wanted:
        node.refuse("prose", "paragraphs", found=str(len(block.prose)), wanted=str(wanted))
    _typed(node, "tick", block.tick, fields, {FieldType.TICK})
    _typed(node, "field", block.field, fields, {FieldType.PHOTO})
    for number, party in enumerate(block.parties):
        _typed(node, f"parties[{number}].field", party.field, fields, _SIGNATURE)
    for n, row in enumerate(block.rows):
        for m, cell in enumerate(row.cells):
            if cell.options:
                _typed(node, f"rows[{n}].cells[{m}].field", cell.field, fields, {FieldType.CODE})
    width = sum(party.width for party in block.parties)
    if block.parties and abs(width - block.width) > _ROUNDING:
        node.refuse("parties", "columns_width", found=f"{width:g}", wanted=f"{block.width:g}")


def check_room(node: Node, block: Block, layout: PaperLayout) -> None:
    """Note a block that is too small for its kind, or covers the head or the codes that bring a paper back."""
    least_width, least_height = _LEAST_MM.get(block.kind, (1.0, 1.0))
    for key, found, least in (("width", block.width, least_width), ("height", block.height, least_height)):
        if found < least:
            node.refuse(key, "out_of_range", found=f"{found:g}", least=f"{least:g}", most=f"{layout.height:g}")
    if block.y < HEAD_MM:
        node.refuse("y", "in_the_head", found=f"{block.y:g}", least=f"{HEAD_MM:g}")
    end, most = block.y + block.height, layout.height - FOOT_MM
    if most + _ROUNDING < end <= layout.height + _ROUNDING:  # beyond the sheet is told as that
        node.refuse("y", "in_the_foot", end=f"{end:g}", most=f"{most:g}")


def check_pages(page: Node, layout: PaperLayout) -> None:
    """Note pages on which nothing stands."""
    empty = sorted(set(range(1, layout.pages + 1)) - {block.page for block in layout.blocks})
    if empty:
        page.refuse("pages", "empty_page", page=str(empty[0]))


def _typed(node: Node, key: str, name: str, fields: Mapping[str, FieldDefinition], types: Iterable[FieldType]) -> None:
    field = fields.get(name) if name else None
    if field is not None and field.type not in types:
        wanted = " | ".join(sorted(kind.value for kind in types))
        node.refuse(key, "wrong_type", id=field.id, type=field.type.value, wanted=wanted)
