"""A thumb print on the sign page: the picture first, then a witness with an own password."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from sscard_desk.ui.application_flow import Station
from sscard_desk.ui.sample_desk.desk import PASSWORD, SampleDesk
from sscard_desk.ui.sample_desk.people import SUPERVISOR
from sscard_desk.ui.sample_desk.portraits import portrait_jpeg


@pytest.fixture
def desk(app: QApplication) -> SampleDesk:
    made = SampleDesk()
    made.shell.show()
    made.until(Station.SIGN)
    made.pages.sign.use("thumb")
    return made


@pytest.fixture
def picture(tmp_path: Path) -> str:
    path = tmp_path / "thumb.jpg"
    path.write_bytes(portrait_jpeg())
    return str(path)


def test_nothing_is_kept_before_a_witness_gave_an_own_password(desk: SampleDesk, picture: str) -> None:
    page = desk.pages.sign
    page.take_scan("applicant", picture)
    assert page._state.witness.party == "applicant"
    assert desk.serving.application.signatures == ()
    page.witness_typed("chen")
    page.witness_password_typed("wrong")
    page.witness_confirms()
    assert page._state.witness.error
    assert page._witnessing._password == ""
    page.witness_password_typed(PASSWORD)
    page.go_on()
    (signature,) = desk.serving.application.signatures
    assert (signature.kind_of_signature, signature.witness) == ("thumb", SUPERVISOR.account)
    assert not page._state.witness.party


def test_the_password_stands_in_no_state_and_esc_forgets_it(desk: SampleDesk, picture: str) -> None:
    page = desk.pages.sign
    page.take_scan("applicant", picture)
    page.witness_typed("chen")
    page.witness_password_typed(PASSWORD)
    assert PASSWORD not in repr(page._state)
    assert page.stop()
    assert (page._witnessing.given, page._witnessing._password, page._state.witness.party) == (None, "", "")
    assert not page.stop()


def test_another_page_forgets_the_password_too(desk: SampleDesk, picture: str) -> None:
    page = desk.pages.sign
    page.take_scan("applicant", picture)
    page.witness_password_typed(PASSWORD)
    desk.serving.go(Station.MATERIALS)
    assert (page._witnessing._password, page._state.witness.party) == ("", "")
