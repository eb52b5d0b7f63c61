"""A maker's list of blanks: which columns are which is data, and a row with anything wrong refuses the whole list."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from sscard_desk.domain.errors.stock import TableRowWrong
from sscard_desk.domain.events import ReceivedBlank
from sscard_desk.domain.numbers.card_number import is_well_formed
from sscard_desk.forms.stock_rules import stock_rules
from sscard_desk.ports.tables import RawTable, TableLimits, Tables, column_name

_CODE: Final = re.compile(r"[0-9]{6}D156000005[0-9A-F]{16}")
_FIELDS: Final = ("identification_code", "card_number", "stock_no")


def read_delivery(tables: Tables, path: Path) -> tuple[ReceivedBlank, ...]:
    """Return the blanks of a list.

    Raises:
        ClassListUnreadable, ClassListTooLarge: the file.
        TableRowWrong: the head lacks a column, or a cell is no number of its kind.
    """
    rules = stock_rules()
    return delivery_of(tables.read(path, TableLimits(rules.delivery_rows + 1, rules.delivery_bytes)))


def delivery_of(table: RawTable) -> tuple[ReceivedBlank, ...]:
    """Return the blanks of a table.

    Raises:
        TableRowWrong: as above.
    """
    if not table.rows:
        raise TableRowWrong(row=1, column="A")
    head, *below = table.rows
    places = _columns(head.cells)
    missing = next((name for name in _FIELDS if name not in places), None)
    if missing is not None:
        raise TableRowWrong(row=head.number, column=stock_rules().columns[missing][0])
    found = []
    for row in below:
        cells = {name: row.cell(at).strip() for name, at in places.items()}
        code, number, stock_no = (cells[name] for name in _FIELDS)
        sound = (_CODE.fullmatch(code.upper()), is_well_formed(number.upper()), stock_no)
        for name, good in zip(_FIELDS, sound, strict=True):
            if not good or places[name] in row.lost:
                raise TableRowWrong(row=row.number, column=column_name(places[name]))
        found.append(ReceivedBlank(code.upper(), number.upper(), stock_no))
    if not found:
        raise TableRowWrong(row=head.number + 1, column=column_name(0))
    return tuple(found)


def _columns(cells: Sequence[str]) -> dict[str, int]:
    names = {name.casefold(): field for field, known in stock_rules().columns.items() for name in known}
    places: dict[str, int] = {}
    for at, cell in enumerate(cells):
        name = names.get(cell.strip().casefold())
        if name is not None:
            places.setdefault(name, at)
    return places
