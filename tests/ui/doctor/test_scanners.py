"""The list of scanners on the doctor page: found on the scanner's lane, chosen by keyboard, examined at once."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from sscard_desk.domain.errors.store import DiskFull
from sscard_desk.ports.devices import DeviceState, Health
from sscard_desk.ports.scanner import ScannerChoice
from sscard_desk.ui.doctor.presenter import DoctorPresenter
from sscard_desk.ui.doctor.samples import AtOnce, SampleScanners
from sscard_desk.ui.doctor.state import DoctorState
from sscard_desk.ui.doctor.view import DoctorPage
from sscard_desk.ui.shell.samples import at, framed
from sscard_desk.ui.states import ToastState


class Seen:
    def __init__(self) -> None:
        self.last = DoctorState()

    def show_state(self, state: DoctorState) -> None:
        self.last = state


class Full(SampleScanners):
    """The disk is full: the choice holds until the program ends."""

    def choose(self, key: str) -> None:
        super().choose(key)
        raise DiskFull


def doctor(view: Seen | DoctorPage, scanners: SampleScanners, said: list[ToastState]) -> DoctorPresenter:
    examined = {"scanner": lambda: DeviceState(Health.READY, scanners.used), "printer": lambda: DeviceState(Health.OFF)}
    return DoctorPresenter(
        view, AtOnce(), examined, lambda: at(9, 50), lambda _words: None, notify=said.append, scanners=scanners
    )


def test_the_list_stands_beside_the_scanner_alone_and_a_chosen_one_is_examined_at_once() -> None:
    view, scanners = Seen(), SampleScanners()
    presenter = doctor(view, scanners, [])
    presenter.opened("printer")
    assert not view.last.scanners.offered
    presenter.choose("scanner")
    assert [name for _, name in view.last.scanners.choices] == ["192.0.2.7", "Noname 4200", "Noname ADF 60"]
    assert view.last.scanners.used == "sane:b"
    presenter.choose_scanner("sane:c")
    assert (scanners.used, view.last.scanners.used) == ("sane:c", "sane:c")
    assert next(each.note for each in view.last.patients if each.key == "scanner") == "sane:c"
    presenter.choose_scanner("sane:not-listed")
    assert scanners.used == "sane:c"


def test_what_cannot_be_remembered_is_used_and_said() -> None:
    view, scanners, said = Seen(), Full(), list[ToastState]()
    presenter = doctor(view, scanners, said)
    presenter.opened("scanner")
    presenter.choose_scanner("settings")
    assert view.last.scanners.used == "settings"
    assert "E5" in str(said[-1].note)


def test_f5_looks_again_and_a_new_one_is_listed() -> None:
    view, scanners = Seen(), SampleScanners()
    presenter = doctor(view, scanners, [])
    presenter.opened("scanner")
    before = scanners.choices()
    scanners.choices = lambda: (*before, ScannerChoice("sane:d", "Noname new"))  # type: ignore[method-assign] # stands in for it
    presenter.examine_again()
    assert view.last.scanners.choices[-1] == ("sane:d", "Noname new")


def test_a_scanner_is_chosen_without_a_mouse(app: QApplication) -> None:
    shell, page, scanners = framed(app, "setup"), DoctorPage(), SampleScanners()
    presenter = doctor(page, scanners, [])
    page.scanner_chosen.connect(presenter.choose_scanner)
    presenter.opened("scanner")
    shell.set_page(page, serving=False)
    shell.show()
    shell.activateWindow()
    app.processEvents()
    first = page.findChild(QWidget, "scanner_1")
    assert first is not None
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Down)
    QTest.keyClick(app.focusWidget(), Qt.Key.Key_Down)
    assert app.focusWidget().objectName() == "scanner_3"
    QTest.keyClick(app.focusWidget(), Qt.Key.Key_Space)
    assert scanners.used == "sane:c"
    assert app.focusWidget().objectName() == "scanner_3"
    shell.close()
