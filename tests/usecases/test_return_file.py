"""Return files: taken once and whole, wrong rows told by row, and what is exported here can be taken elsewhere."""

import csv
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from sscard_desk.domain import events
from sscard_desk.domain.application import Application
from sscard_desk.domain.batch import BatchState
from sscard_desk.domain.errors.stock import TableRowWrong
from sscard_desk.domain.ids import ApplicationId
from sscard_desk.domain.steps import Step
from sscard_desk.forms.return_columns import FIELDS, return_rules
from sscard_desk.spreadsheets import SpreadsheetTables
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.training.point import training_point
from sscard_desk.usecases.batch_lineup import open_batch
from sscard_desk.usecases.return_file import ReturnState, export_return, import_return, return_rows
from tests.machines import training_desk
from tests.machines.approved_class import approved_application, approved_class
from tests.machines.training_desk import clerk, supervisor
from tests.store import _desk as a

TABLES = SpreadsheetTables()
CODE = "110101D156000005" + "A" * 16


@pytest.fixture
def store(tmp_path: Path) -> Iterator[DeskStore]:
    desk = training_desk.training_desk(tmp_path / "desk", blanks=1)
    yield desk
    desk.close()


@pytest.fixture
def sent(store: DeskStore) -> list[Application]:
    """Three people whose cards are made elsewhere."""
    people = approved_class(store, clerk(), supervisor(), 3)
    for each in people:
        act(store, each.id, events.SentToProduction("maker"))
    return people


def act(store: DeskStore, subject: ApplicationId, event: events.Event) -> None:
    with store.work(clerk().account) as work:
        work.record(event, subject=subject)


def good(person: Application, n: int) -> dict[str, str]:
    return {
        "sequence": str(n),
        "card_number": f"B{n:08d}",
        "id_number": person.id_number,
        "name": person.name,
        "issue_date": "20261120",
        "valid_until": "2036-11-20",
        "identification_code": f"110101D156000005{n:016X}",
        "box": f"7-{n}",
    }


def written(path: Path, *rows: dict[str, str]) -> Path:
    TABLES.write(path, return_rules().head, [return_rules().row(row) for row in rows])
    return path


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_good_rows_are_taken_once_failed_ones_told_and_the_file_is_kept(
    store: DeskStore, sent: list[Application], tmp_path: Path, kind: str
) -> None:
    failed = good(sent[2], 3) | {"card_number": "", "failed_stage": "银行", "failed_reason": "户名不符"}
    path = written(tmp_path / f"back.{kind}", good(sent[0], 1), good(sent[1], 2), failed)
    looked = import_return(store, clerk(), TABLES, path, dry_run=True)
    assert (len(looked.of(ReturnState.TAKEN)), looked.batch) == (2, None)
    assert store.application(sent[0].id).step is Step.SENT_TO_PRODUCTION
    report = import_return(store, clerk(), TABLES, path)
    assert [row.state for row in report.rows] == [ReturnState.TAKEN, ReturnState.TAKEN, ReturnState.FAILED]
    assert report.rows[2].why == "户名不符"
    assert [store.application(each.id).step for each in sent] == [
        Step.CARD_RECEIVED, Step.CARD_RECEIVED, Step.SENT_TO_PRODUCTION,
    ]  # fmt: skip
    assert report.batch is not None
    assert (report.batch.state, [card.box for card in report.batch.cards]) == (BatchState.RETURNED, ["7-1", "7-2", ""])
    again = import_return(store, clerk(), TABLES, path)
    assert [row.state for row in again.rows] == [ReturnState.KNOWN, ReturnState.KNOWN, ReturnState.FAILED]
    assert store.verify().sound


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"card_number": "B1"}, "card_number"),
        ({"identification_code": "110101D156000005"}, "identification_code"),
        ({"name": "别人"}, "name"),
        ({"id_number": "110101199003070025"}, "person"),
        ({"issue_date": "20261340"}, "date"),
        ({"card_number": training_point().blanks[0].card_number}, "stock"),
        ({"identification_code": training_point().blanks[0].identification_code}, "stock"),
    ],
)
def test_a_wrong_row_is_told_and_the_others_are_taken(
    store: DeskStore, sent: list[Application], tmp_path: Path, changed: dict[str, str], why: str
) -> None:
    path = written(tmp_path / "back.csv", good(sent[0], 1) | changed, good(sent[1], 2))
    report = import_return(store, clerk(), TABLES, path)
    assert [(row.number, row.state, row.why) for row in report.rows] == [
        (2, ReturnState.WRONG, why), (3, ReturnState.TAKEN, ""),
    ]  # fmt: skip
    assert store.application(sent[0].id).step is Step.SENT_TO_PRODUCTION


def test_nothing_stands_twice_and_nobody_gets_a_card_who_was_not_sent(
    store: DeskStore, sent: list[Application], tmp_path: Path
) -> None:
    same_card = good(sent[1], 2) | {"card_number": "B00000001"}
    here = approved_application(store, clerk(), supervisor(), 3)
    path = written(tmp_path / "back.csv", good(sent[0], 1), same_card, good(sent[0], 9), good(here, 4))
    report = import_return(store, clerk(), TABLES, path)
    assert [row.why for row in report.rows] == ["", "twice", "twice", "step"]


def test_a_head_without_a_needed_column_is_refused(store: DeskStore, tmp_path: Path) -> None:
    path = tmp_path / "back.csv"
    path.write_text("序号,姓名,卡识别码\n1,x,y\n", encoding="gb18030")
    with pytest.raises(TableRowWrong) as caught:
        import_return(store, clerk(), TABLES, path)
    assert caught.value.column == "社会保障号码"


def test_an_exported_file_has_every_column_and_says_who_failed_and_why(store: DeskStore, tmp_path: Path) -> None:
    people = approved_class(store, clerk(), supervisor(), 2)
    batch = open_batch(store, clerk(), "3-2", people)
    code = training_point().blanks[0].identification_code
    act(store, people[0].id, replace(a.INTENDED, identification_code=code, card_number="A12345678"))
    act(store, people[0].id, replace(a.WRITTEN, identification_code=code, reset="0081"))
    tried = events.BatchTried("refused", people[1].id, "E126 " + "说明" * 40)
    with store.work(clerk().account) as work:
        work.record(tried, subject=batch.id)
    batch = store.batches()[0]
    first, second = return_rows(store, batch)
    assert (first["card_number"], first["reset"], first["identification_code"]) == ("A12345678", "0081", code)
    assert second["failed_stage"] == "制卡"
    assert second["failed_reason"].startswith("E126 ")
    assert 46 <= len(second["failed_reason"].encode("gbk")) <= 50
    path = tmp_path / "out.csv"
    assert export_return(store, clerk(), TABLES, batch, path) == 2
    assert path.stat().st_mode & 0o777 == 0o600
    head, *rows = csv.reader(path.read_text(encoding="utf-8-sig").splitlines())
    assert head == list(return_rules().head)
    assert len(rows) == 2
    assert store.batches()[0].exported == 1
    assert tuple(column.field for column in return_rules().columns) == FIELDS
