"""The last password is lost: this desk asks the centre, and its answer lets one administrator set a new password.

Works without a line: request and answer are texts. Between the two nothing secret lies here, since the key that opens
the answer follows from the password that was typed with the request.
"""

import secrets
from contextlib import suppress
from pathlib import Path
from typing import Final

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from sscard_desk.bootstrap.desk import slots_of
from sscard_desk.bootstrap.key_slots import KEY_BYTES, bring_in_line, follow, listed
from sscard_desk.disk import write_whole
from sscard_desk.domain.errors.operator import AccountExists, RoleMissing
from sscard_desk.domain.errors.slots import RecoveryAnswerWrong, RecoveryNameMissing, RecoveryUnready
from sscard_desk.domain.events import SlotGiven
from sscard_desk.domain.ids import AccountId, Role
from sscard_desk.ports.rescue import Rescued
from sscard_desk.security.passwords import SALT_BYTES, Cost, derive, need_length
from sscard_desk.security.slots import Slots
from sscard_desk.store import settings
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.store.facts import read_facts
from sscard_desk.store.key_slots import KeptSlot
from sscard_desk.store.opening import open_desk
from sscard_desk.wire.box import box_key, open_box
from sscard_desk.wire.rescue import REQUEST_BYTES, RescueAnswer, RescueRequest, answer_bytes, box_words

FILE: Final = "rescue-request.json"
RECOVERED: Final = "recovered"
_LABEL: Final = b"rescue"


class _Asked(msgspec.Struct, frozen=True, kw_only=True):
    request: str
    salt: bytes
    memory_kib: int
    passes: int
    lanes: int
    public: bytes = b""
    """What the request told the centre, so that it can be shown once more; opens nothing."""


def ask(folder: Path, password: str, cost: Cost | None = None) -> RescueRequest:
    """Make a request; one that was made before is not answered for any more.

    Args:
        folder: the data folder.
        password: that the person wants from now on; the answer opens with it alone.
        cost: of guessing it.

    Raises:
        NotSetUp: no desk was made here.
        PasswordTooShort: the password.
        RecoveryUnready: this desk has no recovery slot.
        DiskFull, DiskTrouble: nothing was kept.
    """
    facts, slots, cost = read_facts(folder), slots_of(folder), cost or Cost()
    need_length(password, training=facts.training)
    slot = slots.recovery() if slots.exist() else None
    if slot is None:
        raise RecoveryUnready
    salt, request = secrets.token_bytes(SALT_BYTES), secrets.token_hex(REQUEST_BYTES)
    made = _Asked(request=request, salt=salt, memory_kib=cost.memory_kib, passes=cost.passes, lanes=cost.lanes)
    public = _private(made, password).public_key().public_bytes_raw()
    write_whole(folder / FILE, [msgspec.json.encode(msgspec.structs.replace(made, public=public))])
    return RescueRequest(request, facts.desk, slot.id, public, slot.boxes)


def asked(folder: Path) -> RescueRequest | None:
    """Return the request that was made last and not answered yet, None for none.

    Raises:
        NotSetUp: no desk was made here.
    """
    facts, slots = read_facts(folder), slots_of(folder)
    slot = slots.recovery() if slots.exist() else None
    made = _kept(folder)
    if slot is None or made is None or not made.public:
        return None
    return RescueRequest(made.request, facts.desk, slot.id, made.public, slot.boxes)


def finish(folder: Path, text: str, password: str, login: str = "") -> Rescued:
    """Take the centre's answer: its account signs in with the password from now on; return whose it is.

    The database gets another key, so the answer opens nothing a second time.

    Args:
        folder: the data folder.
        text: of the answer.
        password: the one that was typed with the request.
        login: the name to sign in with, where the centre's list names none.

    Raises:
        RecoveryAnswerWrong: no answer to this desk's request, not the centre's, or another password.
        AccountNotListed, AccountEnded, RoleMissing: the account, on the list as this desk has it.
        RecoveryNameMissing: that list names none, and none was given.
        AccountExists: somebody else signs in with this name.
        DatabaseKeyWrong: the database has got another key since the request; ask again.
    """
    desk = read_facts(folder).desk
    made = _kept(folder)
    try:
        answer = RescueAnswer.read(text)
    except ValueError:
        raise RecoveryAnswerWrong from None
    if made is None or answer.request != made.request:
        raise RecoveryAnswerWrong
    opened = open_box(_private(made, password), answer.box, box_words(made.request, desk, answer.account))
    if not opened:
        raise RecoveryAnswerWrong
    keys = [opened[at : at + KEY_BYTES] for at in range(0, len(opened), KEY_BYTES)]
    slots, store = slots_of(folder), open_desk(folder, keys[0], keys[1:])
    try:
        _need_seal(store, answer, made.request)
        rescued = _let_in(store, slots, answer, password, login)
        with suppress(OSError):
            (folder / FILE).unlink()
        follow(store, slots)
    finally:
        store.close()
    return rescued


def _kept(folder: Path) -> _Asked | None:
    try:
        return msgspec.json.decode((folder / FILE).read_bytes(), type=_Asked)
    except (ValueError, OSError):
        return None


def _need_seal(store: DeskStore, answer: RescueAnswer, request: str) -> None:
    key = store.setting(settings.RECEIPT_KEY) or b""
    try:
        signed = answer_bytes(request, store.desk, answer.account, answer.box)
        Ed25519PublicKey.from_public_bytes(key).verify(answer.seal, signed)
    except (InvalidSignature, ValueError):
        raise RecoveryAnswerWrong from None


def _let_in(store: DeskStore, slots: Slots, answer: RescueAnswer, password: str, login: str) -> Rescued:
    row = listed(store, answer.account)
    if row["role"] != Role.ADMINISTRATOR.value:
        raise RoleMissing(role=Role.ADMINISTRATOR.value)
    name, account = row.get("login") or login.strip(), AccountId(answer.account)
    if not name:
        raise RecoveryNameMissing
    with slots.alone():
        book = store.slot_book()
        holder = slots.holder_of(name)
        if holder is not None and holder in book.slots and book.slots[holder].account != account:
            raise AccountExists
        made = slots.make(name, password, account, row.get("name", ""), Role(row["role"]), (store.key,))
        replaces = next((each.signing for each in book.slots.values() if each.account == account), "")
        public_key = made.public_key.hex()
        with store.work(account) as work:
            work.record(SlotGiven(public_key, replaces, recovery=answer.request), subject=account)
            kept = KeptSlot(made.slot.id, account, made.slot.public, public_key)
            work.slots.let_in(kept, msgspec.json.encode(made.slot), public_key, replaces)
            work.slots.want_rekey(RECOVERED)
        bring_in_line(store, slots)
    return Rescued(account, name, row.get("name", ""))


def _private(made: _Asked, password: str) -> X25519PrivateKey:
    return box_key(derive(password, made.salt, Cost(made.memory_kib, made.passes, made.lanes)), _LABEL)
