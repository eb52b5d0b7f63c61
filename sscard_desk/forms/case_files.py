"""The files of `resources/cases/`: what a city decides about cases, materials, limits and closing, read once."""

import tomllib
from collections.abc import Iterable

from sscard_desk.forms.conditions import Answers
from sscard_desk.forms.node import Node
from sscard_desk.forms.positions import Positions
from sscard_desk.resources import resource

Facts = Answers
"""What conditions of these files look at: the answers, and `evidence`, `evidence_source`, `origin`, `document_kind`."""


def root_of(name: str) -> Node:
    """Return the top table of `resources/cases/<name>.toml`.

    Raises:
        FormDefinitionWrong: the file is missing or no TOML; file and line are named.
    """
    positions = Positions.read(resource("cases", f"{name}.toml"))
    try:
        return Node(positions, "", tomllib.loads(positions.text))
    except tomllib.TOMLDecodeError as error:
        raise positions.syntax(error) from None


def finish(root: Node, nodes: Iterable[Node], ids: Iterable[str]) -> None:
    """Refuse a file with anything wrong in it, an id that stands twice included.

    Args:
        root: its top table.
        nodes: its rows.
        ids: their ids, one for one.

    Raises:
        FormDefinitionWrong: the first problem, and how many there are.
    """
    root.done()
    seen: set[str] = set()
    for node, one in zip(nodes, ids, strict=True):
        if one in seen:
            node.refuse("id", "twice", id=one)
        seen.add(one)
    if root.problems.found:
        raise root.problems.first()
