"""A supervisor or administrator gives an account of the centre its first password, typed by the person. No Qt."""

import hmac
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol

from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.ids import Role, may_give
from sscard_desk.ports.session import Session
from sscard_desk.ports.ways_in import StaffAccount, WaysIn
from sscard_desk.ui.serving.ports import Runner
from sscard_desk.ui.serving.serving import STORE
from sscard_desk.ui.staff.state import AccountLine, StaffState
from sscard_desk.ui.states import ActionState, Mark, ToastState
from sscard_desk.ui.words import Words, advice_of, message_of, say

_ROLES = frozenset(role.value for role in Role)


class View(Protocol):
    """What shows the staff page."""

    def show_state(self, state: StaffState) -> None:
        """Show it."""


class StaffPresenter:
    """The staff page.

    Args:
        session: who is signed in.
        ways: what gives and closes ways in.
        runner: the lanes.
        notify: says what was done.
    """

    def __init__(self, session: Session, ways: WaysIn, runner: Runner, notify: Callable[[ToastState], None]) -> None:
        self._session, self._ways, self._runner, self._notify = session, ways, runner, notify
        self._accounts: Sequence[StaffAccount] = ()
        self._old = self._password = self._again = ""
        self._state = StaffState()
        self._views: list[View] = []

    def attach(self, view: View) -> None:
        """Show this page in a view."""
        self._views.append(view)
        view.show_state(self._state)

    def opened(self) -> None:
        """The page came into view, or something changed: read the list."""
        self._runner.submit(STORE, self._ways.accounts, self._read, self._failed)

    def closed(self) -> None:
        """Another page comes into view: no password stays behind."""
        self._forget()
        self._refresh()

    # -- the supervisor's and the person's words

    def choose(self, row: int) -> None:
        """Take another account in hand."""
        if row != self._state.chosen and 0 <= row < len(self._accounts):
            self._forget()
            self._state = replace(self._state, chosen=row, login="", notice="", notice_note="")
            self._refresh()

    def typed(self, field: str, text: str) -> None:
        """A key in a field; passwords stay out of every state."""
        match field:
            case "login":
                self._state = replace(self._state, login=text)
            case "old":
                self._old = text
            case "password":
                self._password = text
            case _:
                self._again = text
        self._state = replace(self._state, notice="", notice_note="")
        self._refresh()

    def go_on(self) -> None:
        """Ctrl+Enter: give the password, or change one's own."""
        account = self._chosen()
        if account is None or self._state.busy or not (self._state.can_give and self._state.action.enabled):
            return
        if self._state.own:
            self._change_own()
            return
        login, password, ways = account.login or self._state.login.strip(), self._password, self._ways
        self._busy()
        self._runner.submit(
            STORE,
            lambda: ways.give(account.account, login, password),
            lambda _: self._done(say("staff.given", name=account.name), say("staff.given_note")),
            self._failed,
        )

    def _change_own(self) -> None:
        old, new, ways = self._old, self._password, self._ways
        self._busy()
        self._runner.submit(
            STORE,
            lambda: ways.change_own(old, new),
            lambda _: self._done(say("staff.changed"), say("staff.changed_note")),
            self._failed,
        )

    def close_way_in(self) -> None:
        """Shift+F8: close the chosen account's way in."""
        account = self._chosen()
        if account is None or self._state.busy or not self._state.can_close:
            return
        ways = self._ways
        self._busy()
        self._runner.submit(
            STORE,
            lambda: ways.close(account.account),
            lambda _: self._done(say("staff.closed", name=account.name), say("staff.closed_note")),
            self._failed,
        )

    # -- inner

    def _busy(self) -> None:
        self._state = replace(self._state, busy=True, notice="", notice_note="")
        self._refresh()

    def _done(self, words: Words, note: Words) -> None:
        self._forget()
        self._state = replace(self._state, busy=False, login="")
        self._notify(ToastState(words, note))
        self.opened()

    def _failed(self, error: DeskError) -> None:
        self._forget()
        self._state = replace(
            self._state, busy=False, notice=message_of(error), notice_note=advice_of(error), notice_mark=Mark.ERR
        )
        self._refresh()

    def _read(self, accounts: Sequence[StaffAccount]) -> None:
        known = self._chosen()
        self._accounts = accounts
        keys = [each.account for each in accounts]
        wanted = known.account if known else "" if self._gives else self._session.account
        at = keys.index(wanted) if wanted in keys else 0 if keys else -1
        self._state = replace(self._state, chosen=at)
        self._refresh()

    def _chosen(self) -> StaffAccount | None:
        at = self._state.chosen
        return self._accounts[at] if 0 <= at < len(self._accounts) else None

    def _forget(self) -> None:
        self._old = self._password = self._again = ""
        self._state = replace(self._state, clear=self._state.clear + 1)

    def _refresh(self) -> None:
        account = self._chosen()
        why = self._objection(account) if account else ""
        shown = self._state
        if shown.notice_mark is not Mark.ERR or not shown.notice:
            shown = replace(shown, notice=why, notice_note="", notice_mark=Mark.WARN)
        free = account is not None and not self._own(account) and may_give(self._session.role.value, account.role)
        self._state = replace(
            shown,
            lines=tuple(_line(each) for each in self._accounts),
            title=self._title(account),
            own=account is not None and not why and self._own(account),
            can_give=account is not None and not why,
            asks_login=account is not None and not why and not account.login and not self._own(account),
            can_close=bool(account and account.way_in and free),
            action=self._action(account, why),
        )
        for view in self._views:
            view.show_state(self._state)

    def _title(self, account: StaffAccount | None) -> Words:
        if account is None:
            return ""
        if self._own(account):
            return say("staff.change_own")
        return say("staff.give_again" if account.way_in else "staff.give_first", name=account.name)

    def _objection(self, account: StaffAccount) -> Words:
        """Return why nothing can be given to an account; said before anybody types."""
        if account.ended:
            return say("staff.why.ended")
        if not account.listed:
            return say("staff.why.unlisted")
        if self._own(account):
            return ""
        if not self._gives:
            return say("staff.why.clerk")
        return "" if may_give(self._session.role.value, account.role) else say("staff.why.higher")

    @property
    def _gives(self) -> bool:
        """Whether who is signed in gives passwords to anybody; a clerk changes the own one alone."""
        return self._session.role in {Role.SUPERVISOR, Role.ADMINISTRATOR}

    def _own(self, account: StaffAccount) -> bool:
        return account.account == self._session.account

    def _action(self, account: StaffAccount | None, why: Words) -> ActionState:
        if account is None or why:
            return ActionState()
        own = self._own(account)
        primary = say("staff.change" if own else "staff.give")
        if self._state.busy:
            return ActionState(primary, enabled=False, reason=say("staff.busy"), reason_mark=Mark.BUSY)
        same = hmac.compare_digest(self._password.encode(), self._again.encode())
        if own and not self._old:
            missing: Words = say("staff.need.old")
        elif own and not self._password:
            missing = say("staff.need.new")
        elif not own and not account.login and not self._state.login.strip():
            missing = say("staff.need.login")
        elif not self._password:
            missing = say("staff.need.password")
        else:
            missing = "" if same else say("staff.need.same")
        return ActionState(primary, enabled=not missing, reason=missing, reason_mark=Mark.WARN if missing else None)


def _line(account: StaffAccount) -> AccountLine:
    word, mark = ("open", Mark.OK) if account.way_in else ("none", Mark.TODO)
    if account.ended:
        word, mark = "ended", Mark.OFF
    elif not account.listed:
        word, mark = "unlisted", Mark.WARN
    role: Words = say(f"staff.role.{account.role}") if account.role in _ROLES else account.role
    return AccountLine(account.account, account.name, account.login, role, say(f"staff.state.{word}"), mark)
