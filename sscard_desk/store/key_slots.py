"""Ways in, as the encrypted database knows them: whose slot has which public key, and what the open file still lacks.

The slot file lies open beside the database. What is to change in it is kept here in the transaction that journals the
act, and carried out afterwards, at the next start if the program was killed between the two.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import msgspec
from sqlalchemy import Connection, delete

from sscard_desk.store import reference, settings, staff, tables

KIND: Final = "key_slot"
_PENDING: Final = "slots_pending"
_REKEY: Final = "rekey"
_FORMER: Final = "former_keys"
_BEGUN: Final = b"begun:"
KEY_BYTES: Final = 32


@dataclass(frozen=True)
class KeptSlot:
    """A slot whose password was proved, or that was made here.

    Attributes:
        id: 32 hex characters.
        account: whose.
        public: X25519 key that boxes for it are sealed to, 32 bytes.
        signing: the account's Ed25519 key in it, hex.
    """

    id: str
    account: str
    public: bytes
    signing: str


class FileChange(msgspec.Struct, frozen=True, kw_only=True):
    """What is to change in the slot file: a slot to be put in as JSON, and ids to be taken out."""

    put: bytes = b""
    drop: tuple[str, ...] = ()


@dataclass(frozen=True)
class SlotBook:
    """Everything that the database says of ways in.

    Attributes:
        slots: by id.
        pending: what the slot file still lacks, in order.
        rekey: why the database needs another key, empty if it does not.
        begun: whether that stands in the journal already.
        former: database keys that backups may still have, oldest first.
    """

    slots: Mapping[str, KeptSlot]
    pending: Sequence[FileChange]
    rekey: str
    begun: bool
    former: Sequence[bytes] = field(repr=False)


def read(connection: Connection) -> SlotBook:
    """Return what stands here."""
    rows = reference.rows(connection, KIND)
    slots = {row["id"]: _of(row) for row in rows}
    due = settings.read(connection, _REKEY) or b""
    former = settings.read(connection, _FORMER) or b""
    return SlotBook(
        slots,
        _pending(connection),
        due.removeprefix(_BEGUN).decode(),
        due.startswith(_BEGUN),
        [former[at : at + KEY_BYTES] for at in range(0, len(former), KEY_BYTES)],
    )


def _of(row: Mapping[str, str]) -> KeptSlot:
    return KeptSlot(row["id"], row["account"], bytes.fromhex(row["public"]), row.get("signing", ""))


class SlotWork:
    """What may be done to ways in inside one transaction of the desk.

    Args:
        connection: the transaction.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def let_in(self, slot: KeptSlot, file: bytes, public_key: str, replaces: str) -> None:
        """Keep a new slot in the place of those that the account had, and its key of signatures.

        Args:
            slot: the slot.
            file: what is to stand in the slot file, JSON.
            public_key: the account's new Ed25519 key, hex.
            replaces: the key that it had here before, hex, or empty.
        """
        before = [each.id for each in read(self._connection).slots.values() if each.account == slot.account]
        for slot_id in before:
            _forget(self._connection, slot_id)
        keep(self._connection, slot)
        staff.give_key(self._connection, slot.account, public_key, replaces)
        _change_file(self._connection, FileChange(put=file, drop=tuple(before)))

    def shut_out(self, account: str, reason: str) -> None:
        """Forget the slots of an account; the database needs another key then.

        Args:
            account: whose.
            reason: a word of `domain.events.staff`.
        """
        ids = tuple(each.id for each in read(self._connection).slots.values() if each.account == account)
        for slot_id in ids:
            _forget(self._connection, slot_id)
        _change_file(self._connection, FileChange(drop=ids))
        self.want_rekey(reason)

    def want_rekey(self, reason: str) -> None:
        """The database needs another key; one that was begun goes on with the reason it has."""
        if not (settings.read(self._connection, _REKEY) or b"").startswith(_BEGUN):
            settings.keep(self._connection, _REKEY, reason)

    def begin_rekey(self, reason: str, former: bytes) -> None:
        """The change of key stands in the journal with this transaction; the former key stays for older backups."""
        kept = settings.read(self._connection, _FORMER) or b""
        settings.keep(self._connection, _FORMER, kept if kept.endswith(former) else kept + former)
        settings.keep(self._connection, _REKEY, _BEGUN + reason.encode())


def keep(connection: Connection, slot: KeptSlot) -> None:
    """Keep whose a slot is and its public key."""
    reference.keep_local(
        connection, KIND, slot.id, {"account": slot.account, "public": slot.public.hex(), "signing": slot.signing}
    )


def file_changed(connection: Connection, done: int) -> None:
    """The first so many changes stand in the file."""
    settings.keep(connection, _PENDING, msgspec.json.encode(_pending(connection)[done:]))


def rekey_done(connection: Connection) -> None:
    """The database has its other key, and every slot too."""
    settings.forget(connection, _REKEY)


def _forget(connection: Connection, slot_id: str) -> None:
    item = tables.item.c
    same = (item.scope == reference.LOCAL) & (item.kind == KIND) & (item.id == slot_id)
    connection.execute(delete(tables.item).where(same))


def _change_file(connection: Connection, change: FileChange) -> None:
    settings.keep(connection, _PENDING, msgspec.json.encode([*_pending(connection), change]))


def _pending(connection: Connection) -> list[FileChange]:
    kept = settings.read(connection, _PENDING)
    return msgspec.json.decode(kept, type=list[FileChange]) if kept else []
