"""Scanning a material through the real window and operations: sides come, are put in order, kept, taken back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.device import ScannerCoverOpen, ScannerJammed, ScannerMissing, ScannerNoDocument
from sscard_desk.domain.errors.scanning import ScannerSilent
from sscard_desk.domain.steps import Step
from sscard_desk.ports.devices import Cancel
from sscard_desk.ports.scanner import Colour, ScannedPage, ScanOrder, Source
from sscard_desk.ui.application_flow import Station
from sscard_desk.ui.documents.page_card import PageCard
from sscard_desk.ui.documents.presenter import DocumentsPresenter
from sscard_desk.ui.documents.state import DocumentsState
from sscard_desk.ui.materials.state import MaterialsState
from sscard_desk.ui.sample_desk.desk import ASLEEP, SampleDesk
from sscard_desk.ui.states import Mark


class Watch:
    """What the page was last told to show."""

    def __init__(self, page: DocumentsPresenter) -> None:
        self.state = DocumentsState()
        page.attach(self)

    def show_state(self, state: DocumentsState) -> None:
        self.state = state


class Materials:
    """What the materials page was last told to show."""

    def __init__(self, desk: SampleDesk) -> None:
        self.state = MaterialsState()
        desk.pages.materials.attach(self)

    def show_state(self, state: MaterialsState) -> None:
        self.state = state


def at_materials(asleep: frozenset[str] = ASLEEP, sides: int = 1) -> tuple[SampleDesk, DocumentsPresenter, Watch]:
    desk = SampleDesk(asleep=asleep)
    desk.until(Station.MATERIALS)
    desk.scanner.sides = sides
    return desk, desk.pages.documents, Watch(desk.pages.documents)


def test_both_sides_of_a_card_fill_copy_kept_and_what_was_marked_before_stays(app: QApplication) -> None:
    desk, page, watch = at_materials()
    materials = Materials(desk)
    desk.pages.materials.mark("original_seen", "registration_form")
    page.open_for("id_card")
    assert [line.number for line in watch.state.lines] == [1]
    assert watch.state.action.reason_mark is Mark.WARN  # the back is missing
    page.scan()
    assert watch.state.action.reason_mark is Mark.OK
    page.go_on()
    (kept,) = desk.serving.application.documents
    assert (kept.material, kept.pages, kept.shape) == ("id_card", 2, "id_card")
    states = {line.name: (line.state, line.scanned) for line in materials.state.lines}
    assert states["id_card"] == ("copy_kept", 2)
    assert states["registration_form"] == ("original_seen", 0)
    assert desk.pages.materials.current == "household_register"


def test_pages_are_chosen_moved_turned_dropped_and_scanned_again(app: QApplication) -> None:
    desk, page, watch = at_materials(sides=3)
    page.open_for("household_register")
    assert (len(watch.state.lines), watch.state.current) == (3, 3)
    first = watch.state.lines[0].preview
    page.choose(1)
    page.move(1)
    assert (watch.state.current, watch.state.lines[1].preview) == (2, first)
    page.move(5)  # there is no such place
    assert watch.state.lines[1].preview == first
    page.turn()
    assert watch.state.lines[1].preview != first
    desk.scanner.sides = 1
    page.scan_again()
    assert (len(watch.state.lines), watch.state.current) == (3, 2)
    page.drop()
    assert (len(watch.state.lines), watch.state.current) == (2, 2)
    page.choose(9)
    assert watch.state.current == 2


TROUBLES: list[type[DeskError]] = [ScannerNoDocument, ScannerJammed, ScannerCoverOpen, ScannerMissing, ScannerSilent]


@pytest.mark.parametrize("trouble", TROUBLES)
def test_trouble_is_told_on_the_page_and_the_next_scan_goes_on(app: QApplication, trouble: type[DeskError]) -> None:
    desk, page, watch = at_materials()
    page.open_for("id_card")
    desk.scanner.trouble = trouble()
    page.scan()
    assert watch.state.trouble
    assert len(watch.state.lines) == 1
    desk.scanner.trouble = None
    page.scan()
    assert (watch.state.trouble, len(watch.state.lines)) == ("", 2)


def test_what_came_before_a_jam_stays_and_the_order_is_the_kinds(
    app: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, page, watch = at_materials()
    asked: list[ScanOrder] = []

    def pages(order: ScanOrder, cancel: Cancel, progress: object = None):
        asked.append(order)
        yield ScannedPage(b"1", 300.0)
        raise ScannerJammed

    monkeypatch.setattr(desk.scanner, "pages", pages)
    page.set_source("feeder")
    page.open_for("household_register")
    assert (len(watch.state.lines), bool(watch.state.trouble), watch.state.scanning) == (1, True, False)
    assert asked == [ScanOrder(Source.FEEDER, 300, Colour.COLOUR, 210.0, 297.0)]


def test_a_scan_that_runs_is_stopped_by_esc_and_only_then_the_page_is_left(app: QApplication) -> None:
    desk, page, watch = at_materials(ASLEEP | {"scanner"})
    page.open_for("id_card")
    assert watch.state.scanning
    desk.serving.back()
    assert not watch.state.scanning
    desk.serving.back()
    assert desk.serving.here is Station.MATERIALS
    page.open_for("id_card")
    page.stop()
    assert not watch.state.action.enabled
    page.go_on()
    assert desk.serving.application.documents == ()


def test_what_was_kept_is_taken_back_and_pages_of_one_person_never_show_at_the_next(app: QApplication) -> None:
    desk, page, watch = at_materials()
    page.open_for("household_register")
    page.go_on()
    page.open_for("household_register")
    assert (bool(watch.state.kept), watch.state.can_take_back, watch.state.lines) == (True, True, ())
    page.take_back()
    assert desk.serving.application.documents == ()
    assert desk.serving.application.step is Step.FORM_RETURNED
    page.open_for("household_register")
    assert len(watch.state.lines) == 1
    page._of = ("another", "household_register")
    page.open_for("id_card")
    page.open_for("household_register")
    assert watch.state.kept == ""


def test_the_whole_way_by_keys_in_the_window(app: QApplication) -> None:
    desk, _, watch = at_materials()
    desk.shell.resize(1366, 768)
    desk.shell.show()
    app.processEvents()

    def key(code: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(app.focusWidget() or desk.shell, code, modifier)
        for _ in range(6):
            app.processEvents()

    key(Qt.Key.Key_F7)
    assert [line.number for line in watch.state.lines] == [1]
    key(Qt.Key.Key_F7)
    assert isinstance(app.focusWidget(), PageCard)
    key(Qt.Key.Key_Left)
    assert watch.state.current == 1
    before = watch.state.lines[0].preview
    key(Qt.Key.Key_R)
    assert watch.state.lines[0].preview != before
    key(Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert watch.state.current == 2
    key(Qt.Key.Key_F5)
    key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert [each.pages for each in desk.serving.application.documents] == [2]
    desk.shell.close()


def test_the_whole_document_is_looked_at_before_and_after_it_is_kept(app: QApplication) -> None:
    desk, page, watch = at_materials()
    page.open_for("household_register")
    page.look()
    assert len(watch.state.preview) == 1
    desk.serving.back()
    assert (watch.state.preview, len(watch.state.lines)) == ((), 1)
    page.go_on()
    page.open_for("household_register")
    page.look()
    assert len(watch.state.preview) == 1
    desk.serving.back()
    page.drop()
    assert watch.state.lines == ()
