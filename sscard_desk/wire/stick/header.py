"""What stands in the open at the head of a file, and what its records are."""

import re
from enum import IntEnum
from typing import Final, Literal

import msgspec

from sscard_desk.wire.messages import ScopeProof

MAGIC: Final = b"SSCSTICK"
FORMAT: Final = 1
LARGEST_HEADER: Final = 4_096
LARGEST_RECORD: Final = 64_000_000
SUFFIX: Final = ".stick"

Way = Literal["to-centre", "to-desk"]


class StickHeader(msgspec.Struct, frozen=True, kw_only=True):
    """Who made a file for whom; nothing of this is personal.

    Attributes:
        format: `FORMAT` of who made it.
        protocol: `PROTOCOL` of the messages inside.
        way: from the desk or to it.
        centre: raw public key of the centre's receipts, 32 bytes.
        desk: what the centre calls the desk.
        training: the mode of both.
        series: number of this export; grows with every export of this side.
        part: from 1, within the series.
        previous: digest of the part before, zero bytes at the first.
        made_ms: when, milliseconds since 1970 UTC, by the clock of who made it.
        box: the maker's own raw X25519 public key, to which answers are sealed.
        once: raw X25519 public key made for this file alone.
        life: when the centre was last put back to an older copy, as the maker knows, 0 for never.
    """

    format: int
    protocol: int
    way: Way
    centre: bytes
    desk: str
    training: bool
    series: int
    part: int
    previous: bytes
    made_ms: int
    box: bytes
    once: bytes
    life: int = 0


class Kind(IntEnum):
    """What a record is; the number stands before its length."""

    END = 0
    STATEMENT = 1
    """First record of a desk: `Statement`."""
    PUSH = 2
    BLOBS = 3
    GREETING = 10
    """First record of the centre: `Hello`."""
    ANSWERS = 11
    HELD = 12
    """`BlobNames` that the desk offered and the centre has."""
    SNAPSHOT = 13
    PIECE = 14
    """Bytes of the snapshot announced before."""
    PAGE = 15
    PROOFS = 16


class Place(msgspec.Struct, frozen=True, array_like=True):
    """How far a desk applied a scope."""

    scope: str
    epoch: str
    position: int


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """Where a desk stands, for the centre to answer.

    Attributes:
        head_seq: last entry of its journal.
        head_hash: hash of that entry.
        unsent: (first, last) of runs of entries without a receipt.
        places: its cursors.
        proofs: what it holds of each scope.
        offered: blobs that the centre is not known to have.
        wanted: blobs that it misses.
    """

    head_seq: int
    head_hash: bytes
    unsent: tuple[tuple[int, int], ...]
    places: tuple[Place, ...]
    proofs: tuple[ScopeProof, ...]
    offered: tuple[str, ...]
    wanted: tuple[str, ...]


class End(msgspec.Struct, frozen=True, kw_only=True):
    """Last record of every part: whether another part follows."""

    more: bool


def file_name(header: StickHeader) -> str:
    """Return how a file is called; a desk's name with other than plain characters is left out."""
    desk = header.desk if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{0,40}", header.desk) else "desk"
    return f"{header.way}-{desk}-{header.series:06}-{header.part:03}{SUFFIX}"
