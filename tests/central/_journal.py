"""A desk's journal written by hand, and pushed past the client's own checks."""

from collections.abc import Sequence

import msgspec

from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.reading import read_batch
from sscard_desk.central.reception import Reception
from sscard_desk.central.store import desks
from sscard_desk.central.store.desks import Desk
from sscard_desk.wire.entry import Entry
from sscard_desk.wire.messages import EntryAnswer


def receive(centre: OpenCentre, desk: str, batch: Sequence[Entry]) -> tuple[EntryAnswer, ...]:
    with centre.database.writing() as connection:
        found = desks.find_desk(connection, desk)
        assert isinstance(found, Desk)
        reception = Reception(connection, found, centre.now_ms(), training=centre.training)
        return reception.take(read_batch(batch))


def outcomes(answers: Sequence[EntryAnswer]) -> list[tuple[str, str]]:
    return [(answer.outcome, answer.code) for answer in answers]


def altered(entry: Entry, **changes: object) -> Entry:
    """The same entry with another header, its payload untouched."""
    header = msgspec.structs.replace(entry.read_header(), **changes)
    return Entry(header=msgspec.msgpack.encode(header), payload=entry.payload, salt=entry.salt)


def with_payload(entry: Entry, payload: bytes) -> Entry:
    return Entry(header=entry.header, payload=payload, salt=entry.salt)
