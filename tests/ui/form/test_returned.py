"""The form page when the paper comes back: scanned, shown beside the fields, its ticks taken by key."""

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from sscard_desk.domain.application import Application
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.device import ScannerJammed, ScannerNoDocument
from sscard_desk.domain.events import Event, FormReturned
from sscard_desk.domain.ids import AccountId
from sscard_desk.domain.steps import Step
from sscard_desk.ui.application_flow import Station
from sscard_desk.ui.form.scan_card import ScanCard
from sscard_desk.ui.keys import Act
from sscard_desk.ui.sample_desk.desk import SampleDesk, full_answers
from sscard_desk.ui.sample_desk.store import SampleStore


@pytest.fixture
def desk(app: QApplication) -> SampleDesk:
    """A desk whose form is printed and comes back with another box ticked."""
    made = SampleDesk()
    made.until(Station.FORM)
    for name, value in full_answers().items():
        made.pages.form.edited(name, value)
        made.pages.form.left(name)
    made.pages.form.go_on()
    made.shell.resize(1366, 768)
    made.shell.show()
    made.shell.activateWindow()
    made.form_reader.application = made.serving.application
    made.form_reader.ticked = {"pick_up": "2"}
    made.form_reader.written = {"postcode": "100011"}
    assert made.serving.application.step is Step.FORM_ISSUED
    settle()
    return made


@pytest.fixture
def recorded(desk: SampleDesk, monkeypatch: pytest.MonkeyPatch) -> list[Event]:
    """What is recorded from now on."""
    heard: list[Event] = []
    assert isinstance(desk.store, SampleStore)
    keep = desk.store.record

    def listen(event: Event, subject: str, actor: AccountId) -> Application | None:
        heard.append(event)
        return keep(event, subject, actor)

    monkeypatch.setattr(desk.store, "record", listen)
    return heard


def settle() -> None:
    for _ in range(4):
        QApplication.processEvents()


def press(desk: SampleDesk, act: Act) -> None:
    desk.shell.press(act)
    settle()


def card(desk: SampleDesk) -> ScanCard:
    found = desk.shell.findChild(ScanCard)
    assert isinstance(found, ScanCard)
    return found


def focused() -> str:
    widget = QApplication.focusWidget()
    return widget.objectName() if widget is not None else ""


def test_f7_shows_the_paper_beside_the_first_field_whose_ticks_differ(desk: SampleDesk) -> None:
    assert not card(desk).isVisible()
    press(desk, Act.SHOOT)
    assert focused() == "pick_up"
    shown = card(desk)
    assert shown.isVisible()
    editor = desk.shell.findChild(QWidget, "pick_up")
    field, place = editor.mapToGlobal(editor.rect().center()), shown.mapToGlobal(shown.rect().topLeft())
    assert place.x() > field.x()
    assert place.y() <= field.y() <= place.y() + shown.height()


def test_the_card_follows_the_focus_and_stays_in_view(desk: SampleDesk) -> None:
    press(desk, Act.SHOOT)
    page = desk.shell.page
    seen = []
    for name in ("mobile", "postcode", "region", "applied_by"):
        desk.shell.findChild(QWidget, name).setFocus()
        settle()
        shown = card(desk)
        assert page.rect().contains(shown.geometry())
        seen.append(desk.pages.form._state.scan.field)
    assert seen == ["mobile", "postcode", "region", "applied_by"]


def test_f8_takes_the_proposal_and_the_change_is_kept_as_the_applicant_s(
    desk: SampleDesk, recorded: list[Event]
) -> None:
    press(desk, Act.SHOOT)
    press(desk, Act.TAKE)
    state = desk.pages.form._state
    assert state.fields["pick_up"].value == "2"
    assert state.fields["pick_up"].old is not None
    assert state.scan.open_ticks == 0
    desk.pages.form.edited("email", "li@example.cn")
    desk.pages.form.left("email")
    assert desk.pages.form._state.fields["email"].old is not None  # an empty field was filled in: that is shown too
    press(desk, Act.NEXT)
    assert desk.serving.application.step is Step.FORM_RETURNED
    event = recorded[-1]
    assert isinstance(event, FormReturned)
    assert {(c.field, c.old, c.new, c.source) for c in event.changes} == {
        ("pick_up", full_answers()["pick_up"], "2", "applicant"),
        ("email", "", "li@example.cn", "applicant"),
    }
    assert len(event.scans) == 2
    assert {cut.name for cut in event.cut_outs} >= {"photo_receipt", "signature_applicant"}
    assert desk.store.blob(event.scans[0]).startswith(b"\xff\xd8")


def test_nothing_is_taken_without_a_key(desk: SampleDesk, recorded: list[Event]) -> None:
    press(desk, Act.SHOOT)
    press(desk, Act.NEXT)
    event = recorded[-1]
    assert isinstance(event, FormReturned)
    assert (event.changes, len(event.scans)) == ((), 2)


def test_torn_codes_ask_for_the_number_and_take_no_other_application_s(desk: SampleDesk) -> None:
    desk.form_reader.torn = True
    press(desk, Act.SHOOT)
    assert focused() == "form_number"
    editor = QApplication.focusWidget()
    QTest.keyClicks(editor, "123")
    desk.pages.form.number_typed("123")
    settle()
    assert desk.pages.form._state.scan.number_error is not None
    desk.pages.form.number_typed(desk.serving.application.serial)
    settle()
    assert not desk.pages.form._state.scan.asks_number
    assert desk.pages.form._state.scan.picture is not None


@pytest.mark.parametrize("trouble", [ScannerJammed(), ScannerNoDocument()])
def test_trouble_of_the_scanner_is_said_and_nothing_typed_is_lost(desk: SampleDesk, trouble: DeskError) -> None:
    desk.pages.form.edited("postcode", "100011")
    desk.scanner.trouble = trouble
    press(desk, Act.SHOOT)
    assert desk.pages.form._state.fields["postcode"].value == "100011"
    assert not desk.pages.form._state.scan.shown
    desk.scanner.trouble = None
    press(desk, Act.SHOOT)
    assert desk.pages.form._state.scan.shown


def test_cleared_scans_can_be_scanned_anew_and_twice_is_refused_before(desk: SampleDesk) -> None:
    press(desk, Act.SHOOT)
    press(desk, Act.SHOOT)
    assert len(desk.pages.form._returned.paper.pages) == 2
    desk.pages.form.clear_scans()
    settle()
    assert not card(desk).isVisible()
    press(desk, Act.SHOOT)
    assert card(desk).isVisible()


def test_a_form_s_bar_code_opens_its_application_where_the_form_comes_back(desk: SampleDesk) -> None:
    application = desk.serving.application
    desk.serving.wait()
    settle()
    assert desk.serving.here is None
    desk.shell.scanned.emit(application.serial.replace("-", ""))
    settle()
    assert desk.serving.here is Station.FORM
    assert desk.serving.application.id == application.id


def test_the_number_can_be_typed_into_the_search_instead(desk: SampleDesk) -> None:
    application = desk.serving.application
    desk.serving.wait()
    desk.pages.serve.typed(application.serial)
    desk.pages.serve.entered()
    settle()
    assert desk.serving.here is Station.FORM


def test_any_other_code_goes_to_the_search(desk: SampleDesk) -> None:
    desk.shell.scanned.emit("110101199003070020")
    settle()
    assert desk.shell.desk.top.search.text().replace(" ", "") == "110101199003070020"
