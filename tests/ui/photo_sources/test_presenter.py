"""The page of the photo's other sources: consent first, each source's ways to end, and what stands on record."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.centre import CentreUnreachable
from sscard_desk.domain.errors.photo_sources import (
    ChipDecoderCrashed,
    ChipDecoderMissing,
    ReceiptExpired,
    ReceiptUnknown,
    RegisterPhotoMissing,
)
from sscard_desk.domain.photo_source import Provenance
from sscard_desk.domain.steps import Step
from sscard_desk.ui.application_flow import Station
from sscard_desk.ui.photo_sources.presenter import SourcesPresenter
from sscard_desk.ui.photo_sources.receipt_fields import read_day
from sscard_desk.ui.photo_sources.state import SourcesState, Stage
from sscard_desk.ui.sample_desk.desk import ASLEEP, SampleDesk
from sscard_desk.ui.sample_desk.people import LI_SI_CARD
from sscard_desk.ui.sample_desk.signatures import signature
from sscard_desk.ui.states import Mark


class Seen:
    """What a view is shown last."""

    def __init__(self, presenter: SourcesPresenter) -> None:
        self.state = SourcesState()
        presenter.attach(self)

    def show_state(self, state: SourcesState) -> None:
        self.state = state


@pytest.fixture
def desk(app: QApplication) -> SampleDesk:
    made = SampleDesk()
    made.id_reader.card = replace(LI_SI_CARD, photo_wlt=bytes(range(256)) * 4)
    made.until(Station.PHOTO)
    made.runner.asleep = ASLEEP - {"id_reader"}
    return made


def sign(page: SourcesPresenter) -> None:
    page.consenting.drawn(signature("applicant"))
    page.consenting.confirm()


def test_nothing_of_the_chip_is_read_before_the_applicant_signs(desk: SampleDesk) -> None:
    page = desk.pages.photo_sources
    seen = Seen(page)
    page.show("chip")
    assert (seen.state.stage, seen.state.act) == (Stage.CONSENT, "")
    page.ask()
    page.go_on()
    assert desk.sources.asked == []
    assert desk.serving.application.photo_consents == ()
    sign(page)
    assert seen.state.stage is Stage.MADE
    assert desk.sources.asked == ["chip"]
    consent = desk.serving.application.photo_consent("chip")
    assert consent is not None
    assert (consent.language, consent.kind_of_signature, consent.party) == ("zh_CN", "strokes", "applicant")


def test_the_words_are_signed_in_the_language_in_which_they_were_shown(desk: SampleDesk) -> None:
    page = desk.pages.photo_sources
    seen = Seen(page)
    page.show("register")
    page.consenting.drawn(signature("applicant"))
    page.consenting.use_language("en")
    assert seen.state.consent is not None
    assert not seen.state.consent.strokes.lines  # what was drawn under other words is no signature of these
    page.consenting.confirm()
    assert desk.serving.application.photo_consents == ()
    sign(page)
    consent = desk.serving.application.photo_consent("register")
    assert consent is not None
    assert consent.language == "en"


def test_a_portrait_is_adopted_with_where_it_came_from_and_the_path_goes_on(desk: SampleDesk) -> None:
    page = desk.pages.photo_sources
    page.show("register")
    sign(page)
    page.go_on()
    application = desk.serving.application
    assert application.photo_source == "register"
    assert application.photo_provenance == Provenance("centre", taken=date(2024, 5, 12))
    assert desk.serving.here is Station.FORM


@pytest.mark.parametrize(
    ("source", "error", "mark"),
    [
        ("chip", ChipDecoderMissing(reason="not_set"), Mark.WARN),
        ("chip", ChipDecoderCrashed(), Mark.ERR),
        ("register", RegisterPhotoMissing(), Mark.WARN),
        ("register", CentreUnreachable(waiting=0), Mark.ERR),
    ],
)
def test_each_way_to_fail_is_said_on_the_page_and_can_be_tried_again(
    desk: SampleDesk, source: str, error: DeskError, mark: Mark
) -> None:
    page = desk.pages.photo_sources
    seen = Seen(page)
    desk.sources.trouble = error
    page.show(source)
    sign(page)
    assert (seen.state.stage, seen.state.mark) == (Stage.TROUBLE, mark)
    assert error.code in str(seen.state.notice_note)
    assert desk.serving.application.photo_consent(source) is not None
    desk.sources.trouble = None
    page.ask()
    assert seen.state.stage is Stage.MADE


def test_chip_data_that_were_kept_are_decoded_later_without_the_card(desk: SampleDesk) -> None:
    page = desk.pages.photo_sources
    seen = Seen(page)
    desk.sources.trouble = ChipDecoderMissing(reason="not_set")
    page.show("chip")
    sign(page)
    assert desk.serving.application.chip_photo is not None
    desk.id_reader.card, desk.sources.trouble = None, None
    page.ask()
    assert seen.state.stage is Stage.MADE


def test_another_persons_card_is_refused_and_nothing_of_it_is_kept(desk: SampleDesk) -> None:
    page = desk.pages.photo_sources
    seen = Seen(page)
    desk.id_reader.card = replace(LI_SI_CARD, number="11010519491231002X", photo_wlt=bytes(1024))
    page.show("chip")
    sign(page)
    assert "E330" in str(seen.state.notice_note)
    assert desk.serving.application.chip_photo is None


@pytest.mark.parametrize("error", [ReceiptUnknown(), ReceiptExpired(until=date(2026, 11, 1))])
def test_what_is_wrong_with_a_receipt_leaves_the_fields_as_they_are(desk: SampleDesk, error: DeskError) -> None:
    page = desk.pages.photo_sources
    seen = Seen(page)
    page.show("studio")
    page.typed("receipt", "XP-1")
    desk.sources.trouble = error
    page.ask()
    assert (seen.state.stage, seen.state.studio.receipt) == (Stage.TROUBLE, "XP-1")
    assert bool(seen.state.studio.issued_error) == isinstance(error, ReceiptExpired)


def test_an_empty_number_and_a_day_that_is_none_are_told_at_their_fields(desk: SampleDesk) -> None:
    page = desk.pages.photo_sources
    seen = Seen(page)
    page.show("studio")
    page.ask()
    assert seen.state.studio.receipt_error
    page.typed("receipt", "XP-1")
    page.typed("issued", "soon")
    page.ask()
    assert (seen.state.studio.receipt_error, bool(seen.state.studio.issued_error)) == ("", True)
    assert desk.sources.asked == []


def test_a_scanned_bar_code_is_the_receipts_number_only_on_its_page(desk: SampleDesk) -> None:
    page = desk.pages.photo_sources
    seen = Seen(page)
    assert not page.scanned("XP12345678")
    page.show("chip")
    assert not page.scanned("XP12345678")
    page.use_source("studio")
    assert page.scanned("XP12345678")
    assert (seen.state.stage, seen.state.studio.receipt) == (Stage.MADE, "XP12345678")
    page.go_on()
    assert not page.scanned("XP12345678")


def test_a_receipt_that_came_back_on_the_form_is_proposed_where_nothing_was_typed(desk: SampleDesk) -> None:
    page = desk.pages.photo_sources
    seen = Seen(page)
    desk.sources.codes = ("XP03074258",)
    application = desk.serving.application
    dossier = desk.serving.dossier
    assert dossier is not None
    with desk.store.work(desk.counter.session.account) as work:
        cut = work.put_blob(b"cut out")
    desk.serving.dossier = replace(dossier, application=replace(application, photo_receipt=cut))
    page.show("studio")
    assert seen.state.studio.receipt == "XP03074258"
    assert desk.sources.asked == []  # a proposal: nobody is asked before a person looked at it
    page.typed("receipt", "")
    page.use_source("scanner")
    page.use_source("studio")
    assert seen.state.studio.receipt == ""


def test_esc_stops_what_is_asked_and_what_comes_late_is_dropped(desk: SampleDesk) -> None:
    page = desk.pages.photo_sources
    seen = Seen(page)
    desk.runner.asleep = ASLEEP | {"network"}
    page.show("register")
    sign(page)
    assert seen.state.stage is Stage.ASKING
    assert page.stop()
    assert seen.state.stage is Stage.READY
    assert not page.stop()


def test_camera_and_file_are_on_the_photo_page(desk: SampleDesk) -> None:
    page = desk.pages.photo_sources
    page.show("studio")
    page.use_source("file")
    desk.shell.turns.finish()
    assert desk.shell.page is not None
    assert desk.shell.page.objectName() == "photo_page"


def test_a_consent_is_taken_back_after_a_question_and_the_photo_is_open_again(desk: SampleDesk) -> None:
    page = desk.pages.photo_sources
    seen = Seen(page)
    page.show("chip")
    sign(page)
    page.go_on()
    desk.serving.go(Station.PHOTO)
    page.show("chip")
    assert seen.state.revocable
    page.revoke()
    desk.answer_question(act=False)
    assert desk.serving.application.photo is not None
    page.revoke()
    desk.answer_question(act=True)
    application = desk.serving.application
    assert (application.photo, application.photo_consents, application.step) == (None, (), Step.BANK_CONFIRMED)
    assert seen.state.stage is Stage.CONSENT


def test_nothing_of_one_applicant_stays_for_the_next(desk: SampleDesk) -> None:
    page = desk.pages.photo_sources
    seen = Seen(page)
    page.show("studio")
    page.typed("receipt", "XP-1")
    page.ask()
    assert seen.state.found
    desk.serving.wait()
    assert (page._state.found, page._state.consent) == ((), None)
    page._shown_for = "somebody else"
    desk.serving.open(next(iter(desk.store.in_work())).id, Station.PHOTO)
    page.show("studio")
    assert seen.state.studio.receipt == ""


def test_an_act_that_is_recorded_late_touches_nothing_of_the_next_applicant(
    desk: SampleDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = desk.pages.photo_sources
    seen = Seen(page)
    held: list[Callable[[], None]] = []
    at_once = desk.runner.submit

    def hold(lane: str, work: Any, done: Any, failed: Any, cancel: Any = None) -> None:
        held.append(lambda: at_once(lane, work, done, failed, cancel))

    page.show("register")
    page.consenting.drawn(signature("applicant"))
    monkeypatch.setattr(desk.runner, "submit", hold)
    page.consenting.confirm()
    monkeypatch.undo()
    page._shown_for = "the next one"
    before = seen.state
    for work in held:
        work()
    assert (seen.state, page.consenting.state) == (before, before.consent)
    assert desk.sources.asked == []


@pytest.mark.parametrize("typed", ["20261102", "2026-11-02", "2026-11-2", "2026/11/2", "2026.11.02", "2026年11月2日"])
def test_a_day_is_read_as_people_write_it(typed: str) -> None:
    assert read_day(typed) == date(2026, 11, 2)
