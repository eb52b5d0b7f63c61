"""A centre that was put back to an older copy of its database says so: its word, under the key of its receipts."""

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from sscard_desk.wire.messages import Recovery


def recovery_bytes(name: str, since_ms: int) -> bytes:
    """Return the bytes that the seal of a recovery is made over."""
    return msgspec.msgpack.encode(("recovery", name, since_ms))


def seal_recovery(key: Ed25519PrivateKey, name: str, since_ms: int) -> Recovery:
    """Return the centre's word that it was put back.

    Args:
        key: of its receipts.
        name: random, of this recovery alone.
        since_ms: when it was put back, milliseconds since 1970 UTC; later than any recovery before.
    """
    return Recovery(name=name, since_ms=since_ms, seal=key.sign(recovery_bytes(name, since_ms)))


def holds(key: bytes, recovery: Recovery) -> bool:
    """Return whether a centre with this raw public key of receipts said so."""
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(recovery.seal, recovery_bytes(recovery.name, recovery.since_ms))
    except (InvalidSignature, ValueError):
        return False
    return True
