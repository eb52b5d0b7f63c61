"""One journal entry as bytes: a header in a hash chain, and a payload that can be erased without breaking it.

`payload_digest = SHA-256(salt + payload)` and `hash = SHA-256(header bytes)`. Both byte strings are stored and sent as
they were written once, never encoded again. No header field holds personal data.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import msgspec

from sscard_desk.domain.events import KINDS, Event
from sscard_desk.domain.keys import uuid7
from sscard_desk.wire.unpacking import unpack, unpack_as

GENESIS: Final = bytes(32)
"""`prev_hash` of a desk's first entry."""

SALT_BYTES: Final = 32


class Header(msgspec.Struct, frozen=True, kw_only=True):
    """The part of an entry that stays for ever.

    Attributes:
        desk: who wrote it.
        seq: gapless number at this desk, from 1.
        entry_id: UUIDv7 as 32 hex characters.
        kind: word of the event.
        schema: shape of the payload.
        training: fixed when the data folder was made.
        subject: key of an application (a UUIDv7), a person or an account (random); holds nothing personal.
        base_version: the centre's version of the subject that the desk had seen.
        recorded_at: this computer's time, milliseconds since 1970 UTC.
        clock_offset: centre time minus own time in milliseconds, or None if never heard.
        actor: account that acted.
        prev_hash: hash of entry `seq - 1`.
        payload_digest: SHA-256 over salt and payload.
    """

    desk: str
    seq: int
    entry_id: str
    kind: str
    schema: int
    training: bool
    subject: str
    base_version: int
    recorded_at: int
    clock_offset: int | None
    actor: str
    prev_hash: bytes
    payload_digest: bytes


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """An entry as it is stored and sent. `payload` and `salt` are None once they were erased."""

    header: bytes
    payload: bytes | None
    salt: bytes | None

    @property
    def hash(self) -> bytes:
        """SHA-256 of the header bytes: what the next entry and the centre's receipt refer to."""
        return hashlib.sha256(self.header).digest()

    def read_header(self) -> Header:
        """Decode the header.

        Raises:
            msgspec.MsgspecError: these bytes are no header.
        """
        return unpack(_header_decoder, self.header)

    def payload_fits(self, header: Header | None = None) -> bool:
        """Return whether the payload is the one the header was written for; an erased one does not contradict it.

        Args:
            header: the entry's own, where the caller has read it.
        """
        if self.payload is None or self.salt is None:
            return True
        return payload_digest(self.salt, self.payload) == (header or self.read_header()).payload_digest


@dataclass(frozen=True)
class Place:
    """Where in which journal a new entry goes."""

    desk: str
    seq: int
    prev_hash: bytes
    training: bool


def payload_digest(salt: bytes, payload: bytes) -> bytes:
    """Return SHA-256 over salt and payload, 32 bytes."""
    return hashlib.sha256(salt + payload).digest()


def encode_event(event: Event) -> bytes:
    """Return the payload bytes of an event: a msgpack map of its fields."""
    return _encoder.encode(event)


def decode_event(kind: str, payload: bytes) -> Event:
    """Return the event of a payload; fields that this program does not know are passed over.

    Raises:
        KeyError: a kind that this program does not know.
        msgspec.MsgspecError: the payload does not have the event's shape.
    """
    return unpack_as(KINDS[kind], payload)


def write_entry(  # noqa: D417 - place, event and now say themselves
    place: Place,
    event: Event,
    *,
    subject: str,
    base_version: int,
    actor: str,
    now: datetime,
    clock_offset: int | None,
) -> Entry:
    """Make the next entry of a journal.

    Args:
        subject: key of what the event is about.
        base_version: the centre's version of the subject that was seen last.
        actor: the account.
        clock_offset: centre time minus own time in milliseconds, if known.
    """
    payload = encode_event(event)
    salt = secrets.token_bytes(SALT_BYTES)
    recorded_at = int(now.astimezone(UTC).timestamp() * 1000)
    header = Header(
        desk=place.desk,
        seq=place.seq,
        entry_id=uuid7(recorded_at),
        kind=event.kind,
        schema=event.schema,
        training=place.training,
        subject=subject,
        base_version=base_version,
        recorded_at=recorded_at,
        clock_offset=clock_offset,
        actor=actor,
        prev_hash=place.prev_hash,
        payload_digest=payload_digest(salt, payload),
    )
    return Entry(header=_encoder.encode(header), payload=payload, salt=salt)


_encoder = msgspec.msgpack.Encoder()
_header_decoder = msgspec.msgpack.Decoder(Header)
