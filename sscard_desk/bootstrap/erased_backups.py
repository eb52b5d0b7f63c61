"""Erasures and backups: the list beside them, and which of them still hold what was erased."""

import contextlib
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from sscard_desk.bootstrap.retention import rules_of
from sscard_desk.domain.erasure import Erasure
from sscard_desk.domain.errors.backup import BackupPlaceMissing
from sscard_desk.domain.errors.store import DiskFull, DiskTrouble

if TYPE_CHECKING:
    from sscard_desk.bootstrap.desk import OpenDesk
    from sscard_desk.store.backup import Backup, BackupFolder
    from sscard_desk.store.desk_store import DeskStore

NOTED: Final = "erasures_noted"
"""Name under which the database keeps how many erasures the list beside the backups has."""


def note_beside(store: "DeskStore", place: "BackupFolder") -> None:
    """Keep beside the backups what was, or is to be, erased: a restore from an older one carries it out first.

    Raises:
        DiskFull, DiskTrouble: the list stays as it was.
    """
    known = store.erasures()
    if known:
        place.keep_erasures(known)


def note_if_new(desk: "OpenDesk") -> None:
    """Bring the list beside the backups up to date after erasures, where their place is there; otherwise the next time.

    An older backup of a computer that is lost right now must not bring back what was erased a minute ago.
    """
    known = str(len(desk.store.erasures())).encode()
    if known == (desk.store.setting(NOTED) or b"0"):
        return
    from sscard_desk.bootstrap.backups import backups_of

    with contextlib.suppress(BackupPlaceMissing, DiskFull, DiskTrouble):
        note_beside(desk.store, backups_of(desk))
        desk.store.set_setting(NOTED, known)


def outlived(store: "DeskStore", backups: Iterable["Backup"], now: datetime) -> set[str]:
    """Return the names of backups that hold what was erased and may not be kept any longer.

    What the centre erased ends with the next whole backup; what this desk alone forgot, after the days of the rule.

    Args:
        store: the open desk.
        backups: whole ones.
        now: UTC.
    """
    grace = timedelta(days=rules_of(store).backup_days)
    done = [(one.done, one.why.from_centre) for one in store.erasures() if one.done is not None]
    ending = [at for at, centre in done if centre or now - at > grace]
    newest = max(ending, default=None)
    return {backup.name for backup in backups if newest is not None and backup.made_at < newest}


def replayed(store: "DeskStore", erasures: Sequence[Erasure]) -> int:
    """Carry erasures out in an opened copy of a desk, before anything of it is used; return how many went.

    Raises:
        DiskFull, DiskTrouble: some are left; calling it again goes on.
    """
    store.ask_erasures(erasures)
    return len(store.carry_out_erasures())
