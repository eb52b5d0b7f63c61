"""The centre's rescue key: a private key in a file of its own, under a passphrase; every desk hears its public half."""

import os
import secrets
from pathlib import Path
from typing import Final

import msgspec
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.store import feeds
from sscard_desk.domain.errors.operator import FolderNotEmpty
from sscard_desk.domain.errors.rescue import RescueKeyAway, RescuePassphraseWrong
from sscard_desk.wire.feed import REFERENCE, write_row
from sscard_desk.wire.rescue import KIND, key_bytes

FILE: Final = "rescue.key"
MEMORY_KIB: Final = 64 * 1024
PASSES: Final = 3
LANES: Final = 4
_NONCE: Final = 12
_BOUND: Final = b"sscard-desk rescue key 1"


class _File(msgspec.Struct, frozen=True, kw_only=True):
    public: bytes
    salt: bytes
    memory_kib: int
    passes: int
    lanes: int
    nonce: bytes
    sealed: bytes


def make(centre: OpenCentre, passphrase: bytes) -> bytes:
    """Make the centre's rescue key and tell every desk its public half; return that.

    Raises:
        FolderNotEmpty: there is one; it goes out of use by moving its file away.
        RescuePassphraseWrong: the passphrase is empty.
    """
    path = centre.folder / FILE
    if not passphrase:
        raise RescuePassphraseWrong
    if path.exists():
        raise FolderNotEmpty
    private = X25519PrivateKey.generate()
    public, salt, nonce = private.public_key().public_bytes_raw(), secrets.token_bytes(16), secrets.token_bytes(_NONCE)
    file = _File(public=public, salt=salt, memory_kib=MEMORY_KIB, passes=PASSES, lanes=LANES, nonce=nonce, sealed=b"")
    sealed = AESGCM(_key(file, passphrase)).encrypt(nonce, private.private_bytes_raw(), _BOUND)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(msgspec.json.encode(msgspec.structs.replace(file, sealed=sealed)))
    publish(centre, public)
    return public


def publish(centre: OpenCentre, public: bytes) -> None:
    """Tell every desk the public key, sealed; one that it has already is told once."""

    def body(version: int) -> bytes:
        seal = centre.keys.receipt.sign(key_bytes(public.hex(), version))
        return write_row({"public": public.hex(), "serial": str(version), "seal": seal.hex()})

    with centre.database.writing() as connection:
        changes = feeds.changed_rows(connection, REFERENCE, KIND, {KIND: body})
        if changes:
            feeds.publish(connection, REFERENCE, changes)


def unlock(folder: Path, passphrase: bytes) -> X25519PrivateKey:
    """Return the private rescue key.

    Raises:
        RescueKeyAway: this centre has none, or its file cannot be read.
        RescuePassphraseWrong: the passphrase does not open it.
    """
    try:
        file = msgspec.json.decode((folder / FILE).read_bytes(), type=_File)
    except (OSError, msgspec.MsgspecError):
        raise RescueKeyAway from None
    try:
        return X25519PrivateKey.from_private_bytes(
            AESGCM(_key(file, passphrase)).decrypt(file.nonce, file.sealed, _BOUND)
        )
    except InvalidTag:
        raise RescuePassphraseWrong from None


def _key(file: _File, passphrase: bytes) -> bytes:
    return hash_secret_raw(passphrase, file.salt, file.passes, file.memory_kib, file.lanes, 32, Type.ID)
