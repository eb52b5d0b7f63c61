"""Which lists there are, and their columns: data in `resources/admin/lists.toml`."""

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Final

from sscard_desk.resources import resource

PERSONS: Final = "persons"
REGION: Final = "region"
POINT: Final = "point"


@dataclass(frozen=True)
class Column:
    """A column of a list.

    Attributes:
        name: what the program calls it; may stand over it.
        titles: what authorities write over it.
        check: the check of its cells, a word of `cells.CHECKS`.
        needed: whether it has to be there with something in every row.
    """

    name: str
    titles: tuple[str, ...]
    check: str
    needed: bool = False


@dataclass(frozen=True)
class ListKind:
    """A kind of list.

    Attributes:
        name: its word.
        needs: what it is for: `REGION`, `POINT`, or empty for everybody.
        id: the column that no two rows share.
        columns: in the order in which they are shown.
    """

    name: str
    needs: str
    id: str
    columns: tuple[Column, ...]


@cache
def kinds() -> dict[str, ListKind]:
    """Return every kind by name."""
    table = tomllib.loads(resource("admin", "lists.toml").read_text(encoding="utf-8"))
    return {
        name: ListKind(
            name,
            said["needs"],
            said["id"],
            tuple(
                Column(each["name"], tuple(each["titles"]), each["check"], each.get("needed", False))
                for each in said["column"]
            ),
        )
        for name, said in table.items()
    }
