"""Makes backups by itself while the program runs, also while nobody is signed in; the counter never waits for it."""

import threading
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from sscard_desk.bootstrap.backups import LAST_BACKUP, back_up, rule_of
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.backup import BackupOverdue
from sscard_desk.ports.devices import Cancel, Cancelled

if TYPE_CHECKING:
    from sscard_desk.bootstrap.desk import OpenDesk

LOOK_S: Final = 60.0
OVERDUE: Final = timedelta(days=2)
"""So long without a backup, and somebody is told."""


class BackupAgent:
    """One thread that looks now and then whether a backup is due.

    Args:
        desk: open; its store stays open until `stop` has returned.
        look_s: between two looks.
    """

    def __init__(self, desk: "OpenDesk", look_s: float = LOOK_S) -> None:
        self._desk, self._look_s = desk, look_s
        self._rule = rule_of(desk.settings.backup)
        self._cancel = Cancel()
        self._thread = threading.Thread(target=self._run, name="backups", daemon=True)
        self._begun = desk.store.clock.now()
        self.trouble: DeskError | None = None

    @property
    def wanted(self) -> bool:
        """Whether settings name a place and a rhythm."""
        return bool(self._desk.settings.backup.folder and self._rule.hours)

    def start(self) -> None:
        """Begin, if backups are wanted."""
        if self.wanted:
            self._thread.start()

    def stop(self) -> None:
        """End; a backup that runs is broken off between two files and counts as nothing."""
        self._cancel.set()
        if self._thread.is_alive():
            self._thread.join()

    def look(self) -> bool:
        """Make a backup if one is due; return whether one was made. A place that is not there is tried again."""
        store = self._desk.store
        try:
            last = self.last()
            # what the centre erased stands in every older backup: the next one lets them end
            erased = last is not None and store.erased_since(last)
            if not erased and not self._rule.due(last, store.clock.now()):
                return False
            back_up(self._desk, check=self._cancel.check)
        except DeskError as trouble:
            self.trouble = trouble
            return False
        self.trouble = None
        return True

    def last(self) -> datetime | None:
        """Return when the last whole backup was made."""
        kept = self._desk.store.setting(LAST_BACKUP)
        return datetime.fromtimestamp(int(kept) / 1000, UTC) if kept else None

    def overdue(self) -> BackupOverdue | None:
        """Return what to tell where none was made for too long, with why the last try failed."""
        if not self.wanted:
            return None
        since = self._desk.store.clock.now() - (self.last() or self._begun)
        return (
            BackupOverdue(days=since.days, why=self.trouble.code if self.trouble else "") if since > OVERDUE else None
        )

    def _run(self) -> None:
        try:
            while True:
                self.look()
                self._cancel.wait(self._look_s)
        except Cancelled:
            return
