"""A supervisor signs off, or sends back."""

import secrets
from typing import Final

from sscard_desk.domain.application import Application
from sscard_desk.domain.errors.operator import NotAllowedHere, OwnApplication, OwnSignature
from sscard_desk.domain.events import ApprovalDeferred, Approved, SentBack
from sscard_desk.domain.ids import Role
from sscard_desk.domain.seals import APPROVED, approval_bytes, content_of, sealed_bytes
from sscard_desk.ports.session import Session
from sscard_desk.ports.store import Store
from sscard_desk.usecases.recording import need_reason, need_role, record

BACK_TO: Final = ("form_returned", "materials_checked")
"""Where a supervisor can send an application back to."""


def approve(store: Store, supervisor: Session, application: Application) -> Application:
    """Sign an application off with the supervisor's own key.

    Raises:
        RoleMissing: not a supervisor.
        OwnApplication: the supervisor took this application in.
        OwnSignature: the supervisor signed it as its clerk; the centre takes no such approval.
        SignatureVoid: a signature is not bound to the present content.
        StepNotAllowed: it is not signed.
    """
    need_role(supervisor, Role.SUPERVISOR)
    if supervisor.account == application.opened_by:
        raise OwnApplication
    if application.clerk_is(supervisor.account):
        raise OwnSignature
    seal = supervisor.sign(sealed_bytes(APPROVED, application.id, application.digest))
    content, nonce = content_of(application), secrets.token_hex(16)
    content_seal = supervisor.sign(approval_bytes(application.id, application.digest, content, nonce))
    event = Approved(application.digest, seal, content=content, nonce=nonce, content_seal=content_seal)
    return record(store, supervisor, event, application.id)


def send_back(store: Store, supervisor: Session, application: Application, reason: str, to: str) -> Application:
    """Send an application back to the clerk, saying why.

    Args:
        store: the desk's database.
        supervisor: a supervisor's session.
        application: at `signed`.
        reason: what has to be put right.
        to: one of `BACK_TO`.

    Raises:
        RoleMissing, ReasonMissing: as named.
        ValueError: no such step to send back to; a defect.
    """
    need_role(supervisor, Role.SUPERVISOR)
    need_reason(reason)
    if to not in BACK_TO:
        raise ValueError(to)
    return record(store, supervisor, SentBack(reason, to), application.id)


def defer_approval(
    store: Store, session: Session, application: Application, reason: str, *, one_person: bool
) -> Application:
    """Go on without a supervisor at a point with one person; the card stays here until somebody else approved.

    Args:
        store: the desk's database.
        session: a clerk's or supervisor's session.
        application: at `signed`.
        reason: why nobody can approve now.
        one_person: whether the point's data say that one person works there.

    Raises:
        NotAllowedHere: they do not.
        RoleMissing, ReasonMissing: as named.
    """
    need_role(session, Role.CLERK, Role.SUPERVISOR)
    need_reason(reason)
    if not one_person:
        raise NotAllowedHere
    return record(store, session, ApprovalDeferred(reason), application.id)
