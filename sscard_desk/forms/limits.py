"""Time limits as data: so many days, counted in working or natural days."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final

from sscard_desk.forms.case_files import finish, root_of
from sscard_desk.forms.node import Node
from sscard_desk.forms.words import Words


class Days(StrEnum):
    """What a limit counts."""

    WORKING = "working"
    NATURAL = "natural"


@dataclass(frozen=True)
class Limit:
    """So many days after the day on which the limit begins.

    Attributes:
        days: how many, at least 1.
        count: what is counted.
    """

    days: int
    count: Days = Days.WORKING


@dataclass(frozen=True)
class NamedLimit:
    """One limit of the city.

    Attributes:
        id: short name, for example `form_return`.
        words: what it is a limit for.
        limit: how long.
        source: where it comes from, and how sure that is.
    """

    id: str
    words: Words
    limit: Limit
    source: str


FORM_RETURN: Final = "form_return"
LONGEST: Final = 366
"""Days of the longest limit that makes sense."""


def read_limit(node: Node) -> Limit:
    """Read `{ days = 10, count = "working" }`.

    Raises:
        FormDefinitionWrong: not a limit.
    """
    days = node.whole("days", least=1, most=LONGEST)
    made = Limit(days, node.choice("count", Days, Days.WORKING.value))
    node.done()
    return made


@cache
def limits() -> tuple[NamedLimit, ...]:
    """Return the shipped limits.

    Raises:
        FormDefinitionWrong: `time_limits.toml` breaks its schema.
    """
    root = root_of("time_limits")
    nodes = root.tables("limit")
    found = []
    for node in nodes:
        found.append(NamedLimit(node.id(), node.words(), read_limit(node.table("time")), node.text("source")))
        node.done()
    finish(root, nodes, (each.id for each in found))
    return tuple(found)


def limit(name: str) -> Limit:
    """Return one limit.

    Raises:
        KeyError: the data have no such limit.
    """
    return {each.id: each.limit for each in limits()}[name]
