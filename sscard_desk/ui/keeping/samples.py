"""The page of keeping and erasing in named states, for pictures and tests."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from sscard_desk.domain.erasure import Erasure, ErasureRequest, RequestState, Why
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.steps import ApplicationUnknown
from sscard_desk.domain.ids import Role
from sscard_desk.ports.erasures import Standing
from sscard_desk.ui.doctor.samples import AtOnce
from sscard_desk.ui.keeping.presenter import KeepingPresenter
from sscard_desk.ui.keeping.view import KeepingView
from sscard_desk.ui.navigation.areas import join_keeping
from sscard_desk.ui.running import running_application
from sscard_desk.ui.shell import Shell
from sscard_desk.ui.shell.samples import framed
from sscard_desk.ui.staff.samples import SampleSession

STATES: Final = ("empty", "lines", "typed", "asked", "unknown", "administrator")
NUMBER: Final = "4201-03-26-00123-7"


def _at(day: int) -> datetime:
    return datetime(2026, 11, day, 9, tzinfo=UTC)


LINES: Final = Standing(
    60,
    30,
    (
        ErasureRequest("a" * 32, "D-0231", _at(20), RequestState.REFUSED, "法定保存期未满"),
        ErasureRequest("b" * 32, "D-0231", _at(22), RequestState.ERASED),
        ErasureRequest("c" * 32, "D-0231", _at(24), RequestState.WAITING),
        ErasureRequest("d" * 32, "D-0231", _at(25), RequestState.ASKED),
        ErasureRequest("e" * 32, "D-0231", _at(26), RequestState.UNSENT),
    ),
    (
        Erasure("f" * 32, Why.DESK_DAYS, "60 days", _at(23), 17, _at(23)),
        Erasure("0" * 32, Why.KEEPING_PERIOD, "withdrawn 3653 days", _at(21)),
    ),
    {"c" * 32: 2, "0" * 32: 1},
    {"a" * 32: "4201-03-26-00101-4", "c" * 32: "4201-03-26-00102-2", "e" * 32: NUMBER},
)


@dataclass
class SampleBook:
    """Keeps what was asked, or refuses it."""

    found: Standing = LINES
    refusal: DeskError | None = None
    asked: list[tuple[str, str, str]] = field(default_factory=list)

    def standing(self) -> Standing:
        """Return the lines."""
        return self.found

    def ask(self, number: str, by: str, reason: str) -> None:
        """Note it."""
        if self.refusal is not None:
            raise self.refusal
        self.asked.append((number, by, reason))


def sample(name: str) -> Shell:
    """Return the window with the page in one state."""
    app = running_application()
    shell, page = framed(app, "staff"), KeepingView()
    role = Role.ADMINISTRATOR if name == "administrator" else Role.SUPERVISOR
    found = Standing(60, 30, (), (), {}, {}) if name == "empty" else LINES
    refusal = ApplicationUnknown() if name == "unknown" else None
    presenter = KeepingPresenter(SampleSession(role), SampleBook(found, refusal), AtOnce(), lambda _toast: None)
    join_keeping(page, presenter)
    presenter.opened()
    if name in {"typed", "asked", "unknown"}:
        presenter.typed("number", NUMBER)
        presenter.typed("reason", "不再办理，请删除我的资料")
    if name in {"asked", "unknown"}:
        presenter.go_on()
    shell.add_page("setup", page, serving=False)
    shell.show_page("setup")
    return shell
