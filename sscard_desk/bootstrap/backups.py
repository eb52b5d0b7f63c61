"""Backing an open data folder up by its settings, and looking backups through."""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sscard_desk.bootstrap.erased_backups import note_beside, outlived
from sscard_desk.bootstrap.settings import FILE, BackupSettings
from sscard_desk.domain.errors.backup import BackupPlaceMissing
from sscard_desk.security.slots import SLOTS
from sscard_desk.store.backup import Backup, BackupFolder
from sscard_desk.usecases.back_up import KeepRule

if TYPE_CHECKING:
    from sscard_desk.bootstrap.desk import OpenDesk

LAST_BACKUP: Final = "last_backup_ms"
"""Name under which the encrypted database keeps when the last whole backup was made."""


def rule_of(settings: BackupSettings) -> KeepRule:
    """Return the rule that settings name."""
    return KeepRule(settings.hours, settings.days, settings.weeks)


def backups_of(desk: "OpenDesk", to: Path | None = None) -> BackupFolder:
    """Return the backups of a desk, in the folder that settings or the caller name.

    Raises:
        BackupPlaceMissing: none is named, or it is not there. It is never made: a disk that is not plugged in would
            be filled where its mount point stands.
    """
    named = to or (Path(desk.settings.backup.folder) if desk.settings.backup.folder else None)
    if named is None or not named.is_dir():
        raise BackupPlaceMissing
    return desk.store.backups(named / desk.store.desk)


@dataclass(frozen=True)
class BackedUp:
    """What a backup brought.

    Attributes:
        backup: the new one.
        removed: names of those that the rule did not keep.
    """

    backup: Backup
    removed: tuple[str, ...]


def back_up(desk: "OpenDesk", to: Path | None = None, check: Callable[[], None] = lambda: None) -> BackedUp:
    """Make a backup and let the rule remove older ones; the counter goes on meanwhile.

    Args:
        desk: open.
        to: another folder than that of the settings.
        check: called between files; what it raises ends the backup.

    Raises:
        BackupPlaceMissing: no place for it.
        DiskFull, DiskTrouble: nothing of it counts; the older ones stay.
    """
    place = backups_of(desk, to)
    now = desk.store.clock.now()
    made = desk.store.back_up(place, _beside(desk), check)
    note_beside(desk.store, place)
    rule = rule_of(desk.settings.backup)
    ending = outlived(desk.store, place.backups(), now)
    if ending and not place.verify(made.name).chain_ok:
        ending = set()  # nothing older goes before a newer one has been opened
    removed = place.prune(lambda whole: rule.kept(whole, now) - ending)
    desk.store.set_setting(LAST_BACKUP, str(int(made.made_at.timestamp() * 1000)).encode())
    return BackedUp(made, tuple(removed))


def _beside(desk: "OpenDesk") -> tuple[Path, ...]:
    """Return what a desk needs besides its database: key slots, settings, the certificate that signs papers."""
    files = [desk.folder / SLOTS, desk.folder / FILE]
    if desk.settings.papers.certificate:
        files.append(desk.folder / desk.settings.papers.certificate)
    return tuple(file for file in files if file.is_file())


def settings_table(file: Path) -> dict[str, dict[str, object]]:
    """Return `desk.toml` as it was typed; nothing where there is none."""
    return tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
