"""Whether a sign-off of another desk may be folded here: its seal and its account's role, as the staff list has them.

The centre has asked the same before it passed the entry on; this desk does not take its word for it.
"""

from typing import Final

from sqlalchemy import Connection

from sscard_desk.domain import seals
from sscard_desk.domain.events import Approved, Event, PhotoConsented, Signed
from sscard_desk.domain.ids import ApplicationId, Role
from sscard_desk.store import proofs, reference, staff
from sscard_desk.wire.entry import Header

SEAL_WRONG: Final = "seal-wrong"
NOT_SUPERVISOR: Final = "not-supervisor"
WITNESS_UNKNOWN: Final = "witness-unknown"
"""A thumb print without witness, or witnessed by who took it."""
ACCOUNT_UNKNOWN: Final = "account-unknown"
"""The staff list has no key of the account yet; it is asked again when staff rows arrive."""


def objection(connection: Connection, header: Header, event: Event) -> str:
    """Return why an entry is not folded, or nothing for one that holds or is no sign-off.

    A clerk's signature without seal, by an account without known key, is folded: it proves nothing and releases
    nothing, since a card waits for the sealed approval. A thumb print is folded with its witness's seal alone.

    Args:
        connection: the transaction that brought the entry; staff rows of the same page count as far as they came.
        header: the entry's header.
        event: what it says.
    """
    match event:
        case Approved() | Signed(party="clerk"):
            account, act = header.actor, header.kind
        case Signed(kind_of_signature=seals.THUMB) | PhotoConsented(kind_of_signature=seals.THUMB):
            if not event.witness or event.witness == header.actor:
                return WITNESS_UNKNOWN
            account, act = event.witness, seals.WITNESSED
        case _:
            return ""
    row = reference.find(connection, proofs.STAFF, account)
    keys = proofs.public_keys(row)
    if not keys:
        row = staff.elsewhere(connection, account)
        keys = proofs.public_keys(row)
    if not keys:
        unsealed = act == seals.SIGNED and isinstance(event, Signed) and not event.seal
        return "" if unsealed else ACCOUNT_UNKNOWN
    if isinstance(event, Approved) and row.get("role") != Role.SUPERVISOR.value:
        return NOT_SUPERVISOR
    subject = ApplicationId(header.subject)
    if not isinstance(event, PhotoConsented) and event.content:
        named = seals.signature_bytes(act, subject, event.digest, event.content, event.nonce)
        return "" if proofs.sealed_by_any(keys, named, event.content_seal) else SEAL_WRONG
    signed = seals.sealed_bytes(act, subject, event.digest)
    return "" if proofs.sealed_by_any(keys, signed, event.seal) else SEAL_WRONG
