"""The file of key slots beside the database: each slot wraps the same database key under another secret.

No names stand in it: a slot is found by HMAC-SHA256 of the login name under the file's own salt. (Names of staff are
few and known; the salt only keeps them from being read at a glance or looked up in a table.) A slot has a public key
that follows from its password; the database key lies in boxes sealed to it, so a new database key can be given to every
slot without its password. Between the two keys of a change a slot has both. Kinds that a program does not know are
passed over.
"""

import hashlib
import hmac
import secrets
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import msgspec
from argon2.exceptions import HashingError
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from sscard_desk.disk import trouble, write_whole
from sscard_desk.domain.errors.store import SlotDamaged
from sscard_desk.security.passwords import SALT_BYTES, Cost, derive
from sscard_desk.wire.box import box_key, open_box, seal_box, slot_words

PASSWORD: Final = "password"  # noqa: S105 - the kind of slot
RECOVERY: Final = "recovery"
"""Sealed to the centre's recovery key; no password opens it."""
_NONCE_BYTES: Final = 12
_BOX: Final = b"slot"
_MOST_MEMORY_KIB: Final = 1_048_576
"""A changed file must not make a counter ask for all the memory there is."""


class Slot(msgspec.Struct, frozen=True, kw_only=True):
    """One way to the database key.

    Attributes:
        id: random, 32 hex characters.
        kind: `password` or `recovery`; others are passed over.
        name: keyed hash of the login name.
        salt: for Argon2id.
        memory_kib: cost of a guess, see `passwords.Cost`.
        passes: see there.
        lanes: see there.
        nonce: of AES-256-GCM.
        sealed: `Secret`, encrypted; the tag binds id, kind and name.
        public: X25519 key that follows from the password; empty in slots of an older program.
        boxes: the database key sealed to `public`; two while it changes.
        machine: secret of this computer that belongs to the password, as the computer keeps it; empty for none.
        machine_kind: who keeps it, for example `dpapi`.
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
    public: bytes = b""
    boxes: tuple[bytes, ...] = ()
    machine: bytes = b""
    machine_kind: str = ""

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
    """What a password opens: the account's own key. `database_key` is empty since slots have boxes for it."""

    database_key: bytes = field(repr=False)
    private_key: bytes = field(repr=False)
    account: str
    display_name: str = field(repr=False)
    role: str


@dataclass(frozen=True)
class Machine:
    """A secret of this computer beside a password: without the computer the password opens nothing.

    Attributes:
        kind: who keeps it.
        secret: 32 random bytes.
        kept: the secret as only this computer can open it again.
    """

    kind: str
    secret: bytes = field(repr=False)
    kept: bytes = field(repr=False)


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


def seal(  # noqa: PLR0917 - the parts of a slot
    name: bytes,
    password: str,
    secret: Secret,
    cost: Cost,
    keys: Sequence[bytes],
    machine: Machine | None = None,
    *,
    slot_id: str,
) -> Slot:
    """Make a slot that the password opens, with a salt and a nonce of its own.

    Args:
        name: keyed hash of the login name.
        password: as typed.
        secret: what it keeps.
        cost: of a guess.
        keys: the database key; two while it changes.
        machine: this computer's secret that is needed beside the password.
        slot_id: 32 hex characters.
    """
    salt, nonce = secrets.token_bytes(SALT_BYTES), secrets.token_bytes(_NONCE_BYTES)
    key = _with_machine(derive(password, salt, cost), machine.secret if machine else b"")
    sealed = AESGCM(key).encrypt(nonce, msgspec.msgpack.encode(secret), _bound(slot_id, PASSWORD, name))
    public = box_key(key, _BOX).public_key().public_bytes_raw()
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
        public=public,
        boxes=boxes_of(slot_id, public, keys),
        machine=machine.kept if machine else b"",
        machine_kind=machine.kind if machine else "",
    )


def recovery_slot(public: bytes, keys: Sequence[bytes]) -> Slot:
    """Make the slot that only the centre's recovery key opens."""
    slot_id = secrets.token_hex(16)
    boxes = boxes_of(slot_id, public, keys)
    return Slot(
        id=slot_id,
        kind=RECOVERY,
        public=public,
        boxes=boxes,
        # no password opens it, so there is nothing to derive a key with and no secret
        name=b"",
        salt=b"",
        memory_kib=0,
        passes=0,
        lanes=0,
        nonce=b"",
        sealed=b"",
    )


def boxes_of(slot_id: str, public: bytes, keys: Sequence[bytes]) -> tuple[bytes, ...]:
    """Seal database keys to a slot's public key."""
    return tuple(seal_box(public, key, slot_words(slot_id)) for key in keys)


@dataclass(frozen=True)
class Unsealed:
    """What a right password gives.

    Attributes:
        secret: the account's.
        keys: the database key, two while it changes.
        public: the slot's public key, computed from the password: whoever wrote another into the file is found out.
    """

    secret: Secret
    keys: tuple[bytes, ...] = field(repr=False)
    public: bytes


def unseal(slot: Slot, password: str, machine_secret: bytes = b"") -> Unsealed | None:
    """Return what a slot keeps, or None if the password is wrong or the slot was changed.

    Args:
        slot: the slot.
        password: as typed.
        machine_secret: of this computer, where the slot names one.

    Raises:
        SlotDamaged: its numbers cannot be right.
    """
    if not (len(slot.salt) == SALT_BYTES and len(slot.nonce) == _NONCE_BYTES and slot.memory_kib <= _MOST_MEMORY_KIB):
        raise SlotDamaged
    try:
        key = _with_machine(derive(password, slot.salt, slot.cost), machine_secret)
        plain = AESGCM(key).decrypt(slot.nonce, slot.sealed, _bound(slot.id, slot.kind, slot.name))
        secret = msgspec.msgpack.decode(plain, type=Secret)
    except InvalidTag:
        return None
    except (msgspec.MsgspecError, HashingError) as error:
        raise SlotDamaged from error
    private = box_key(key, _BOX)
    opened = (open_box(private, box, slot_words(slot.id)) for box in slot.boxes)
    keys = tuple(key for key in opened if key) or ((secret.database_key,) if secret.database_key else ())
    if not keys:
        raise SlotDamaged
    return Unsealed(secret, keys, private.public_key().public_bytes_raw())


def _with_machine(key: bytes, machine_secret: bytes) -> bytes:
    if not machine_secret:
        return key
    return HKDF(hashes.SHA256(), len(key), machine_secret, b"sscard-desk slot machine 1").derive(key)


def _bound(slot_id: str, kind: str, name: bytes) -> bytes:
    return b"\x00".join((b"sscard-desk slot 1", slot_id.encode(), kind.encode(), name))
