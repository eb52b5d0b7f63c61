"""Signing in: an account name and a password open the database and give a session."""

import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sscard_desk.disk import make_folder
from sscard_desk.domain.errors.operator import AccountExists, AccountUnknown, PasswordWrong
from sscard_desk.domain.ids import AccountId, Role
from sscard_desk.security import slot_file
from sscard_desk.security.passwords import Cost, need_length
from sscard_desk.security.pause import Pause
from sscard_desk.security.sessions import SignedIn
from sscard_desk.security.slot_file import Secret, Slot, SlotFile

_SALT_BYTES: Final = 32
SLOTS: Final = "key-slots.json"
_TRIES: Final = "sign-in-tries.json"


@dataclass(frozen=True)
class Opened:
    """What a right password gives."""

    database_key: bytes = field(repr=False)
    session: SignedIn


@dataclass(frozen=True)
class Account:
    """An account that was given a slot; these become its row of the staff list (`staff.staff_row`)."""

    account: AccountId
    display_name: str = field(repr=False)
    role: Role
    public_key: bytes


class Slots:
    """The key slots of one data folder.

    Args:
        folder: the data folder; it is made with the first slot.
        training: whether short passwords are allowed.
        cost: of slots made from now on; existing ones keep theirs.
        pause: the counter of wrong passwords.
    """

    def __init__(
        self, folder: Path, *, training: bool = False, cost: Cost | None = None, pause: Pause | None = None
    ) -> None:
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
        private_key = Ed25519PrivateKey.generate()
        account = AccountId(secrets.token_hex(16))
        secret = Secret(database_key, private_key.private_bytes_raw(), account, display_name, role.value)
        slot = slot_file.seal(name, password, secret, self._cost, slot_id=secrets.token_hex(16))
        make_folder(self._path.parent)
        slot_file.write(self._path, msgspec.structs.replace(file, slots=(*file.slots, slot)))
        return Account(account, display_name, role, private_key.public_key().public_bytes_raw())

    def change_password(self, login: str, old: str, new: str) -> None:
        """Wrap an account's secrets under another password. Locked sessions open with the new one.

        Raises:
            PasswordTooShort: the new one.
            AccountUnknown, AccountPaused, PasswordWrong, SlotDamaged: the old one, as in `unlock`.
        """
        need_length(new, training=self._training)
        file = self._file()
        slot = self._slot(file, login)
        secret = self._secret(slot, old)
        fresh = slot_file.seal(slot.name, new, secret, self._cost, slot_id=slot.id)
        rest = tuple(other for other in file.slots if other.id != slot.id)
        slot_file.write(self._path, msgspec.structs.replace(file, slots=(*rest, fresh)))

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

    def _secret(self, slot: Slot, password: str) -> Secret:
        left = self._pause.begin(slot.name.hex())
        secret = slot_file.unseal(slot, password)
        if secret is None:
            raise PasswordWrong(tries_left=left)
        self._pause.clear(slot.name.hex())
        return secret

    def _opened(self, slot: Slot, password: str) -> Opened:
        secret = self._secret(slot, password)
        session = SignedIn(
            slot.id,
            AccountId(secret.account),
            secret.display_name,
            Role(secret.role),
            Ed25519PrivateKey.from_private_bytes(secret.private_key),
        )
        return Opened(secret.database_key, session)
