from pathlib import Path

import pytest

from sscard_desk.domain.errors.operator import FormDefinitionWrong, UnknownCode
from sscard_desk.forms.codes import Certainty, read_table, table
from sscard_desk.resources import resource
from sscard_desk.training.persons import DISTRICTS

TABLES = [path for path in resource("codes").glob("*.toml") if "certainty" in path.read_text(encoding="utf-8")]
NAMES = sorted(path.stem for path in TABLES)


@pytest.mark.parametrize("name", NAMES)
def test_every_table_names_its_standard_and_has_words_and_initials(name: str) -> None:
    found = table(name)
    assert found.standard
    assert found.certainty in Certainty
    assert all(row.words.zh and row.words.en and row.initials.isalpha() for row in found.rows)


def test_the_ethnic_table_has_56_groups_and_two_others() -> None:
    codes = [row.code for row in table("ethnic").rows]
    assert codes == [f"{n:02d}" for n in range(1, 57)] + ["97", "98"]


@pytest.mark.parametrize(
    ("typed", "first"), [("51", "51"), ("bdjm", "51"), ("本地居", "51"), ("local res", "51"), ("1", "10")]
)
def test_a_row_is_found_by_code_initials_or_words(typed: str, first: str) -> None:
    assert table("household_kind").search(typed)[0].code == first


def test_nothing_typed_shows_all_and_nonsense_shows_none() -> None:
    assert table("sex").search(" ") == table("sex").rows
    assert table("sex").search("zzz") == ()


def test_the_programs_own_words_stand_for_codes() -> None:
    assert table("document_kind").row("citizen").code == "01"


def test_an_unlisted_district_is_taken_and_an_impossible_one_is_not() -> None:
    assert table("region").row("650102").code == "650102"
    with pytest.raises(UnknownCode):
        table("region").row("000000")


def test_the_training_town_has_its_districts() -> None:
    listed = {row.code for row in table("region").rows}
    assert set(DISTRICTS) <= listed


HEAD = 'zh = "甲"\nen = "a"\nstandard = "x"\n'


@pytest.mark.parametrize(
    ("text", "field", "line"),
    [
        (HEAD + 'certainty = "sure"\nrows = []', "certainty", 4),
        (HEAD + 'certainty = "own"\nrows = [["1", "甲"]]', "rows[0]", 5),
        (
            'zh = "甲"\nen = "a"\nstandard = "x"\ncertainty = "own"\nrows = [["1","甲","a","j"],\n["1","乙","b","y"]]',
            "rows[1]",
            6,
        ),
        ('zh = "甲"\nen = "a"\ncertainty = "own"\nrows = []', "standard", 1),
    ],
)
def test_a_broken_table_is_refused_at_its_line(tmp_path: Path, text: str, field: str, line: int) -> None:
    path = tmp_path / "broken.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FormDefinitionWrong) as caught:
        read_table(path)
    assert (caught.value.field, caught.value.line) == (field, line)
