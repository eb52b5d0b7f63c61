"""The page of the business date in named states, for pictures and tests."""

from typing import Final

from sscard_desk.domain.desk_time import DAY_MS, TimeKnown
from sscard_desk.domain.errors.operator import PasswordWrong
from sscard_desk.ports.session import Session
from sscard_desk.ui.desk_date.presenter import DeskDatePresenter
from sscard_desk.ui.desk_date.view import DeskDateView
from sscard_desk.ui.doctor.samples import AtOnce
from sscard_desk.ui.navigation.areas import join_desk_date
from sscard_desk.ui.running import running_application
from sscard_desk.ui.sample_desk.desk import SampleDesk
from sscard_desk.ui.sample_desk.people import SUPERVISOR
from sscard_desk.ui.sample_desk.store import SampleStore
from sscard_desk.ui.shell import Shell
from sscard_desk.ui.shell.samples import at, framed

_NOW: Final = int(at(10, 42).timestamp() * 1000)
_WEEK: Final = 6 * DAY_MS + 3 * 3_600_000
KNOWN: Final = {
    "well": TimeKnown(_NOW, heard_ms=-1_400, latest_ms=_NOW, through_ms=_NOW),
    "wrong": TimeKnown(_NOW - _WEEK, heard_ms=_WEEK, latest_ms=_NOW - _WEEK, through_ms=_NOW - 60_000),
    "set": TimeKnown(_NOW - 6 * DAY_MS, heard_ms=0, latest_ms=_NOW, set_ms=6 * DAY_MS, through_ms=_NOW - DAY_MS),
    "unheard": TimeKnown(_NOW),
}


class ClockStore(SampleStore):
    """A store that knows this of the time."""

    known = KNOWN["wrong"]

    def time_known(self) -> TimeKnown:
        """Return it."""
        return self.known


def sample(name: str) -> Shell:
    """Return the window with the page in one state."""
    app = running_application()
    shell, page, desk = framed(app, "setup"), DeskDateView(), SampleDesk()
    store = ClockStore(desk.clock)
    store.known = KNOWN.get(name, KNOWN["wrong"])

    def unlock(_login: str, _password: str) -> Session:
        if name == "password":
            raise PasswordWrong(3)
        return SUPERVISOR

    presenter = DeskDatePresenter(
        page, AtOnce(), store, desk.clock, unlock, done=lambda _toast: None, tell=shell.notify
    )
    join_desk_date(page, presenter)
    presenter.opened()
    if name in {"typed", "password", "too_early"}:
        presenter.day_typed("20261122" if name == "too_early" else "2026-11-23")
        presenter.leave.reason_typed("主板电池没电，已报修")
        presenter.leave.account_typed("zhaomin")
        presenter.leave.password_typed("x" * 8)
    if name in {"password", "too_early"}:
        presenter.go_on()
    shell.set_page(page, serving=False)
    return shell


STATES = ("wrong", "typed", "password", "too_early", "set", "well", "unheard")
