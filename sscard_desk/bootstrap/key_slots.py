"""Ways in at this desk: given by who is signed in, closed when the centre ends an account; and the key of the database.

The journal entry of an act and what the open slot file still lacks are kept in one transaction; the file follows, after
a kill at the next start. While the key changes every slot has both keys, so each moment leaves a desk that opens.
"""

import secrets
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Final

import msgspec

from sscard_desk.domain.errors.operator import AccountExists, RoleMissing
from sscard_desk.domain.errors.staff import AccountEnded, AccountNotListed
from sscard_desk.domain.errors.store import DiskTrouble, FolderInUse
from sscard_desk.domain.events import DatabaseRekeyed, SlotGiven, SlotRemoved
from sscard_desk.domain.ids import AccountId, Role, may_give
from sscard_desk.security.slot_file import PASSWORD, Slot
from sscard_desk.security.slots import Opened, Slots
from sscard_desk.security.staff import KIND as STAFF
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.store.key_slots import KeptSlot
from sscard_desk.store.rescue_key import TAKEN as RESCUE_KEY
from sscard_desk.wire.staff import key_bytes

if TYPE_CHECKING:
    from sscard_desk.bootstrap.desk import OpenDesk

ENDED: Final = "ended"
CLOSED: Final = "closed"
KEY_BYTES: Final = 32


def give_password(desk: "OpenDesk", account: str, login: str, password: str) -> None:
    """Give an account of the centre a way in at this desk, in the place of one it had; works without a line.

    Args:
        desk: open; whoever is signed in stands beside the person.
        account: whose.
        login: the name to sign in with, where the centre names none.
        password: as the person typed it.

    Raises:
        AccountNotListed, AccountEnded: the signed list of the centre.
        RoleMissing: a clerk gives nobody anything, nobody gives to themselves or to a higher role.
        AccountExists: somebody else signs in with this name.
        PasswordTooShort: the password.
        SignInNeeded: the session is locked.
    """
    row = listed(desk.store, account)
    session, store = desk.session, desk.store
    if account == session.account or not may_give(session.role.value, row["role"]):
        raise RoleMissing(role=max(row["role"], Role.SUPERVISOR.value, key=_rank))
    name = row.get("login") or login
    with desk.slots.alone():
        book = store.slot_book()
        holder = desk.slots.holder_of(name)
        if holder is not None and (holder not in book.slots or book.slots[holder].account != account):
            raise AccountExists
        made = desk.slots.make(name, password, AccountId(account), row.get("name", ""), Role(row["role"]), (store.key,))
        replaces = next((each.signing for each in book.slots.values() if each.account == account), "")
        public_key = made.public_key.hex()
        seal = session.sign(key_bytes(account, store.desk, public_key, replaces))
        with store.work(session.account) as work:
            work.record(SlotGiven(public_key, replaces, seal), subject=account)
            kept = KeptSlot(made.slot.id, account, made.slot.public, public_key)
            work.slots.let_in(kept, msgspec.json.encode(made.slot), public_key, replaces)
        bring_in_line(store, desk.slots)


def close_way_in(desk: "OpenDesk", account: str) -> None:
    """Close an account's way in at this desk; the database gets another key.

    Raises:
        RoleMissing: as in `give_password`; nobody closes their own.
        AccountNotListed: the account has no way in here.
    """
    role = next((row.get("role", "") for row in desk.store.reference(STAFF) if row["id"] == account), "")
    if account == desk.session.account or not may_give(desk.session.role.value, role or Role.CLERK.value):
        raise RoleMissing(role=max(role, Role.SUPERVISOR.value, key=_rank))
    if account not in {each.account for each in desk.store.slot_book().slots.values()}:
        raise AccountNotListed
    with desk.slots.alone():
        _shut_out(desk.store, account, CLOSED, desk.session.account)
    follow(desk.store, desk.slots)


def change_password(desk: "OpenDesk", login: str, old: str, new: str) -> None:
    """Change the password of whoever is signed in.

    Raises:
        PasswordTooShort: the new one.
        AccountUnknown, AccountPaused, PasswordWrong: the old one.
    """
    with desk.slots.alone():
        _keep_own(desk, *desk.slots.change_password(login, old, new))


def change_own_password(desk: "OpenDesk", old: str, new: str) -> None:
    """Change the password of whoever is signed in, whatever name that was done with.

    Raises:
        PasswordTooShort: the new one.
        AccountUnknown, AccountPaused, PasswordWrong: the old one.
    """
    with desk.slots.alone():
        _keep_own(desk, *desk.slots.change_own_password(desk.session, old, new))


def _keep_own(desk: "OpenDesk", slot_id: str, public: bytes) -> None:
    desk.store.keep_slot(KeptSlot(slot_id, desk.session.account, public, desk.session.public_key.hex()))


def listed(store: DeskStore, account: str) -> Mapping[str, str]:
    """Return the row that the centre sealed for an account.

    Raises:
        AccountNotListed: there is none.
        AccountEnded: it has ended.
    """
    row = next((row for row in store.reference(STAFF) if row["id"] == account), None)
    if row is None or not row.get("serial"):
        raise AccountNotListed
    if row.get("ended"):
        raise AccountEnded
    return row


def proved(store: DeskStore, opened: Opened) -> None:
    """Keep that a slot is whose it says, because its password was typed just now."""
    kept = KeptSlot(opened.slot, opened.session.account, opened.public, opened.session.public_key.hex())
    if store.slot_book().slots.get(opened.slot) != kept:
        store.keep_slot(kept)


def follow(store: DeskStore, slots: Slots) -> bool:
    """Close the ways in of accounts that ended, and change the key where one was closed; called after each exchange.

    Returns:
        Whether everything is as it should be; a change of key waits while another program uses the database.
    """
    with slots.alone():
        bring_in_line(store, slots)
        ended = {row["id"] for row in store.reference(STAFF) if row.get("ended")}
        for account in sorted({each.account for each in store.slot_book().slots.values()} & ended):
            _shut_out(store, account, ENDED, AccountId(store.desk))
        bring_in_line(store, slots)
        store.persons.renew()
        if store.slot_book().rekey:
            with suppress(FolderInUse):
                change_key(store, slots)
        _keep_recovery(store, slots)
        return not store.slot_book().rekey


def bring_in_line(store: DeskStore, slots: Slots) -> None:
    """Carry out what the slot file still lacks."""
    pending = store.slot_book().pending
    for change in pending:
        if change.put:
            slots.put(msgspec.json.decode(change.put, type=Slot), change.drop)
        else:
            slots.drop(change.drop)
    if pending:
        store.file_changed(len(pending))


def change_key(store: DeskStore, slots: Slots) -> None:
    """Give the database another key, and every proved slot too; what broke off is gone on with.

    Raises:
        FolderInUse: another program uses the database; nothing is lost, it is tried again.
        DiskFull, DiskTrouble: likewise.
    """
    book, key = store.slot_book(), store.key
    ways = {each.id: each.public for each in book.slots.values()}
    in_file = [slot_id for slot_id, kind in slots.ids().items() if kind == PASSWORD]
    if not set(ways) & set(in_file):
        raise DiskTrouble(reason="no-slot")  # nobody could open it afterwards
    if not book.begun:
        with store.work(AccountId(store.desk)) as work:
            for slot_id in sorted(set(in_file) - set(ways)):
                work.record(SlotRemoved("unproved"), subject=slot_id)
            work.record(DatabaseRekeyed(book.rekey, len(ways)), subject=store.desk)
            work.slots.begin_rekey(book.rekey, key)
    public = recovery_key(store)
    if not book.begun or book.former[-1] == key:  # otherwise the file has its key, and only the slots are left
        new = secrets.token_bytes(KEY_BYTES)
        slots.wrap(ways, (key, new), public)
        store.rekey(new)
        key = new
    slots.wrap(ways, (key,), public)
    store.rekey_done()


def recovery_key(store: DeskStore) -> bytes:
    """Return the centre's recovery key, empty where none was heard."""
    row = next(iter(store.reference(RESCUE_KEY)), None)
    return bytes.fromhex(row["public"]) if row else b""


def _keep_recovery(store: DeskStore, slots: Slots) -> None:
    public, there = recovery_key(store), slots.recovery()
    if public and (there is None or there.public != public):
        slots.keep_recovery(public, (store.key,))


def _shut_out(store: DeskStore, account: str, reason: str, actor: AccountId) -> None:
    with store.work(actor) as work:
        work.record(SlotRemoved(reason), subject=account)
        work.slots.shut_out(account, reason)


def _rank(role: str) -> int:
    return next((at for at, each in enumerate(Role) if each.value == role), 0)
