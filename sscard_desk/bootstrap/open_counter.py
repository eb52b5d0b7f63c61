"""A data folder that somebody opened: the counter, its sessions, and the exchange with the centre behind it."""

from collections.abc import Callable
from dataclasses import replace

from sscard_desk.bootstrap.backup_agent import BackupAgent
from sscard_desk.bootstrap.desk import OpenDesk, note_left_over
from sscard_desk.bootstrap.erased_backups import note_if_new
from sscard_desk.bootstrap.erasures import FolderErasures
from sscard_desk.bootstrap.key_slots import follow, proved
from sscard_desk.bootstrap.retention import forget_ended, waiting_orders
from sscard_desk.bootstrap.stick import FolderStick
from sscard_desk.bootstrap.unsent import FolderUnsent
from sscard_desk.bootstrap.ways_in import DeskWaysIn
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.centre import DeskNotEnrolled, EditionsRefused
from sscard_desk.domain.events import SessionNoted
from sscard_desk.ports.counter_devices import Devices
from sscard_desk.ports.stick import StickExchange
from sscard_desk.ports.unsent import UnsentBook
from sscard_desk.security.sessions import SignedIn
from sscard_desk.security.staff import KIND as STAFF
from sscard_desk.security.staff import confirm
from sscard_desk.store.clock import moment
from sscard_desk.store.left_over import LeftOver
from sscard_desk.sync.client import HttpCentre
from sscard_desk.sync.state import SyncState
from sscard_desk.sync.worker import SyncAgent
from sscard_desk.ui.app.gate import LineState, ListComing, OpenCounter
from sscard_desk.usecases.counter import Counter
from sscard_desk.usecases.desk_time import offline_forecast, time_trouble


class FolderCounter:
    """Fits `ui.app.gate.OpenCounter` over an open data folder."""

    def __init__(
        self, desk: OpenDesk, devices: Devices, agent: SyncAgent | None = None, backups: BackupAgent | None = None
    ) -> None:
        self._desk = desk
        self._backups = backups or BackupAgent(desk)
        self._devices = devices
        self._agent = agent
        self._line: HttpCentre | None = None
        self._backing_up = backups is not None
        self._listener: Callable[[LineState], None] = lambda _state: None
        self._sessions = [desk.session]
        """Everybody who has worked at this open store; the exchange is one for all of them."""
        self.counter: Counter = desk.counter(devices)
        self.stick: StickExchange = FolderStick(desk, self._came_by_stick)
        self.unsent: UnsentBook = FolderUnsent(desk)
        self._last = SyncState()
        self._left_over = LeftOver(desk.folder)

    def lock(self) -> None:
        """Forget the session's key; the store stays open and sync goes on."""
        self._desk.session.lock()

    def note(self, act: str) -> None:
        """Keep in the journal that somebody signed in, locked, unlocked or left."""
        session = self._desk.session
        with self._desk.store.work(session.account) as work:
            work.record(SessionNoted(act), subject=session.account)

    def unlock(self, password: str) -> None:
        """Give the session its key back."""
        self._desk.slots.unlock_again(self._desk.session, password)
        self.note("unlocked")

    def change_over(self, login: str, password: str) -> OpenCounter:
        """Let somebody else work at the same open store; the exchange goes on."""
        other = replace(self._desk, session=self._session(login, password))
        changed = FolderCounter(other, self._devices, self._agent, self._backups)
        changed.note("signed_in")
        changed._line = self._line
        changed._listener, changed._last = self._listener, self._last
        self._sessions.append(other.session)
        changed._sessions = self._sessions
        return changed

    def confirm(self, login: str, password: str) -> SignedIn:
        """Return another account's session for one act."""
        return self._session(login, password)

    @property
    def ways_in(self) -> DeskWaysIn:
        """Who may work at this desk."""
        return DeskWaysIn(self._desk)

    @property
    def erasures(self) -> FolderErasures:
        """What is kept how long, and what persons asked to be erased."""
        return FolderErasures(self._desk)

    def confirm_own(self, password: str) -> SignedIn:
        """Prove the signed-in account by its password once more."""
        self._desk.slots.unlock_again(self._desk.session, password)
        return self._desk.session

    def follow_line(self, listener: Callable[[LineState], None]) -> None:
        """Start the exchange with the centre."""
        self._listener = listener
        if not self._backing_up:
            self._backing_up = True
            self._backups.start()
        if self._agent is not None:
            return
        try:
            self._line = self._desk.centre()
        except DeskNotEnrolled as trouble:
            self._heard(SyncState(unsent=self._desk.store.unsent(), trouble=trouble))
            return
        self._agent = SyncAgent(self._desk.store, self._line, listener=self._heard)
        self._agent.start()

    def wake_line(self) -> None:
        """Ask for a pass soon."""
        if self._agent is not None:
            self._agent.wake()

    def hold_lists(self, *, hold: bool) -> None:
        """Let large lists of the centre wait, or come again."""
        if self._agent is not None:
            self._agent.hold_lists(hold=hold)

    def close(self) -> None:
        """Stop exchange and backups, and close the store."""
        self._backups.stop()
        if self._agent is not None:
            self._agent.stop()
        if self._line is not None:
            self._line.close()
        note_left_over(self._desk)
        self._desk.store.close()

    def _session(self, login: str, password: str) -> SignedIn:
        opened = self._desk.slots.unlock(login, password)
        confirm(opened.session, self._desk.store.reference(STAFF))
        proved(self._desk.store, opened)
        return opened.session

    def _came_by_stick(self) -> None:
        """What a stick brought counts at once, whatever the line does meanwhile: receipts, feeds, days left."""
        if self._agent is not None:
            self._agent.look()
        else:
            self._heard(replace(self._last, unsent=self._desk.store.unsent()))

    def _heard(self, state: SyncState) -> None:
        self._last = state
        self._left_over.keep(state.unsent)
        if not state.running and state.trouble is None:
            forget_ended(self._desk.store)  # on the exchange's own thread, right after a pass
            note_if_new(self._desk)
            self._follow_staff()
        warning = None if state.running or state.trouble is not None else self._warning()
        left, known = offline_forecast(self._desk.store), self._desk.store.time_known()
        told = LineState(
            unsent=state.waiting,
            up_to_date=state.up_to_date,
            running=state.running,
            trouble=state.trouble,
            warning=warning,
            offline_days=left.days_left,
            offline=left,
            clock=known,
            next_try=state.next_try,
            tries=state.tries,
            last_success=moment(known.through_ms) if known.through_ms is not None else None,
            coming=_coming(state),
        )
        self._listener(told)

    def _warning(self) -> DeskError | None:
        return (
            time_trouble(self._desk.store)
            or self._refused()
            or waiting_orders(self._desk.store)
            or self._backups.overdue()
        )

    def _follow_staff(self) -> None:
        """Close the ways in of accounts that the centre has ended; one that is signed in signs nothing more."""
        follow(self._desk.store, self._desk.slots)
        ended = {row["id"] for row in self._desk.store.reference(STAFF) if row.get("ended")}
        for session in self._sessions:
            if session.account in ended:
                session.lock()

    def _refused(self) -> EditionsRefused | None:
        """Return which editions of forms the centre delivered in vain; looked up after each pass, on its thread."""
        editions = tuple(f"{each.form} {each.edition}" for each in self._desk.store.refused_forms())
        return EditionsRefused(editions=editions) if editions else None


def _coming(state: SyncState) -> ListComing | None:
    at = state.loading
    return ListComing(at.scope, at.part == "apply", at.done, at.of, held=state.held) if at is not None else None
