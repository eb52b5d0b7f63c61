"""A class list with everything that schools do to one: checked row by row, imported once, and what is wrong is told."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from random import Random

import openpyxl
import pytest

from sscard_desk.domain.errors.cases import (
    ClassListEmpty,
    ClassListHeadMissing,
    ClassListTooLarge,
    ClassListUnreadable,
)
from sscard_desk.domain.numbers.citizen_id import check_character
from sscard_desk.forms.class_columns import class_list_rules
from sscard_desk.forms.load import load_form
from sscard_desk.ports.devices import Cancel, Cancelled
from sscard_desk.ports.tables import TableLimits
from sscard_desk.spreadsheets import SpreadsheetTables
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.texts import LANGUAGES, Catalogue
from sscard_desk.usecases.class_row import RowState
from sscard_desk.usecases.import_class import (
    ClassCheck,
    check_class,
    compare_with_desk,
    import_class,
    rejected_table,
)

from .conftest import Person
from .test_counter_operations import GROWN, Register

TODAY = date(2026, 11, 23)
HEAD = ("姓名", "身份证号*", "性别", "民族", "出生日期", "学校", "班级", "监护人", "监护人手机")
RULES = class_list_rules()
LIMITS = TableLimits(RULES.rows, RULES.bytes)


def number(at: int) -> str:
    first = f"42019620140{1 + at // 28 % 9}{1 + at % 28:02d}{100 + at // 252:03d}"
    return first + check_character(first)


def row(at: int, **other: str) -> list[object]:
    told = number(at)
    cells = {
        "name": "李小" + chr(0x4E00 + at), "id_number": told, "sex": "男" if int(told[16]) % 2 else "女",
        "ethnic": "汉族", "birth": f"{told[6:10]}-{told[10:12]}-{told[12:14]}", "school": "示例市第一小学",
        "class": "六（3）班", "guardian": "王芳", "phone": "14012345678",
    }  # fmt: skip
    return list((cells | other).values())


def check(path: Path) -> ClassCheck:
    return check_class(SpreadsheetTables().read(path, LIMITS), RULES, load_form("registration"), TODAY)


def xlsx(path: Path, rows: Sequence[Sequence[object]]) -> Path:
    book = openpyxl.Workbook()
    for cells in rows:
        book.active.append(list(cells))
    book.save(path)
    return path


def of_500(path: Path) -> Path:
    rows = [row(at) for at in range(500)]
    rows[10] = row(10, id_number=number(10)[:17] + ("0" if number(10)[17] != "0" else "1"))
    rows[200] = row(200, name="李@小明")
    rows[400] = row(400, id_number=number(5), birth="", sex="")
    return xlsx(path, [["示例市第一小学花名册"], HEAD, *rows])


def test_a_list_with_three_bad_rows_of_500_imports_497_and_names_the_three(
    tmp_path: Path, store: DeskStore, clerk: Person
) -> None:
    found = compare_with_desk(check(of_500(tmp_path / "list.xlsx")), store, Register())
    assert (found.head_row, len(found.rows)) == (2, 500)
    wrong = {each.number: [p.column for p in each.problems] for each in found.of(RowState.WRONG)}
    assert wrong == {13: ["B"], 203: ["A"], 403: ["B"]}
    done = import_class(store, clerk, Register(), found, today=TODAY)
    assert len(done.opened) == 497
    assert done.passed_over == ()
    opened = store.find_application(done.opened[3])
    assert (opened.origin, opened.evidence, opened.evidence_source) == ("class", "register", "class_list")
    assert opened.answers["person_status"] == "10"
    assert opened.answers["class_name"] == "六（3）班"
    assert opened.answers["ethnic"] == "01"
    assert store.verify().sound
    again = compare_with_desk(check(of_500(tmp_path / "again.xlsx")), store, Register())
    before = store.unsent()
    second = import_class(store, clerk, Register(), again, today=TODAY)
    assert (len(second.opened), len(second.passed_over), store.unsent()) == (0, 497, before)


def test_a_list_that_was_cut_off_goes_on_where_it_was(tmp_path: Path, store: DeskStore, clerk: Person) -> None:
    found = compare_with_desk(check(xlsx(tmp_path / "a.xlsx", [HEAD, *map(row, range(6))])), store, Register())
    cancel = Cancel()
    with pytest.raises(Cancelled):
        import_class(
            store, clerk, Register(), found, today=TODAY, cancel=cancel,
            watch=lambda done, _all: cancel.set() if done == 2 else None,
        )  # fmt: skip
    assert len(store.recent()) == 2
    done = import_class(store, clerk, Register(), found, today=TODAY)  # looked at before the others were opened
    assert (len(done.opened), len(done.passed_over)) == (4, 2)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_text_table_is_read_in_every_encoding_that_schools_send(
    tmp_path: Path, encoding: str, separator: str
) -> None:
    lines = [HEAD, *(row(at) for at in range(3))]
    text = "\r\n".join(separator.join(map(str, cells)) for cells in lines)
    path = tmp_path / "list.csv"
    path.write_bytes(text.encode(encoding))
    found = check(path)
    assert len(found.of(RowState.READY)) == 3
    assert found.rows[0].answers["name"] == row(0)[0]


def test_numbers_that_the_spreadsheet_shortened_are_never_taken(tmp_path: Path) -> None:
    rows = [row(0, id_number=float(number(0)[:17] + "0")), row(1, id_number="4.20196E+17"), row(2, phone=14012345678.0)]  # type: ignore[arg-type] # a number in place of a text is the point
    found = check(xlsx(tmp_path / "a.xlsx", [HEAD, *rows]))
    assert [each.state for each in found.rows] == [RowState.WRONG, RowState.WRONG, RowState.READY]
    assert {p.finding.text for each in found.rows[:2] for p in each.problems} == {"class_list.lost"}
    path = tmp_path / "a.csv"
    path.write_text(",".join(HEAD) + "\n" + ",".join(map(str, row(1, id_number="4.20196E+17"))), encoding="utf-8")
    assert check(path).rows[0].problems[0].finding.text == "class_list.lost"


def test_dates_are_read_as_dates_as_day_numbers_and_as_text(tmp_path: Path) -> None:
    told = number(0)
    day = datetime(int(told[6:10]), int(told[10:12]), int(told[12:14]))  # noqa: DTZ001 - a spreadsheet knows no zone
    serial = (day.date() - date(1899, 12, 30)).days
    ways = [day, serial, f"{day:%Y/%m/%d}", f"{day.year}年{day.month}月{day.day}日", f"{day:%Y%m%d}"]
    for way in ways:
        found = check(xlsx(tmp_path / "a.xlsx", [HEAD, row(0, birth=way)]))  # type: ignore[arg-type] # as above
        assert found.rows[0].answers["birth"] == f"{day:%Y-%m-%d}", way
        assert found.rows[0].state is RowState.READY
    wrong = check(xlsx(tmp_path / "b.xlsx", [HEAD, row(0, birth="2001-01-01")])).rows[0]
    assert (wrong.state, wrong.problems[0].column) == (RowState.WRONG, "E")


def test_merged_cells_count_for_every_row_and_formulas_by_their_values_alone(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for cells in (HEAD, row(0), row(1), row(2)):
        sheet.append(cells)
    for at in (3, 4):
        sheet.cell(at, 7).value = None
    sheet.merge_cells("G2:G4")
    sheet["A4"] = '=HYPERLINK("file:///etc/passwd","李小明")'
    sheet.row_dimensions[1_000_000].height = 9
    book.save(tmp_path / "a.xlsx")
    found = check(tmp_path / "a.xlsx")
    assert [each.answers["class_name"] for each in found.rows] == ["六（3）班"] * 3
    assert [each.state for each in found.rows] == [RowState.READY, RowState.READY, RowState.WRONG]  # never computed
    assert found.rows[2].problems[0].finding.text == "forms.not_filled"


def test_a_file_of_several_sheets_says_which_lists_were_not_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "说明"
    book.active.append(["请按后面的表填写"])
    for title, rows in (("一班", [row(0), row(1)]), ("二班", [row(2)]), ("空表", [])):
        sheet = book.create_sheet(title)
        for cells in (HEAD, *rows):
            sheet.append(cells)
    hidden = book.create_sheet("旧名册")
    hidden.append(HEAD)
    hidden.append(row(3))
    hidden.sheet_state = "hidden"
    path = tmp_path / "class.xlsx"
    book.save(path)
    checked = check(path)
    assert (checked.sheet, checked.other_sheets, len(checked.of(RowState.READY))) == ("一班", ("二班",), 2)
    table = SpreadsheetTables().read(path, LIMITS)
    second = check_class(table, RULES, load_form("registration"), TODAY, sheet="二班")
    assert (second.sheet, second.other_sheets, len(second.of(RowState.READY))) == ("二班", ("一班",), 1)
    for sheet in ("三班", "旧名册", "说明"):
        with pytest.raises(ClassListHeadMissing):
            check_class(table, RULES, load_form("registration"), TODAY, sheet=sheet)


def test_blanks_that_pad_a_short_name_are_no_part_of_it(tmp_path: Path) -> None:
    rows = [row(at, name=name) for at, name in enumerate(("张　三", "李 四", "阿依古丽 · 买买提江"))]
    names = [each.answers["name"] for each in check(xlsx(tmp_path / "class.xlsx", [HEAD, *rows])).of(RowState.READY)]
    assert names == ["张三", "李四", "阿依古丽·买买提江"]


def test_names_of_columns_differ_and_a_list_without_the_needed_ones_is_refused(tmp_path: Path) -> None:
    english = ("Student Name", "ID number (18 digits)", "Class")
    found = check(xlsx(tmp_path / "a.xlsx", [["a title"], [], english, ["王小明", number(1), "3A"]]))
    assert dict(found.columns) == {0: "name", 1: "id_number", 2: "class_name"}
    with pytest.raises(ClassListHeadMissing) as caught:
        check(xlsx(tmp_path / "b.xlsx", [["姓名", "电话"], ["王小明", "1"]]))
    assert caught.value.columns == ("证件号码",)
    with pytest.raises(ClassListEmpty):
        check(xlsx(tmp_path / "c.xlsx", [HEAD]))


def test_a_name_that_the_register_does_not_know_under_this_number_is_wrong(tmp_path: Path, store: DeskStore) -> None:
    rows = [["姓名", "证件号码"], ["别人", GROWN.id_number]]
    found = compare_with_desk(check(xlsx(tmp_path / "a.xlsx", rows)), store, Register(GROWN))
    assert [p.finding.text for p in found.rows[0].problems] == ["class_list.name_differs"]
    dotted = [["姓名", "证件号码"], [GROWN.name, GROWN.id_number]]
    assert compare_with_desk(check(xlsx(tmp_path / "b.xlsx", dotted)), store, Register(GROWN)).of(RowState.READY)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_the_rejected_rows_are_written_with_their_reasons_and_run_nothing(
    tmp_path: Path, ending: str, language: str
) -> None:
    bad = row(0, name='=cmd|"/c calc"!A1', guardian="+86 130", id_number="1")
    path = tmp_path / "bad.csv"
    with path.open("w", encoding="utf-8", newline="") as table:
        csv.writer(table).writerows([HEAD, bad])
    found = check(path)
    head, rows = rejected_table(found, Catalogue(language))  # type: ignore[arg-type] # one of LANGUAGES
    target = tmp_path / f"rejected{ending}"
    SpreadsheetTables().write(target, head, rows)
    assert target.stat().st_mode & 0o077 == 0
    if ending == ".xlsx":
        cells = [cell for line in openpyxl.load_workbook(target).active.iter_rows() for cell in line]
        assert all(cell.data_type in {"s", "n"} and cell.data_type != "f" for cell in cells)
    else:
        text = target.read_text(encoding="utf-8-sig")
        assert not re.search(r'(?:^|,)"[=+\-@]', text, re.MULTILINE)
    assert check(target).rows[0].number == 2  # it can be put right and imported again


def bomb(sheet: bytes, parts: int = 1) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", b"<Types/>")
        for part in range(parts):
            packed.writestr(f"xl/worksheets/sheet{part}.xml", sheet)
    return target.getvalue()


HOSTILE = {
    "zip-bomb": (bomb(b"0" * 20_000_000), ClassListTooLarge),
    "many-parts": (bomb(b"<x/>", 600), ClassListTooLarge),
    "entities": (bomb(b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'), ClassListUnreadable),
    "no-sheet": (bomb(b"<x/>"), ClassListUnreadable),
    "old-xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), ClassListUnreadable),
    "cut-off": (b"PK\x03\x04" + bytes(40), ClassListUnreadable),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(200), ClassListUnreadable),
    "open-quote": ('姓名,"证件号码\n王,1'.encode(), ClassListUnreadable),
    "too-large": (b"x" * 16_000_001, ClassListTooLarge),
    "too-long": (b"name,id\n" + b"a,b\n" * 6000, ClassListTooLarge),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_what_is_no_list_is_refused_before_it_costs_anything(tmp_path: Path, kind: str) -> None:
    data, refusal = HOSTILE[kind]
    path = tmp_path / "list.xlsx"
    path.write_bytes(data)
    with pytest.raises(refusal):
        check(path)


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(ClassListUnreadable) as caught:
        check(tmp_path / "nothing.csv")
    assert caught.value.reason == "no_file"


def test_a_damaged_spreadsheet_is_read_or_refused_and_never_anything_else(tmp_path: Path) -> None:
    whole = xlsx(tmp_path / "a.xlsx", [HEAD, *map(row, range(4))]).read_bytes()
    unpacked = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as packed, zipfile.ZipFile(unpacked, "w") as plain:
        for part in packed.namelist():
            plain.writestr(part, packed.read(part))
    random, refused = Random(7), 0
    for _ in range(80):
        data = bytearray(random.choice([whole, unpacked.getvalue()]))
        for _ in range(random.randrange(1, 4)):
            data[random.randrange(len(data))] = random.randrange(256)
        path = tmp_path / "b.xlsx"
        path.write_bytes(bytes(data))
        try:
            check(path)
        except (ClassListUnreadable, ClassListTooLarge, ClassListHeadMissing, ClassListEmpty):
            refused += 1
    assert refused > 10


def test_the_library_is_loaded_gently_before_the_file_is_read(tmp_path: Path) -> None:
    path, steps = xlsx(tmp_path / "class.xlsx", [HEAD, row(1)]), []

    @contextmanager
    def gently() -> Iterator[None]:
        steps.append("begun")
        yield
        steps.append("loaded")

    table = SpreadsheetTables(gently).read(path, LIMITS)
    assert (steps, len(table.rows)) == (["begun", "loaded"], 2)  # the head is a row too
