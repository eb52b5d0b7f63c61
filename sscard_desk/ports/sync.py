"""What sync asks of the desk's database and of the centre (journal and feed)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from sscard_desk.domain.ids import BlobId
from sscard_desk.wire.certificates import Certified
from sscard_desk.wire.entry import Entry
from sscard_desk.wire.feed import Readable
from sscard_desk.wire.messages import (
    EntryAnswer,
    FeedPage,
    Hello,
    ScopeProof,
    SnapshotInfo,
)


class SnapshotGone(Exception):
    """The centre has a file no more that a load began with; the newest one is asked for."""


@dataclass(frozen=True)
class Cursor:
    """How far a scope's feed was applied."""

    scope: str
    epoch: str
    position: int


@dataclass(frozen=True)
class BlobCounts:
    """Pictures and scans on the way.

    Attributes:
        unsent: own ones that the centre is not known to have, also those that cannot be read here.
        wanted: those of applied entries that are not here.
    """

    unsent: int
    wanted: int


class Staged(Protocol):
    """A snapshot file while it comes. What was taken is there again after the program was killed, but for one part."""

    @property
    def info(self) -> SnapshotInfo:
        """Which file it is."""

    @property
    def size(self) -> int:
        """How many bytes from its beginning are here."""

    def add(self, piece: bytes) -> None:
        """Take what comes next."""

    def clear(self) -> None:
        """Begin the same file anew."""

    def is_whole(self) -> bool:
        """Return whether what is here has the file's hash."""

    def read(self) -> Readable:
        """Return the file to be read from its beginning."""

    def drop(self) -> None:
        """Forget it: it is in its place, or not what it should be."""

    def close(self) -> None:
        """Let go of it; what has come is kept."""


class JournalEnd(Protocol):
    """The journal's far end: what the centre has not answered for yet, and its answers. From any thread."""

    def unsent_entries(self, after: int, limit: int, max_bytes: int) -> Sequence[Entry]:
        """Return entries after this seq without acknowledgement that were not set aside, in order of seq."""

    def settle(self, answers: Sequence[EntryAnswer], server_ms: int) -> None:
        """Keep the centre's answers in one transaction: receipts for stored ones, others on the list set aside.

        `already-stored` counts as stored. Answers with the code `gap` never come here: such entries are sent again.
        """


class SyncStore(JournalEnd, Protocol):
    """The journal's far end and the tables that the feed fills."""

    def unsent(self) -> int:
        """Return how many entries the centre has not acknowledged, set-aside ones included."""

    def set_aside(self) -> Sequence[tuple[int, str, str]]:
        """Return (seq, code, reason) of the entries that the centre did not take."""

    def head(self) -> tuple[int, bytes]:
        """Return (seq, hash) of the journal's last entry; (0, 32 zero bytes) for an empty one."""

    def scopes(self) -> Sequence[str]:
        """Return the feed scopes this desk follows, in order of id."""

    def cursor(self, scope: str) -> Cursor:
        """Return how far a scope was applied; position 0 and an empty epoch before the first page."""

    def apply_page(self, page: FeedPage) -> None:
        """Apply a page and move the cursor in one transaction; what the items hold stands in `wire.feed`.

        A first page (cursor at position 0 with an empty epoch) brings its epoch with it. An `entry` item with an empty
        body is one that this desk wrote itself: nothing to apply, but it counts in the proof.

        Raises:
            FeedBroken: a gap, another epoch, or a position past the page's head.
        """

    def stage(self, info: SnapshotInfo) -> "Staged":
        """Return the file in which a scope's snapshot comes, with what came of it before a restart.

        It may be an older one than `info`, of the same epoch and not behind what is here, that is worth being gone on
        with: `Staged.info` says which.

        Raises:
            DiskFull, DiskTrouble: nothing can be kept.
        """

    def load_snapshot(
        self, info: SnapshotInfo, body: bytes | Readable, told: Callable[[int], None] = lambda _done: None
    ) -> None:
        """Replace a scope by its snapshot and set the cursor to the snapshot's position.

        Args:
            info: what it is; its hash was checked.
            body: the file, to be read by `wire.feed.read_snapshot`.
            told: is given how many items are in place so far, and may end the load by an exception: then what was
                there before stays.

        Raises:
            FeedBroken: the file cannot be read; what was there before stays.
        """

    def proof(self, scope: str) -> ScopeProof:
        """Return count and order-free hash of what stands in the tables for this scope.

        Taken over every (kind, id) once with its newest version, tombstones and own entries included.
        """

    def pending_blobs(self, limit: int) -> Sequence[BlobId]:
        """Return blobs that the centre is not known to have; those that could not be read last."""

    def blob_counts(self) -> BlobCounts:
        """Return how many blobs wait to be sent, and how many to come."""

    def blob(self, blob: BlobId) -> bytes:
        """Return a kept blob's bytes."""

    def blob_sent(self, blobs: Sequence[BlobId]) -> None:
        """Note that the centre has these."""

    def wanted_blobs(self, limit: int) -> Sequence[BlobId]:
        """Return blobs that applied entries refer to and that are not here yet; those asked for in vain last."""

    def blobs_asked(self, names: Sequence[BlobId]) -> None:
        """Note that these were asked for and did not come; others come before them the next time."""

    def blobs_unread(self, names: Sequence[BlobId]) -> None:
        """Note that these could not be read for sending; others come before them the next time."""

    def keep_blob(self, data: bytes) -> BlobId:
        """Keep a blob that came from the centre."""

    def note_server_time(self, offset_ms: int) -> None:
        """Keep the clock offset heard last."""

    def heard(self, hello: Hello) -> None:
        """Keep what a greeting says of the centre besides its time, over the line or on a stick."""

    def came_through(self) -> None:
        """Keep that a pass came through now: the days without the centre are counted from here."""


class Settings(Protocol):
    """Small values inside the encrypted database: who this desk is, and what its centre said."""

    def setting(self, name: str) -> bytes | None:
        """Return the value kept under a name, or None."""

    def set_setting(self, name: str, value: bytes) -> None:
        """Keep a value under a name, in place of the one before."""


class PassStore(SyncStore, Settings, Protocol):
    """The desk's database, as a pass needs it."""


class Centre(Protocol):
    """The centre, as the desk reaches it.

    Every method may raise CentreUnreachable, DeskNotEnrolled, TrainingRefused, ProtocolTooOld, AnswerMalformed,
    ServerCertificateWrong.
    """

    def hello(self, head: int | None = None) -> Hello:
        """Say who we are; hear the centre's time, epoch and the scopes with their heads.

        Args:
            head: seq of our journal's last entry, None to say nothing about it.
        """

    @property
    def desk(self) -> str:
        """What the centre calls this desk."""

    def certify(self, request: bytes) -> Certified:
        """Ask for a certificate; `request` is PKCS#10, DER."""

    def show_certificate(self, key: bytes, certificate: bytes, authority: bytes) -> None:
        """Show this certificate from the next request on (PKCS#8, X.509, DER), and believe these authorities, PEM."""

    def packed(self, entries: Sequence[Entry]) -> bytes:
        """Return entries as one request's body; from any thread, nothing is sent."""

    def send(self, packed: bytes, gone: Callable[[], None]) -> bytes:
        """Send a packed batch and return its answer as it came, for `answers` to read; from any thread.

        Args:
            packed: by `packed`.
            gone: called when its last byte was given to the line; what is sent after that arrives later as a rule.
        """

    def answers(self, entries: Sequence[Entry], answer: bytes) -> Sequence[EntryAnswer]:
        """Return one answer for each entry of a batch, in the same order, receipts checked; from any thread."""

    def pull(self, scope: str, epoch: str, after: int, limit: int) -> FeedPage:
        """Fetch the feed after a position."""

    def snapshot_info(self, scope: str) -> SnapshotInfo:
        """Ask which file holds a scope whole."""

    def fetch_snapshot(self, staged: Staged, told: Callable[[int, int], None] = lambda _done, _of: None) -> None:
        """Fetch a scope's compressed file to its end, beginning after what is there already.

        Args:
            staged: where it goes.
            told: is given (bytes here, bytes in all) as they come; an exception of it ends the load, and the next call
                goes on from there.

        Raises:
            SnapshotGone: the centre has this file no more; a newer one has to be asked for.
        """

    def missing_blobs(self, blobs: Sequence[BlobId]) -> Sequence[BlobId]:
        """Ask which of these the centre has not."""

    def put_blobs(self, blobs: Sequence[bytes]) -> None:
        """Send blobs."""

    def put_part(self, blob: BlobId, first: int, total: int, part: bytes) -> int:
        """Send a part of a large blob that begins at byte `first` of `total`; an empty one only asks.

        Returns:
            How many bytes from the beginning on the centre has: where the next part begins.
        """

    def get_blob(self, blob: BlobId) -> bytes:
        """Fetch one blob and check its hash."""

    def proofs(self) -> Sequence[ScopeProof]:
        """Return count and order-free hash per scope as the centre has them for this desk."""
