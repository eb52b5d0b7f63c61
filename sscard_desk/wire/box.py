"""A small secret sealed to somebody's public key: X25519, HKDF-SHA256, AES-256-GCM, in the manner of HPKE (RFC 9180).

Each box has a key pair of its own, so its AES key is used once and the nonce may be zero. A box is bound to words that
say what it is for: opened for anything else, it does not open.
"""

from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES: Final = 32
_NONCE: Final = bytes(12)
_LABEL: Final = b"sscard-desk box 1\x00"


def seal_box(public: bytes, secret: bytes, bound: bytes) -> bytes:
    """Return a secret sealed to a raw X25519 public key: 32 bytes of a key of its own, then what AES-GCM gives.

    Raises:
        ValueError: that is no public key.
    """
    once = X25519PrivateKey.generate()
    own = once.public_key().public_bytes_raw()
    shared = once.exchange(X25519PublicKey.from_public_bytes(public))
    return own + AESGCM(_derive(shared, own, public)).encrypt(_NONCE, secret, bound)


def open_box(private: X25519PrivateKey, box: bytes, bound: bytes) -> bytes | None:
    """Return what a box holds; None if it was sealed to another key, for something else, or altered."""
    own, sealed = box[:KEY_BYTES], box[KEY_BYTES:]
    try:
        shared = private.exchange(X25519PublicKey.from_public_bytes(own))
        key = _derive(shared, own, private.public_key().public_bytes_raw())
        return AESGCM(key).decrypt(_NONCE, sealed, bound)
    except (InvalidTag, ValueError):
        return None


def slot_words(slot_id: str) -> bytes:
    """Return what the boxes of a key slot are bound to."""
    return b"sscard-desk slot key 1\x00" + slot_id.encode()


def box_key(secret: bytes, label: bytes) -> X25519PrivateKey:
    """Return the private key that follows from 32 secret bytes, for example those of a password."""
    raw = HKDF(hashes.SHA256(), KEY_BYTES, None, _LABEL + label).derive(secret)
    return X25519PrivateKey.from_private_bytes(raw)


def _derive(shared: bytes, own: bytes, public: bytes) -> bytes:
    return HKDF(hashes.SHA256(), KEY_BYTES, own + public, _LABEL).derive(shared)
