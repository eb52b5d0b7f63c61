"""The sync agent: passes on a thread of its own, until it is told to stop."""

import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Condition, RLock, Thread
from typing import Any, Final

from sscard_desk.domain.errors.base import CentreTrouble, DeskError, StoreTrouble
from sscard_desk.domain.errors.centre import CentreUnreachable
from sscard_desk.domain.errors.store import ProgramFailed
from sscard_desk.ports.sync import Centre, PassStore
from sscard_desk.sync import attempts
from sscard_desk.sync.aside import aside_troubles
from sscard_desk.sync.attempts import Attempts
from sscard_desk.sync.pace import Pace
from sscard_desk.sync.passes import run_pass
from sscard_desk.sync.state import SyncState
from sscard_desk.sync.waiting import wait_seconds

EVERY_SECONDS: Final = 60.0
LAST_SUCCESS: Final = "last_sync_ms"


class SyncAgent:
    """Runs passes; wakes early when something was recorded, waits with jitter when something failed.

    The listener is called on the agent's thread, or on that of whoever looked or held; a window hands the state on.
    """

    def __init__(  # noqa: D417 - store and centre say themselves
        self,
        store: PassStore,
        centre: Centre,
        *,
        listener: Callable[[SyncState], None] = lambda _state: None,
        every: float = EVERY_SECONDS,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        wait: Callable[[int, DeskError], float] = wait_seconds,
        pace: Pace | None = None,
    ) -> None:
        """Prepare; nothing runs before `start`.

        Args:
            listener: is given each new state.
            every: seconds between two passes while all is well.
            now: this computer's time, aware.
            wait: seconds to wait after so many failures in a row, the last for this reason.
            pace: what the line carries, as far as it is known.
        """
        self._store = store
        self._centre = centre
        self._listener = listener
        self._every = every
        self._now = now
        self._wait = wait
        self._pace = pace or Pace()
        self._failures = 0
        self._moved = False
        self._tried_through = 0
        self._turn, self._telling = Condition(), RLock()
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

    def look(self) -> None:
        """Say anew what the store holds, also in the middle of a pass: something came or went by another way."""
        self._change(last_success=self._read_last_success(), **self._counts())

    def hold_lists(self, *, hold: bool) -> None:
        """Let large lists wait, or come again. A fetch goes on where it was; one being put in place is finished."""
        self._change(held=hold)
        if not hold:
            self.wake()

    def stop(self) -> None:
        """Stop after the request under way (`line.SILENCE_SECONDS` at most), or in the middle of a large list.

        The next start goes on from there.
        """
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
            pause = self._pass_or_trouble()
            with self._turn:
                self._turn.wait_for(lambda: self._woken or self._stopping, timeout=pause)

    def _pass_or_trouble(self) -> float:
        """Run one pass; a defect in it is told like one on a lane, and the next pass is tried all the same."""
        try:
            return self._one_pass()
        except Exception as defect:  # noqa: BLE001 - otherwise the thread ends, and nothing is sent until a restart
            sys.excepthook(type(defect), defect, defect.__traceback__)
        with suppress(Exception):  # who listens may be what failed
            return self._broken_off(ProgramFailed())
        return self._every

    def _one_pass(self) -> float:
        """Run one pass and return how long to wait."""
        self._moved = False
        try:
            self._tried_through = self._store.head()[0]
            self._change(running=True, next_try=None, last_success=self._read_last_success(), **self._counts())
            report = run_pass(
                self._store,
                self._centre,
                self._pace,
                self._now_ms,
                lambda: not self._stopping,
                hold=lambda: self._state.held or self._woken,  # what was just recorded does not wait for a list
                moved=self._note_moved,
                loading=lambda at: self._change(loading=at, **self._counts()),
            )
            if self._stopping:
                return 0
            self._store.came_through()
            if self._state.tries:
                attempts.keep(self._store, Attempts())
            self._change(
                trouble=None,
                loading=self._state.loading if report.held else None,
                tries=0,
                proved=report.proved,
                last_success=self._now(),
                running=False,
                **self._counts(),
            )
        except (CentreTrouble, StoreTrouble) as trouble:
            return self._broken_off(trouble)
        self._failures = 0
        return self._every

    def _broken_off(self, trouble: CentreTrouble | StoreTrouble) -> float:
        """Say and keep what happened; a pass that moved something before it broke off is tried again soon."""
        self._failures = 1 if self._moved else self._failures + 1
        pause = self._wait(self._failures, trouble)
        waiting = trouble.waiting if isinstance(trouble, CentreUnreachable) else self._state.unsent
        at = self._now()
        tries = self._state.tries + 1
        if isinstance(trouble, CentreTrouble):
            next_ms = self._now_ms() + int(pause * 1000)
            with suppress(StoreTrouble):  # a full disk is told by whoever records next
                before = attempts.kept(self._store) if self._state.tries else Attempts()
                attempts.keep(self._store, before.after(trouble.code, self._now_ms(), next_ms, self._tried_through))
        self._change(
            running=False,
            loading=self._state.loading if self._state.held else None,
            trouble=trouble,
            unsent=waiting,
            tries=tries,
            next_try=at + timedelta(seconds=pause),
        )
        return pause

    def _note_moved(self) -> None:
        self._moved = True

    def _now_ms(self) -> int:
        return int(self._now().timestamp() * 1000)

    def _read_last_success(self) -> datetime | None:
        kept = self._store.setting(LAST_SUCCESS)
        return datetime.fromtimestamp(int(kept) / 1000, UTC) if kept else None

    def _counts(self) -> dict[str, Any]:
        blobs = self._store.blob_counts()
        return {
            "unsent": self._store.unsent(),
            "aside": aside_troubles(self._store.set_aside()),
            "blobs_unsent": blobs.unsent,
            "blobs_wanted": blobs.wanted,
        }

    def _change(self, **news: Any) -> None:
        """Keep and tell what is new; one after the other, whichever thread it comes from."""
        with self._telling:
            self._state = replace(self._state, **news)
            self._listener(self._state)
