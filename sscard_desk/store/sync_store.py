"""What sync asks of the desk: `ports.sync.SyncStore` and `ports.sync.Settings` over the encrypted database."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Engine

from sscard_desk.domain.desk_time import TimeKnown
from sscard_desk.domain.erasure import Erasure, ErasureRequest, Why
from sscard_desk.domain.errors.centre import FeedBroken
from sscard_desk.domain.errors.store import BlobDamaged, BlobMissing
from sscard_desk.domain.ids import ApplicationId, BlobId
from sscard_desk.ports.conflicts import AsideEntry, Conflict, Correction, ThreeWay
from sscard_desk.ports.sync import BlobCounts, Cursor, Staged
from sscard_desk.ports.unsent import UnsentAsked, UnsentCounts, UnsentItem
from sscard_desk.store import (
    acknowledgement,
    applications,
    aside,
    blobs,
    corrections,
    drafts,
    ended,
    erasure_requests,
    erasures,
    feed,
    foreign,
    journal,
    refolding,
    rewinding,
    settings,
    staff,
    time_known,
    unsent,
    unsent_pages,
    waiting,
)
from sscard_desk.store.blob_owners import BlobOwners
from sscard_desk.store.blobs import BlobFolder
from sscard_desk.store.clock import DeskClock, milliseconds
from sscard_desk.store.engine import reading, writing
from sscard_desk.store.erasing import Eraser, waiting_for_receipts
from sscard_desk.store.facts import FolderFacts
from sscard_desk.store.form_editions import RefusedEdition, editions_of, refused
from sscard_desk.store.persons import PersonCache
from sscard_desk.store.staff import RefusedStaff
from sscard_desk.store.staging import Staging
from sscard_desk.store.unsent import UnsentBlob, UnsentEntry
from sscard_desk.wire.entry import Entry
from sscard_desk.wire.erasure import KIND as ERASURE
from sscard_desk.wire.feed import Readable, read_snapshot
from sscard_desk.wire.messages import EntryAnswer, FeedItem, FeedPage, Hello, ScopeProof, SnapshotInfo


class SyncSide:
    """The side of the desk's store that sync sees; methods may be called from any thread."""

    def __init__(  # noqa: PLR0917 - the parts of one data folder
        self,
        engine: Engine,
        facts: FolderFacts,
        folder: BlobFolder,
        persons: PersonCache,
        clock: DeskClock,
        staging: Staging,
    ) -> None:
        self._engine = engine
        self._facts = facts
        self._folder = folder
        self.persons = persons
        self.clock = clock
        self.forms = editions_of(engine)
        """Every edition of every form that this desk can open."""
        self._owners = BlobOwners()
        self._eraser = Eraser(engine, facts, folder, clock)
        self._staging = staging
        staging.forget(self._has_passed)

    def pending_entries(self, limit: int, max_bytes: int) -> Sequence[Entry]:
        """Return entries without acknowledgement that were not set aside, in order of seq."""
        with reading(self._engine) as connection:
            return acknowledgement.pending(connection, limit, max_bytes)

    def unsent_entries(self, after: int, limit: int, max_bytes: int) -> Sequence[Entry]:
        """Return entries after this seq without a receipt that were not set aside, in order of seq."""
        with reading(self._engine) as connection:
            return acknowledgement.pending(connection, limit, max_bytes, after)

    def unsent_runs(self) -> tuple[tuple[int, int], ...]:
        """Return (first, last) of each run of entries without a receipt, set-aside ones included."""
        with reading(self._engine) as connection:
            return waiting.runs(connection)

    def waiting_bytes(self) -> int:
        """Return how large entries without a receipt and blobs that the centre may miss are together."""
        with reading(self._engine) as connection:
            return waiting.size(connection)

    def settle(self, answers: Sequence[EntryAnswer], server_ms: int) -> None:
        """Keep the centre's answers in one transaction: receipts for stored ones, others on the list set aside."""
        with writing(self._engine) as connection:
            for subject in sorted(acknowledgement.settle(connection, answers, server_ms)):
                refolding.refold(connection, ApplicationId(subject), self._facts.service_point)
            waiting = bool(erasures.waiting(connection))
        if waiting:
            self._eraser.carry_out()

    def unsent(self) -> int:
        """Return how many entries the centre has not acknowledged, set-aside ones included."""
        with reading(self._engine) as connection:
            return acknowledgement.unsent(connection)

    def waiting_entries(self) -> Sequence[UnsentEntry]:
        """Return what the centre has not taken, set-aside entries included, in order of seq."""
        with reading(self._engine) as connection:
            return unsent.entries(connection)

    def waiting_blobs(self) -> Sequence[UnsentBlob]:
        """Return the pictures and scans that the centre is not known to have."""
        with reading(self._engine) as connection:
            return unsent.blobs(connection)

    def unsent_page(self, asked: UnsentAsked) -> tuple[Sequence[UnsentItem], bool, UnsentCounts]:
        """Return a page of what waits for the centre, whether others follow, and how many there are of each part."""
        with reading(self._engine) as connection:
            items, more = unsent_pages.page(connection, asked, self._owners)
            return items, more, unsent_pages.counts(connection)

    def set_aside(self) -> Sequence[tuple[int, str, str]]:
        """Return (seq, code, reason) of the entries that the centre did not take."""
        with reading(self._engine) as connection:
            return acknowledgement.set_aside(connection)

    def aside(self) -> Sequence[AsideEntry]:
        """Return what the centre did not take, in order of seq; what was decided and not yet sent is among it."""
        with reading(self._engine) as connection:
            return aside.every(connection)

    def three_way(self, application: ApplicationId, entries: Sequence[int]) -> ThreeWay:
        """Return an application without and with these set-aside entries."""
        with reading(self._engine) as connection:
            return refolding.three_way(connection, application, entries)

    def corrections(self, application: ApplicationId) -> Sequence[Correction]:
        """Return what was asked of the register for an application, oldest first."""
        with reading(self._engine) as connection:
            return corrections.of_application(connection, application)

    def send_again(self, seq: int) -> None:
        """Take an entry off the list set aside, because what kept the centre from taking it was mended."""
        with writing(self._engine) as connection:
            subject = ApplicationId(acknowledgement.send_again(connection, seq))
            if applications.find(connection, subject) is not None:
                refolding.refold(connection, subject, self._facts.service_point)

    def conflicts(self) -> Sequence[Conflict]:
        """Return the entries of other desks that could not be folded into what stands here."""
        with reading(self._engine) as connection:
            return foreign.conflicts(connection)

    def refused_forms(self) -> Sequence[RefusedEdition]:
        """Return the editions of forms that the centre delivered and this desk does not use, with the reason."""
        with reading(self._engine) as connection:
            return refused(connection)

    def refused_staff(self) -> Sequence[RefusedStaff]:
        """Return the rows of the staff list that the centre delivered and this desk does not believe."""
        with reading(self._engine) as connection:
            return staff.refused(connection)

    def head(self) -> tuple[int, bytes]:
        """Return (seq, hash) of the journal's last entry; (0, 32 zero bytes) for an empty one."""
        with reading(self._engine) as connection:
            return journal.head(connection)

    def scopes(self) -> Sequence[str]:
        """Return the feed scopes this desk follows, in order of id."""
        with reading(self._engine) as connection:
            return feed.followed(connection)

    def follow(self, scopes: Sequence[str]) -> None:
        """Follow these feed scopes and no others from here on (enrolment says which)."""
        with writing(self._engine) as connection:
            feed.follow(connection, scopes)

    def cursor(self, scope: str) -> Cursor:
        """Return how far a scope was applied; position 0 and an empty epoch before the first page."""
        if feed.holds_persons(scope):
            return self.persons.cursor(scope)
        with reading(self._engine) as connection:
            return feed.cursor(connection, scope)

    def apply_page(self, page: FeedPage) -> None:
        """Apply a page and move the cursor in one transaction.

        Raises:
            FeedBroken: a gap, another epoch, a position past the page's head, or an item that cannot be read.
        """
        try:
            if feed.holds_persons(page.scope):
                feed.need_next(page, self.persons.cursor(page.scope))
                self.persons.apply(page)
            else:
                with writing(self._engine) as connection:
                    feed.apply(connection, page, self._facts, self.clock.now(), training=self._facts.training)
        except ValueError as error:
            raise FeedBroken(scope=page.scope) from error
        if any(item.kind == ERASURE for item in page.items):
            self._eraser.carry_out()

    def stage(self, info: SnapshotInfo) -> Staged:
        """Return the file in which a scope's snapshot comes, with what came of it before a restart.

        An older one is gone on with where it is of the same epoch and not behind what is here: on a slow line a newer
        one would come again and again before any is whole.

        Raises:
            DiskFull, DiskTrouble: nothing can be kept.
        """
        at = self.cursor(info.scope)
        return self._staging.begin(
            info, lambda old: old.epoch == info.epoch and (at.epoch != old.epoch or at.position <= old.position)
        )

    def _has_passed(self, info: SnapshotInfo) -> bool:
        at = self.cursor(info.scope)
        return at.epoch == info.epoch and at.position >= info.position

    def load_snapshot(
        self, info: SnapshotInfo, body: bytes | Readable, told: Callable[[int], None] = lambda _done: None
    ) -> None:
        """Replace a scope by its snapshot and set the cursor to the snapshot's position.

        Args:
            info: what it is; its hash was checked.
            body: the file, or where it is read from.
            told: is given how many items are in place so far; an exception of it ends the load, and what was there
                before stays.

        Raises:
            FeedBroken: the file cannot be read or is not whole; what was there before stays.
        """
        try:
            if feed.holds_persons(info.scope):
                self.persons.load(info, _counted(read_snapshot(body), told))
            else:
                with writing(self._engine) as connection:
                    own, training = self._facts, self._facts.training
                    feed.load(
                        connection, info, _counted(read_snapshot(body), told), own, self.clock.now(), training=training
                    )
        except ValueError as error:
            raise FeedBroken(scope=info.scope) from error
        self._eraser.carry_out()

    def proof(self, scope: str) -> ScopeProof:
        """Return count and order-free hash of what stands in the tables for this scope, tombstones included."""
        if feed.holds_persons(scope):
            return self.persons.proof(scope)
        with reading(self._engine) as connection:
            return feed.proof(connection, scope)

    def pending_blobs(self, limit: int) -> Sequence[BlobId]:
        """Return blobs that the centre is not known to have."""
        with reading(self._engine) as connection:
            return blobs.pending(connection, limit)

    def blob_counts(self) -> BlobCounts:
        """Return how many blobs the centre is not known to have, and how many are still to come from it."""
        with reading(self._engine) as connection:
            return blobs.counts(connection)

    def blob(self, blob: BlobId) -> bytes:
        """Return what is kept under this hash; what turns out to be lost is fetched with the next sync.

        Raises:
            BlobMissing, BlobDamaged: it is not there, or it is not what it was.
        """
        with reading(self._engine) as connection:
            sealed = blobs.find(connection, blob)
        if sealed is None:
            raise BlobMissing(blob=blob)
        try:
            return self._folder.read(blob, sealed)
        except (BlobMissing, BlobDamaged):
            with writing(self._engine) as connection:
                blobs.want_again(connection, blob)
            raise

    def blob_sent(self, sent: Sequence[BlobId]) -> None:
        """Note that the centre has these."""
        if not sent:
            return
        with writing(self._engine) as connection:
            blobs.mark_sent(connection, sent)

    def wanted_blobs(self, limit: int) -> Sequence[BlobId]:
        """Return blobs that applied entries refer to and that are not here yet; those asked for in vain last."""
        with reading(self._engine) as connection:
            return blobs.wanted(connection, limit)

    def blobs_asked(self, names: Sequence[BlobId]) -> None:
        """Note that these were asked for and did not come; others come before them the next time."""
        with writing(self._engine) as connection:
            blobs.note_asked(connection, names)

    def blobs_unread(self, names: Sequence[BlobId]) -> None:
        """Note that these could not be read for sending; others come before them the next time."""
        with writing(self._engine) as connection:
            blobs.note_unread(connection, names)

    def keep_blob(self, data: bytes) -> BlobId:
        """Keep a blob that came from the centre, also in the place of one that was damaged here.

        Raises:
            DiskFull, DiskTrouble: it was not kept.
        """
        blob = blobs.blob_id(data)
        sealed: blobs.Sealed | None = None
        old: str | None = None
        kept = False
        try:
            with writing(self._engine) as connection:
                sealed = self._folder.write(data)  # inside, where nobody sweeps it away
                old = blobs.drop_key(connection, blob)
                blobs.note(connection, blob, sealed, len(data), sent=True)
            kept = True
        finally:
            if not kept and sealed is not None:
                self._folder.remove(sealed.file)
        if old is not None:
            self._folder.remove(old)
        return blob

    def note_server_time(self, offset_ms: int) -> None:
        """Keep the clock offset heard last: centre time minus own time in milliseconds."""
        with writing(self._engine) as connection:
            time_known.heard(connection, offset_ms, milliseconds(self.clock.now()), journal.head(connection)[0])
            shift = time_known.set_ms(connection)
        self.clock.heard(offset_ms)
        self.clock.shifted(shift or 0)

    def came_through(self) -> None:
        """Keep that a pass came through now: the days without the centre are counted from here."""
        with writing(self._engine) as connection:
            time_known.came_through(connection, milliseconds(self.clock.now()))

    def time_known(self) -> TimeKnown:
        """Return what this desk knows of the time; a date that was set ends here once the clock was put right."""
        with reading(self._engine) as connection:
            known = time_known.read(connection, self._facts.desk, milliseconds(self.clock.now()))
        if not known.was_put_right:
            return known
        with writing(self._engine) as connection:
            time_known.end_shift(connection, known, journal.head(connection)[0])
            after = time_known.read(connection, self._facts.desk, known.own_ms)
        self.clock.shifted(0)
        return after

    def heard(self, hello: Hello) -> None:
        """Keep what a greeting says of the centre besides its time; one that was put back gets again what it lost."""
        with writing(self._engine) as connection:
            if hello.box and settings.read(connection, settings.CENTRE_BOX) != hello.box:
                settings.keep(connection, settings.CENTRE_BOX, hello.box)
            for subject in sorted(rewinding.hear(connection, hello)):
                if applications.find(connection, ApplicationId(subject)) is not None:
                    refolding.refold(connection, ApplicationId(subject), self._facts.service_point)

    def centre_life(self) -> int:
        """Return when the centre was last put back to an older copy, as far as this desk has heard, 0 for never."""
        with reading(self._engine) as connection:
            last = rewinding.known(connection)
        return 0 if last is None else last.since_ms

    def setting(self, name: str) -> bytes | None:
        """Return the value kept under a name inside the encrypted database, or None."""
        with reading(self._engine) as connection:
            return settings.read(connection, name)

    def set_setting(self, name: str, value: bytes) -> None:
        """Keep a value under a name, in place of the one before."""
        with writing(self._engine) as connection:
            settings.keep(connection, name, value)

    def ask_erasure_of_ended(self, age: timedelta) -> Sequence[str]:
        """Put what ended longer ago than `age` on the list of erasures; return what is new there.

        Args:
            age: more than a day.

        Raises:
            ValueError: a shorter one: nothing is erased by a number that was left out.
        """
        if age < timedelta(days=1):
            raise ValueError("what ended today is not erased")
        with reading(self._engine) as connection:
            found = ended.before(connection, age)
            late = erasures.late(connection)
        if late:
            with writing(self._engine) as connection:
                erasures.wait_again(connection, late)
        if found:
            with writing(self._engine) as connection:
                erasures.ask(connection, found, Why.DESK_DAYS, f"{age.days} days", self.clock.now())
        return found

    def ask_erasures(self, known: Sequence[Erasure]) -> None:
        """Put erasures that another copy of this desk knows of on the list; what was typed goes at once."""
        with writing(self._engine) as connection:
            for one in known:
                erasures.ask(connection, [one.subject], one.why, one.rule, self.clock.now())
                drafts.drop(connection, ApplicationId(one.subject))

    def erased_since(self, moment: datetime) -> bool:
        """Return whether an order of the centre to erase was carried out here after a moment."""
        with reading(self._engine) as connection:
            last = erasures.last_done(connection)
        return last is not None and last > moment

    def centre_time(self) -> int:
        """Return the newest time in a receipt of the centre, milliseconds since 1970 UTC; 0 for none."""
        with reading(self._engine) as connection:
            return ended.centre_time(connection)

    def carry_out_erasures(self) -> Sequence[str]:
        """Erase what is on the list and was received by the centre; return the subjects that went.

        Raises:
            DiskFull, DiskTrouble: the one at hand stays as it was.
        """
        return self._eraser.carry_out()

    def erasures(self) -> Sequence[Erasure]:
        """Return what is to be, or was, erased here, oldest first."""
        with reading(self._engine) as connection:
            return erasures.every(connection)

    def erasure_requests(self) -> Sequence[ErasureRequest]:
        """Return the requests of persons that this desk knows of, oldest first, with what became of each."""
        with reading(self._engine) as connection:
            return erasure_requests.every(connection, self._facts.desk)

    def erasures_waiting(self) -> Sequence[tuple[str, int]]:
        """Return the subjects whose erasure waits, each with how many entries the centre has not received."""
        with reading(self._engine) as connection:
            return waiting_for_receipts(connection)


def _counted(blocks: Iterable[list[FeedItem]], told: Callable[[int], None]) -> Iterator[list[FeedItem]]:
    done = 0
    for block in blocks:
        yield block
        done += len(block)
        told(done)
