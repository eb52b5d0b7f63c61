"""Who signed off, as far as the centre can know it: seals under the keys and roles of its own staff list."""

from typing import Final

from sqlalchemy import Connection, select

from sscard_desk.central.store import desks, staff
from sscard_desk.central.store.applications import Standing
from sscard_desk.central.store.desks import Desk
from sscard_desk.central.store.staff import KnownAccount
from sscard_desk.central.store.tables import entry
from sscard_desk.domain import events, seals
from sscard_desk.domain.application import Application, Signature
from sscard_desk.domain.events import Event
from sscard_desk.domain.ids import ApplicationId, Role
from sscard_desk.wire.entry import Header, decode_event
from sscard_desk.wire.refusals import Refusal

APPLICANTS: Final = frozenset({"applicant", "guardian", "agent"})
"""Of these one has signed at least, whatever parties a desk names."""
CLERK: Final = "clerk"


def refusal(connection: Connection, desk: Desk, header: Header, event: Event) -> Refusal | None:
    """Return why a sign-off is not taken, None if it is.

    An approval needs a supervisor of the desk's point and a seal under the key that is known of the account. So does a
    thumb print of a member of the point's staff besides who took it: nothing but the witness's seal speaks for it. A
    clerk's signature only must not be against a known key, since an approval is not taken without one that holds.
    """
    match event:
        case events.Approved():
            known = staff.find(connection, header.actor)
            if known is None or not known.public_keys:
                return Refusal.NOT_SUPERVISOR
            if known.role != Role.SUPERVISOR.value or known.point != desk.point:
                return Refusal.NOT_SUPERVISOR
            act = seals.APPROVED
        case events.Signed(party="clerk"):
            known = staff.find(connection, header.actor)
            if known is None or not (known.public_keys or known.ended):
                return None
            act = seals.SIGNED
        case events.Signed(kind_of_signature=seals.THUMB) | events.PhotoConsented(kind_of_signature=seals.THUMB):
            witness = event.witness
            known = staff.find(connection, witness) if witness and witness != header.actor else None
            if known is None or known.point != desk.point or not known.public_keys:
                return Refusal.WITNESS_UNKNOWN
            act = seals.WITNESSED
        case _:
            return None
    subject = ApplicationId(header.subject)
    holds = known.holds(seals.sealed_bytes(act, subject, event.digest), event.seal)
    if not isinstance(event, events.PhotoConsented) and (event.content or event.content_seal):
        named = seals.signature_bytes(act, subject, event.digest, event.content, event.nonce)
        holds = holds and known.holds(named, event.content_seal)
    return None if holds else Refusal.SEAL_WRONG


def objection(
    connection: Connection, standing: Standing, event: events.Approved | events.Signed, by: str
) -> Refusal | None:
    """Return why a sign-off that fits its application and whose seal holds is not taken all the same, None if it is.

    Args:
        connection: a transaction.
        standing: the application before it.
        event: the sign-off.
        by: the account that signs or approves.
    """
    if isinstance(event, events.Signed):
        return Refusal.SIGNATURE_VOID if _of_other_content(standing.state, event) else None
    if used_before(connection, standing.state, event):
        return Refusal.APPROVAL_USED
    return second_person_missing(connection, standing, by)


def used_before(connection: Connection, state: Application, event: events.Approved) -> bool:
    """Return whether an approval is an old one once more; one that names its content is not, the folding sees to that.

    Args:
        connection: a transaction.
        state: the application before it.
        event: the approval.
    """
    if event.content:
        return False
    return seals.mark_of(event.seal) in state.approval_marks or times_approved(connection, state.id, event.seal) > 0


def _of_other_content(state: Application, event: events.Signed) -> bool:
    """Return whether a signature that does not name its content bears a seal that was made for another one."""
    first = "" if event.content else state.signature_marks.get(seals.mark_of(event.seal), "")
    return bool(first) and first != seals.shown_of(state)


def times_approved(connection: Connection, application: ApplicationId, seal: bytes) -> int:
    """Return how many entries that were taken approved an application under a seal."""
    rows = connection.execute(
        select(entry.c.payload).where(
            (entry.c.subject == application)
            & (entry.c.kind == events.Approved.kind)
            & (entry.c.outcome == "stored")
            & entry.c.payload.is_not(None)
        )
    ).scalars()
    approvals = (decode_event(events.Approved.kind, payload) for payload in rows)
    return sum(isinstance(each, events.Approved) and each.seal == seal for each in approvals)


def second_person_missing(connection: Connection, standing: Standing, approver: str) -> Refusal | None:
    """Return why an approval would be one person's word, None where four eyes have seen what is approved.

    Which parties have to sign is what a desk wrote, and so is who opened the application: neither proves anybody. What
    proves a second person is the clerk's seal, under the key of another account that works at the service point today.

    Args:
        connection: a transaction.
        standing: the application with its signatures.
        approver: the account that approves it.
    """
    state = standing.state
    if not any(state.signed_by(party) for party in APPLICANTS) or not all(map(state.signed_by, state.parties)):
        return Refusal.PARTIES_MISSING
    points = _points(connection, standing)
    for signature in state.valid_signatures():
        if signature.party != CLERK or signature.by == approver:
            continue
        known = staff.find(connection, signature.by)
        if known is not None and known.point in points and _clerks(known, state, signature):
            return None
    return Refusal.SECOND_PERSON


def _clerks(known: KnownAccount, state: Application, signature: Signature) -> bool:
    """Return whether a clerk's signature is this account's, and of what the application says now."""
    if signature.content_seal:
        of = (signature.digest, signature.content, signature.nonce)
        named = seals.signature_bytes(seals.SIGNED, state.id, *of)
        return signature.content == seals.shown_of(state) and known.holds(named, signature.content_seal)
    return known.holds(seals.sealed_bytes(seals.SIGNED, state.id, signature.digest), signature.seal)


def _points(connection: Connection, standing: Standing) -> set[str]:
    """Return whose staff may have signed: of the service point, and where it was signed before it was transferred."""
    opener = desks.find_desk(connection, standing.desk) if standing.state.point else None
    return {standing.point} | ({opener.point} if opener else set())
