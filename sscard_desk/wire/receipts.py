"""The centre's receipts: one seal over a batch, and what proves each of its entries as long as the journal lives.

A leaf is SHA-256 over (desk, seq, hash, time received). The seal is the centre's Ed25519 signature over the digest of
the batch's leaves, one after another in the order of its taken entries. An entry is proved by the seal, the leaves, and
its own leaf among them; no other entry of the batch has to be there any more. A seal of protocol 1 is over one entry.
"""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Final

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from sscard_desk.wire.entry import Entry
from sscard_desk.wire.messages import EntryAnswer, PushAnswer, Receipt, receipt_bytes

TAKEN: Final = frozenset({"stored", "already-stored"})
"""Outcomes under which the centre has an entry."""
LEAF_BYTES: Final = 32


def leaf(desk: str, seq: int, entry_hash: bytes, received_ms: int) -> bytes:
    """Return what stands for one entry under the seal of its batch, 32 bytes."""
    return hashlib.sha256(receipt_bytes(desk, seq, entry_hash, received_ms)).digest()


def batch_bytes(desk: str, leaves: bytes) -> bytes:
    """Return what the seal of a batch is made over.

    Args:
        desk: whose entries they are.
        leaves: one after another.
    """
    return msgspec.msgpack.encode(("receipts", desk, hashlib.sha256(leaves).digest()))


def split(leaves: bytes) -> frozenset[bytes]:
    """Return the leaves that stand one after another in these bytes."""
    return frozenset(leaves[at : at + LEAF_BYTES] for at in range(0, len(leaves), LEAF_BYTES))


def seal_batch(key: Ed25519PrivateKey, desk: str, leaves: Iterable[bytes]) -> bytes:
    """Return the seal over a batch's leaves; empty where nothing of it was taken."""
    joined = b"".join(leaves)
    return key.sign(batch_bytes(desk, joined)) if joined else b""


def seal_alone(key: Ed25519PrivateKey, desk: str, seq: int, entry_hash: bytes, received_ms: int) -> Receipt:
    """Return a receipt of protocol 1, which has a seal of its own."""
    seal = key.sign(receipt_bytes(desk, seq, entry_hash, received_ms))
    return Receipt(desk=desk, seq=seq, hash=entry_hash, received_ms=received_ms, seal=seal)


def holds(key: Ed25519PublicKey, receipt: Receipt) -> bool:
    """Return whether a receipt proves that the holder of the centre's key has had the entry that it names."""
    if not receipt.leaves:
        return _signed(key, receipt.seal, receipt_bytes(receipt.desk, receipt.seq, receipt.hash, receipt.received_ms))
    own = leaf(receipt.desk, receipt.seq, receipt.hash, receipt.received_ms)
    return own in split(receipt.leaves) and batch_holds(key, receipt.desk, receipt.seal, receipt.leaves)


def batch_holds(key: Ed25519PublicKey, desk: str, seal: bytes, leaves: bytes) -> bool:
    """Return whether a seal is the centre's over these leaves."""
    return _signed(key, seal, batch_bytes(desk, leaves))


def read_receipts(
    key: Ed25519PublicKey, desk: str, entries: Sequence[Entry], answer: PushAnswer
) -> tuple[EntryAnswer, ...]:
    """Return the answers to a batch, each taken entry with the receipt that proves it.

    Args:
        key: of the centre's receipts.
        desk: whose entries they are.
        entries: as they were sent.
        answer: what came back.

    Raises:
        ValueError: it is no answer to these entries, or a receipt does not hold.
    """
    if len(answer.answers) != len(entries):
        raise ValueError("answers")
    taken = [(at, a) for at, a in enumerate(answer.answers) if a.outcome in TAKEN]
    if answer.seal:
        hashes = {at: entries[at].hash for at, _ in taken}
        leaves = b"".join(leaf(desk, a.seq, hashes[at], a.received_ms) for at, a in taken)
        if not batch_holds(key, desk, answer.seal, leaves):
            raise ValueError("receipt")
        receipts = {
            at: Receipt(
                desk=desk, seq=a.seq, hash=hashes[at], received_ms=a.received_ms, seal=answer.seal, leaves=leaves
            )
            for at, a in taken
        }
    else:
        receipts = {at: _alone(key, entries[at], a.receipt) for at, a in taken}
    whole = list(answer.answers)
    for at, receipt in receipts.items():
        header = entries[at].read_header()
        if (header.desk, header.seq) != (desk, receipt.seq):
            raise ValueError("receipt")
        whole[at] = msgspec.structs.replace(whole[at], receipt=receipt)
    return tuple(whole)


def _alone(key: Ed25519PublicKey, entry: Entry, receipt: Receipt | None) -> Receipt:
    if receipt is None or receipt.leaves or receipt.hash != entry.hash or not holds(key, receipt):
        raise ValueError("receipt")
    return receipt


def _signed(key: Ed25519PublicKey, seal: bytes, data: bytes) -> bool:
    try:
        key.verify(seal, data)
    except InvalidSignature:
        return False
    return True
