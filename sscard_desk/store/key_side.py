"""The key of an open database: who has a way in, another key in its place, and backups under it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from sscard_desk.store import key_slots
from sscard_desk.store.backup import Backup, BackupFolder
from sscard_desk.store.engine import reading, writing
from sscard_desk.store.facts import DataFolder, key_check, write_facts
from sscard_desk.store.key_slots import KeptSlot, SlotBook
from sscard_desk.store.rekey import rekey
from sscard_desk.store.side import Side


class KeySide(Side):
    """The desk's store, as far as its key goes."""

    def backups(self, place: Path) -> BackupFolder:
        """Return the backups of this desk in a folder."""
        return BackupFolder(place, self._key, self.slot_book().former)

    def slot_book(self) -> SlotBook:
        """Return what the database says of ways in."""
        with reading(self._engine) as connection:
            return key_slots.read(connection)

    def keep_slot(self, slot: KeptSlot) -> None:
        """Keep whose a slot is, because its password was proved just now."""
        with writing(self._engine) as connection:
            key_slots.keep(connection, slot)

    def file_changed(self, done: int) -> None:
        """The first so many changes of the slot file stand in it."""
        with writing(self._engine) as connection:
            key_slots.file_changed(connection, done)

    @property
    def key(self) -> bytes:
        """The key of the database, 32 bytes, for whoever wraps it."""
        return self._key

    def rekey(self, key: bytes) -> None:
        """Give the database another key; whoever calls has given it to every slot beside the former one.

        Raises:
            FolderInUse, DiskFull, DiskTrouble: it has its key still.
        """
        rekey(self._engine, key)
        self._key = key
        folder = DataFolder(self._folder.path.parent)
        self._facts = replace(self._facts, key_check=key_check(key))
        write_facts(folder, self._facts)
        self.persons.rekeyed(key)

    def rekey_done(self) -> None:
        """Every slot has the key of today alone."""
        with writing(self._engine) as connection:
            key_slots.rekey_done(connection)

    def back_up(self, place: BackupFolder, beside: Sequence[Path], check: Callable[[], None]) -> Backup:
        """Make a backup while everything goes on; see `BackupFolder.make`."""
        return place.make(self._engine, DataFolder(self._folder.path.parent), beside, self.clock.now(), check)
