"""Signing in: an account name and a password open the database and give a session."""

import hmac
import secrets
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import RLock
from typing import Final

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sscard_desk.disk import make_folder
from sscard_desk.domain.errors.operator import AccountExists, AccountUnknown, PasswordWrong
from sscard_desk.domain.errors.slots import OtherMachine
from sscard_desk.domain.ids import AccountId, Role
from sscard_desk.ports.machine_seal import MachineSeal
from sscard_desk.security import slot_file
from sscard_desk.security.passwords import Cost, need_length
from sscard_desk.security.pause import Pause, alone
from sscard_desk.security.sessions import SignedIn
from sscard_desk.security.slot_file import Machine, Secret, Slot, SlotFile, Unsealed

_SALT_BYTES: Final = 32
SLOTS: Final = "key-slots.json"
_TRIES: Final = "sign-in-tries.json"


@dataclass(frozen=True)
class Opened:
    """What a right password gives.

    Attributes:
        keys: the database key; two while it changes, of which the file has one.
        session: who signed in.
        slot: id of the slot.
        public: its public key, as the password gives it.
    """

    keys: tuple[bytes, ...] = field(repr=False)
    session: SignedIn
    slot: str
    public: bytes

    @property
    def database_key(self) -> bytes:
        """The database key, where it does not change just now."""
        return self.keys[0]


@dataclass(frozen=True)
class MadeSlot:
    """A slot that stands in no file yet.

    Attributes:
        account: whose.
        slot: as it will stand in the file.
        public_key: the account's new Ed25519 key.
    """

    account: AccountId
    slot: Slot
    public_key: bytes


@dataclass(frozen=True)
class Account:
    """An account that was given a slot; these become its row of the staff list (`staff.staff_row`)."""

    account: AccountId
    display_name: str = field(repr=False)
    role: Role
    public_key: bytes
    slot: str = ""
    slot_public: bytes = b""


class Slots:
    """The key slots of one data folder.

    Args:
        folder: the data folder; it is made with the first slot.
        training: whether short passwords are allowed.
        cost: of slots made from now on; existing ones keep theirs.
        pause: the counter of wrong passwords.
        machine: keeps a secret of this computer beside each password that is given from now on.
    """

    def __init__(
        self,
        folder: Path,
        *,
        training: bool = False,
        cost: Cost | None = None,
        pause: Pause | None = None,
        machine: MachineSeal | None = None,
    ) -> None:
        self._machine = machine
        self._mine, self._depth = RLock(), 0
        self._path = folder / SLOTS
        self._training = training
        self._cost = cost or Cost()
        self._pause = pause or Pause(folder / _TRIES)

    def exist(self) -> bool:
        """Return whether anybody can sign in here."""
        return self._path.exists()

    def unlock(self, login: str, password: str) -> Opened:
        """Open an account's slot.

        Args:
            login: the name the account signs in with.
            password: as typed.

        Raises:
            AccountUnknown: no slot has this name.
            AccountPaused: too many wrong passwords; nothing was tried.
            PasswordWrong: it does not open the slot.
            SlotDamaged: the slot file cannot be read.
        """
        file = self._file()
        return self._opened(self._slot(file, login), password)

    def unlock_again(self, session: SignedIn, password: str) -> None:
        """Unlock a locked session with its own password.

        Raises:
            AccountUnknown, AccountPaused, PasswordWrong, SlotDamaged: as in `unlock`; the session stays locked.
        """
        slot = next((slot for slot in self._file().slots if slot.id == session.slot), None)
        if slot is None:
            raise AccountUnknown
        session.resume(self._opened(slot, password).session)

    def add(self, login: str, password: str, *, display_name: str, role: Role, database_key: bytes) -> Account:
        """Give a new account a slot and a key pair. Whoever adds it has the database open, so knows its key.

        Args:
            login: the name it signs in with.
            password: its first password.
            display_name: what the window calls it.
            role: what it may do, as the staff list will say.
            database_key: 32 bytes.

        Raises:
            AccountExists: a slot has this name.
            PasswordTooShort: see `passwords.need_length`.
            DiskFull, DiskTrouble: nothing was added.
        """
        need_length(password, training=self._training)
        file = slot_file.read(self._path) or SlotFile(name_salt=secrets.token_bytes(_SALT_BYTES))
        name = slot_file.name_hash(file, login)
        if slot_file.find(file, name) is not None:
            raise AccountExists
        made = self._made(name, password, AccountId(secrets.token_hex(16)), display_name, role, (database_key,))
        make_folder(self._path.parent)
        slot_file.write(self._path, msgspec.structs.replace(file, slots=(*file.slots, made.slot)))
        return Account(made.account, display_name, role, made.public_key, made.slot.id, made.slot.public)

    def make(  # noqa: PLR0917 - what a slot is made of
        self, login: str, password: str, account: AccountId, display_name: str, role: Role, keys: Sequence[bytes]
    ) -> MadeSlot:
        """Make a slot with a new key pair for an account of the centre; `put` lets it in.

        Raises:
            AccountExists: another account signs in with this name; see `owner`.
            PasswordTooShort: see `passwords.need_length`.
        """
        need_length(password, training=self._training)
        return self._made(slot_file.name_hash(self._file(), login), password, account, display_name, role, keys)

    def put(self, slot: Slot, instead: Collection[str] = ()) -> None:
        """Let a slot in, in the place of others; doing so twice is no trouble.

        Raises:
            DiskFull, DiskTrouble: the file before still stands.
        """
        file = self._file()
        rest = tuple(each for each in file.slots if each.id != slot.id and each.id not in instead)
        slot_file.write(self._path, msgspec.structs.replace(file, slots=(*rest, slot)))
        self._pause.clear(slot.name.hex())

    def drop(self, ids: Collection[str]) -> None:
        """Take ways in; those that are not there are passed over.

        Raises:
            DiskFull, DiskTrouble: the file before still stands.
        """
        file = self._file()
        rest = tuple(each for each in file.slots if each.id not in ids)
        if len(rest) != len(file.slots):
            slot_file.write(self._path, msgspec.structs.replace(file, slots=rest))

    def ids(self) -> dict[str, str]:
        """Return the kind of each slot by its id."""
        return {slot.id: slot.kind for slot in self._file().slots}

    def holder_of(self, login: str) -> str | None:
        """Return the id of the slot that a login name opens."""
        file = self._file()
        slot = slot_file.find(file, slot_file.name_hash(file, login))
        return slot.id if slot else None

    def recovery(self) -> Slot | None:
        """Return the recovery slot."""
        return next((slot for slot in self._file().slots if slot.kind == slot_file.RECOVERY), None)

    def keep_recovery(self, public: bytes, keys: Sequence[bytes]) -> None:
        """Have one recovery slot, sealed to this key of the centre.

        Raises:
            DiskFull, DiskTrouble: the file before still stands.
        """
        file = self._file()
        rest = tuple(slot for slot in file.slots if slot.kind != slot_file.RECOVERY)
        made = slot_file.recovery_slot(public, keys)
        slot_file.write(self._path, msgspec.structs.replace(file, slots=(*rest, made)))

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep every other process and thread from changing ways in until the block ends.

        Raises:
            DiskTrouble: another one takes longer than some seconds.
        """
        with self._mine:
            if self._depth:
                yield
                return
            with alone(self._path.with_name(f"{SLOTS}.lock")):
                self._depth += 1
                try:
                    yield
                finally:
                    self._depth -= 1

    def wrap(self, proved: Mapping[str, bytes], keys: Sequence[bytes], recovery: bytes = b"") -> None:
        """Give every proved slot these database keys, and no other slot any; passwords are not needed.

        Args:
            proved: public key by id of slot, as the encrypted database has them: the open file is not believed.
            keys: one, or the former and the next one while the key changes.
            recovery: the centre's recovery key; without it there is no recovery slot any more.

        Raises:
            DiskFull, DiskTrouble: the file before still stands.
        """
        file = self._file()
        kept = [slot for slot in file.slots if slot.kind == slot_file.PASSWORD and slot.id in proved]
        again = [
            msgspec.structs.replace(
                slot, public=proved[slot.id], boxes=slot_file.boxes_of(slot.id, proved[slot.id], keys)
            )
            for slot in kept
            if hmac.compare_digest(slot.public, proved[slot.id])
        ]
        if recovery:
            again.append(slot_file.recovery_slot(recovery, keys))
        slot_file.write(self._path, msgspec.structs.replace(file, slots=tuple(again)))

    def change_password(self, login: str, old: str, new: str) -> tuple[str, bytes]:
        """Wrap an account's secrets under another password. Locked sessions open with the new one.

        Returns:
            Id and public key of the slot, for whoever keeps them.

        Raises:
            PasswordTooShort: the new one.
            AccountUnknown, AccountPaused, PasswordWrong, SlotDamaged: the old one, as in `unlock`.
        """
        need_length(new, training=self._training)
        file = self._file()
        return self._changed(file, self._slot(file, login), old, new)

    def change_own_password(self, session: SignedIn, old: str, new: str) -> tuple[str, bytes]:
        """As `change_password`, for whoever is signed in.

        Raises:
            AccountUnknown: its slot is gone.
            PasswordTooShort, AccountPaused, PasswordWrong, SlotDamaged: as there.
        """
        need_length(new, training=self._training)
        file = self._file()
        slot = next((slot for slot in file.slots if slot.id == session.slot), None)
        if slot is None:
            raise AccountUnknown
        return self._changed(file, slot, old, new)

    def _changed(self, file: SlotFile, slot: Slot, old: str, new: str) -> tuple[str, bytes]:
        known = self._unsealed(slot, old)
        fresh = slot_file.seal(
            slot.name, new, known.secret, self._cost, known.keys, self._new_machine(), slot_id=slot.id
        )
        rest = tuple(other for other in file.slots if other.id != slot.id)
        slot_file.write(self._path, msgspec.structs.replace(file, slots=(*rest, fresh)))
        return fresh.id, fresh.public

    def remove(self, login: str) -> None:
        """Take an account's way in. A copy of the old file still opens with its password: see the threat model.

        Raises:
            AccountUnknown: no slot has this name.
        """
        file = self._file()
        slot = self._slot(file, login)
        rest = tuple(other for other in file.slots if other.id != slot.id)
        slot_file.write(self._path, msgspec.structs.replace(file, slots=rest))

    def _file(self) -> SlotFile:
        file = slot_file.read(self._path)
        if file is None:
            raise AccountUnknown
        return file

    def _slot(self, file: SlotFile, login: str) -> Slot:
        slot = slot_file.find(file, slot_file.name_hash(file, login))
        if slot is None:
            raise AccountUnknown
        return slot

    def _made(  # noqa: PLR0917 - what a slot is made of
        self, name: bytes, password: str, account: AccountId, display_name: str, role: Role, keys: Sequence[bytes]
    ) -> MadeSlot:
        private_key = Ed25519PrivateKey.generate()
        secret = Secret(b"", private_key.private_bytes_raw(), account, display_name, role.value)
        machine = self._new_machine()
        slot = slot_file.seal(name, password, secret, self._cost, keys, machine, slot_id=secrets.token_hex(16))
        return MadeSlot(account, slot, private_key.public_key().public_bytes_raw())

    def _new_machine(self) -> Machine | None:
        if self._machine is None:
            return None
        secret = secrets.token_bytes(_SALT_BYTES)
        return Machine(self._machine.kind, secret, self._machine.seal(secret))

    def _machine_secret(self, slot: Slot) -> bytes:
        if not slot.machine_kind:
            return b""
        if self._machine is None or self._machine.kind != slot.machine_kind:
            raise OtherMachine(kind=slot.machine_kind)
        return self._machine.unseal(slot.machine)

    def _unsealed(self, slot: Slot, password: str) -> Unsealed:
        machine_secret = self._machine_secret(slot)
        left = self._pause.begin(slot.name.hex())
        known = slot_file.unseal(slot, password, machine_secret)
        if known is None:
            raise PasswordWrong(tries_left=left)
        self._pause.clear(slot.name.hex())
        return known

    def _opened(self, slot: Slot, password: str) -> Opened:
        known = self._unsealed(slot, password)
        secret = known.secret
        if not slot.public:  # of an older program: the same password, with a public key from now on
            fresh = slot_file.seal(
                slot.name, password, replace(secret, database_key=b""), self._cost, known.keys, slot_id=slot.id
            )
            with self.alone():
                self.put(fresh)
            known = replace(known, public=fresh.public)
        session = SignedIn(
            slot.id,
            AccountId(secret.account),
            secret.display_name,
            Role(secret.role),
            Ed25519PrivateKey.from_private_bytes(secret.private_key),
        )
        return Opened(known.keys, session, slot.id, known.public)
