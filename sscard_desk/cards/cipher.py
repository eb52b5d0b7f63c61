"""The block ciphers of card keys: 3DES with two keys (PBOC) and SM4 (GB/T 32907-2016); SSF33 is refused by name.

SSF33 was never published, so nobody outside its chips can compute it.
"""

from typing import Final

from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from cryptography.hazmat.primitives.ciphers.modes import ECB

from sscard_desk.cards.algorithm import Algorithm
from sscard_desk.domain.errors.card_model import CipherNotBuilt

KEY_LENGTH: Final = 16
"""Bytes of a card key, with either cipher."""

_BLOCK: Final = {Algorithm.TRIPLE_DES: 8, Algorithm.SM4: 16}


def block_length(algorithm: Algorithm) -> int:
    """Return the bytes of one block.

    Raises:
        CipherNotBuilt: SSF33, or an id that no source knows.
    """
    if algorithm not in _BLOCK:
        raise CipherNotBuilt(cipher=algorithm.name)
    return _BLOCK[algorithm]


def encrypt(algorithm: Algorithm, key: bytes, block: bytes) -> bytes:
    """Encrypt whole blocks with a 16-byte key, each by itself (ECB).

    Raises:
        CipherNotBuilt: SSF33, or an id that no source knows.
    """
    if block_length(algorithm) == _BLOCK[Algorithm.SM4]:
        encryptor = Cipher(SM4(key), ECB()).encryptor()  # noqa: S305 - single blocks; the standard says so
    else:
        # whole 24-byte keys: shorter ones are no longer accepted everywhere
        encryptor = Cipher(TripleDES(key + key[:8]), ECB()).encryptor()  # noqa: S305 - likewise
    return encryptor.update(block) + encryptor.finalize()


def decrypt(algorithm: Algorithm, key: bytes, block: bytes) -> bytes:
    """Decrypt whole blocks with a 16-byte key, each by itself (ECB); the card's side of `encrypt`.

    Raises:
        CipherNotBuilt: SSF33, or an id that no source knows.
    """
    if block_length(algorithm) == _BLOCK[Algorithm.SM4]:
        decryptor = Cipher(SM4(key), ECB()).decryptor()  # noqa: S305 - single blocks; the standard says so
    else:
        decryptor = Cipher(TripleDES(key + key[:8]), ECB()).decryptor()  # noqa: S305 - likewise
    return decryptor.update(block) + decryptor.finalize()


def single_des(half: bytes, block: bytes) -> bytes:
    """Encrypt one 8-byte block with one half of a key: 3DES with three equal keys is DES."""
    encryptor = Cipher(TripleDES(half * 3), ECB()).encryptor()  # noqa: S305 - likewise
    return encryptor.update(block) + encryptor.finalize()
