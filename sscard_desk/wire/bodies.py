"""What stands in the `body` of a feed item, by its kind, and the snapshot file that holds a whole scope.

| kind | id | body |
|---|---|---|
| `person` | `PersonKey` | msgpack map of `domain.person.Person` |
| `blank` | identification code | msgpack map: `card_number`, `stock_no` |
| `entry` | entry id | msgpack array: header, payload, salt, as in `Push` |
| any other (`bank`, `staff`, `notice`, ...) | the row's own id | msgpack map of texts |

A scope holds either persons alone (its name begins with `persons`) or anything else, so that the desk can keep the
register in a file of its own. A tombstone has an empty body.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import msgspec
import zstandard

from sscard_desk.domain.person import Person
from sscard_desk.wire.entry import Entry
from sscard_desk.wire.messages import FeedItem, SnapshotInfo

PERSON: Final = "person"
BLANK: Final = "blank"
ENTRY: Final = "entry"
PERSONS_SCOPE: Final = "persons"

_LENGTH_BYTES: Final = 4
_LARGEST_ITEM: Final = 16_000_000


class BlankRow(msgspec.Struct, frozen=True, kw_only=True):
    """An empty card that the centre put into a desk's stock."""

    card_number: str
    stock_no: str


def holds_persons(scope: str) -> bool:
    """Return whether a scope is the population register, kept in a file of its own."""
    return scope.startswith(PERSONS_SCOPE)


def person_body(person: Person) -> bytes:
    """Return a person as a feed item's body."""
    return _encoder.encode(person)


def read_person(body: bytes) -> Person:
    """Return the person of a feed item.

    Raises:
        msgspec.MsgspecError: the body has another shape.
    """
    return _person.decode(body)


def blank_body(row: BlankRow) -> bytes:
    """Return a stock record as a feed item's body."""
    return _encoder.encode(row)


def read_blank(body: bytes) -> BlankRow:
    """Return the stock record of a feed item.

    Raises:
        msgspec.MsgspecError: the body has another shape.
    """
    return _blank.decode(body)


def row_body(row: Mapping[str, str]) -> bytes:
    """Return a row of reference data as a feed item's body."""
    return _encoder.encode(dict(row))


def read_row(body: bytes) -> dict[str, str]:
    """Return the texts of a reference row.

    Raises:
        msgspec.MsgspecError: the body has another shape.
    """
    return _row.decode(body)


def entry_body(entry: Entry) -> bytes:
    """Return another desk's entry as a feed item's body; the bytes are those once written."""
    return _encoder.encode((entry.header, entry.payload, entry.salt))


def read_entry(body: bytes) -> Entry:
    """Return the entry of a feed item.

    Raises:
        msgspec.MsgspecError: the body has another shape.
    """
    header, payload, salt = _entry.decode(body)
    return Entry(header=header, payload=payload, salt=salt)


def pack_snapshot(scope: str, epoch: str, position: int, items: Iterable[FeedItem]) -> tuple[SnapshotInfo, bytes]:
    """Pack a scope into one compressed file: each item as msgpack behind its length (4 bytes, big-endian), in zstd.

    A length of zero closes the file, because an unpacked stream that was cut looks like one that ended.

    Tombstones belong to it as long as the centre's own sum counts them.
    """
    count = 0

    def framed() -> Iterator[bytes]:
        nonlocal count
        for item in items:
            count += 1
            one = _encoder.encode(item)
            yield len(one).to_bytes(_LENGTH_BYTES) + one
        yield bytes(_LENGTH_BYTES)

    compressor = zstandard.ZstdCompressor(level=3).compressobj()
    parts = [compressor.compress(part) for part in framed()]
    body = b"".join([*parts, compressor.flush()])
    info = SnapshotInfo(
        scope=scope, epoch=epoch, position=position, count=count, sha256=hashlib.sha256(body).hexdigest()
    )
    return info, body


def read_snapshot(body: bytes) -> Iterator[FeedItem]:
    """Return the items of a snapshot file one after another, never all unpacked at once.

    Raises:
        ValueError: the file is cut or is none.
        msgspec.MsgspecError: an item has another shape.
    """
    with zstandard.ZstdDecompressor().stream_reader(body) as reader:
        while True:
            try:
                head = reader.read(_LENGTH_BYTES)
                length = int.from_bytes(head)
                if len(head) < _LENGTH_BYTES or length > _LARGEST_ITEM:
                    raise ValueError("a snapshot file is cut off, or an item has no sensible length")
                if not length:
                    return
                one = reader.read(length)
            except zstandard.ZstdError as error:
                raise ValueError("a snapshot file cannot be unpacked") from error
            if len(one) < length:
                raise ValueError("a snapshot file is cut off")
            yield _item.decode(one)


_encoder = msgspec.msgpack.Encoder()
_person = msgspec.msgpack.Decoder(Person)
_blank = msgspec.msgpack.Decoder(BlankRow)
_row = msgspec.msgpack.Decoder(dict[str, str])
_entry = msgspec.msgpack.Decoder(tuple[bytes, bytes | None, bytes | None])
_item = msgspec.msgpack.Decoder(FeedItem)
