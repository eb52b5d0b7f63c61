"""The journal's far end: what the centre has not acknowledged yet, and what its answers do here."""

from collections.abc import Sequence

from sscard_desk.domain.ids import ApplicationId
from sscard_desk.ports.unsent import UnsentAsked, UnsentCounts, UnsentItem
from sscard_desk.store import (
    acknowledgement,
    applications,
    erasures,
    journal,
    refolding,
    rewinding,
    settings,
    unsent,
    unsent_pages,
    waiting,
)
from sscard_desk.store.blob_owners import BlobOwners
from sscard_desk.store.engine import reading, writing
from sscard_desk.store.side import OpenFolder, Side
from sscard_desk.store.unsent import UnsentEntry
from sscard_desk.wire.entry import Entry
from sscard_desk.wire.messages import EntryAnswer, Hello


class JournalSide(Side):
    """The desk's store, as far as entries go to the centre."""

    def __init__(self, opened: OpenFolder) -> None:
        super().__init__(opened)
        self._owners = BlobOwners()

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

    def unsent_page(self, asked: UnsentAsked) -> tuple[Sequence[UnsentItem], bool, UnsentCounts]:
        """Return a page of what waits for the centre, whether others follow, and how many there are of each part."""
        with reading(self._engine) as connection:
            items, more = unsent_pages.page(connection, asked, self._owners)
            return items, more, unsent_pages.counts(connection)

    def head(self) -> tuple[int, bytes]:
        """Return (seq, hash) of the journal's last entry; (0, 32 zero bytes) for an empty one."""
        with reading(self._engine) as connection:
            return journal.head(connection)

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
