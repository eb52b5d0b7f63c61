"""A school's list of 500: read, checked and imported over a real store, beside bare openpyxl; JSON on stdout.

Limits: who hands a list in waits at the counter for the check (3 s), and sees the import go on (40 ms a row).
"""

import json
import tempfile
import time
from pathlib import Path
from typing import Final

import openpyxl

from sscard_desk.domain.ids import AccountId, Role
from sscard_desk.forms.load import load_form
from sscard_desk.store.opening import create_folder, open_desk
from sscard_desk.training.point import training_point
from sscard_desk.usecases.class_row import RowState
from sscard_desk.usecases.import_class import check_class, compare_with_desk, import_class
from tests.usecases.conftest import KEY, Person
from tests.usecases.test_import_class import HEAD, LIMITS, RULES, TODAY, SpreadsheetTables, row, xlsx

COUNT: Final = 500
CHECK_LIMIT_MS: Final = 3000.0
ROW_LIMIT_MS: Final = 40.0
ROUNDS: Final = 3


def bare(path: Path) -> int:
    """Read every cell as text with nothing but openpyxl."""
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    return sum(len(str(cell)) for cells in book.active.iter_rows(values_only=True) for cell in cells)


def main() -> None:
    """Print one JSON object."""
    definition, point = load_form("registration"), training_point()
    with tempfile.TemporaryDirectory() as name:
        path = xlsx(Path(name) / "class.xlsx", [HEAD, *(row(at) for at in range(COUNT))])
        ours, peer = [], []
        for _ in range(ROUNDS):
            begun = time.perf_counter()
            check = check_class(SpreadsheetTables().read(path, LIMITS), RULES, definition, TODAY)
            ours.append(time.perf_counter() - begun)
            begun = time.perf_counter()
            bare(path)
            peer.append(time.perf_counter() - begun)
        assert len(check.of(RowState.READY)) == COUNT
        create_folder(
            Path(name) / "desk", desk_id=point.desk, service_point=point.code, desk_no=point.desk_no, training=True,
            database_key=KEY,
        )  # fmt: skip
        store, clerk = open_desk(Path(name) / "desk", KEY), Person(AccountId("c" * 32), "王丽", Role.CLERK)
        begun = time.perf_counter()
        check = compare_with_desk(check, store, store.persons)
        compared = time.perf_counter() - begun
        begun = time.perf_counter()
        done = import_class(store, clerk, store.persons, check, today=TODAY)
        imported = time.perf_counter() - begun
        begun = time.perf_counter()
        again = import_class(store, clerk, store.persons, compare_with_desk(check, store, store.persons), today=TODAY)
        twice = time.perf_counter() - begun
        store.close()
    assert (len(done.opened), len(again.opened)) == (COUNT, 0)
    checked_ms, row_ms = min(ours) * 1000, imported * 1000 / COUNT
    print(
        json.dumps(
            {
                "bench": "class_list",
                "rows": COUNT,
                "read_and_checked_ms": round(checked_ms),
                "check_limit_ms": CHECK_LIMIT_MS,
                "bare_openpyxl_ms": round(min(peer) * 1000),
                "times_bare_openpyxl": round(min(ours) / min(peer), 2),
                "compared_with_desk_ms": round(compared * 1000),
                "imported_ms": round(imported * 1000),
                "import_ms_a_row": round(row_ms, 2),
                "row_limit_ms": ROW_LIMIT_MS,
                "imported_again_ms": round(twice * 1000),
                "kept": checked_ms <= CHECK_LIMIT_MS and row_ms <= ROW_LIMIT_MS,
            }
        )
    )


if __name__ == "__main__":
    main()
