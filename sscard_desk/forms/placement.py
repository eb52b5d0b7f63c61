"""Whether the blocks of a layout stand beside each other and not upon each other."""

from typing import Final

from sscard_desk.forms.layout import Block, PaperLayout
from sscard_desk.forms.node import Node

_TOUCHING: Final = 0.01
"""Blocks that share an edge do not overlap, mm."""


def overlaps(root: Node, layout: PaperLayout) -> None:
    """Note every block that covers a part of an earlier one on its page."""
    for number, block in enumerate(layout.blocks):
        for earlier, other in enumerate(layout.blocks[:number]):
            if block.page == other.page and _covers(block, other):
                root.refuse(f"block[{number}].y", "overlaps", first=f"block[{earlier}]", kind=other.kind.value)
                break


def _covers(one: Block, other: Block) -> bool:
    across = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
    down = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
    return across > _TOUCHING and down > _TOUCHING
