"""The open desk database: `ports.store.Store`, and through `SyncSide` also `ports.sync.SyncStore`."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Engine, select

from sscard_desk.domain.application import Application
from sscard_desk.domain.batch import Batch, BatchId
from sscard_desk.domain.ids import AccountId, ApplicationId
from sscard_desk.domain.prints import PrintRecord
from sscard_desk.domain.stock import Blank, BlankState
from sscard_desk.ports.stock import SpoiledElsewhere, StockBook
from sscard_desk.ports.store import Draft, HistoryLine
from sscard_desk.store import (
    applications,
    batches,
    blobs,
    drafts,
    erasures,
    key_slots,
    prints,
    reference,
    stock,
    stock_book,
    stock_count,
    tables,
)
from sscard_desk.store.backup import Backup, BackupFolder
from sscard_desk.store.blobs import BlobFolder
from sscard_desk.store.clock import DeskClock, moment
from sscard_desk.store.engine import reading, writing
from sscard_desk.store.facts import DataFolder, FolderFacts, derived, key_check, write_facts
from sscard_desk.store.key_slots import KeptSlot, SlotBook
from sscard_desk.store.persons import PersonCache
from sscard_desk.store.rekey import rekey
from sscard_desk.store.staging import FILE, LABEL, Staging
from sscard_desk.store.sync_store import SyncSide
from sscard_desk.store.unit_of_work import DeskWork
from sscard_desk.store.verify import Verified, verify


class DeskStore(SyncSide):
    """One data folder's database, blobs and population cache; methods may be called from any thread."""

    def __init__(  # noqa: PLR0917 - the parts of one data folder
        self,
        engine: Engine,
        facts: FolderFacts,
        folder: BlobFolder,
        persons: PersonCache,
        clock: DeskClock,
        key: bytes,
    ) -> None:
        self._key = key
        staging = Staging(folder.path.parent / FILE, lambda: derived(self._key, LABEL))
        super().__init__(engine, facts, folder, persons, clock, staging)

    @property
    def desk(self) -> str:
        """The desk's own name, for example `D-0231`."""
        return self._facts.desk

    @property
    def service_point(self) -> str:
        """The service point's code, four digits."""
        return self._facts.service_point

    @property
    def training(self) -> bool:
        """Whether this data folder was made for training."""
        return self._facts.training

    def close(self) -> None:
        """Close all connections; the store is not used afterwards."""
        self._engine.dispose()
        self.persons.close()

    @contextmanager
    def work(self, actor: AccountId) -> Iterator[DeskWork]:
        """Begin a transaction in the name of an account; it commits when the block ends without an exception.

        Raises:
            DiskFull, DiskTrouble: nothing was kept.
        """
        work: DeskWork | None = None
        kept = False
        try:
            with writing(self._engine) as connection:
                work = DeskWork(connection, self._facts, actor, self.clock, self._folder, forms=self.forms)
                yield work
            kept = True
            if work.date_shift is not None:
                self.clock.shifted(work.date_shift)
        finally:
            if work is not None:
                for file in work.files_dropped if kept else work.files_written:
                    self._folder.remove(file)

    def application(self, application: ApplicationId) -> Application:
        """Return where an application stands.

        Raises:
            ApplicationUnknown: no application has this key.
        """
        with reading(self._engine) as connection:
            return applications.load(connection, application)

    def find_application(self, number: str) -> Application:
        """Return the application with this number.

        Raises:
            ApplicationUnknown: no application has this number here.
        """
        with reading(self._engine) as connection:
            return applications.by_number(connection, number)

    def open_for(self, id_number: str) -> Application | None:
        """Return the open application of this person, if there is one."""
        with reading(self._engine) as connection:
            return applications.open_for(connection, id_number)

    def waiting_for_approval(self, limit: int = 100) -> Sequence[Application]:
        """Return the signed applications that nobody approved yet, oldest first."""
        with reading(self._engine) as connection:
            return applications.waiting_for_approval(connection, limit)

    def in_work(self) -> Sequence[Application]:
        """Return every application that has not ended, oldest change first."""
        with reading(self._engine) as connection:
            return applications.in_work(connection)

    def recent(self, limit: int = 50) -> Sequence[Application]:
        """Return the applications that changed last, newest first."""
        with reading(self._engine) as connection:
            return applications.recent(connection, limit)

    def with_card(self, first: date, last: date) -> Sequence[Application]:
        """Return the applications whose written card is dated from `first` to `last`, by number."""
        with reading(self._engine) as connection:
            return applications.with_card(connection, first, last)

    def history(self, subject: str) -> Sequence[HistoryLine]:
        """Return the acts of one subject in the order in which this desk heard of them."""
        act, entry = tables.act.c, tables.entry.c
        own = (entry.seq == act.seq) & (act.desk == self.desk)
        statement = (
            select(act.seq, act.kind, act.at_ms, act.actor, act.desk, entry.received_ms)
            .select_from(tables.act.outerjoin(tables.entry, own))
            .where(act.subject == subject)
            .order_by(act.id)
        )
        with reading(self._engine) as connection:
            return [
                HistoryLine(
                    seq=seq,
                    kind=kind,
                    at=moment(at_ms),
                    actor=AccountId(actor),
                    desk=desk,
                    sent=desk != self.desk or received_ms is not None,
                )
                for seq, kind, at_ms, actor, desk, received_ms in connection.execute(statement)
            ]

    def prints(self, application: ApplicationId) -> Sequence[PrintRecord]:
        """Return the prints of an application, oldest first."""
        with reading(self._engine) as connection:
            return prints.of_application(connection, application)

    def unended_prints(self) -> Sequence[PrintRecord]:
        """Return the prints of this desk whose end nobody has heard yet, oldest first."""
        with reading(self._engine) as connection:
            return prints.unended(connection, self.desk)

    def spoiled_prints(self, begin: datetime, end: datetime) -> Sequence[PrintRecord]:
        """Return the sheets that were marked spoiled from `begin` on and before `end`, in that order."""
        with reading(self._engine) as connection:
            return prints.spoiled_between(connection, begin, end)

    def list_prints(self, begin: datetime, end: datetime) -> Sequence[PrintRecord]:
        """Return the prints of lists that were ordered from `begin` on and before `end`, in that order."""
        with reading(self._engine) as connection:
            return prints.lists_between(connection, begin, end)

    def keep_draft(self, application: ApplicationId, values: Mapping[str, str], field: str) -> datetime:
        """Keep what was typed, outside the journal; return the time. Nothing is kept of what is to be erased."""
        now = self.clock.now()
        with writing(self._engine) as connection:
            if erasures.holds(connection, application):
                return now
            drafts.keep(connection, application, values, field, now)
        return now

    def draft(self, application: ApplicationId) -> Draft | None:
        """Return what was typed and not yet recorded."""
        with reading(self._engine) as connection:
            return drafts.read(connection, application)

    def last_draft(self) -> Draft | None:
        """Return the draft that was kept last: where the clerk was before the program ended."""
        with reading(self._engine) as connection:
            return drafts.read(connection, None)

    def reference(self, kind: str) -> Sequence[Mapping[str, str]]:
        """Return the reference rows of one kind in their order; `id` is among the texts of each."""
        with reading(self._engine) as connection:
            return reference.rows(connection, kind)

    def keep_local_reference(self, kind: str, row_id: str, row: Mapping[str, str]) -> None:
        """Keep a row made at this desk; the centre's row of the same id takes its place later."""
        with writing(self._engine) as connection:
            reference.keep_local(connection, kind, row_id, row)

    def receive_blank(self, identification_code: str, card_number: str, stock_no: str) -> None:
        """Put a blank into the stock from a list that did not come through the feed (training)."""
        with writing(self._engine) as connection:
            lent = Blank(identification_code.upper(), card_number, stock_no)
            stock.receive(connection, lent, self.clock.now())

    def free_blanks(self) -> int:
        """Return how many free blanks are left."""
        with reading(self._engine) as connection:
            return stock.count_free(connection)

    def stock_book(self) -> StockBook:
        """Return the balance of the blank cards, the movements of the shift, and what waits for somebody."""
        with reading(self._engine) as connection:
            return stock_book.read(connection, self.desk)

    def blanks(self, state: BlankState) -> Sequence[Blank]:
        """Return the cards of the stock in a state, in order of the stock list."""
        with reading(self._engine) as connection:
            return stock.in_state(connection, state)

    def find_blank(self, number: str) -> Blank | None:
        """Return the card of a stock number, a card number or an identification code, or None."""
        with reading(self._engine) as connection:
            return stock.by_number(connection, number)

    def spoiled_elsewhere(self) -> Sequence[SpoiledElsewhere]:
        """Return the spoiled cards of other desks of this point that no second person has seen."""
        with reading(self._engine) as connection:
            return stock_count.spoiled_elsewhere(connection)

    def batches(self) -> Sequence[Batch]:
        """Return the batches of cards of this desk, newest first."""
        with reading(self._engine) as connection:
            return batches.every(connection)

    def batch(self, batch: BatchId) -> Batch | None:
        """Return one batch, or None."""
        with reading(self._engine) as connection:
            return batches.find(connection, batch)

    def sweep(self) -> int:
        """Remove the files that no blob names, and return how many there were.

        A program that is killed in the middle of an act leaves them behind; their keys were never kept, so nobody can
        read them. Whoever writes a file does so inside a transaction that writes, so none is taken from under a program
        that works beside this one.
        """
        files = self._folder.files()
        with reading(self._engine) as connection:
            stray = files - blobs.named_files(connection)
        if not stray:
            return 0
        with writing(self._engine) as connection:
            stray = self._folder.files() - blobs.named_files(connection)
            for file in stray:
                self._folder.remove(file)
        return len(stray)

    def drafts(self) -> Sequence[Draft]:
        """Return everything that was typed and not yet recorded, oldest first."""
        with reading(self._engine) as connection:
            return drafts.every(connection)

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

    def verify(self) -> Verified:
        """Go through journal, receipts, drafts, blobs and pages, and say what is not as it was kept."""
        return verify(self._engine, self.desk, self._folder)
