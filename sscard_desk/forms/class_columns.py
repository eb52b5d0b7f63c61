"""How the columns of a class list are called, as data, and which column is which."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from sscard_desk.forms.case_files import finish, root_of

HEAD_WITHIN: Final = 20
"""The row with the columns' names is one of so many first ones; a title and notes may stand above it."""
_NOISE: Final = re.compile(r"[(（\[【].*?[)）\]】]|[\s*＊:：_\-./]+")


@dataclass(frozen=True)
class ClassColumn:
    """One column.

    Attributes:
        field: the form's field that it fills.
        names: what it is called; spelling of blanks, width and brackets makes no difference.
        required: whether a list without it is refused.
    """

    field: str
    names: tuple[str, ...]
    required: bool = False


@dataclass(frozen=True)
class ClassListRules:
    """What a class list looks like.

    Attributes:
        rows: most rows.
        bytes: most bytes, packed and unpacked.
        columns: the columns that are known.
        defaults: answers that every row gets where the list says nothing.
    """

    rows: int
    bytes: int
    columns: tuple[ClassColumn, ...]
    defaults: Mapping[str, str] = field(default_factory=dict)

    def column_of(self, title: str) -> ClassColumn | None:
        """Return the column that a title means."""
        wanted = plain(title)
        return next((each for each in self.columns if wanted in {plain(name) for name in each.names}), None)


@dataclass(frozen=True)
class Head:
    """The row with the names of the columns.

    Attributes:
        index: which of the rows it is, from 0.
        columns: column (from 0) to the form's field, each field once: the first of two columns counts.
        missing: required columns that it does not have.
    """

    index: int
    columns: Mapping[int, str]
    missing: tuple[ClassColumn, ...]


def plain(title: str) -> str:
    """Return a title without what differs between lists: blanks, width, case, `*`, what stands in brackets."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", title)).lower()


def find_head(rows: Sequence[Sequence[str]], rules: ClassListRules) -> Head | None:
    """Return the row that names most columns, None where no row names any.

    Args:
        rows: the first rows as texts; only `HEAD_WITHIN` of them are looked at.
        rules: what columns are called.
    """
    heads = [_head(index, row, rules) for index, row in enumerate(rows[:HEAD_WITHIN])]
    best = max(heads, key=lambda head: (len(head.columns), -head.index), default=None)
    return best if best is not None and best.columns else None


def _head(index: int, row: Sequence[str], rules: ClassListRules) -> Head:
    columns: dict[int, str] = {}
    for at, title in enumerate(row):
        known = rules.column_of(title)
        if known is not None and known.field not in columns.values():
            columns[at] = known.field
    missing = tuple(each for each in rules.columns if each.required and each.field not in columns.values())
    return Head(index, columns, missing)


@cache
def class_list_rules() -> ClassListRules:
    """Return the shipped rules.

    Raises:
        FormDefinitionWrong: `class_list.toml` breaks its schema.
    """
    root = root_of("class_list")
    nodes = root.tables("column")
    columns = []
    for node in nodes:
        columns.append(ClassColumn(node.id("field"), node.texts("names"), node.flag("required", default=False)))
        node.done()
    defaults = root.table("defaults")
    rules = ClassListRules(
        rows=root.whole("rows", least=1),
        bytes=root.whole("bytes", least=1),
        columns=tuple(columns),
        defaults={key: defaults.text(key) for key in defaults.names()},
    )
    defaults.done()
    finish(root, nodes, (column.field for column in columns))
    return rules
