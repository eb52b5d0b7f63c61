"""Keeping periods are data, and no slip in them makes one of nothing."""

import pytest

from sscard_desk.domain.steps import ENDED
from sscard_desk.forms.keeping_rules import keeping_rules


def test_every_way_an_application_ends_has_a_period() -> None:
    rules = keeping_rules()
    assert {step.value for step in ENDED} | {"list", "batch"} == {each.id for each in rules.periods}
    assert min(each.days for each in rules.periods) >= rules.least_days


def test_rows_of_the_centre_go_before_what_is_shipped() -> None:
    rules = keeping_rules().with_rows([{"id": "desk", "days": "90"}, {"id": "list", "days": "4000"}])
    period = rules.period("list")
    assert period is not None
    assert (rules.desk_days, rules.backup_days, period.days) == (90, keeping_rules().backup_days, 4_000)
    assert rules.period("something-else") is None


@pytest.mark.parametrize("days", ["", "0", "-1", "00", "1.5", "ten", "²", "9" * 30, " 5", "٣"])
def test_a_row_that_is_no_number_from_one_on_changes_nothing(days: str) -> None:
    assert keeping_rules().with_rows([{"id": "desk", "days": days}]) == keeping_rules()
