import pytest

from sscard_desk.forms.conditions import as_date, holds, visible
from sscard_desk.forms.definition import Condition, FormDefinition
from tests.forms.persons import LI_SI, MINOR

MINOR_WHEN = Condition(field="birth", age_below=16, on="applied_on")


@pytest.mark.parametrize(
    ("birth", "day", "met"),
    [
        ("2010-11-24", "2026-11-23", True),
        ("2010-11-23", "2026-11-23", False),
        ("2012-02-29", "2028-02-28", True),
        ("2012-02-29", "2028-02-29", False),
        ("", "2026-11-23", False),
        ("2010-11-24", "", False),
    ],
)
def test_age_is_counted_in_full_years_on_the_day_of_application(birth: str, day: str, met: bool) -> None:
    assert holds(MINOR_WHEN, {"birth": birth, "applied_on": day}) is met


def test_conditions_are_combined() -> None:
    is_a = Condition(field="a", one_of=("1",))
    is_b = Condition(field="b", filled=True)
    answers = {"a": "1", "b": ""}
    assert holds(Condition(any_of=(is_a, is_b)), answers)
    assert not holds(Condition(all_of=(is_a, is_b)), answers)
    assert holds(Condition(none_of=(is_b,)), answers)
    assert not holds(Condition(none_of=(is_a,)), answers)
    assert holds(None, {})


def test_a_condition_names_every_field_that_it_looks_at() -> None:
    assert Condition(any_of=(MINOR_WHEN, Condition(field="a", filled=True))).fields() == {"birth", "applied_on", "a"}


def test_what_is_asked_follows_the_answers(registration: FormDefinition) -> None:
    adult = {field.id for field in visible(registration, LI_SI)}
    child = {field.id for field in visible(registration, MINOR)}
    assert "agent_name" in child - adult
    assert "chip_photo_consent" in adult - child
    assert "photo_receipt" in child - adult


@pytest.mark.parametrize("text", ["20261123", "2026-W47-1", "2026-11-31", "", "长期"])
def test_only_one_way_of_writing_is_a_date(text: str) -> None:
    assert as_date(text) is None
