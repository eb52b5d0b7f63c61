"""What others signed for: the centre's receipts over entries, and the seals of staff over sign-offs."""

import contextlib
from collections.abc import Mapping, Sequence
from typing import Final

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import Connection, select

from sscard_desk.domain import seals
from sscard_desk.domain.events import Approved, PhotoConsented, Signed
from sscard_desk.domain.ids import ApplicationId
from sscard_desk.domain.seals import APPROVED, SIGNED, WITNESSED, sealed_bytes
from sscard_desk.store import reference, settings, tables
from sscard_desk.wire.entry import Entry, Header, decode_event
from sscard_desk.wire.messages import receipt_bytes
from sscard_desk.wire.receipts import batch_holds, leaf, split
from sscard_desk.wire.staff import keys_of

STAFF: Final = reference.STAFF
_SEALED: Final = (SIGNED, APPROVED, PhotoConsented.kind)


def receipts(connection: Connection, desk: str) -> tuple[int, list[int], bool]:
    """Return how many receipts there are, whose do not hold, and whether the centre's key was there to check seals."""
    raw_key = settings.read(connection, settings.RECEIPT_KEY)
    key = Ed25519PublicKey.from_public_bytes(raw_key) if raw_key else None
    batches = _batches(connection, desk, key)
    receipt, entry = tables.receipt.c, tables.entry.c
    rows = connection.execute(
        select(receipt.seq, receipt.received_ms, receipt["hash"], receipt.seal, receipt.batch, entry["hash"])
        .outerjoin(tables.entry, entry.seq == receipt.seq)
        .order_by(receipt.seq)
    ).all()
    wrong: list[int] = []
    for seq, received_ms, entry_hash, seal, batch, own in rows:
        if batch is None:
            good = key is None or sealed(key, receipt_bytes(desk, seq, entry_hash, received_ms), seal)
        else:
            good = leaf(desk, seq, entry_hash, received_ms) in batches.get(batch, ())
        if entry_hash != own or not good:
            wrong.append(seq)
    acknowledged = set(connection.execute(select(entry.seq).where(entry.received_ms.is_not(None))).scalars())
    wrong += sorted(acknowledged - {row.seq for row in rows})
    return len(rows), wrong, key is not None


def _batches(connection: Connection, desk: str, key: Ed25519PublicKey | None) -> dict[int, frozenset[bytes]]:
    """Return the leaves of each batch whose seal holds; without a key, of each."""
    rows = connection.execute(select(tables.receipt_batch)).all()
    return {row.id: split(row.leaves) for row in rows if key is None or batch_holds(key, desk, row.seal, row.leaves)}


def sealed(key: Ed25519PublicKey, data: bytes, seal: bytes) -> bool:
    """Return whether a seal over these bytes was made with the private half of a key."""
    try:
        key.verify(seal, data)
    except InvalidSignature:
        return False
    return True


def sign_offs(connection: Connection) -> tuple[int, Sequence[tuple[str, int]]]:
    """Check the seals of sign-offs, own and of other desks, against the keys of the staff list.

    Returns:
        How many seals hold, and (desk, seq) of those that do not. A seal of somebody whose key the list does not
        have any more counts as neither.
    """
    keys = _staff_keys(connection)
    good = 0
    wrong: list[tuple[str, int]] = []
    for entry in _sign_off_entries(connection):
        header = entry.read_header()
        sign_off = _what_was_sealed(entry, header)
        if sign_off is None:
            continue
        account, data, seal = sign_off
        known = keys.get(account)
        if not known:
            continue
        if sealed_by_any(known, data, seal):
            good += 1
        else:
            wrong.append((header.desk, header.seq))
    return good, wrong


def sealed_by_any(keys: Sequence[Ed25519PublicKey], data: bytes, seal: bytes) -> bool:
    """Return whether a seal over these bytes was made with the private half of one of these keys."""
    return any(sealed(key, data, seal) for key in keys)


def public_keys(row: Mapping[str, str]) -> tuple[Ed25519PublicKey, ...]:
    """Return the keys of a row of the staff list, none while nobody gave the account one."""
    found: list[Ed25519PublicKey] = []
    for key in keys_of(row):
        with contextlib.suppress(ValueError):
            found.append(Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)))
    return tuple(found)


def _staff_keys(connection: Connection) -> dict[str, tuple[Ed25519PublicKey, ...]]:
    return {row["id"]: public_keys(row) for row in reference.rows(connection, STAFF)}


def _sign_off_entries(connection: Connection) -> list[Entry]:
    own = (
        select(tables.entry.c.header, tables.payload.c.payload, tables.payload.c.salt)
        .join(tables.payload, tables.payload.c.seq == tables.entry.c.seq)
        .where(tables.entry.c.kind.in_(_SEALED))
    )
    foreign = (
        select(tables.foreign_entry.c.header, tables.foreign_entry.c.payload, tables.foreign_entry.c.salt)
        .join(
            tables.act,
            (tables.act.c.desk == tables.foreign_entry.c.desk) & (tables.act.c.seq == tables.foreign_entry.c.seq),
        )
        .where(tables.act.c.kind.in_(_SEALED) & tables.foreign_entry.c.payload.is_not(None))
    )
    rows = [*connection.execute(own), *connection.execute(foreign)]
    return [Entry(header=row.header, payload=row.payload, salt=row.salt) for row in rows]


def _what_was_sealed(  # noqa: PLR0911 - one return per kind
    entry: Entry, header: Header
) -> tuple[str, bytes, bytes] | None:
    """Return (account, bytes, seal) of a sign-off; None for one that bears no seal by its nature, or is unreadable."""
    subject = ApplicationId(header.subject)
    try:
        event = decode_event(header.kind, entry.payload or b"")
    except msgspec.MsgspecError:
        return None  # the chain check reports it
    match event:
        case Approved() if event.content_seal:
            signed = seals.approval_bytes(subject, event.digest, event.content, event.nonce)
            return header.actor, signed, event.content_seal
        case Signed(party="clerk") if event.content_seal:
            signed = seals.signature_bytes(seals.SIGNED, subject, event.digest, event.content, event.nonce)
            return header.actor, signed, event.content_seal
        case Signed(kind_of_signature=seals.THUMB, witness=str(witness)) if event.content_seal:
            signed = seals.signature_bytes(WITNESSED, subject, event.digest, event.content, event.nonce)
            return witness, signed, event.content_seal
        case Signed(party="clerk") | Approved():
            return header.actor, sealed_bytes(header.kind, subject, event.digest), event.seal
        case (
            Signed(kind_of_signature=seals.THUMB, witness=str(witness))
            | PhotoConsented(kind_of_signature=seals.THUMB, witness=str(witness))
        ):
            return witness, sealed_bytes(WITNESSED, subject, event.digest), event.seal
        case _:
            return None
