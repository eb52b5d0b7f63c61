"""The file of key slots beside the database: each slot wraps the same database key under another secret.

No names stand in it: a slot is found by HMAC-SHA256 of the login name under the file's own salt. (Names of staff are
few and known; the salt only keeps them from being read at a glance or looked up in a table.) The format leaves room
for other kinds of slot, such as a recovery slot that is kept in a safe: a program passes over kinds it does not know.
"""

import hashlib
import hmac
import secrets
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import msgspec
from argon2.exceptions import HashingError
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from sscard_desk.disk import trouble, write_whole
from sscard_desk.domain.errors.store import SlotDamaged
from sscard_desk.security.passwords import SALT_BYTES, Cost, derive

PASSWORD: Final = "password"  # noqa: S105 - the kind of slot
_NONCE_BYTES: Final = 12
_MOST_MEMORY_KIB: Final = 1_048_576
"""A changed file must not make a counter ask for all the memory there is."""


class Slot(msgspec.Struct, frozen=True, kw_only=True):
    """One way to the database key.

    Attributes:
        id: random, 32 hex characters.
        kind: `password`; others are passed over.
        name: keyed hash of the login name.
        salt: for Argon2id.
        memory_kib: cost of a guess, see `passwords.Cost`.
        passes: see there.
        lanes: see there.
        nonce: of AES-256-GCM.
        sealed: `Secret`, encrypted; the tag binds id, kind and name.
    """

    id: str
    kind: str
    name: bytes
    salt: bytes
    memory_kib: int
    passes: int
    lanes: int
    nonce: bytes
    sealed: bytes

    @property
    def cost(self) -> Cost:
        """What one guess costs."""
        return Cost(self.memory_kib, self.passes, self.lanes)


class SlotFile(msgspec.Struct, frozen=True, kw_only=True):
    """All slots of a data folder."""

    format: int = 1
    name_salt: bytes
    slots: tuple[Slot, ...] = ()


@dataclass(frozen=True)
class Secret:
    """What a slot keeps: the database's key and the account's own."""

    database_key: bytes = field(repr=False)
    private_key: bytes = field(repr=False)
    account: str
    display_name: str = field(repr=False)
    role: str


def read(path: Path) -> SlotFile | None:
    """Return the slot file, or None if there is none.

    Raises:
        SlotDamaged: it cannot be read as one.
    """
    try:
        return msgspec.json.decode(path.read_bytes(), type=SlotFile)
    except FileNotFoundError:
        return None
    except msgspec.MsgspecError as error:
        raise SlotDamaged from error
    except OSError as error:
        raise trouble(error) from error


def write(path: Path, file: SlotFile) -> None:
    """Put the slot file in its place whole.

    Raises:
        DiskFull, DiskTrouble: the file before still stands.
    """
    write_whole(path, [msgspec.json.format(msgspec.json.encode(file))])


def name_hash(file: SlotFile, login: str) -> bytes:
    """Return what stands for a login name; width, case and outer spaces make no difference."""
    plain = unicodedata.normalize("NFKC", login).strip().casefold()
    return hmac.new(file.name_salt, plain.encode("utf-8"), hashlib.sha256).digest()


def find(file: SlotFile, name: bytes) -> Slot | None:
    """Return the password slot under a hashed name; every slot is compared, in constant time each."""
    found = None
    for slot in file.slots:
        if hmac.compare_digest(slot.name, name) and slot.kind == PASSWORD:
            found = slot
    return found


def seal(name: bytes, password: str, secret: Secret, cost: Cost, *, slot_id: str) -> Slot:
    """Make a slot that the password opens, with a salt and a nonce of its own."""
    salt, nonce = secrets.token_bytes(SALT_BYTES), secrets.token_bytes(_NONCE_BYTES)
    key = derive(password, salt, cost)
    sealed = AESGCM(key).encrypt(nonce, msgspec.msgpack.encode(secret), _bound(slot_id, PASSWORD, name))
    return Slot(
        id=slot_id,
        kind=PASSWORD,
        name=name,
        salt=salt,
        memory_kib=cost.memory_kib,
        passes=cost.passes,
        lanes=cost.lanes,
        nonce=nonce,
        sealed=sealed,
    )


def unseal(slot: Slot, password: str) -> Secret | None:
    """Return what a slot keeps, or None if the password is wrong or the slot was changed.

    Raises:
        SlotDamaged: its numbers cannot be right.
    """
    if not (len(slot.salt) == SALT_BYTES and len(slot.nonce) == _NONCE_BYTES and slot.memory_kib <= _MOST_MEMORY_KIB):
        raise SlotDamaged
    try:
        key = derive(password, slot.salt, slot.cost)
        plain = AESGCM(key).decrypt(slot.nonce, slot.sealed, _bound(slot.id, slot.kind, slot.name))
        return msgspec.msgpack.decode(plain, type=Secret)
    except InvalidTag:
        return None
    except (msgspec.MsgspecError, HashingError) as error:
        raise SlotDamaged from error


def _bound(slot_id: str, kind: str, name: bytes) -> bytes:
    return b"\x00".join((b"sscard-desk slot 1", slot_id.encode(), kind.encode(), name))
