"""The path follows from the application alone: which station is open, what can be reached, what the bar says."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sscard_desk.domain.application import Application, Signature
from sscard_desk.domain.events import Difference
from sscard_desk.domain.ids import AccountId, ApplicationId, BlobId
from sscard_desk.domain.steps import Step
from sscard_desk.ui.application_flow import (
    Station,
    can_void,
    decided_rows,
    is_done,
    next_open,
    reachable,
    step_states,
)
from sscard_desk.ui.serving.side_panel import due_lines, missing_lines
from sscard_desk.ui.states import Mark
from sscard_desk.ui.words import say
from sscard_desk.usecases.time_limit import TimeLimit

APPLICANT = Signature("applicant", "strokes", "d", None, AccountId("c"))
OPENED = Application(
    id=ApplicationId("a" * 32),
    number="4201-03-26-00123-2",
    step=Step.OPENED,
    id_number="11010119900307002X",
    name="李四",
    document_kind="citizen",
    evidence="chip",
    opened_by=AccountId("c"),
    origin="walk_in",
    digest="d",
)
PHOTO = BlobId("b" * 64)
WITH_BANK = replace(OPENED, step=Step.BANK_CONFIRMED, bank="B01", bank_name="示例银行")


@pytest.mark.parametrize(
    ("application", "station"),
    [
        (None, Station.IDENTITY),
        (OPENED, Station.BANK),
        (WITH_BANK, Station.PHOTO),
        (replace(WITH_BANK, photo=PHOTO), Station.FORM),
        (replace(WITH_BANK, photo=PHOTO, step=Step.FORM_ISSUED), Station.FORM),
        (replace(WITH_BANK, photo=PHOTO, step=Step.FORM_RETURNED), Station.MATERIALS),
        (replace(WITH_BANK, photo=PHOTO, step=Step.MATERIALS_CHECKED), Station.SIGN),
        (replace(WITH_BANK, photo=PHOTO, step=Step.SIGNED), Station.APPROVE),
        (replace(WITH_BANK, photo=PHOTO, step=Step.APPROVED, approval=APPLICANT), Station.CARD),
    ],
)
def test_the_next_open_station_follows_from_the_application(application: Application | None, station: Station) -> None:
    assert next_open(application) is station


def test_the_photo_may_come_before_the_bank_but_the_form_may_not() -> None:
    assert reachable(OPENED, Station.PHOTO)
    assert not reachable(OPENED, Station.FORM)
    assert reachable(WITH_BANK, Station.FORM)


def test_before_an_application_is_open_only_the_identity_can_be_reached() -> None:
    assert [station for station in Station if reachable(None, station)] == [Station.IDENTITY]


def test_voided_signatures_turn_their_stations_to_warn() -> None:
    voided = replace(WITH_BANK, photo=PHOTO, step=Step.FORM_RETURNED, void_reason="form")
    marks = {state.number: state.mark for state in step_states(voided, Station.MATERIALS)}
    assert marks[Station.MATERIALS.number] is Mark.WARN
    assert marks[Station.SIGN.number] is Mark.WARN
    assert marks[Station.FORM.number] is Mark.OK


def test_signed_content_can_be_opened_until_a_card_was_begun() -> None:
    signed = replace(WITH_BANK, step=Step.SIGNED, signatures=(APPLICANT,))
    assert can_void(signed)
    assert not can_void(replace(signed, step=Step.CARD_WRITTEN))
    assert not can_void(OPENED)


def test_first_and_last_day_of_a_validity_count_as_one_difference() -> None:
    differences = tuple(Difference(name, "a", "b", taken=True, source="id_card") for name in ("valid_from", "valid_to"))
    assert decided_rows(replace(OPENED, differences=differences)) == 1


@given(st.sampled_from(list(Step)), st.booleans(), st.booleans(), st.booleans())
def test_whatever_the_step_the_next_station_can_be_reached(step: Step, bank: bool, photo: bool, approved: bool) -> None:
    application = replace(
        OPENED,
        step=step,
        bank="B01" if bank else "",
        photo=PHOTO if photo else None,
        approval=APPLICANT if approved else None,
    )
    station = next_open(application)
    assert reachable(application, station)
    assert all(is_done(application, before) for before in list(Station)[: station.number - 1])
    assert len(step_states(application, station)) == 8
    missing_lines(application)


def test_an_overdue_form_is_an_error_and_one_that_came_back_is_quiet() -> None:
    from datetime import date

    out = replace(WITH_BANK, step=Step.FORM_ISSUED, due=date(2026, 12, 7))
    today = date(2026, 12, 9)
    line = due_lines(out, today, TimeLimit())[0]
    assert line.mark is Mark.ERR
    assert line.words == say("due.form_overdue", day=date(2026, 12, 7), days=2)
    assert due_lines(replace(out, step=Step.FORM_RETURNED), today, TimeLimit())[0].mark is Mark.OK
