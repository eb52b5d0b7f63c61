"""What the rail leads to beside serving: class lists, sign-off and set-up; and the applicant's window."""

from datetime import datetime
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from sscard_desk.ports.devices import Cancel
from sscard_desk.ui.app.cards_area import CardsArea
from sscard_desk.ui.app.gate import LineState, OpenCounter
from sscard_desk.ui.app.health import Health
from sscard_desk.ui.app.line_area import LineArea
from sscard_desk.ui.app.views import Views
from sscard_desk.ui.applicant.presenter import ApplicantPresenter
from sscard_desk.ui.applicant.view import ApplicantWindow
from sscard_desk.ui.areas import ASIDE, CARDS, CLASS_LIST, LISTS, SET_UP, SIGN_OFF, STAFF
from sscard_desk.ui.aside.presenter import AsidePresenter
from sscard_desk.ui.batch.presenter import BatchPresenter
from sscard_desk.ui.card_pin.presenter import PinPresenter
from sscard_desk.ui.card_read.presenter import CardReadPresenter
from sscard_desk.ui.class_list.presenter import ClassListPresenter
from sscard_desk.ui.class_list.view import ClassListView
from sscard_desk.ui.doctor.clock import CLOCK, clock_state
from sscard_desk.ui.doctor.presenter import DoctorPresenter
from sscard_desk.ui.keeping.presenter import KeepingPresenter
from sscard_desk.ui.keypad.presenter import KeypadPresenter
from sscard_desk.ui.keypad.screen import KeypadScreen
from sscard_desk.ui.language import language
from sscard_desk.ui.lists.presenter import ListsPresenter
from sscard_desk.ui.navigation import areas, cards, steps
from sscard_desk.ui.parts.cards_page import CARDS_BATCH, CARDS_PIN, CARDS_READ, CARDS_STOCK
from sscard_desk.ui.serving.ports import Runner
from sscard_desk.ui.serving.serving import Serving
from sscard_desk.ui.serving.trouble_toast import DESK_DATE
from sscard_desk.ui.shell import Shell
from sscard_desk.ui.sign_off.presenter import SignOffPresenter
from sscard_desk.ui.sign_off.view import SignOffView
from sscard_desk.ui.staff.presenter import StaffPresenter
from sscard_desk.ui.stock.presenter import StockPresenter
from sscard_desk.usecases.ruler_sheet import print_ruler_sheet

KEEPING: Final = "keeping"
"""A page beside the staff's."""


class Areas(QObject):
    """The pages of the other areas.

    Signals:
        back: Esc on one of them.
        aside_counted: how much the centre did not take, or asks, waits for somebody.
    """

    back = Signal()
    aside_counted = Signal(int)

    def __init__(  # noqa: PLR0917 - the window's own parts, made once
        self,
        serving: Serving,
        shell: Shell,
        runner: Runner,
        health: Health,
        views: Views,
        opened: OpenCounter,
        applicant: ApplicantPresenter,
    ) -> None:
        super().__init__()
        self._shell, self._health, self._opened = shell, health, opened
        self._area = ""
        self._doctor_page = views.doctor
        self.doctor = DoctorPresenter(
            self._doctor_page,
            runner,
            health.probes
            | {
                CLOCK: lambda: clock_state(opened.counter.store.time_known()),
                "chip_photo": opened.counter.photo_sources.decoder.probe,
                "portrait_examiners": opened.counter.photo_sources.second_opinions,
            },
            lambda: datetime.now().astimezone(),
            health.doctor_said,
            try_printer=self._print_ruler_sheet,
            notify=shell.notify,
            scanners=opened.counter.devices.scanners,
        )
        self._doctor_page.scanner_chosen.connect(self.doctor.choose_scanner)
        self._doctor_page.device_chosen.connect(self.doctor.choose)
        self._doctor_page.again.connect(self.doctor.examine_again)
        self._doctor_page.all_again.connect(self.doctor.examine_all)
        self._doctor_page.try_printer.connect(self.doctor.try_printer)
        self._doctor_page.back.connect(self.back)
        shell.add_page(SET_UP, self._doctor_page, serving=False)
        self.line = LineArea(shell, runner, views, opened)
        self.line.back.connect(self.back)
        self.sign_off = SignOffPresenter(opened.counter, runner, opened.confirm_own, shell.notify)
        self._connect_sign_off(shell, views.sign_off)
        self.staff = StaffPresenter(opened.counter.session, opened.ways_in, runner, shell.notify)
        self.keeping = KeepingPresenter(opened.counter.session, opened.erasures, runner, shell.notify)
        self._connect_staff(shell, views)
        self.lists = ListsPresenter(serving)
        areas.join_lists(views.lists, self.lists)
        views.lists.stopped.connect(self._lists_back)
        shell.add_page(LISTS, views.lists, serving=False)
        self.aside = AsidePresenter(serving, opened.confirm, self._count_aside, self._wake_line)
        areas.join_aside(views.aside, self.aside)
        views.aside.stopped.connect(self._aside_back)
        shell.add_page(ASIDE, views.aside, serving=False)
        self.class_list = ClassListPresenter(serving)
        self._connect_class_list(shell, views.class_list)
        self.card_read = CardReadPresenter(serving)
        self.cards = CardsArea(shell)
        self.cards.back.connect(self.back)
        cards.join_card_read(views.card_read, self.card_read)
        self.cards.add(CARDS_READ, self.card_read, views.card_read)
        keypad = KeypadPresenter()
        self.keypad = KeypadScreen(shell, keypad)
        self.card_pin = PinPresenter(serving, keypad)
        cards.join_card_pin(views.card_pin, self.card_pin)
        self.cards.add(CARDS_PIN, self.card_pin, views.card_pin)
        self.stock, self.batch = StockPresenter(serving, opened.confirm), BatchPresenter(serving)
        cards.join_stock(views.stock, self.stock)
        cards.join_batch(views.batch, self.batch)
        self.cards.add(CARDS_STOCK, self.stock, views.stock)
        self.cards.add(CARDS_BATCH, self.batch, views.batch)
        self._applicant = applicant
        serving.add_watcher(self._applicant)
        self._window: ApplicantWindow | None = None

    def _print_ruler_sheet(self) -> None:
        """Print the ruler sheet; runs on the printer's lane."""
        counter = self._opened.counter
        print_ruler_sheet(counter.paper, counter.devices.printer, counter.clock, language(), Cancel())

    def open(self, area: str, device: str = "") -> None:
        """Bring an area into view."""
        self._area = area
        if area == CARDS:
            self.cards.open()
            return
        self._shell.show_page(area)
        match area:
            case "setup":
                self.doctor.opened(device)
            case "lists":
                self.lists.opened()
            case "staff":
                self.staff.opened()
            case "class_list":
                self.class_list.opened()
            case "aside":
                self.aside.opened(device)
            case "unsent":
                self.line.unsent.opened()
            case "desk_date":
                self.line.desk_date.opened()
            case _:
                self.sign_off.opened()

    def _connect_staff(self, shell: Shell, views: Views) -> None:
        areas.join_staff(views.staff, self.staff)
        areas.join_keeping(views.keeping, self.keeping)
        views.staff.back.connect(self.back)
        views.staff.keeping.connect(self._to_keeping)
        views.keeping.back.connect(self._from_keeping)
        shell.add_page(STAFF, views.staff, serving=False)
        shell.add_page(KEEPING, views.keeping, serving=False)

    def _to_keeping(self) -> None:
        self.staff.closed()
        self._shell.show_page(KEEPING)
        self.keeping.opened()

    def _from_keeping(self) -> None:
        self.keeping.closed()
        self.open(STAFF)

    def leave(self) -> None:
        """Another area comes into view."""
        if self._area == SIGN_OFF:
            self.sign_off.closed()
        if self._area == STAFF:
            self.staff.closed()
            self.keeping.closed()
        if self._area == LISTS:
            self.lists.closed()
        if self._area == ASIDE:
            self.aside.closed()
        if self._area == CARDS:
            self.cards.leave()
        self.line.leave()
        self._area = ""

    def look(self) -> None:
        """Look at every device."""
        self.doctor.examine_all()

    def line_changed(self, line: LineState) -> None:
        """The exchange with the centre told where it stands."""
        self.line.line_changed(line)
        self.doctor.noticed("centre", self._health.centre)
        if line.clock is not None:
            self.doctor.noticed(CLOCK, clock_state(line.clock))

    def something_came(self) -> None:
        """Something may have come from another desk."""
        if self._area == SIGN_OFF:
            self.sign_off.opened()
        self.aside.look()

    def toggle_applicant(self) -> None:
        """F11: show the applicant's window, on the second monitor where there is one, or hide it."""
        if self._window is not None and self._window.isVisible():
            self._window.hide()
            self._applicant.clear()
            return
        window = self._window or self._make_window()
        screens = QGuiApplication.screens()
        if len(screens) > 1:
            window.setGeometry(screens[1].geometry())
            window.showFullScreen()
        else:
            window.show()

    def cover(self) -> None:
        """The window was locked: nothing of anybody stays on the applicant's screen."""
        self._applicant.clear()
        self.cards.leave()
        self.staff.closed()
        self.line.desk_date.closed()
        self.keeping.closed()

    def uncover(self) -> None:
        """The password was given: the area that was in view goes on."""
        if self._area == CARDS:
            self.cards.open()
        if self._area == DESK_DATE:
            self.line.desk_date.opened()

    def close(self) -> None:
        """The session ends."""
        self.leave()
        self.class_list.end()
        self._applicant.clear()
        self.keypad.close()
        if self._window is not None:
            self._window.close()

    def windows(self) -> tuple[QWidget, ...]:
        """Return the windows of its own that the session had."""
        return (self._window,) if self._window is not None else ()

    def _make_window(self) -> ApplicantWindow:
        window = self._window = ApplicantWindow()
        steps.join_applicant(window, self._applicant)
        return window

    def _connect_sign_off(self, shell: Shell, page: SignOffView) -> None:
        areas.join_sign_off(page, self.sign_off)
        page.go_on.connect(self._sign_off_goes_on)
        page.back.connect(self._sign_off_back)
        shell.add_page(SIGN_OFF, page, serving=False)

    def _count_aside(self, count: int) -> None:
        self.aside_counted.emit(count)

    def _wake_line(self) -> None:
        QTimer.singleShot(0, self._opened.wake_line)

    def _aside_back(self) -> None:
        if not self.aside.stop():
            self.back.emit()

    def _lists_back(self) -> None:
        if not self.lists.stop():
            self.back.emit()

    def _connect_class_list(self, shell: Shell, page: ClassListView) -> None:
        areas.join_class_list(page, self.class_list)
        page.go_on.connect(self.class_list.go_on)
        page.stopped.connect(self._class_list_back)
        shell.add_page(CLASS_LIST, page, serving=False)

    def _class_list_back(self) -> None:
        if not self.class_list.stop():
            self.back.emit()

    def _sign_off_goes_on(self) -> None:
        self.sign_off.go_on()
        QTimer.singleShot(0, self._opened.wake_line)

    def _sign_off_back(self) -> None:
        if not self.sign_off.stop():
            self.back.emit()
