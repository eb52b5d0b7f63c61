"""Recognised text becomes proposals, and each says what it was held against."""

import pytest

from sscard_desk.domain.id_scan import ScannedField, ScanVerdict
from sscard_desk.imaging.id_scan.fields import judge_fields
from sscard_desk.imaging.id_scan.rows import RowText

NUMBER = "420196195106138489"


def judged(score: float = 0.99, **rows: str) -> dict[str, ScannedField]:
    _, fields = judge_fields({name: RowText(text, score) for name, text in rows.items()}, {})
    return {field.name: field for field in fields}


def test_a_number_counts_only_with_its_check_digit():
    assert judged(id_number=NUMBER)["id_number"].verdict is ScanVerdict.CHECKED
    wrong = judged(id_number=NUMBER[:-1] + "8")["id_number"]
    assert (wrong.text, wrong.verdict) == (NUMBER[:-1] + "8", ScanVerdict.CONTRADICTS)


@pytest.mark.parametrize("read", ["42O196195106138489", "4201961951O6138489", "42019619S1061384B9"])
def test_letters_that_look_like_digits_are_put_right_only_if_the_check_digit_holds(read):
    field = judged(id_number=read)["id_number"]
    assert (field.text, field.verdict, field.raw) == (NUMBER, ScanVerdict.CHECKED, read)


def test_a_number_cut_short_is_shown_and_never_filled_up():
    field = judged(id_number="42019619510613")["id_number"]
    assert (field.text, field.verdict) == ("42019619510613", ScanVerdict.DOUBTFUL)


def test_sex_and_birth_are_held_against_the_number():
    fields = judged(id_number=NUMBER, sex_ethnic="女民族汉", birth="1951年6月13日")
    assert (fields["sex"].text, fields["sex"].verdict) == ("2", ScanVerdict.CHECKED)
    assert (fields["birth"].text, fields["birth"].verdict) == ("1951-06-13", ScanVerdict.CHECKED)
    fields = judged(id_number=NUMBER, sex_ethnic="男民族汉", birth="1957年6月13日")
    assert fields["sex"].verdict is fields["birth"].verdict is ScanVerdict.CONTRADICTS


def test_without_a_number_sex_and_birth_are_only_read():
    fields = judged(sex_ethnic="女民族汉", birth="1951年6月13日")
    assert fields["sex"].verdict is fields["birth"].verdict is ScanVerdict.UNCHECKED
    assert fields["id_number"].verdict is ScanVerdict.MISSING


@pytest.mark.parametrize(
    ("read", "code"),
    [("女民族汉", "01"), ("男民族漢", "01"), ("男民族维吾尔", "05"), ("女民族·土家", "15"), ("男民族藏族", "04")],
)
def test_the_ethnic_group_is_one_of_the_table(read, code):
    field = judged(sex_ethnic=read)["ethnic"]
    assert (field.text, field.verdict) == (code, ScanVerdict.CHECKED)


def test_a_group_that_the_table_lacks_is_left_to_the_clerk():
    field = judged(sex_ethnic="女民族叹")["ethnic"]
    assert (field.text, field.verdict) == ("", ScanVerdict.DOUBTFUL)


@pytest.mark.parametrize(
    ("read", "text", "verdict"),
    [
        ("王芳", "王芳", ScanVerdict.UNCHECKED),
        ("阿依古丽•买买提", "阿依古丽·买买提", ScanVerdict.UNCHECKED),
        ("李ć", "李ć", ScanVerdict.DOUBTFUL),
        ("", "", ScanVerdict.MISSING),
    ],
)
def test_a_name_is_never_more_than_read(read, text, verdict):
    field = judged(score=1.0, name=read)["name"]
    assert (field.text, field.verdict) == (text, verdict)


def test_a_weak_reading_is_doubtful():
    assert judged(score=0.7, address="示例市城关区")["address"].verdict is ScanVerdict.DOUBTFUL


@pytest.mark.parametrize(
    ("read", "first", "last", "verdict"),
    [
        ("2021.07.19-2041.07.19", "2021-07-19", "2041-07-19", ScanVerdict.CHECKED),
        ("2021.07.19-长期", "2021-07-19", "长期", ScanVerdict.UNCHECKED),
        ("2021.07.19-2047.07.19", "2021-07-19", "2047-07-19", ScanVerdict.DOUBTFUL),
        ("2021.07.19", "2021-07-19", "", ScanVerdict.MISSING),
        ("2021.13.19-2041.07.19", "", "2041-07-19", ScanVerdict.DOUBTFUL),
    ],
)
def test_validity_is_what_the_law_gives(read, first, last, verdict):
    fields = judged(valid=read)
    assert (fields["valid_from"].text, fields["valid_to"].text) == (first, last)
    assert fields["valid_to"].verdict is verdict


def test_a_card_older_than_its_holder_contradicts():
    assert judged(id_number=NUMBER, valid="1931.07.19-长期")["valid_from"].verdict is ScanVerdict.CONTRADICTS


def test_residents_of_hong_kong_macao_and_taiwan_have_no_ethnic_group():
    kind, fields = judge_fields({"id_number": RowText("810000199408230021", 0.99)}, {})
    assert kind == "hmt_resident"
    assert "ethnic" not in {field.name for field in fields}


def test_nothing_of_a_person_is_in_what_is_shown_of_a_field():
    assert NUMBER not in repr(judged(id_number=NUMBER))
