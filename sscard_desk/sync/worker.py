"""The sync agent: passes on a thread of its own, until it is told to stop."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from threading import Condition, Thread
from typing import Final

from sscard_desk.domain.errors.base import CentreTrouble, DeskError, StoreTrouble
from sscard_desk.domain.errors.centre import CentreUnreachable
from sscard_desk.ports.sync import Centre, PassStore
from sscard_desk.sync.aside import aside_troubles
from sscard_desk.sync.pace import Pace
from sscard_desk.sync.passes import run_pass
from sscard_desk.sync.state import SyncState, days_left
from sscard_desk.sync.waiting import wait_seconds

EVERY_SECONDS: Final = 60.0
LAST_SUCCESS: Final = "last_sync_ms"


class SyncAgent:
    """Runs passes; wakes early when something was recorded, waits with jitter when something failed.

    The listener is called on the agent's thread; a window hands the state on to its own.
    """

    def __init__(  # noqa: D417 - store and centre say themselves
        self,
        store: PassStore,
        centre: Centre,
        *,
        listener: Callable[[SyncState], None] = lambda _state: None,
        offline_days: int | None = None,
        every: float = EVERY_SECONDS,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        wait: Callable[[int, DeskError], float] = wait_seconds,
    ) -> None:
        """Prepare; nothing runs before `start`.

        Args:
            listener: is given each new state.
            offline_days: how long the city allows work without the centre, or None.
            every: seconds between two passes while all is well.
            now: this computer's time, aware.
            wait: seconds to wait after so many failures in a row, the last for this reason.
        """
        self._store = store
        self._centre = centre
        self._listener = listener
        self._offline_days = offline_days
        self._every = every
        self._now = now
        self._wait = wait
        self._pace = Pace()
        self._failures = 0
        self._turn = Condition()
        self._woken = False
        self._stopping = False
        self._thread: Thread | None = None
        self._state = SyncState()

    @property
    def state(self) -> SyncState:
        """Where sync stands; may be read from any thread."""
        return self._state

    def start(self) -> None:
        """Begin with a pass at once."""
        self._thread = Thread(target=self._run, name="sync", daemon=True)
        self._thread.start()

    def wake(self) -> None:
        """Run a pass soon: something was recorded, or somebody asked for it. Never waits."""
        with self._turn:
            self._woken = True
            self._turn.notify_all()

    def stop(self) -> None:
        """Stop after the request under way (`line.SILENCE_SECONDS` at most); the next start goes on from there."""
        with self._turn:
            self._stopping = True
            self._turn.notify_all()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _run(self) -> None:
        while not self._stopping:
            with self._turn:
                self._woken = False
            pause = self._one_pass()
            with self._turn:
                self._turn.wait_for(lambda: self._woken or self._stopping, timeout=pause)

    def _one_pass(self) -> float:
        """Run one pass and return how long to wait."""
        try:
            last_success = self._state.last_success or self._read_last_success()
            self._publish(self._counted(replace(self._state, running=True, last_success=last_success)))
            report = run_pass(self._store, self._centre, self._pace, self._now_ms, lambda: not self._stopping)
            if self._stopping:
                return 0
            self._store.set_setting(LAST_SUCCESS, str(self._now_ms()).encode())
            done = replace(self._state, trouble=None, proved=report.proved, last_success=self._now())
            self._publish(self._counted(replace(done, running=False)))
        except (CentreTrouble, StoreTrouble) as trouble:
            self._failures += 1
            waiting = trouble.waiting if isinstance(trouble, CentreUnreachable) else self._state.unsent
            self._publish(replace(self._state, running=False, trouble=trouble, unsent=waiting))
            return self._wait(self._failures, trouble)
        self._failures = 0
        return self._every

    def _now_ms(self) -> int:
        return int(self._now().timestamp() * 1000)

    def _read_last_success(self) -> datetime | None:
        kept = self._store.setting(LAST_SUCCESS)
        return datetime.fromtimestamp(int(kept) / 1000, UTC) if kept else None

    def _counted(self, state: SyncState) -> SyncState:
        return replace(state, unsent=self._store.unsent(), aside=aside_troubles(self._store.set_aside()))

    def _publish(self, state: SyncState) -> None:
        left = days_left(state.last_success, self._offline_days, self._now())
        self._state = replace(state, offline_days_left=left)
        self._listener(self._state)
