"""The messages of push, feed, snapshot and proof; msgpack by msgspec, zstd on the line.

Fields are only ever added, with a default; each side passes over what it does not know. A request names
`PROTOCOL`; the centre serves the two versions before its own.
"""

import hashlib
from typing import Final, Literal

import msgspec

PROTOCOL: Final = 2
"""2: one seal for a batch (`wire.receipts`); 1: a seal for each entry."""
BATCH_SEALS: Final = 2
"""From which protocol on a batch gets one seal."""
MAX_ENTRIES: Final = 500
MAX_PUSH_BYTES: Final = 1_000_000

Outcome = Literal["stored", "already-stored", "conflict", "refused"]


MAX_PAGE: Final = 1_000
MAX_BLOBS: Final = 25
MAX_BLOB_BYTES: Final = 1_000_000
"""Blobs of one request, together; a single larger one goes in parts."""
LARGEST_BLOB: Final = 64_000_000


class Push(msgspec.Struct, frozen=True, kw_only=True):
    """Entries after the last acknowledged one: (header, payload, salt) each, as the bytes once written."""

    protocol: int
    desk: str
    entries: tuple[tuple[bytes, bytes | None, bytes | None], ...]


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """The centre's word that it holds an entry.

    Attributes:
        desk: whose entry it is.
        seq: its number.
        hash: its hash.
        received_ms: the centre's time, milliseconds since 1970 UTC.
        seal: Ed25519 signature over `receipt_bytes`; with leaves, over `receipts.batch_bytes`.
        leaves: those of the batch that it was taken with, put in by the desk; empty for a seal of its own.
    """

    desk: str
    seq: int
    hash: bytes
    received_ms: int
    seal: bytes
    leaves: bytes = b""


class EntryAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one entry."""

    entry_id: str
    seq: int
    outcome: Outcome
    receipt: Receipt | None = None
    code: str = ""
    reason: str = ""
    current: bytes = b""
    """On a conflict: what the centre holds, as msgpack."""
    received_ms: int = 0
    """Of a taken entry under the seal of its batch: the centre's time in its receipt."""


class PushAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """One answer per entry, in the order they came, and the seal over all that are taken (`wire.receipts`)."""

    server_ms: int
    answers: tuple[EntryAnswer, ...]
    seal: bytes = b""
    """Empty where nothing was taken, and for protocol 1, whose answers carry a receipt each."""


class ScopeHead(msgspec.Struct, frozen=True, kw_only=True):
    """A scope, its epoch, and the position of its newest item."""

    scope: str
    epoch: str
    head: int
    compacted: int = 0
    """Who stands before this position takes the scope whole: of what came up to here only the newest is kept."""


class Recovery(msgspec.Struct, frozen=True, kw_only=True):
    """The centre was put back to an older copy: what it held after that copy it does not hold any more.

    Attributes:
        name: random, of this recovery alone.
        since_ms: when, milliseconds since 1970 UTC; a later recovery has a later time.
        seal: Ed25519 signature by the key of the receipts over `recovery.recovery_bytes`.
    """

    name: str
    since_ms: int
    seal: bytes


class Hello(msgspec.Struct, frozen=True, kw_only=True):
    """The centre's greeting: its time, its mode and where each scope stands."""

    protocol: int
    server_ms: int
    training: bool
    scopes: tuple[ScopeHead, ...]
    acked: int = 0
    """Highest seq of this desk up to which the centre holds everything."""
    acked_hash: bytes = bytes(32)
    """Hash of that entry."""
    point: str = ""
    oldest_protocol: int = PROTOCOL
    box: bytes = b""
    """Raw X25519 public key that files on a stick are sealed to, 32 bytes."""
    recovery: Recovery | None = None
    """The newest time that the centre was put back to an older copy, if it ever was."""
    certificate: str = ""
    """A word of `wire.certificates`; empty from a centre that gives none."""


class FeedItem(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """One change: a row of reference data, a person, a blank, or an entry of another desk of the same point."""

    position: int
    kind: str
    id: str
    version: int
    deleted: bool = False
    body: bytes = b""


class FeedPage(msgspec.Struct, frozen=True, kw_only=True):
    """Items after a position, in order and without a gap."""

    scope: str
    epoch: str
    after: int
    head: int
    server_ms: int
    items: tuple[FeedItem, ...]


class SnapshotInfo(msgspec.Struct, frozen=True, kw_only=True):
    """A scope as one file at one position."""

    scope: str
    epoch: str
    position: int
    count: int
    sha256: str


class BlobNames(msgspec.Struct, frozen=True, kw_only=True):
    """SHA-256 names as hex: asked for, or missing."""

    blobs: tuple[str, ...]


class Blobs(msgspec.Struct, frozen=True, kw_only=True):
    """Several small blobs in one request."""

    bodies: tuple[bytes, ...]


class BlobPart(msgspec.Struct, frozen=True, kw_only=True):
    """How many bytes of a large blob are at the centre, from the first one on; all of them once it is whole."""

    blob: str
    have: int


class ScopeProof(msgspec.Struct, frozen=True, kw_only=True):
    """What both sides compare at the end: count and order-free hash of all (id, version) that a scope holds."""

    scope: str
    epoch: str
    position: int
    count: int
    sum: bytes


class Proofs(msgspec.Struct, frozen=True, kw_only=True):
    """Every scope of a desk, and its journal as scope `journal:<desk>` (see `journal_scope`)."""

    server_ms: int
    scopes: tuple[ScopeProof, ...]


class Health(msgspec.Struct, frozen=True, kw_only=True):
    """The centre is up."""

    protocol: int
    training: bool
    server_ms: int


class EndDesk(msgspec.Struct, frozen=True, kw_only=True):
    """A desk's journal is to end: its work goes on under another name. `held`: last seq that the asking side has."""

    held: int


class DeskEnd(msgspec.Struct, frozen=True, kw_only=True):
    """Where a journal ended: last seq and hash that the centre has, 0 and zero bytes for an empty one.

    `said_seq`: last entry that the desk said it has while it still worked, 0 where it never said.
    """

    seq: int
    hash: bytes
    server_ms: int
    said_seq: int = 0


class Failure(msgspec.Struct, frozen=True, kw_only=True):
    """Why a whole request was not served; `reason` is one of the words below."""

    reason: str
    server_ms: int
    oldest_protocol: int = PROTOCOL


NOT_ENROLLED: Final = "not-enrolled"
DESK_REVOKED: Final = "desk-revoked"
CERTIFICATE_WRONG: Final = "certificate-wrong"
CERTIFICATE_MISSING: Final = "certificate-missing"
CERTIFICATE_REPLACED: Final = "certificate-replaced"
CERTIFICATE_EXPIRED: Final = "certificate-expired"
SIGNATURE_WRONG: Final = "signature-wrong"
CLOCK_OFF: Final = "clock-off"
REPLAYED: Final = "replayed"
TRAINING_DIFFERS: Final = "training-differs"
PROTOCOL_TOO_OLD: Final = "protocol-too-old"
CODE_WRONG: Final = "code-wrong"
MALFORMED: Final = "malformed"
TOO_LARGE: Final = "too-large"
TOO_SLOW: Final = "too-slow"
UNKNOWN: Final = "unknown"
FEED_BROKEN: Final = "feed-broken"
BUSY: Final = "busy"
PHOTO_LIMIT: Final = "photo-limit"
DESK_ENDED: Final = "desk-ended"
AHEAD: Final = "ahead"
END_PATH: Final = "/v1/end"


def journal_scope(desk: str) -> str:
    """Return the scope name under which the end of a journal is compared.

    Position and count are its last seq; the sum is that entry's hash, which stands for all before it.
    """
    return f"journal:{desk}"


def receipt_bytes(desk: str, seq: int, entry_hash: bytes, received_ms: int) -> bytes:
    """Return the bytes that a receipt's seal is made over."""
    return msgspec.msgpack.encode(("receipt", desk, seq, entry_hash, received_ms))


def item_weight(item_id: str, version: int) -> int:
    """Return what one (id, version) adds to a scope's order-free sum."""
    return int.from_bytes(hashlib.sha256(f"{item_id}\x00{version}".encode()).digest())


def add_weights(total: bytes, *weights: int) -> bytes:
    """Return a 32-byte sum modulo 2^256 after adding (or, negative, taking away) weights."""
    value = (int.from_bytes(total) + sum(weights)) % (1 << 256)
    return value.to_bytes(32)
