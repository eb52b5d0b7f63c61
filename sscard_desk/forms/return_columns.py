"""The columns of a batch return file (回盘), as data (`resources/cases/return_file.toml`; domain reference E.3)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from sscard_desk.forms.case_files import finish, root_of
from sscard_desk.forms.class_columns import ClassColumn

FIELDS: Final = (
    "sequence", "card_number", "id_number", "name", "issue_date", "valid_until", "identification_code", "reset", "bank",
    "bank_card", "account", "box", "failed_stage", "failed_reason",
)  # fmt: skip


@dataclass(frozen=True)
class ReturnRules:
    """What a return file looks like.

    Attributes:
        failed_here: the stage that an exported file names for a card that was not written here.
        reason_bytes: most bytes of a reason in GBK.
        rows, bytes: largest file that is read.
        columns: in their order.
    """

    failed_here: str
    reason_bytes: int
    rows: int
    bytes: int
    columns: tuple[ClassColumn, ...]

    @property
    def head(self) -> tuple[str, ...]:
        """The titles of an exported file."""
        return tuple(column.names[0] for column in self.columns)

    def row(self, values: Mapping[str, str]) -> tuple[str, ...]:
        """Return values in the order of the columns; what is not there is empty."""
        return tuple(values.get(column.field, "") for column in self.columns)

    def places(self, cells: Sequence[str]) -> dict[str, int]:
        """Return which column of a head is which field; a title that nobody knows is passed over."""
        names = {name.strip(): column.field for column in self.columns for name in column.names}
        found: dict[str, int] = {}
        for at, cell in enumerate(cells):
            field = names.get(cell.strip())
            if field is not None:
                found.setdefault(field, at)
        return found

    def missing(self, places: Mapping[str, int]) -> str:
        """Return the title of a required column that a head does not have, empty if it has all."""
        wanted = (column for column in self.columns if column.required and column.field not in places)
        first = next(wanted, None)
        return first.names[0] if first is not None else ""


@cache
def return_rules() -> ReturnRules:
    """Return the rules of this service point.

    Raises:
        FormDefinitionWrong: `return_file.toml` breaks its schema.
    """
    root = root_of("return_file")
    nodes = root.tables("column")
    columns = []
    for node in nodes:
        column = ClassColumn(node.id("field"), node.texts("names"), node.flag("required", default=False))
        if column.field not in FIELDS:
            node.refuse("field", "not_a_choice", found=column.field, known=" | ".join(FIELDS))
        if not column.names:
            node.refuse("names", "empty", key="names")
        columns.append(column)
        node.done()
    rules = ReturnRules(
        failed_here=root.filled("failed_here"),
        reason_bytes=root.whole("reason_bytes", least=1),
        rows=root.whole("rows", least=1),
        bytes=root.whole("bytes", least=1),
        columns=tuple(columns),
    )
    finish(root, nodes, (column.field for column in columns))
    return rules
