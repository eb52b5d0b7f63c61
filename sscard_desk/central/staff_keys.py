"""Keys that desks make for accounts: taken under the seal of whoever gave the account its way in there."""

from collections.abc import Container
from typing import Final

from sqlalchemy import Connection, select

from sscard_desk.central.store import rescues, staff
from sscard_desk.central.store.desks import Desk
from sscard_desk.central.store.tables import entry
from sscard_desk.domain.events import SlotGiven
from sscard_desk.domain.ids import may_give
from sscard_desk.wire.entry import Header, decode_event
from sscard_desk.wire.refusals import Refusal
from sscard_desk.wire.staff import key_bytes

KEY_DIGITS: Final = 64


def objection(  # noqa: PLR0911 - one return per rule
    connection: Connection, desk: Desk, header: Header, event: SlotGiven, given: Container[str]
) -> Refusal | None:
    """Return why a key is not taken, None if it is.

    A desk makes a new key for each way in, so that the seal over it is of one giving alone: a key that was given before
    is the seal of then once more, also where another one took its place meanwhile.

    Args:
        connection: the batch's transaction.
        desk: where the key was made.
        header: the entry's header: account and giver.
        event: the key.
        given: keys that the batch gave before this entry, hex.
    """
    if len(event.public_key) != KEY_DIGITS or not _is_hex(event.public_key + event.replaces):
        return Refusal.MALFORMED
    known = staff.find(connection, header.subject)
    if known is None or known.point != desk.point:
        return Refusal.ACCOUNT_UNKNOWN
    key = event.public_key.lower()
    if key in given or key in _given_before(connection, header.subject):
        return Refusal.KEY_USED
    if event.recovery:
        answered = rescues.answered(connection, event.recovery, desk.id, header.subject)
        return None if answered and header.actor == header.subject else Refusal.RECOVERY_UNKNOWN
    giver = staff.find(connection, header.actor)
    if giver is None or giver.point != desk.point or giver.ended or not giver.public_keys:
        return Refusal.NOT_SUPERVISOR
    if giver.account == known.account or not may_give(giver.role, known.role):
        return Refusal.NOT_SUPERVISOR
    signed = key_bytes(header.subject, desk.id, event.public_key, event.replaces)
    return None if giver.holds(signed, event.seal) else Refusal.SEAL_WRONG


def take(connection: Connection, desk: Desk, header: Header, event: SlotGiven, now_ms: int) -> None:
    """Keep a key that nothing speaks against; what it replaces goes. An account that has ended gets none."""
    known = staff.find(connection, header.subject)
    if known is None or known.ended:
        return
    if event.replaces:
        staff.drop_key(connection, header.subject, bytes.fromhex(event.replaces))
    if event.recovery:
        rescues.use(connection, event.recovery, now_ms)
    staff.keep_key(connection, header.subject, bytes.fromhex(event.public_key), desk.id, header.actor, now_ms)


def _given_before(connection: Connection, account: str) -> set[str]:
    """Return the keys that entries which were taken gave an account, hex; the latest ones and those they replaced."""
    payloads = connection.execute(
        select(entry.c.payload).where(
            (entry.c.subject == account)
            & (entry.c.kind == SlotGiven.kind)
            & (entry.c.outcome == "stored")
            & entry.c.payload.is_not(None)
        )
    ).scalars()
    events = [decode_event(SlotGiven.kind, payload) for payload in payloads]
    return {key.lower() for each in events if isinstance(each, SlotGiven) for key in (each.public_key, each.replaces)}


def _is_hex(text: str) -> bool:
    try:
        bytes.fromhex(text)
    except ValueError:
        return False
    return True
