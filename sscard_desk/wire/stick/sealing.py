"""The key of one file, and its chunks: X25519, HKDF-SHA256, ChaCha20-Poly1305 in the STREAM construction.

Every file has a key of its own, so a chunk's number can be its nonce; the last chunk says so in its nonce, so none can
be moved, left out or cut off unseen (Hoang, Reyhanitabar, Rogaway, Vizar: Online Authenticated-Encryption, 2015).
"""

import hashlib
from typing import Final

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from sscard_desk.domain.errors.stick import StickDamaged

CHUNK: Final = 65_536
TAG: Final = 16
SEAL_BYTES: Final = 64
_KEY_BYTES: Final = 32


class Chunks:
    """Seals or opens the chunks of one file, in order."""

    def __init__(self, key: bytes, header: bytes) -> None:
        """Begin at the first chunk.

        Args:
            key: of `sealing_key` or `opening_key`.
            header: the header's bytes; every chunk is bound to them.
        """
        self._cipher = ChaCha20Poly1305(key)
        self._bound = hashlib.sha256(header).digest()
        self._number = 0

    def seal(self, data: bytes, *, last: bool) -> bytes:
        """Return the next chunk, sealed."""
        return self._cipher.encrypt(self._nonce(last=last), data, self._bound)

    def open(self, sealed: bytes, *, last: bool) -> bytes:
        """Return what the next chunk holds.

        Raises:
            StickDamaged: it is not the chunk that was made, or not for whoever has this key.
        """
        try:
            return self._cipher.decrypt(self._nonce(last=last), sealed, self._bound)
        except InvalidTag as wrong:
            raise StickDamaged from wrong

    def _nonce(self, *, last: bool) -> bytes:
        self._number += 1
        return self._number.to_bytes(11) + bytes([last])


def sealing_key(once: X25519PrivateKey, box: bytes) -> bytes:
    """Return the key of a file that is made; `box` is the raw public key of whom it is for."""
    return _derive(once.exchange(_public(box)), once.public_key().public_bytes_raw(), box)


def opening_key(box: X25519PrivateKey, once: bytes) -> bytes:
    """Return the key of a file that came; `once` is the raw public key in its header.

    Raises:
        StickDamaged: that is no key.
    """
    return _derive(_exchange(box, once), once, box.public_key().public_bytes_raw())


def box_of_centre(receipt: Ed25519PrivateKey) -> X25519PrivateKey:
    """Return the key that a centre opens files with: derived from the key of its receipts, so it needs no keeping."""
    info = b"sscard stick box of the centre"
    raw = HKDF(hashes.SHA256(), _KEY_BYTES, None, info).derive(receipt.private_bytes_raw())
    return X25519PrivateKey.from_private_bytes(raw)


def signed_bytes(digest: bytes) -> bytes:
    """Return the bytes that a file's maker signs; `digest` is the SHA-256 of everything before the signature."""
    return msgspec.msgpack.encode(("stick", digest))


def _derive(shared: bytes, once: bytes, box: bytes) -> bytes:
    return HKDF(hashes.SHA256(), _KEY_BYTES, once + box, b"sscard stick file 1").derive(shared)


def _exchange(box: X25519PrivateKey, once: bytes) -> bytes:
    try:
        return box.exchange(_public(once))
    except ValueError as wrong:
        raise StickDamaged from wrong


def _public(raw: bytes) -> X25519PublicKey:
    try:
        return X25519PublicKey.from_public_bytes(raw)
    except ValueError as wrong:
        raise StickDamaged from wrong
