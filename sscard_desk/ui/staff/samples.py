"""The staff page in named states, for pictures and tests."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.accounts import PasswordWrong
from sscard_desk.domain.errors.operator import PasswordTooShort
from sscard_desk.domain.ids import AccountId, Role
from sscard_desk.ports.ways_in import StaffAccount
from sscard_desk.ui.doctor.samples import AtOnce
from sscard_desk.ui.running import running_application
from sscard_desk.ui.shell import Shell
from sscard_desk.ui.shell.samples import framed
from sscard_desk.ui.staff.presenter import StaffPresenter
from sscard_desk.ui.staff.view import StaffView

STATES: Final = ("first", "typed", "differs", "short", "again", "own", "own_wrong", "ended", "unlisted", "higher")
ACCOUNTS: Final = (
    StaffAccount("a" * 32, "王丽", "wangli", "clerk", listed=True, ended=False, way_in=False),
    StaffAccount("b" * 32, "陈静", "", "supervisor", listed=True, ended=False, way_in=True),
    StaffAccount("c" * 32, "刘洋", "liuyang", "administrator", listed=True, ended=False, way_in=True),
    StaffAccount("d" * 32, "赵敏", "zhaomin", "clerk", listed=True, ended=True, way_in=False),
    StaffAccount("e" * 32, "孙强", "sunqiang", "clerk", listed=False, ended=False, way_in=True),
)


ADMINISTRATOR: Final = AccountId("c" * 32)


@dataclass
class SampleSession:
    """Who is signed in on a picture."""

    role: Role = Role.ADMINISTRATOR
    account: AccountId = ADMINISTRATOR
    display_name: str = "刘洋"
    locked: bool = False
    public_key: bytes = b""

    def sign(self, _data: bytes) -> bytes:
        """Sign nothing."""
        return b""


@dataclass
class SampleWays:
    """Keeps what was given, or refuses it."""

    refusal: DeskError | None = None
    given: list[tuple[str, str, str]] = field(default_factory=list)
    changed: list[tuple[str, str]] = field(default_factory=list)
    shut: list[str] = field(default_factory=list)
    listed: Sequence[StaffAccount] = ACCOUNTS

    def accounts(self) -> Sequence[StaffAccount]:
        """Return the list."""
        return self.listed

    def give(self, account: str, login: str, password: str) -> None:
        """Note it."""
        if self.refusal is not None:
            raise self.refusal
        self.given.append((account, login, password))

    def change_own(self, old: str, new: str) -> None:
        """Note it."""
        if self.refusal is not None:
            raise self.refusal
        self.changed.append((old, new))

    def close(self, account: str) -> None:
        """Note it."""
        self.shut.append(account)


def sample(name: str) -> Shell:
    """Return the window with the page in one state."""
    app = running_application()
    shell, page = framed(app, "staff"), StaffView()
    session = SampleSession(Role.SUPERVISOR, AccountId("b" * 32), "陈静") if name == "higher" else SampleSession()
    ways = SampleWays({"short": PasswordTooShort(8), "own_wrong": PasswordWrong(tries_left=4)}.get(name))
    presenter = StaffPresenter(session, ways, AtOnce(), lambda _toast: None)
    presenter.attach(page)
    presenter.opened()
    presenter.choose({"again": 1, "own": 2, "own_wrong": 2, "ended": 3, "unlisted": 4, "higher": 2}.get(name, 0))
    if name in {"typed", "differs", "short"}:
        for field_name in ("password", "again"):
            text = "another one" if name == "differs" and field_name == "again" else "my own words"
            page.fields[field_name].editor.setText(text)
            presenter.typed(field_name, text)
    if name == "own_wrong":
        for field_name in ("old", "password", "again"):
            presenter.typed(field_name, "my own words")
    if name in {"short", "own_wrong"}:
        presenter.go_on()
    shell.add_page("setup", page, serving=False)
    shell.show_page("setup")
    return shell
