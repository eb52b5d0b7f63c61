"""The window at work: sign-in first, then the desk of whoever signed in, and the lock page over it."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from sscard_desk.domain.errors import DeskError
from sscard_desk.texts import Language
from sscard_desk.ui import fonts
from sscard_desk.ui.app.ahead import load_ahead, make_pages
from sscard_desk.ui.app.coming import coming_words
from sscard_desk.ui.app.gate import Gate, LineState, OpenCounter
from sscard_desk.ui.app.health import Health
from sscard_desk.ui.language import speak
from sscard_desk.ui.runner import Runner
from sscard_desk.ui.shell import Shell
from sscard_desk.ui.sign_in.presenter import SignInPresenter
from sscard_desk.ui.sign_in.state import SignInState
from sscard_desk.ui.sign_in.view import SignInPage
from sscard_desk.ui.states import Mark, StatusState
from sscard_desk.ui.theme import Mode, apply
from sscard_desk.ui.words import Words, say

if TYPE_CHECKING:
    from sscard_desk.ui.app.bench import Bench
    from sscard_desk.ui.app.rescue_area import RescueArea
    from sscard_desk.ui.app.views import Views

BEFORE_CHECK_MS = 400
"""The self-check begins when the sign-in page can be used, not before."""


class CounterWindow(QObject):
    """Puts the window's parts together; what they do stands in their presenters.

    Args:
        app: the running application.
        gate: opens the data folder.
        hint: account and password of training, to be shown on the first screen; empty outside training.
    """

    def __init__(self, app: QApplication, gate: Gate, hint: tuple[str, str] | None = None) -> None:
        super().__init__()
        self._app, self._gate = app, gate
        fonts.install(app)
        speak(Language(gate.facts.language))
        apply(app, Mode(gate.facts.theme))
        self.runner = Runner()
        self.runner.make_ready()
        self.shell = Shell(app)
        self.health = Health(gate.devices, self.runner, self._show_status)
        self._line = LineState()
        self._opened: OpenCounter | None = None
        self._following = False
        self._bench: QObject | None = None
        self._entering: OpenCounter | None = None
        self._views: Views | None = None
        self._rescue_area: RescueArea | None = None
        self._building: Iterator[None] | None = None
        self._maker = QTimer(self)
        self.sign_in_page = SignInPage()
        self.sign_in = SignInPresenter(self.sign_in_page, self.runner, self._open, self._entered, self._first(hint))
        self._wire()
        self.shell.show_front(self.sign_in_page)
        self._show_status()
        QTimer.singleShot(BEFORE_CHECK_MS, self._self_check)

    def close(self) -> None:
        """Stop lanes and exchange, close the store; what was typed is kept by then."""
        if self._bench is not None:
            self.bench.leave()
        self.runner.close()
        if self._opened is not None:
            self._opened.close()
            self._opened = None
        self.runner.give_back_garbage()

    @property
    def bench(self) -> "Bench":
        """The desk of whoever is signed in.

        Raises:
            LookupError: nobody has signed in yet.
        """
        from sscard_desk.ui.app.bench import Bench  # noqa: PLC0415 - the pages load after the first screen

        if not isinstance(self._bench, Bench):
            raise LookupError("nobody is signed in")  # noqa: TRY004 - not a wrong type: nobody is there
        return self._bench

    @property
    def signed_in(self) -> bool:
        """Whether the desk of somebody is there."""
        return self._bench is not None

    @property
    def line(self) -> LineState:
        """Where the exchange with the centre stands."""
        return self._line

    def wake_line(self) -> None:
        """Ask for an exchange soon."""
        if self._opened is not None:
            self._opened.wake_line()

    def _first(self, hint: tuple[str, str] | None) -> SignInState:
        facts = self._gate.facts
        return SignInState(
            counter=facts.desk,
            point=say("shell.program"),
            checks=self.health.words(),
            left_over=_waits(facts.unsent),
            offline=say("sign_in.nothing_sent"),
            offline_mark=Mark.OFF,
            foot=say("sign_in.foot", version=facts.version, desk=facts.desk),
            hint=say("sign_in.training", account=hint[0], password=hint[1]) if hint else "",
            nobody=True,
        )

    def _wire(self) -> None:
        page = self.sign_in_page
        page.tried.connect(self._tried)
        self._maker.timeout.connect(self._make_next)
        page.typed.connect(self.sign_in.typing)
        page.second_passed.connect(self.sign_in.second_passed)
        page.nobody.connect(self._rescue)
        page.look_chosen.connect(lambda mode: apply(self._app, mode))
        self.shell.closed.connect(self.close)

    def _self_check(self) -> None:
        begun = datetime.now().astimezone()

        def seen() -> None:
            taken = (datetime.now().astimezone() - begun).total_seconds()
            self.sign_in.checked(self.health.words(), taken)

        self.health.look(seen)

    def _open(self, login: str, password: str) -> OpenCounter:
        if self._opened is not None:
            return self._opened.change_over(login, password)
        return self._gate.open(login, password)

    def _tried(self, login: str, password: str) -> None:
        """A password is being checked on its lane; meanwhile the pages load on another and are made bit by bit."""
        self.sign_in.sign_in(login, password)
        if self.sign_in.state.busy and self._building is None:
            self.runner.submit("imaging", load_ahead, self._loaded, self._not_loaded)

    def _loaded(self, _none: None) -> None:
        self._building = make_pages(self._take_views, self.shell)
        self._maker.start(0)

    def _take_views(self, views: "Views") -> None:
        self._views = views

    def _not_loaded(self, error: DeskError) -> None:
        raise error

    def _make_next(self) -> None:
        if self._building is not None and next(self._building, True):
            self._maker.stop()
            self._begin()

    def _entered(self, opened: OpenCounter) -> None:
        self._entering = opened
        self._begin()

    def _begin(self) -> None:
        """Show the desk once both are there: an opened counter and its pages."""
        opened, views = self._entering, self._views
        if opened is None or views is None or self._maker.isActive():
            return
        from sscard_desk.ui.app.bench import Bench  # noqa: PLC0415 - loaded by now

        self._entering, self._views, self._building = None, None, None
        if self._bench is not None:
            self.bench.leave()
            self.bench.clear_away()
            self._bench.deleteLater()
        self._opened = opened
        self.sign_in.somebody_opened()
        bench = Bench(self._app, self.shell, self.runner, self.health, views, opened, self._gate.facts)
        self._bench = bench
        bench.other_account.connect(self._ask_for_account)
        QTimer.singleShot(0, bench, lambda: self._show_bench(bench))

    def _show_bench(self, bench: "Bench") -> None:
        """A turn of the event loop after the bench was put together."""
        if self._bench is bench and self._opened is not None:
            bench.begin()
            self._show_status()
            self.shell.turns.ask("background", self._begin_background)

    def _begin_background(self) -> None:
        """While the first person is waited for: one after the other, since two busy lanes are felt at the window."""
        opened, following = self._opened, self._following
        if opened is None:
            return
        self._following = True
        if following:
            self._load_papers()
        else:  # on a lane: making a line reads certificates
            self.runner.submit("network", lambda: self._follow(opened), lambda _: self._load_papers(), self._not_loaded)

    def _load_papers(self) -> None:
        """What is loaded then is looked through for garbage no more."""
        self.runner.submit("paper", self._gate.load_ahead, lambda _none: self.runner.settle(), self._not_loaded)

    def _follow(self, opened: OpenCounter) -> None:
        opened.follow_line(lambda state: self.runner.post(lambda: self._line_changed(state)))

    def _rescue(self) -> None:
        """Nobody can sign in any more: ask the centre."""
        if self._rescue_area is None:
            from sscard_desk.ui.app.rescue_area import RescueArea  # noqa: PLC0415 - hardly ever wanted

            self._rescue_area = RescueArea(self.shell, self.runner, self._gate.rescue, self._after_rescue)
        self._rescue_area.open()

    def _after_rescue(self, login: str) -> None:
        if login:
            self.sign_in.rescued(login)
        self.shell.show_front(self.sign_in_page)

    def _ask_for_account(self) -> None:
        self.shell.show_front(self.sign_in_page)

    def _line_changed(self, state: LineState) -> None:
        self._line = state
        self.health.line_changed(state)
        if self._bench is not None:
            self.bench.line_changed(state)
        self._show_status()
        if not state.running:
            self._tell_who_signs_in_next(state)

    def _tell_who_signs_in_next(self, line: LineState) -> None:
        """The exchange goes on while the sign-in page waits for another account; it says where it stands."""
        here, at = self.sign_in.state, line.last_success
        left = say("sign_in.goes_on", n=line.unsent) if line.unsent else say("sign_in.nothing_waits")
        if at is None or line.offline_days is None:
            self.sign_in.data_known(left, here.offline, here.offline_mark)
            return
        local = at.astimezone()
        ready = say("sign_in.offline_ready", time=f"{local:%m-%d %H:%M}", days=line.offline_days)
        self.sign_in.data_known(left, ready, Mark.OK if line.offline_days else Mark.WARN)

    def _show_status(self) -> None:
        waiting = self._opened is None
        self.shell.show_status(
            StatusState(
                devices=self.health.words(),
                unsent=(self._gate.facts.unsent or 0) if waiting else self._line.unsent,
                offline_days=self._line.offline_days,
                note=say("sign_in.nothing_sent") if waiting else coming_words(self._line.coming),
            )
        )
        if waiting:
            self.sign_in.checked(self.health.words(), self.sign_in.state.check_seconds)


def _waits(unsent: int | None) -> Words:
    """Return what the sign-in page says of what was not sent when the program ended last."""
    if unsent is None:
        return ""
    return say("sign_in.waits", n=unsent) if unsent else say("sign_in.nothing_waits")
