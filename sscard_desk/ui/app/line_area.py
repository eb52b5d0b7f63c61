"""The pages about the line to the centre: what waits to be sent, the exchange by a stick, and the business date."""

from typing import Final

from PySide6.QtCore import QObject, Signal

from sscard_desk.ui.app.gate import LineState, OpenCounter
from sscard_desk.ui.app.views import Views
from sscard_desk.ui.desk_date.presenter import DeskDatePresenter
from sscard_desk.ui.doctor.clock import CLOCK
from sscard_desk.ui.navigation import areas
from sscard_desk.ui.serving.ports import Runner
from sscard_desk.ui.serving.trouble_toast import DESK_DATE
from sscard_desk.ui.shell import Shell
from sscard_desk.ui.states import ToastState
from sscard_desk.ui.stick.presenter import StickPresenter
from sscard_desk.ui.unsent.presenter import Around, UnsentPresenter

STICK: Final = "stick"
"""A page beside the centre, and beside what waits to be sent."""
UNSENT: Final = "unsent"
"""What waits to be sent: no area of the rail, the word of the status line leads there."""


class LineArea(QObject):
    """The pages about the line.

    Signals:
        back: Esc on one of them.
        doctor: a page is left for the doctor's, at this device.
        date: the business date is to be set.
        mend: what the centre did not take of this subject is to be decided about.
    """

    back = Signal()
    doctor = Signal(str)
    date = Signal()
    mend = Signal(str)

    def __init__(self, shell: Shell, runner: Runner, views: Views, opened: OpenCounter) -> None:
        super().__init__()
        self._shell, self._wake, self._from_list = shell, opened.wake_line, False
        self.stick = StickPresenter(views.stick, runner, opened.stick, opened.wake_line)
        areas.join_stick(views.stick, self.stick)
        views.doctor.carry.connect(self.carry)
        views.doctor.set_date.connect(self.date)
        views.stick.back.connect(self._stick_back)
        shell.add_page(STICK, views.stick, serving=False)
        around = Around(opened.wake_line, lambda hold: opened.hold_lists(hold=hold), self.mend.emit, shell.notify)
        self.unsent = UnsentPresenter(views.unsent, runner, opened.unsent, around)
        areas.join_unsent(views.unsent, self.unsent)
        views.unsent.stick.connect(lambda: self.carry(from_list=True))
        views.unsent.back.connect(self.back)
        shell.add_page(UNSENT, views.unsent, serving=False)
        store, clock, unlock = opened.counter.store, opened.counter.clock, opened.confirm
        self.desk_date = DeskDatePresenter(
            views.desk_date, runner, store, clock, unlock, done=self._date_set, tell=shell.notify
        )
        areas.join_desk_date(views.desk_date, self.desk_date)
        views.desk_date.back.connect(lambda: self.doctor.emit(CLOCK))
        shell.add_page(DESK_DATE, views.desk_date, serving=False)

    def carry(self, *, from_list: bool = False) -> None:
        """Bring the stick's page into view."""
        self._from_list = from_list
        self._shell.show_page(STICK)
        self.stick.opened()

    def leave(self) -> None:
        """Another area comes into view."""
        self.unsent.closed()
        self.desk_date.closed()

    def line_changed(self, line: LineState) -> None:
        """The exchange with the centre told where it stands."""
        self.unsent.line_changed(line)

    def _date_set(self, told: ToastState) -> None:
        self._shell.notify(told)
        self._wake()
        self.doctor.emit(CLOCK)

    def _stick_back(self) -> None:
        if self.stick.stop():
            return
        if self._from_list:
            self._shell.show_page(UNSENT)
            self.unsent.opened()
        else:
            self.doctor.emit("centre")
