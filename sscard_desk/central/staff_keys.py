"""Keys that desks make for accounts: taken under the seal of whoever gave the account its way in there."""

from typing import Final

from sqlalchemy import Connection

from sscard_desk.central.store import rescues, staff
from sscard_desk.central.store.desks import Desk
from sscard_desk.domain.events import SlotGiven
from sscard_desk.domain.ids import may_give
from sscard_desk.wire.entry import Header
from sscard_desk.wire.refusals import Refusal
from sscard_desk.wire.staff import key_bytes

KEY_DIGITS: Final = 64


def objection(connection: Connection, desk: Desk, header: Header, event: SlotGiven) -> Refusal | None:
    """Return why a key is not taken, None if it is.

    Args:
        connection: the batch's transaction.
        desk: where the key was made.
        header: the entry's header: account and giver.
        event: the key.
    """
    if len(event.public_key) != KEY_DIGITS or not _is_hex(event.public_key + event.replaces):
        return Refusal.MALFORMED
    known = staff.find(connection, header.subject)
    if known is None or known.point != desk.point:
        return Refusal.ACCOUNT_UNKNOWN
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


def _is_hex(text: str) -> bool:
    try:
        bytes.fromhex(text)
    except ValueError:
        return False
    return True
