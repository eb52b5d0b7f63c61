"""Numbers by the paper that they stand on: rules are data, unsure ones only warn."""

from pathlib import Path

import pytest

from sscard_desk.domain.document_kind import DocumentKind
from sscard_desk.domain.errors.operator import FormDefinitionWrong
from sscard_desk.forms.checks import check_field
from sscard_desk.forms.codes import Certainty, table
from sscard_desk.forms.document_numbers import DOCUMENTS, document_numbers, read_numbers
from sscard_desk.forms.findings import Verdict
from sscard_desk.forms.load import load_form
from sscard_desk.resources import resource
from sscard_desk.texts import LANGUAGES, Catalogue
from tests.forms.persons import LI_SI

FORM = load_form("registration")
TEXTS = {language: Catalogue(language) for language in LANGUAGES}
CITIZEN, HMT, FOREIGN_NEW, FOREIGN_OLD = (
    "11010119900307002X", "810000199408230021", "932682198501010017", "USA420080010112",
)  # fmt: skip
CERTAIN = {Certainty.CONFIRMED, Certainty.OWN}


@pytest.mark.parametrize(
    ("kind", "number", "text"),
    [
        ("01", CITIZEN, None),
        ("citizen", CITIZEN, None),
        ("", HMT, None),
        ("01", HMT, "forms.number_of_another"),
        ("01", "E12345678", "forms.number_short"),
        ("99.1", HMT, None),
        ("hmt_resident", "820000199009090027", None),
        ("99.1", CITIZEN, "forms.number_of_another"),
        ("07", FOREIGN_NEW, None),
        ("07", FOREIGN_OLD, None),
        ("07", CITIZEN, "forms.number_of_another"),
        ("07.1", FOREIGN_OLD, None),
        ("foreign_2004", FOREIGN_OLD, None),
        ("07.1", FOREIGN_NEW, "forms.number_of_another"),
        ("foreign_2023", "911124198108030028", "forms.check_digit_odd"),
        ("04", "H12345678", None),
        ("05", "M1234567801", None),
        ("04", "K1234567", None),
        ("04", "12345678", "forms.paper_number"),
        ("06", "12345678", None),
        ("06", "1234567890A", None),
        ("06", "H12345678", "forms.paper_number"),
        ("08", "E12345678", None),
        ("08", "E-1", "forms.paper_number"),
        ("21", CITIZEN, None),
        ("21", CITIZEN[:-1] + "0", "forms.check_digit"),
        ("99", "AB12345", None),
    ],
)
def test_each_paper_has_its_numbers(kind: str, number: str, text: str | None) -> None:
    finding = check_field(FORM, "id_number", number, LI_SI | {"document_kind": kind})
    assert (finding.text if finding else None) == text
    if finding is not None:
        assert all(finding.message(texts) for texts in TEXTS.values())
        assert number not in repr(finding)


def test_a_shape_that_no_source_confirms_only_warns() -> None:
    for rule in document_numbers().rules:
        assert rule.blocks or rule.certainty not in CERTAIN
        assert not rule.blocks or rule.certainty in CERTAIN
    finding = check_field(FORM, "id_number", "12345678", LI_SI | {"document_kind": "04"})
    assert finding is not None
    assert finding.verdict is Verdict.WARNING


def test_the_finding_says_what_such_a_number_is_in_both_languages() -> None:
    finding = check_field(FORM, "id_number", "H12345678", LI_SI | {"document_kind": "06"})
    assert finding is not None
    said = [finding.message(texts) for texts in TEXTS.values()]
    assert "8 位数字" in said[0]
    assert "8 digits" in said[1]


def test_every_kind_that_an_id_reader_gives_has_a_rule_of_its_own() -> None:
    numbers = document_numbers()
    for kind in DocumentKind:
        assert numbers.rule(kind.value) is not numbers.other
        assert table(DOCUMENTS).knows(kind.value)


@pytest.mark.parametrize(
    ("old", "new", "field", "reason"),
    [
        ('kinds = ["06"]', 'kinds = ["66"]', "number[6].kinds", "no_such_code"),
        (r"\d{8}', '\d{10}[A-Z]", r"\d{8', '(\d{10}[A-Z]", "number[6].patterns", "not_a_pattern"),
        ('check = "resident"\nbears', 'check = "resdent"\nbears', "number[0].check", "not_a_choice"),
        ('bears = ["citizen"]', 'bears = ["citzen"]', "number[0].bears", "not_a_choice"),
        ("standard =", "standrad =", "standrad", "unknown_key"),
        ('en = "the holder', 'em = "the holder', "number[4].em", "unknown_key"),
    ],
)
def test_a_broken_rule_is_refused_at_its_line(tmp_path: Path, old: str, new: str, field: str, reason: str) -> None:
    text = resource("numbers", "document_numbers.toml").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "document_numbers.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(FormDefinitionWrong) as caught:
        read_numbers(path)
    assert (caught.value.field, caught.value.reason) == (field, reason)
    assert caught.value.line == text[: text.index(old)].count("\n") + 1
