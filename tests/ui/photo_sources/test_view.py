"""The whole way by keyboard: a source chosen with arrows, a receipt typed, the portrait adopted."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from sscard_desk.ui.application_flow import Station
from sscard_desk.ui.keys import Act
from sscard_desk.ui.photo_sources.view import SourcesView
from sscard_desk.ui.sample_desk.desk import SampleDesk


def shown(desk: SampleDesk, app: QApplication) -> SampleDesk:
    desk.shell.resize(1366, 768)
    desk.shell.show()
    desk.shell.activateWindow()
    settle(desk, app)
    return desk


def settle(desk: SampleDesk, app: QApplication) -> None:
    for _ in range(3):
        desk.shell.turns.finish()
        app.processEvents()


def segment(desk: SampleDesk, key: str) -> QWidget:
    page = desk.shell.page
    assert page is not None
    found = page.findChild(QWidget, f"segment_{key}")
    assert isinstance(found, QWidget)
    return found


def walk_right_from(desk: SampleDesk, app: QApplication, key: str) -> None:
    """Arrow to the next source, Space to take it."""
    segment(desk, key).setFocus()
    QTest.keyClick(segment(desk, key), Qt.Key.Key_Right)
    focused = app.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, Qt.Key.Key_Space)
    settle(desk, app)


def test_a_receipt_is_typed_and_its_picture_adopted_without_a_mouse(app: QApplication) -> None:
    desk = SampleDesk()
    desk.until(Station.PHOTO)
    shown(desk, app)
    desk.runner.asleep = frozenset({"id_reader", "camera", "card_reader"})
    walk_right_from(desk, app, "file")
    page = desk.shell.page
    assert isinstance(page, SourcesView)
    assert page._state.source == "chip"
    focused = app.focusWidget()
    assert focused is page.consent.pad
    walk_right_from(desk, app, "register")
    assert app.focusWidget() is page.receipt.receipt.editor
    QTest.keyClicks(page.receipt.receipt.editor, "XP03074258")
    assert page.on_key(Act.SHOOT)
    settle(desk, app)
    assert page._state.found
    assert page.on_key(Act.NEXT)
    settle(desk, app)
    assert desk.serving.application.photo_source == "studio"
    assert desk.serving.here is Station.FORM


def test_a_signed_sheet_is_chosen_where_nobody_can_draw(app: QApplication) -> None:
    desk = SampleDesk()
    desk.until(Station.PHOTO)
    desk.pages.photo_sources.show("register")
    shown(desk, app)
    page = desk.shell.page
    assert isinstance(page, SourcesView)
    desk.pages.photo_sources.consenting.use_way("paper")
    settle(desk, app)
    focused = app.focusWidget()
    assert focused is not None
    assert focused.objectName() == "consent_print"


def test_esc_leads_back_to_the_camera(app: QApplication) -> None:
    desk = SampleDesk()
    desk.until(Station.PHOTO)
    desk.pages.photo_sources.show("studio")
    shown(desk, app)
    page = desk.shell.page
    assert isinstance(page, SourcesView)
    assert page.on_key(Act.BACK)
    settle(desk, app)
    assert desk.shell.page is not None
    assert desk.shell.page.objectName() == "photo_page"
