"""The sign page shows the paper that is kept, byte for byte, and keeps what it drew with the signature under it."""

import pytest
from PySide6.QtWidgets import QApplication

from sscard_desk.domain.application import Application
from sscard_desk.domain.errors.store import BlobMissing
from sscard_desk.domain.ids import BlobId
from sscard_desk.ui.application_flow import Station
from sscard_desk.ui.sample_desk.desk import SampleDesk
from sscard_desk.ui.sign.strokes import Strokes
from sscard_desk.ui.words import say
from sscard_desk.usecases.check_materials import check_materials
from sscard_desk.usecases.take_back_form import take_back_form

STROKES = Strokes((tuple((x / 50, 0.5, x) for x in range(50)),))


@pytest.fixture
def desk(app: QApplication) -> SampleDesk:
    made = SampleDesk()
    made.shell.show()
    return made


def corrected(desk: SampleDesk) -> Application:
    """Return an application at its signatures whose printed form was corrected: no paper says that yet."""
    application = desk.record_until(Station.SIGN)
    session, store = desk.counter.session, desk.store
    application = take_back_form(store, session, application, {"mobile": "13900139000"})
    application = check_materials(store, session, application, application.materials)
    desk.serving.open(application.id, Station.SIGN)
    return application


def shown(desk: SampleDesk) -> bytes:
    sheet = desk.pages.sign._paper.sheet
    assert sheet is not None
    return sheet.pdf


def sign_next(desk: SampleDesk) -> Application:
    desk.pages.sign.drawn(STROKES)
    desk.pages.sign.confirm()
    return desk.serving.application


def test_the_printed_form_is_shown_as_it_is_kept(desk: SampleDesk) -> None:
    application = desk.record_until(Station.SIGN)
    desk.clock.move(5)  # a paper that is drawn now says another time
    desk.serving.open(application.id, Station.SIGN)
    assert application.paper is not None
    assert shown(desk) == desk.store.blob(application.paper)
    assert sign_next(desk).paper == application.paper


def test_what_was_drawn_for_corrected_answers_is_kept_with_the_signature_and_shown_again(desk: SampleDesk) -> None:
    assert corrected(desk).paper is None
    first = shown(desk)
    signed = sign_next(desk)
    assert signed.paper is not None
    assert desk.store.blob(signed.paper) == first
    desk.clock.move(5)  # a paper that is drawn now says another time
    desk.serving.open(signed.id, Station.SIGN)
    desk.pages.sign._paper.forget()
    desk.pages.sign.opened()
    assert shown(desk) == first
    assert sign_next(desk).paper == signed.paper


def test_a_later_correction_is_not_shown_with_the_former_paper(desk: SampleDesk) -> None:
    corrected(desk)
    signed = sign_next(desk)
    application = take_back_form(desk.store, desk.counter.session, signed, {"mobile": "13700137000"})
    assert (application.paper, application.signatures) == (None, ())


def test_a_kept_paper_that_is_not_here_is_drawn_again_says_so_and_is_what_is_signed_then(
    desk: SampleDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    application = desk.record_until(Station.SIGN)
    blob = type(desk.store).blob

    def missing(store: object, wanted: BlobId) -> bytes:
        if wanted == application.paper:
            raise BlobMissing(blob=wanted)
        return blob(store, wanted)  # type: ignore[arg-type] # the sample store, patched at its class

    monkeypatch.setattr(type(desk.store), "blob", missing)
    desk.clock.move(5)
    desk.serving.open(application.id, Station.SIGN)
    assert desk.pages.sign._state.page_note == say("sign.page_again")
    drawn = shown(desk)
    signed = sign_next(desk)
    assert signed.paper != application.paper
    assert desk.store.blob(signed.paper or BlobId("")) == drawn
