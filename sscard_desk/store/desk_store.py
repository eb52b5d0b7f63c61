"""The open desk database: `ports.store.Store` and, with its sides, `ports.sync.PassStore`."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime

from sqlalchemy import select

from sscard_desk.domain.application import Application
from sscard_desk.domain.ids import AccountId, ApplicationId
from sscard_desk.ports.store import Draft, HistoryLine
from sscard_desk.store import applications, drafts, erasures, reference, settings, tables
from sscard_desk.store.blob_side import BlobSide
from sscard_desk.store.clock import moment
from sscard_desk.store.dispute_side import DisputeSide
from sscard_desk.store.engine import reading, writing
from sscard_desk.store.erasure_side import ErasureSide
from sscard_desk.store.feed_side import FeedSide
from sscard_desk.store.journal_side import JournalSide
from sscard_desk.store.key_side import KeySide
from sscard_desk.store.print_side import PrintSide
from sscard_desk.store.stock_side import StockSide
from sscard_desk.store.time_side import TimeSide
from sscard_desk.store.unit_of_work import DeskWork
from sscard_desk.store.verify import Verified, verify


class DeskStore(JournalSide, DisputeSide, FeedSide, BlobSide, TimeSide, ErasureSide, StockSide, PrintSide, KeySide):
    """One data folder's database, blobs and population cache; methods may be called from any thread."""

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

    def drafts(self) -> Sequence[Draft]:
        """Return everything that was typed and not yet recorded, oldest first."""
        with reading(self._engine) as connection:
            return drafts.every(connection)

    def reference(self, kind: str) -> Sequence[Mapping[str, str]]:
        """Return the reference rows of one kind in their order; `id` is among the texts of each."""
        with reading(self._engine) as connection:
            return reference.rows(connection, kind)

    def keep_local_reference(self, kind: str, row_id: str, row: Mapping[str, str]) -> None:
        """Keep a row made at this desk; the centre's row of the same id takes its place later."""
        with writing(self._engine) as connection:
            reference.keep_local(connection, kind, row_id, row)

    def setting(self, name: str) -> bytes | None:
        """Return the value kept under a name inside the encrypted database, or None."""
        with reading(self._engine) as connection:
            return settings.read(connection, name)

    def set_setting(self, name: str, value: bytes) -> None:
        """Keep a value under a name, in place of the one before."""
        with writing(self._engine) as connection:
            settings.keep(connection, name, value)

    def verify(self) -> Verified:
        """Go through journal, receipts, drafts, blobs and pages, and say what is not as it was kept."""
        return verify(self._engine, self.desk, self._folder)
