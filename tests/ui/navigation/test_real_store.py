"""The pages over the real encrypted store: what was recorded and what was typed is there after a restart."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from sscard_desk.domain.events import PRINTS
from sscard_desk.domain.prints import PrintState
from sscard_desk.domain.steps import Step
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.store.opening import create_folder, open_desk
from sscard_desk.training.point import training_point
from sscard_desk.ui.application_flow import Station
from sscard_desk.ui.keys import Act
from sscard_desk.ui.lists.samples import happened
from sscard_desk.ui.sample_desk.desk import SampleDesk
from tests.ui.letting_work import let_work

KEY = bytes(range(32))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    point = training_point()
    made = tmp_path / "desk"
    create_folder(
        made, desk_id=point.desk, service_point=point.code, desk_no=point.desk_no, training=True, database_key=KEY
    )
    return made


@pytest.fixture
def store(folder: Path) -> Iterator[DeskStore]:
    desk = open_desk(folder, KEY)
    for bank in training_point().banks:
        desk.keep_local_reference("bank", bank["code"], bank)
    yield desk
    desk.close()


def shown(store: DeskStore) -> SampleDesk:
    desk = SampleDesk(store=store)
    desk.shell.resize(1366, 768)
    desk.shell.show()
    desk.shell.activateWindow()
    let_work()
    return desk


def press(desk: SampleDesk, act: Act) -> None:
    desk.shell.press(act)
    let_work()


def test_after_a_cut_the_clerk_is_back_in_the_same_field(app: QApplication, folder: Path, store: DeskStore) -> None:
    first = shown(store)
    first.identify()
    let_work()
    for act in (Act.TAKE, Act.TAKE, Act.NEXT):
        press(first, act)
    here = QApplication.focusWidget()
    assert here is not None
    QTest.keyClicks(here, "1")
    press(first, Act.NEXT)
    first.serving.go(Station.FORM)
    let_work()
    email = first.shell.findChild(QWidget, "email")
    assert email is not None
    email.setFocus()
    QTest.keyClicks(email, "li@example.c")
    number = first.serving.application.number
    assert first.serving.application.step is Step.BANK_CONFIRMED
    first.shell.hide()

    with_other_eyes = open_desk(folder, KEY)  # as after kill -9: nothing was closed, nothing was handed over
    second = shown(with_other_eyes)
    press(second, Act.NEXT)
    assert second.serving.application.number == number
    assert second.serving.here is Station.FORM
    focus = QApplication.focusWidget()
    assert isinstance(focus, QLineEdit)
    assert focus.objectName() == "email"
    assert focus.text() == "li@example.c"
    with_other_eyes.close()


def test_every_act_of_the_path_stands_in_the_journal(app: QApplication, store: DeskStore) -> None:
    desk = shown(store)
    application = desk.record_until(Station.CARD)
    kinds = [line.kind for line in store.history(application.id) if line.kind not in PRINTS]
    assert [record.state for record in store.prints(application.id)] == [PrintState.COMPLETED] * 2
    assert kinds == [
        "application.opened", "identity.decided", "correction.requested", "bank.confirmed", "photo.attached",
        "form.issued", "form.returned", "materials.checked", "application.signed",
        "application.signed", "application.approved",
    ]  # fmt: skip
    desk.serving.open(application.id)
    assert desk.serving.here is Station.CARD


def test_a_written_card_stands_on_its_banks_list_and_the_print_of_it_in_the_journal(
    app: QApplication, store: DeskStore
) -> None:
    desk = shown(store)
    happened(desk)
    (application,) = store.recent()
    assert application.card is not None
    issued = application.card.issue_date
    assert store.with_card(issued, issued) == [application]
    assert store.with_card(issued + timedelta(days=1), issued + timedelta(days=2)) == []
    desk.pages.go_to_lists()
    desk.pages.lists.choose("bank_handover")
    desk.pages.lists.choose_bank(application.bank)
    press(desk, Act.NEXT)
    assert not store.unended_prints()
    assert desk.printer.printed[-1].endswith("-B1")
