"""What the items of a feed hold, and a whole scope as one file.

Scopes: `reference` (rows for everybody), `point:<service point>` (its staff, its blanks and the entries of its desks),
`persons:<region>` (the register of a region). Within a scope an item is known by (kind, id).

| kind | id | body |
|---|---|---|
| `person` | person key | msgpack array of `PersonRow` |
| `entry` | entry id | msgpack array (header, payload, salt); empty for an entry that the asking desk wrote itself |
| `form_edition` | form/edition | msgpack map of text to text, see `wire.forms` |
| `blank_elsewhere` | card | msgpack map: `stock_no`, `desks` that have the card, in words |
| `spoil_confirmed` | card | msgpack map: `operator` of the centre who has the spoiled card in hand |
| `conflict` | application | msgpack map: two open applications of one person, or a card outside its application |
| `correction` | entry id | msgpack map: `state` of what was asked of the register |
| `transfer` | application | msgpack map: which service point asks for it, and what was answered |
| `service_point` | code | msgpack map: `name` |
| `staff_elsewhere` | account | as `staff`: who sealed an application that came from elsewhere |
| `bank`, `staff`, `notice`, `blank`, `range`, any other | code | msgpack map of text to text |

A tombstone (`deleted`) has an empty body. It stays in the scope, in its snapshot and in its proof, with its version:
count and sum of a `ScopeProof` are taken over every (kind, id) of the scope, tombstones and own entries included, each
with its newest version.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import islice
from typing import IO, Final, Protocol, cast

import msgspec
import zstandard

from sscard_desk.domain.ids import PersonKey
from sscard_desk.domain.person import Person
from sscard_desk.wire.entry import Entry
from sscard_desk.wire.messages import FeedItem
from sscard_desk.wire.unpacking import unpack

REFERENCE: Final = "reference"
CONFLICT: Final = "conflict"
CORRECTION: Final = "correction"
SERVICE_POINT: Final = "service_point"
TRANSFER: Final = "transfer"
STAFF_ELSEWHERE: Final = "staff_elsewhere"
BLOCK_ITEMS: Final = 2_000
_LENGTH_BYTES: Final = 4
_LARGEST_BLOCK: Final = 64_000_000


class PersonRow(msgspec.Struct, frozen=True, array_like=True):
    """A person without field names; new fields come last, with a default."""

    key: str
    id_number: str
    document_kind: str
    name: str
    sex: str
    ethnic: str
    birth: date
    address: str
    region: str
    authority: str
    valid_from: date
    valid_to: date | None
    phone: str
    version: int


def point_scope(point: str) -> str:
    """Return the scope of a service point."""
    return f"point:{point}"


def persons_scope(region: str) -> str:
    """Return the scope of a region's register; `region` is a code of GB/T 2260."""
    return f"persons:{region}"


def write_person(person: Person, version: int | None = None) -> bytes:
    """Return the body of a `person` item; `version` in place of the person's own, where it is given."""
    return _encoder.encode(
        (
            person.key,
            person.id_number,
            person.document_kind,
            person.name,
            person.sex,
            person.ethnic,
            person.birth,
            person.address,
            person.region,
            person.authority,
            person.valid_from,
            person.valid_to,
            person.phone,
            person.version if version is None else version,
        )
    )


def read_person(body: bytes) -> Person:
    """Return the person of an item's body.

    Raises:
        msgspec.MsgspecError: these bytes are no person.
    """
    row = unpack(_person_decoder, body)
    return Person(
        key=PersonKey(row.key),
        id_number=row.id_number,
        document_kind=row.document_kind,
        name=row.name,
        sex=row.sex,
        ethnic=row.ethnic,
        birth=row.birth,
        address=row.address,
        region=row.region,
        authority=row.authority,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        phone=row.phone,
        version=row.version,
    )


def write_row(row: Mapping[str, str]) -> bytes:
    """Return the body of a reference row, its names in order."""
    return _encoder.encode(dict(sorted(row.items())))


def read_row(body: bytes) -> dict[str, str]:
    """Return the reference row of an item's body.

    Raises:
        msgspec.MsgspecError: these bytes are no such row.
    """
    return unpack(_row_decoder, body)


def write_entry_body(entry: Entry) -> bytes:
    """Return the body of an `entry` item."""
    return _encoder.encode((entry.header, entry.payload, entry.salt))


def read_entry_body(body: bytes) -> Entry:
    """Return the entry of an item's body; header and payload are the bytes once written.

    Raises:
        msgspec.MsgspecError: these bytes are no entry.
    """
    header, payload, salt = unpack(_entry_decoder, body)
    return Entry(header=header, payload=payload, salt=salt)


def write_snapshot(items: Iterable[FeedItem]) -> Iterator[bytes]:
    """Yield items as one zstd file, piece by piece: blocks of a big-endian 32-bit length and a msgpack array of items.

    A block of items and what the compressor keeps are held at once, never all of them.
    """
    compressor = zstandard.ZstdCompressor(level=6).compressobj()
    for block in _blocks(items):
        body = _encoder.encode(block)
        if piece := compressor.compress(len(body).to_bytes(_LENGTH_BYTES) + body):
            yield piece
    yield compressor.flush()


def _blocks(items: Iterable[FeedItem]) -> Iterator[list[FeedItem]]:
    coming = iter(items)
    while block := list(islice(coming, BLOCK_ITEMS)):
        yield block


class Readable(Protocol):
    """Bytes one after the other."""

    def read(self, size: int = -1, /) -> bytes:
        """Return up to so many of the next bytes, all of them for -1; nothing at the end."""


def read_snapshot(body: bytes | Readable) -> Iterator[list[FeedItem]]:
    """Yield a snapshot's items block by block, never the whole file at once.

    Args:
        body: the file, or where it is read from.

    Raises:
        ValueError: cut short, or not made by `write_snapshot` (`msgspec.MsgspecError` is a ValueError).
    """
    reader = zstandard.ZstdDecompressor().stream_reader(cast("IO[bytes]", body))  # all that it asks of a file is `read`
    try:
        while length := reader.read(_LENGTH_BYTES):
            size = int.from_bytes(length)
            block = reader.read(size) if len(length) == _LENGTH_BYTES and size <= _LARGEST_BLOCK else b""
            if len(block) != size:
                raise ValueError("snapshot is cut short")
            yield unpack(_items_decoder, block)
    except zstandard.ZstdError as broken:
        raise ValueError("snapshot is no zstd file") from broken


_encoder = msgspec.msgpack.Encoder()
_person_decoder = msgspec.msgpack.Decoder(PersonRow)
_row_decoder = msgspec.msgpack.Decoder(dict[str, str])
_entry_decoder = msgspec.msgpack.Decoder(tuple[bytes, bytes | None, bytes | None])
_items_decoder = msgspec.msgpack.Decoder(list[FeedItem])
