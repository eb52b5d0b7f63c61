"""What comes late belongs to whom it was asked for: it never shows on, nor takes hold of, the page of somebody else."""

from collections.abc import Callable
from typing import TypeVar

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from sscard_desk.domain.application import Application
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.portrait import Portrait
from sscard_desk.ports.devices import Cancel
from sscard_desk.ui.application_flow import Station
from sscard_desk.ui.photo.state import Source
from sscard_desk.ui.sample_desk.desk import ASLEEP, SampleDesk
from sscard_desk.ui.sample_desk.devices import AtOnce
from sscard_desk.ui.sample_desk.people import LI_SI_CARD, REGISTERED
from sscard_desk.ui.sample_desk.portraits import portrait_jpeg, verdicts
from sscard_desk.ui.states import PanelLine, ToastState
from sscard_desk.ui.widgets.line_edit import LineEdit
from sscard_desk.usecases.confirm_bank import banks, confirm_bank
from sscard_desk.usecases.identify import identify_card, identify_number
from sscard_desk.usecases.open_application import open_application
from tests.ui.letting_work import let_work

T = TypeVar("T")
ZHAO_LIU = REGISTERED[-1]


class Late(AtOnce):
    """Lanes of which some answer only when they are let."""

    def __init__(self) -> None:
        super().__init__(ASLEEP)
        self.late: set[str] = set()
        self._held: list[Callable[[], None]] = []

    def submit(
        self,
        lane: str,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[DeskError], None],
        cancel: Cancel | None = None,
    ) -> None:
        if lane in self.late:
            self._held.append(lambda: AtOnce.submit(self, lane, work, done, failed, cancel))
        else:
            super().submit(lane, work, done, failed, cancel)

    def answer(self) -> None:
        """Let all of them answer."""
        self.late.clear()
        while self._held:
            self._held.pop(0)()
        let_work()


class Watcher:
    def __init__(self, heard: list[Station | None]) -> None:
        self._heard = heard

    def person_changed(self, _dossier: object, here: Station | None) -> None:
        self._heard.append(here)


@pytest.fixture
def desk(app: QApplication) -> SampleDesk:
    made = SampleDesk()
    made.runner = made.serving._runner = Late()
    made.shell.resize(1366, 768)
    made.shell.show()
    made.shell.activateWindow()
    let_work()
    return made


def lanes(desk: SampleDesk) -> Late:
    assert isinstance(desk.runner, Late)
    return desk.runner


def zhao_liu(desk: SampleDesk) -> Application:
    """An application of somebody else, with a bank and so a form to fill."""
    counter = desk.counter
    identity = identify_number(ZHAO_LIU.id_number, counter.persons, desk.store)
    return with_bank(desk, open_application(desk.store, counter.session, identity, today=counter.today()))


def with_bank(desk: SampleDesk, application: Application) -> Application:
    bank = banks(desk.store)[0].code
    return confirm_bank(desk.store, desk.counter.session, application, bank, b"confirmation")


def seen(desk: SampleDesk) -> str:
    return desk.shell.page.objectName() if desk.shell.page else ""


def name_on_the_form(desk: SampleDesk) -> str:
    form = desk.shell.findChild(LineEdit, "name")
    assert form is not None
    return form.value()


def test_a_form_that_is_being_read_shows_and_takes_nothing_of_the_last_person(desk: SampleDesk) -> None:
    first = desk.until(Station.FORM)
    other = zhao_liu(desk)
    let_work()
    assert name_on_the_form(desk) == "李四"
    lanes(desk).late = {"store"}
    desk.serving.open(other.id, Station.FORM)
    lanes(desk)._held.pop(0)()  # the dossier came, the form did not
    let_work()
    assert name_on_the_form(desk) == ""
    mobile = desk.shell.findChild(LineEdit, "mobile")
    assert mobile is not None
    QTest.keyClicks(mobile, "777")
    lanes(desk).answer()
    assert name_on_the_form(desk) == ZHAO_LIU.name
    kept = desk.store.draft(first.id)
    assert kept is None or kept.values.get("mobile") != "777"


def test_a_preview_that_comes_late_is_not_opened_over_somebody_else_s_form(desk: SampleDesk) -> None:
    desk.until(Station.FORM)
    other = zhao_liu(desk)
    lanes(desk).late = {"paper"}
    desk.pages.form.preview()
    desk.serving.open(other.id, Station.FORM)
    lanes(desk).answer()
    assert desk.pages.form._state.pages == ()


def test_an_act_that_is_recorded_late_does_not_bring_back_who_was_left(desk: SampleDesk) -> None:
    first = desk.until(Station.FORM)
    lanes(desk).late = {"store"}
    desk.serving.keep(first)
    desk.serving.wait()
    lanes(desk).answer()
    assert (desk.serving.dossier, desk.serving.here, seen(desk)) == (None, None, "serve_page")
    desk.serving.keep(first)
    assert desk.serving.dossier is None


def test_whoever_was_read_from_the_card_stays_in_hand(desk: SampleDesk) -> None:
    first = desk.until(Station.FORM)
    lanes(desk).late = {"store"}
    desk.serving.open(first.id)
    desk.serving.receive(identify_number(ZHAO_LIU.id_number, desk.counter.persons, desk.store))
    lanes(desk).answer()
    identity = desk.serving.identity
    assert identity is not None
    assert identity.answers["id_number"] == ZHAO_LIU.id_number
    assert desk.serving.here is Station.IDENTITY


def test_the_person_s_own_act_after_the_card_was_read_goes_on(desk: SampleDesk) -> None:
    identity = identify_card(LI_SI_CARD, desk.counter.persons, desk.store)
    desk.serving.receive(identity)
    opened = open_application(desk.store, desk.counter.session, identity, today=desk.counter.today())
    desk.serving.keep(opened)
    let_work()
    assert desk.serving.dossier is not None
    assert desk.serving.here is Station.BANK


def test_what_comes_while_the_page_is_away_waits_until_the_clerk_is_back(desk: SampleDesk) -> None:
    application = desk.until(Station.BANK)
    let_work()
    watched: list[Station | None] = []
    desk.serving.add_watcher(Watcher(watched))
    desk.pages.go_to_sign_off()
    let_work()
    page = seen(desk)
    desk.serving.keep(with_bank(desk, application))
    let_work()
    assert (seen(desk), watched) == (page, [])
    desk.serving.show_again()
    let_work()
    assert (desk.serving.here, seen(desk)) == (Station.PHOTO, "photo_page")
    assert watched


def test_a_shot_goes_to_nobody_but_whom_it_was_taken_of(desk: SampleDesk) -> None:
    desk.until(Station.PHOTO)
    other = zhao_liu(desk)
    photo = desk.pages.photo
    asked = photo._mine(lambda portrait: photo.made(portrait, Source.CAMERA, None))
    desk.serving.open(other.id, Station.PHOTO)
    let_work()
    asked(Portrait(portrait_jpeg(), {}, verdicts(0.6)))
    assert photo._state.shots == ()


def test_the_page_that_goes_says_nothing_on_the_panel_of_the_page_that_comes(desk: SampleDesk) -> None:
    desk.until(Station.FORM)
    desk.serving.go(Station.BANK)
    desk.serving.describe(Station.FORM, missing=(PanelLine("of the form"),), note="22 / 36")
    let_work()
    assert desk.shell.desk.steps.parts[1].state.note != "22 / 36"
    assert PanelLine("of the form") not in desk.shell.desk.panel._state.missing


def test_a_session_that_ended_shows_nothing_but_notices(desk: SampleDesk) -> None:
    application = desk.until(Station.FORM)
    let_work()
    old = desk.serving
    old.end()
    desk.shell.show_person(None)
    old.keep(application)
    old.describe(Station.FORM, note="22 / 36")
    old.go(Station.PHOTO)
    old.notify(ToastState("the card is half written"))
    let_work()
    assert seen(desk) == "form_page"
    assert desk.shell.desk.person._state.name == ""
    assert [toast.state.title for toast in desk.shell.toasts._shown] == ["the card is half written"]
