"""The desk of whoever is signed in: pages, areas, search, lock, and what follows after each recorded act."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal, SignalInstance
from PySide6.QtWidgets import QApplication, QWidget

from sscard_desk.domain.ids import Role
from sscard_desk.ui.app.areas import Areas
from sscard_desk.ui.app.gate import Facts, LineState, OpenCounter
from sscard_desk.ui.app.health import Health
from sscard_desk.ui.app.idle import IdleWatch
from sscard_desk.ui.app.line_area import UNSENT
from sscard_desk.ui.app.pages import Pages
from sscard_desk.ui.app.views import Views
from sscard_desk.ui.application_flow import Station
from sscard_desk.ui.areas import ASIDE, SET_UP, SIGN_OFF, rail
from sscard_desk.ui.form.came_out import came_out_unseen
from sscard_desk.ui.keys import Act
from sscard_desk.ui.lock.presenter import LockPresenter
from sscard_desk.ui.runner import Runner
from sscard_desk.ui.serving.dossier import Dossier
from sscard_desk.ui.serving.serving import SERVE, STORE, Serving
from sscard_desk.ui.serving.side_panel import PAPERS
from sscard_desk.ui.serving.trouble_toast import DESK_DATE
from sscard_desk.ui.session_lanes import SessionLanes
from sscard_desk.ui.shell import Shell
from sscard_desk.ui.states import ToastState
from sscard_desk.ui.words import say

LOOK_EVERY_MS: Final = 15_000
AFTER_ACT_MS: Final = 300
"""The exchange and the page after an act would take the interpreter from each other."""
_AREAS: Final = {Act.DOCTOR: SET_UP, Act.UNSENT: UNSENT, Act.SET_DATE: DESK_DATE}
"""Where a key leads."""


class Bench(QObject):
    """One session at the window.

    Signals:
        other_account: somebody else wants to sign in at the locked window.
    """

    other_account = Signal()

    def __init__(  # noqa: PLR0917 - the window's own parts, made once
        self,
        app: QApplication,
        shell: Shell,
        runner: Runner,
        health: Health,
        views: Views,
        opened: OpenCounter,
        facts: Facts,
    ) -> None:
        super().__init__()
        self._shell, self._runner, self._health, self._opened = shell, runner, health, opened
        self._lanes, self._views = SessionLanes(runner), views
        self.serving = Serving(opened.counter, self._lanes, shell, lasting=runner)
        self.pages = Pages(self.serving, shell, views, opened)
        self.areas = Areas(self.serving, shell, self._lanes, health, views, opened, self.pages.applicant)
        self._area = SERVE
        self._connected: tuple[tuple[SignalInstance, Callable[..., None]], ...] = ()
        self._waiting = self._turned_away = 0
        self._lock_page = views.lock
        self._lock = LockPresenter(self._lock_page, self._lanes, opened.unlock, self._unlocked)
        self._locked = False
        self._idle = IdleWatch(app, facts.idle_minutes, self.lock, runner.rest)
        self._clock = QTimer(self)
        self._clock.timeout.connect(self._tick)
        self._looks = QTimer(self)
        self._looks.timeout.connect(self._look)
        self._wire()

    def begin(self) -> None:
        """Show the desk, waiting for the first person."""
        counter = self._opened.counter
        self._shell.show_place(
            say("shell.counter", n=counter.window),
            counter.service_point,
            say(
                "shell.account.line",
                name=counter.session.display_name,
                role=say(f"shell.role.{counter.session.role.value}"),
            ),
        )
        self._tick()
        self._clock.start(1000)
        self._looks.start(LOOK_EVERY_MS)
        self._shell.turns.ask("first page", self.serving.wait)
        self._shell.turns.ask("first view", self._first_view)
        self._shell.turns.ask("first look", self.areas.look)
        self._shell.turns.ask("first count", self._count_waiting)
        self._shell.turns.ask("first aside", self.areas.aside.look)
        self._shell.turns.ask("first prints", self._take_up_prints)

    def leave(self) -> None:
        """Somebody else signs in, or the window closes: pages keep what was typed and let their devices go."""
        self._clock.stop()
        self._looks.stop()
        self.serving.prints.close()
        self.serving.end()
        self.areas.close()
        self._idle.stop()
        for signal, slot in self._connected:
            signal.disconnect(slot)
        self._connected = ()

    def clear_away(self) -> None:
        """End the pages of this session, which is over: one in each turn, so that the window never stands still."""
        self._lanes.end()
        for number, page in enumerate((*self._views.all(), *self.areas.windows())):
            self._shell.turns.ask(f"end of page {id(self)} {number}", partial(self._end_page, page))

    def _end_page(self, page: QWidget) -> None:
        self._shell.desk.let_go(page)
        page.deleteLater()

    def lock(self) -> None:
        """Cover the desk; the form stays, and so does the exchange with the centre."""
        if self._locked:
            return
        self._locked = True
        self.pages.cover()
        self.areas.cover()
        self._opened.lock()
        self._lock.locked(self._opened.counter.session.display_name, datetime.now().astimezone())
        self._shell.show_front(self._lock_page)
        self.serving.run(STORE, lambda: self._opened.note("locked"), lambda _none: None)
        self._runner.rest()

    def line_changed(self, line: LineState) -> None:
        """Something may have come from another desk."""
        if not line.running:
            self._count_waiting()
            self.areas.something_came()
        self.areas.line_changed(line)

    def open_area(self, area: str, device: str = "") -> None:
        """Go to an area of the rail."""
        if self._locked or area == self._area == SERVE:
            return
        self.areas.leave()
        if self._area == SERVE:
            self.serving.leave()
        self._area = area
        self._show_areas()
        if area == SERVE:
            self.serving.show_again()
        else:
            self.areas.open(area, device)

    # -- inner

    def _wire(self) -> None:
        shell = self._shell
        self._connected = (
            (shell.asked, self._asked),
            (shell.area_chosen, self.open_area),
            (shell.step_chosen, self._step_chosen),
            (shell.searched, self.pages.serve.typed),
            (shell.hit_chosen, self._hit_chosen),
            (shell.scanned, self._scanned),
            (shell.target_chosen, self._target_chosen),
            (shell.device_chosen, self._device_chosen),
            (shell.account_pressed, self.lock),
        )
        for signal, slot in self._connected:
            signal.connect(slot)
        self.areas.back.connect(self._back_to_serving)
        self.areas.aside_counted.connect(self._aside_counted)
        self.areas.line.doctor.connect(lambda device: self.open_area(SET_UP, device))
        self.areas.line.date.connect(lambda: self.open_area(DESK_DATE))
        self.areas.line.mend.connect(lambda subject: self.open_area(ASIDE, subject))
        self._lock_page.tried.connect(self._lock.unlock)
        self._lock_page.typed.connect(self._lock.typing)
        self._lock_page.second_passed.connect(self._lock.second_passed)
        self._lock_page.other_account.connect(self.other_account)
        self.serving.add_watcher(_Wake(self._moved))

    def _first_view(self) -> None:
        """What was laid out under the sign-in page comes into view."""
        if not self._locked:
            self._shell.show_desk()
        if self._opened.counter.session.role is Role.SUPERVISOR:
            self.open_area(SIGN_OFF)

    def _take_up_prints(self) -> None:
        """Papers that were at the printer when the program ended last are followed again."""
        counter = self._opened.counter
        self.serving.prints.begin(lambda record: came_out_unseen(counter, record))

    def _moved(self) -> None:
        """An act was recorded: the exchange has something to do, once the page after it is drawn."""
        QTimer.singleShot(AFTER_ACT_MS, self, self._opened.wake_line)
        QTimer.singleShot(AFTER_ACT_MS, self, self._count_waiting)

    def _asked(self, act: Act) -> None:
        if self._locked:  # nothing of the desk answers before the password was given
            return
        match act:
            case Act.LOCK:
                self.lock()
            case Act.DOCTOR | Act.UNSENT | Act.SET_DATE | Act.SERVED_PERSON:
                self.open_area(_AREAS.get(act, SERVE))
            case Act.PAPERS:
                self.open_area(SERVE)
                self.serving.turn_aside(PAPERS)
            case Act.BACK:
                self.open_area(SERVE) if self._area != SERVE else self.serving.back()
            case Act.NEXT:
                self.serving.go_on()
            case Act.WALK_IN:
                self.open_area(SERVE)
                self.serving.wait()
            case Act.APPLICANT_WINDOW:
                self.areas.toggle_applicant()
            case Act.SAY_KEPT:
                now = datetime.now().astimezone()
                self._shell.notify(ToastState(say("shell.kept", time=f"{now:%H:%M:%S}"), say("shell.kept_note")))
            case _:
                return

    def _step_chosen(self, number: int) -> None:
        if not self._locked:
            self.serving.go(list(Station)[number - 1])

    def _device_chosen(self, device: str) -> None:
        if device == UNSENT:
            self.open_area(UNSENT)
        else:
            self.open_area(SET_UP, device)

    def _back_to_serving(self) -> None:
        self.open_area(SERVE)

    def _hit_chosen(self, key: str) -> None:
        self.open_area(SERVE)
        self.pages.serve.choose(key)

    def _scanned(self, code: str) -> None:
        if self.pages.photo_sources.scanned(code):
            return
        if self.pages.serve.scanned(code):
            self.open_area(SERVE)
        else:
            self._shell.search_for(code)

    def _target_chosen(self, target: str) -> None:
        if self._locked:
            return
        if target == DESK_DATE:
            self.open_area(DESK_DATE)
        elif target in {station.value for station in Station}:
            self.serving.go(Station(target))
        else:
            self.pages.go_to_field(target)

    def _unlocked(self) -> None:
        self._locked = False
        self._shell.show_desk()
        if self._area == SERVE:
            self.pages.uncover()
        else:
            self.areas.uncover()

    def _tick(self) -> None:
        now = datetime.now().astimezone()
        self._shell.show_time(f"{now:%H:%M}", say("shell.day", day=now.date()))

    def _look(self) -> None:
        if not self._locked:
            self.areas.look()

    def _count_waiting(self) -> None:
        if self._opened.counter.session.role is not Role.SUPERVISOR:
            self._counted(0)
            return
        store = self._opened.counter.store
        self._lanes.submit(STORE, lambda: len(store.waiting_for_approval()), self._counted, self.serving.tell)

    def _aside_counted(self, count: int) -> None:
        if count != self._turned_away:
            self._turned_away = count
            self._show_areas()

    def _counted(self, waiting: int) -> None:
        self._waiting = waiting
        self._show_areas()

    def _show_areas(self) -> None:
        self._shell.show_areas(rail(self._waiting, self._turned_away), self._area)


class _Wake:
    """Follows the person being served: tells when an act was recorded or a person left."""

    def __init__(self, moved: Callable[[], None]) -> None:
        self._moved = moved
        self._seen = ("", -1)

    def person_changed(self, dossier: Dossier | None, here: Station | None) -> None:
        """Tell when the application in hand has moved, or another one is in hand."""
        del here
        now = (dossier.application.number, dossier.application.version) if dossier else ("", -1)
        if now != self._seen:
            self._seen = now
            self._moved()
