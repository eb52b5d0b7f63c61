"""Lists that operators bring in: every wrong cell is told by its line and column, and then nothing is taken."""

from pathlib import Path

import pytest

from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.imports import import_persons
from sscard_desk.central.lists.cells import CHECKS, CellWrong
from sscard_desk.central.lists.check import MOST_PROBLEMS, Line, check
from sscard_desk.central.lists.kinds import kinds
from sscard_desk.central.lists.take import need_place, take
from sscard_desk.central.store import feeds
from sscard_desk.cli.central_tools import read_table
from sscard_desk.texts import LANGUAGES, Catalogue, Language
from sscard_desk.wire.feed import REFERENCE, persons_scope, point_scope, read_person, read_row
from tests.machines.counter import POINT, REGION, citizen_number, person
from tests.machines.lists import register_row, written

EXAMPLES = {
    "text": (("张三", "张三"), "行\n行"),
    "code": (("A-1.b", "A-1.b"), "一"),
    "id_number": ((citizen_number(7), citizen_number(7)), "330106196001010071"),
    "sex": (("女", "2"), "3"),
    "ethnic": (("蒙古族", "02"), "99"),
    "day": (("2026年3月1日", "2026-03-01"), "2026-02-30"),
    "day_or_none": (("长期", ""), "nie"),
    "region": (("330106", "330106"), "3301"),
    "mobile": (("13900000000", "13900000000"), "0571-88"),
    "account": (("AB" * 16, "ab" * 16), "AB"),
    "identification_code": (("ab" * 16, "AB" * 16), "ab"),
    "public_key": (("AB" * 32, "ab" * 32), "AB"),
    "role": (("主管", "supervisor"), "king"),
    "card_number": (("B22451259", "B22451259"), "B22451250"),
    "limit": (("form_return", "form_return"), "forever"),
    "days": (("012", "12"), "0"),
    "count": (("自然日", "natural"), "moons"),
}


@pytest.mark.parametrize("name", sorted(CHECKS))
def test_each_check_takes_what_it_knows_and_refuses_the_rest_in_words(name: str) -> None:
    (said, kept), wrong = EXAMPLES[name]
    assert CHECKS[name](said) == kept
    with pytest.raises(CellWrong) as refused:
        CHECKS[name](wrong)
    assert all(Catalogue(language).has(f"admin.wrong.{refused.value.reason}") for language in LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_list_and_its_place_have_words(language: Language) -> None:
    texts = Catalogue(language)
    for kind in kinds().values():
        assert texts.has(f"admin.lists.kind.{kind.name}")
        assert texts.has(f"admin.act.import.{kind.name}")
        assert not kind.needs or texts.has(f"admin.lists.needs.{kind.needs}")
        assert {column.check for column in kind.columns} <= CHECKS.keys()


def looked_at(centre: OpenCentre, name: str, *rows: tuple[str, ...], where: str = "") -> list[tuple[int, str, str]]:
    checked = check(kinds()[name], [Line(number, row) for number, row in enumerate(rows, 1)])
    if not checked.wrong:
        need_place(centre, kinds()[name], where, checked)
    return [(each.line, each.column, each.reason) for each in checked.problems]


def test_what_is_wrong_is_told_by_line_column_and_reason(centre: OpenCentre) -> None:
    assert looked_at(centre, "banks") == [(1, "", "empty")]
    assert looked_at(centre, "banks", ("代码", "利率", "代码")) == [
        (1, "2", "column-unknown"),
        (1, "code", "column-twice"),
        (1, "name", "column-missing"),
    ]
    assert looked_at(centre, "banks", ("代码", "名称"), ("01", "甲"), ("", "乙"), ("01", "丙"), ("一", "丁" * 600)) == [
        (3, "code", "missing"),
        (4, "code", "twice"),
        (5, "code", "code"),
        (5, "name", "too-long"),
    ]
    outlet = ("0101", "77", "和平路支行")
    assert looked_at(centre, "outlets", ("code", "bank", "name"), outlet) == [(2, "bank", "bank-unknown")]
    blank = ("AB" * 16, "B22451259", "1", "D-0009")
    titles = ("卡识别码", "卡号", "库存号", "柜台")
    assert looked_at(centre, "blanks", titles, blank, where=POINT) == [(2, "desk", "desk-unknown")]
    assert looked_at(centre, "blanks", titles, blank, where="P-00")[0] == (1, "", "point-unknown")


def test_a_number_that_the_spreadsheet_cut_short_is_told(centre: OpenCentre) -> None:
    checked = check(kinds()["banks"], [Line(1, ("代码", "名称")), Line(2, ("1.1E+17", "甲"), frozenset({0}))])
    assert [(each.line, each.column, each.reason) for each in checked.problems] == [(2, "code", "digits-lost")]


def test_a_long_list_of_faults_is_counted_and_not_kept_whole() -> None:
    rows = [Line(1, ("代码", "名称")), *(Line(number, ("", "甲")) for number in range(2, 1002))]
    checked = check(kinds()["banks"], rows)
    assert (checked.wrong, len(checked.problems), checked.rows) == (1000, MOST_PROBLEMS, [])


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig", "utf-16"])
def test_a_register_is_taken_in_the_encodings_that_authorities_write(
    centre: OpenCentre, tmp_path: Path, encoding: str
) -> None:
    table = written(tmp_path / "register.csv", [register_row(person(n)) for n in range(20)], encoding)
    checked = check(kinds()["persons"], read_table(table))
    need_place(centre, kinds()["persons"], REGION, checked)
    assert (checked.problems, checked.read) == ([], 20)
    assert take(centre, kinds()["persons"], REGION, checked.rows) == 20
    with centre.database.reading() as connection:
        there = [read_person(body) for body in feeds.bodies_of(connection, persons_scope(REGION), "person")]
    assert {each.id_number for each in there} == {citizen_number(n) for n in range(20)}
    assert {(each.ethnic, each.sex, each.valid_to) for each in there} == {("01", "1", None)}


def test_people_who_are_there_keep_their_keys_and_a_list_that_says_the_same_changes_nothing(
    centre: OpenCentre, tmp_path: Path
) -> None:
    import_persons(centre, REGION, [person(n) for n in range(5)])
    rows = [register_row(person(n), name="改名" if n == 3 else person(n).name) for n in range(8)]
    checked = check(kinds()["persons"], read_table(written(tmp_path / "register.csv", rows)))
    take(centre, kinds()["persons"], REGION, checked.rows)
    with centre.database.reading() as connection:
        there = {
            each.id_number: each
            for each in map(read_person, feeds.bodies_of(connection, persons_scope(REGION), "person"))
        }
    assert len(there) == 8
    assert all(there[citizen_number(n)].key == person(n).key for n in range(5))
    assert there[citizen_number(3)].name == "改名"
    assert take(centre, kinds()["persons"], REGION, checked.rows) == 0


def test_the_other_lists_reach_the_scopes_that_desks_read(centre: OpenCentre) -> None:
    def bring(name: str, row: dict[str, str], where: str = "") -> int:
        return take(centre, kinds()[name], where, [row])

    assert bring("banks", {"code": "01", "name": "示例银行"}) == 1
    assert bring("outlets", {"code": "0101", "bank": "01", "name": "和平路支行"}) == 1
    assert bring("studios", {"code": "S1", "name": "示例照相馆"}) == 1
    assert bring("notices", {"id": "n1", "text": "周五下午停机"}) == 1
    assert bring("time_limits", {"id": "form_return", "days": "12"}) == 1
    assert bring("staff", {"account": "a" * 32, "name": "王丽", "role": "clerk"}, POINT) == 1
    blank = {"identification_code": "AB" * 16, "card_number": "B22451259", "stock_no": "1", "desk": "D-0001"}
    assert bring("blanks", blank, POINT) == 1
    with centre.database.reading() as connection:
        (limit,) = [read_row(body) for body in feeds.bodies_of(connection, REFERENCE, "time_limit")]
        assert limit == {"id": "form_return", "days": "12", "count": "working"}
        assert feeds.ids_of(connection, point_scope(POINT), "blank") == {"AB" * 16}
