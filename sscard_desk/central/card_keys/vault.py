"""Card keys in an encrypted file, for ciphers that no token at hand computes (SM4), and where there is no token.

The keys are AES-256-GCM under a random vault key, which lies in the file once for each slot, wrapped under a passphrase
by Argon2id (RFC 9106, 64 MiB, three passes) and AES-256-GCM. A changed byte anywhere is noticed. While the centre runs
the keys are in its memory: whoever reads that reads them, which a token does not allow (docs/adr/0037).
"""

import os
import secrets
from pathlib import Path
from threading import Lock
from typing import Final

import msgspec
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from sscard_desk.cards.algorithm import Algorithm
from sscard_desk.central.card_keys import key_sheet
from sscard_desk.central.card_keys.key_place import Challenge, KeyLabel
from sscard_desk.domain.errors.card_keys import (
    CardKeyExists,
    CardKeysAway,
    CardKeyUnknown,
    KeysNotSetUp,
    VaultDamaged,
    VaultPassphraseWrong,
)

FILE: Final = "card_keys.vault"
MEMORY_KIB: Final = 64 * 1024
PASSES: Final = 3
LANES: Final = 1
_NONCE: Final = 12
_KEYS: Final = b"sscard-desk vault keys 1"
_SLOT: Final = b"sscard-desk vault slot 1"


class _Slot(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    salt: bytes
    memory_kib: int
    passes: int
    lanes: int
    sealed: bytes


class _File(msgspec.Struct, frozen=True, kw_only=True):
    version: int
    slots: tuple[_Slot, ...]
    sealed: bytes


class Vault:
    """Serves `KeyPlace`; both ciphers."""

    algorithms = (Algorithm.TRIPLE_DES, Algorithm.SM4)

    def __init__(self, path: Path, vault_key: bytes, slots: tuple[_Slot, ...], keys: dict[KeyLabel, bytes]) -> None:
        self._path = path
        self._vault_key = vault_key
        self._slots = slots
        self._keys: dict[KeyLabel, bytes] | None = keys
        self._lock = Lock()

    def __repr__(self) -> str:
        return f"Vault({self._path.name!r})"

    @classmethod
    def make(cls, path: Path, slot: str, passphrase: bytes) -> "Vault":
        """Make an empty vault with one slot.

        Raises:
            KeysNotSetUp: `there`, a file of this name exists.
            VaultPassphraseWrong: the passphrase is empty.
        """
        if path.exists():
            raise KeysNotSetUp(place="vault", reason="there")
        vault_key = secrets.token_bytes(32)
        made = cls(path, vault_key, (_wrapped(slot, passphrase, vault_key),), {})
        made._write({})
        return made

    @classmethod
    def open(cls, path: Path, passphrase: bytes) -> "Vault":
        """Open a vault by the passphrase of any of its slots.

        Raises:
            KeysNotSetUp: `missing`, no such file.
            VaultPassphraseWrong: no slot opens.
            VaultDamaged: this is no vault, or its keys do not open under its own vault key.
        """
        try:
            file = msgspec.msgpack.decode(path.read_bytes(), type=_File)
        except FileNotFoundError:
            raise KeysNotSetUp(place="vault", reason="missing") from None
        except (OSError, msgspec.MsgspecError):
            raise VaultDamaged from None
        vault_key = _unwrapped(file.slots, passphrase)
        try:
            plain = AESGCM(vault_key).decrypt(file.sealed[:_NONCE], file.sealed[_NONCE:], _KEYS)
            named = msgspec.msgpack.decode(plain, type=dict[str, bytes])
            keys = {_label(text): value for text, value in named.items()}
        except (InvalidTag, msgspec.MsgspecError, ValueError, KeyError):
            raise VaultDamaged from None
        return cls(path, vault_key, file.slots, keys)

    @property
    def slots(self) -> tuple[str, ...]:
        """Names of the passphrases that open it."""
        return tuple(slot.name for slot in self._slots)

    def add_slot(self, slot: str, passphrase: bytes) -> None:
        """Let a further passphrase open the vault, or replace that of a slot of this name.

        Raises:
            VaultPassphraseWrong: the passphrase is empty.
        """
        with self._lock:
            others = tuple(each for each in self._slots if each.name != slot)
            self._slots = (*others, _wrapped(slot, passphrase, self._vault_key))
            self._write(self._opened())

    def drop_slot(self, slot: str) -> bool:
        """Let a passphrase open the vault no more; the last one stays. Returns whether anything changed."""
        with self._lock:
            others = tuple(each for each in self._slots if each.name != slot)
            if not others or len(others) == len(self._slots):
                return False
            self._slots = others
            self._write(self._opened())
            return True

    def put(self, label: KeyLabel, value: bytes) -> None:
        """See `KeyPlace.put`."""
        with self._lock:
            keys = self._opened()
            if label in keys:
                raise CardKeyExists(key=label.name)
            self._write(keys | {label: value})
            keys[label] = value

    def take_out(self, label: KeyLabel) -> None:
        """See `KeyPlace.take_out`."""
        with self._lock:
            keys = self._opened()
            if label in keys:
                self._write({each: value for each, value in keys.items() if each != label})
                del keys[label]

    def labels(self) -> tuple[KeyLabel, ...]:
        """See `KeyPlace.labels`."""
        return tuple(sorted(self._opened(), key=lambda label: label.text))

    def proof(self, label: KeyLabel) -> bytes:
        """See `KeyPlace.proof`."""
        return key_sheet.proof(label.algorithm, self._key(label))

    def authentication(self, label: KeyLabel, challenge: Challenge) -> bytes:
        """See `KeyPlace.authentication`."""
        return key_sheet.authentication(label.algorithm, self._key(label), challenge)

    def protected_pin(self, label: KeyLabel, challenge: Challenge, header: bytes, block: bytes) -> bytes:
        """See `KeyPlace.protected_pin`."""
        return key_sheet.protected_pin(label.algorithm, self._key(label), challenge, header, block)

    def close(self) -> None:
        """See `KeyPlace.close`."""
        self._keys, self._vault_key = None, b""

    def _opened(self) -> dict[KeyLabel, bytes]:
        if self._keys is None:
            raise CardKeysAway
        return self._keys

    def _key(self, label: KeyLabel) -> bytes:
        key = self._opened().get(label)
        if key is None:
            raise CardKeyUnknown(key=label.name)
        return key

    def _write(self, keys: dict[KeyLabel, bytes]) -> None:
        nonce = secrets.token_bytes(_NONCE)
        plain = msgspec.msgpack.encode({label.text: value for label, value in keys.items()})
        sealed = nonce + AESGCM(self._vault_key).encrypt(nonce, plain, _KEYS)
        content = msgspec.msgpack.encode(_File(version=1, slots=self._slots, sealed=sealed))
        fresh = self._path.with_suffix(".new")
        fresh.unlink(missing_ok=True)
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self._path)


def _label(text: str) -> KeyLabel:
    name, _, algorithm = text.partition("-")
    return KeyLabel(name, Algorithm[algorithm])


def _wrapped(slot: str, passphrase: bytes, vault_key: bytes) -> _Slot:
    if not passphrase:
        raise VaultPassphraseWrong
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(_NONCE)
    wrapping = _wrapping(passphrase, salt, MEMORY_KIB, PASSES, LANES)
    sealed = nonce + AESGCM(wrapping).encrypt(nonce, vault_key, _SLOT)
    return _Slot(name=slot, salt=salt, memory_kib=MEMORY_KIB, passes=PASSES, lanes=LANES, sealed=sealed)


def _unwrapped(slots: tuple[_Slot, ...], passphrase: bytes) -> bytes:
    if not passphrase:
        raise VaultPassphraseWrong
    for slot in slots:
        wrapping = _wrapping(passphrase, slot.salt, slot.memory_kib, slot.passes, slot.lanes)
        try:
            return AESGCM(wrapping).decrypt(slot.sealed[:_NONCE], slot.sealed[_NONCE:], _SLOT)
        except InvalidTag:
            continue
    raise VaultPassphraseWrong


def _wrapping(passphrase: bytes, salt: bytes, memory_kib: int, passes: int, lanes: int) -> bytes:
    return hash_secret_raw(passphrase, salt, passes, memory_kib, lanes, 32, Type.ID)
