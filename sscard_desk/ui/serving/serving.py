"""Who is being served, and on which page: the pages tell it what happened, and it keeps frame and pages up to date."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from sscard_desk.domain.application import Application
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.ids import ApplicationId
from sscard_desk.ports.devices import Cancel
from sscard_desk.ui.application_flow import Station, next_open, reachable
from sscard_desk.ui.serving.around import Around, Watcher
from sscard_desk.ui.serving.dossier import Dossier, read_dossier
from sscard_desk.ui.serving.ports import Frame, NoticesOnly, PagePresenter, Question, Runner
from sscard_desk.ui.serving.prints import PrintChange, Prints
from sscard_desk.ui.serving.trouble_toast import trouble_toast
from sscard_desk.ui.states import Mark, PanelLine, PersonState, ToastState
from sscard_desk.ui.words import Words, say
from sscard_desk.usecases.counter import Counter
from sscard_desk.usecases.identify import Identity

T = TypeVar("T")
STORE = "store"
SERVE = "serve"


class Serving:
    """One counter at work.

    Attributes:
        counter: everything outside that the operations may ask.
        dossier: the application in hand, None while nobody or an unopened identity stands at the counter.
        here: the station on the screen, None on the start page.
        prints: the papers that are under way.
        second: who was identified when an application in work was opened; a supervisor may allow another one.
    """

    def __init__(self, counter: Counter, runner: Runner, frame: Frame, lasting: Runner | None = None) -> None:
        """Begin.

        Args:
            counter: the counter.
            runner: the lanes of this session.
            frame: what stands around the pages.
            lasting: lanes whose answers come after the session too, for papers under way; the same ones without.
        """
        self.counter = counter
        self.dossier: Dossier | None = None
        self.here: Station | None = None
        self.identity: Identity | None = None
        self.second: Identity | None = None
        self._runner, self._frame, self._lasting = runner, frame, lasting or runner
        self._pages: dict[Station | None, PagePresenter] = {}
        self._asides: dict[str, PagePresenter] = {}
        self._aside = ""
        self._away = False
        self._hand = 0  # raised when somebody else is taken in hand: a late answer about the one before is dropped
        self._around = Around(counter)
        self.prints = Prints(counter, self._run_on, self.notify, self.take_notice_away)
        self.prints.listen(self._paper_came)

    # -- set-up

    def add_page(self, station: Station | None, page: PagePresenter) -> None:
        """Say which presenter works a station; None is the start page."""
        self._pages[station] = page

    def add_aside(self, key: str, page: PagePresenter) -> None:
        """Say which presenter works a page beside the path, for the same person."""
        self._asides[key] = page

    def add_watcher(self, watcher: Watcher) -> None:
        """Tell somebody about every change of person or station."""
        self._around.add_watcher(watcher)

    # -- what pages ask

    @property
    def application(self) -> Application:
        """The application in hand.

        Raises:
            LookupError: nobody is being served; a page asked without looking, which is a defect.
        """
        if self.dossier is None:
            raise LookupError("no application is in hand")
        return self.dossier.application

    def run(
        self,
        lane: str,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[DeskError], None] | None = None,
        cancel: Cancel | None = None,
    ) -> None:
        """Do long work on a lane; an error that nobody takes becomes a notice."""
        self._runner.submit(lane, work, done, failed or self.tell, cancel)

    def _run_on(
        self,
        lane: str,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[DeskError], None] | None = None,
        cancel: Cancel | None = None,
    ) -> None:
        self._lasting.submit(lane, work, done, failed or self.tell, cancel)

    def post(self, work: Callable[[], None]) -> None:
        """Run something short on the window's thread, from any thread."""
        self._runner.post(work)

    def tell(self, error: DeskError) -> None:
        """Say an error as a notice, with what to do and its code."""
        self._frame.notify(trouble_toast(error))

    def notify(self, toast: ToastState) -> None:
        """Say something at the bottom right."""
        self._frame.notify(toast)

    def take_notice_away(self, about: str) -> None:
        """What a notice speaks of is over."""
        self._frame.take_notice_away(about)

    def ask(self, question: Question, act: Callable[[], None]) -> None:
        """Ask before something that cannot be undone."""
        self._frame.ask(question, act)

    def describe(self, station: Station, *, missing: tuple[PanelLine, ...] = (), note: Words = "") -> None:
        """Let the page in view say what is missing on it and what stands below its name in the step bar.

        A page that is left may have something to say too late; nobody else's panel shows it.
        """
        if station is not self.here or self._aside or self._away:
            return
        self._around.describe(station, missing, note)
        self._show_around()

    # -- who is served

    def wait(self) -> None:
        """Wait for the next person: nothing of the last one stays on any screen."""
        self._leave_page()
        self._away, self._hand = False, self._hand + 1
        self.dossier, self.identity, self.second, self.here = None, None, None, None
        self._around.nobody(self._frame)
        self._enter_page()

    def receive(self, identity: Identity) -> None:
        """Somebody was read, typed or found, and no application is open in hand."""
        self._hand += 1
        self.dossier, self.identity = None, identity
        self.go(Station.IDENTITY)

    def open_second(self) -> None:
        """Go back to who was identified, so that a supervisor may allow a second application."""
        if self.second is not None:
            self.receive(self.second)

    def show_person(self, person: PersonState) -> None:
        """Show a person whose application is not opened yet."""
        self._frame.show_person(person)

    def open(self, application: ApplicationId, station: Station | None = None) -> None:
        """Take an application in hand and go to a station, or to its next open one."""
        store, today = self.counter.store, self.counter.today()
        self._hand += 1
        hand = self._hand

        def opened(dossier: Dossier) -> None:
            if hand != self._hand:
                return  # somebody else was taken in hand meanwhile
            self.dossier, self.identity = dossier, None
            self.go(station or next_open(dossier.application))

        self.run(STORE, lambda: read_dossier(store, application, today), opened)

    def keep(self, application: Application, *, go_on: bool = True) -> None:
        """An act was recorded: show it everywhere, and go to the next open station if that is wanted.

        An act for somebody who is not in hand any more is recorded all the same, and touches no page.
        """
        if not self._is_in_hand(application):
            return
        store, today, hand = self.counter.store, self.counter.today(), self._hand
        if self.dossier is not None and self.dossier.application.id == application.id:
            self.dossier = replace(self.dossier, application=application)

        def read(dossier: Dossier) -> None:
            if hand != self._hand:
                return  # somebody else is being served by now
            self.dossier, self.identity = dossier, None
            self.go(next_open(dossier.application) if go_on or self.here is None else self.here)

        self.run(STORE, lambda: read_dossier(store, application.id, today), read)

    def stay(self, application: Application) -> None:
        """An act was recorded from which its page goes on by itself: everything around follows, the page stays."""
        if not self._is_in_hand(application) or self.dossier is None:
            return
        store, today, hand = self.counter.store, self.counter.today(), self._hand
        self.dossier = replace(self.dossier, application=application)
        self._show_around()

        def read(dossier: Dossier) -> None:
            if hand == self._hand:
                self.dossier = dossier
                self._show_around()

        self.run(STORE, lambda: read_dossier(store, application.id, today), read)

    def go(self, station: Station) -> None:
        """Open a station's page, if it can be reached."""
        application = self.dossier.application if self.dossier else None
        if not reachable(application, station):
            self.notify(ToastState(say("missing.not_reachable", step=say(f"steps.{station.value}")), mark=Mark.TODO))
            return
        if self._away:  # another area or the lock covers the page: it is opened when the clerk comes back
            self.here = station
            self._around.page_changes()
            return
        comes = station is not self.here or bool(self._aside)
        if comes:
            self._leave_page()
            self.here = station
            self._around.page_changes()
        try:
            self._show_around()
            self._page_opened()
        finally:  # whatever went wrong, the page of the person before goes
            if comes and self.here is station:  # with its state: nobody sees what it said of the last person
                self._frame.show_page(station.value)

    def in_view(self, page: str) -> bool:
        """Whether this page is in view: a station's, or one beside the path."""
        return not self._away and page == (self._aside or (self.here.value if self.here else SERVE))

    def begin_aside(self, key: str) -> None:
        """Open a page that finds out who is there, while nobody is in hand; Esc comes back to the start page."""
        if self.here is not None or key == self._aside:
            return
        self._leave_page()
        self._aside = key
        self._page_opened()
        self._frame.show_page(key)

    def turn_aside(self, key: str) -> None:
        """Open a page beside the path for the application in hand; Esc comes back to the station."""
        if self.dossier is None or self.here is None or key == self._aside:
            return
        self._leave_page()
        self._aside = key
        self._show_around()
        self._page_opened()
        self._frame.show_page(key)

    def back(self) -> None:
        """Esc: stop what runs; otherwise go to the station before, from the first one to the start page."""
        page = self._page()
        if page is not None and page.stop():
            return
        if self._aside and self.here is not None:
            self.go(self.here)
            return
        if self.here is None or self.here is Station.IDENTITY:
            self.wait()
        else:
            self.go(list(Station)[self.here.number - 2])

    def go_on(self) -> None:
        """Ctrl+Enter: what the page's filled button does."""
        page = self._page()
        if page is not None:
            page.go_on()

    def show_again(self) -> None:
        """Come back from another area of the window: the same person, the same station."""
        self._away = False
        self._show_around()
        self._page_opened()
        self._frame.show_page(self._aside or (self.here.value if self.here else SERVE))

    def leave(self) -> None:
        """Another area, the lock page or the end: devices are let go, what was typed is kept."""
        if not self._away:
            self._away = True
            page = self._page()
            if page is not None:
                page.closed()

    def end(self) -> None:
        """The session is over: what still runs ends in its own time and shows nothing but notices."""
        self.leave()
        self._frame = NoticesOnly(self._frame)
        self._around.forget_watchers()

    # -- inner

    def _paper_came(self, change: PrintChange) -> bool:
        """A paper is out, perhaps long after its page was left: show what followed from it."""
        application, mine = change.application, self.dossier
        if application is not None and mine is not None and mine.application.id == application.id:
            self.keep(application, go_on=self.here is Station.BANK and change.record.form == "confirmation")
        return False

    def _page(self) -> PagePresenter | None:
        return self._asides[self._aside] if self._aside else self._pages.get(self.here)

    def _is_in_hand(self, application: Application) -> bool:
        if self.dossier is not None:
            return self.dossier.application.id == application.id
        return self.identity is not None and self.identity.answers.get("id_number") == application.id_number

    def _leave_page(self) -> None:
        page = self._page()
        self._aside = ""
        if page is not None and not self._away:
            page.closed()

    def _enter_page(self) -> None:
        try:
            self._around.tell(self.dossier, self.here)
            self._page_opened()
        finally:
            self._frame.show_page(self.here.value if self.here else SERVE)

    def _page_opened(self) -> None:
        page = self._page()
        if page is not None:
            page.opened()

    def _show_around(self) -> None:
        if self.here is not None and not self._away:
            self._around.show(self._frame, self.dossier, self.here)
