"""Whether an application may get its card: approved, and every signature stands under the keys that are known today."""

from sqlalchemy import Connection

from sscard_desk.central import sign_offs
from sscard_desk.central.store import staff
from sscard_desk.central.store.applications import Standing
from sscard_desk.domain import seals
from sscard_desk.domain.application import Application
from sscard_desk.domain.ids import Role
from sscard_desk.domain.steps import Step


def why_not(connection: Connection, standing: Standing) -> str:
    """Return why the key for writing is not given, empty where it is.

    The seals are looked at once more: an approval that was taken in the name of a supervisor who has left since, or
    whose key was replaced, lets no card be written.
    """
    state = standing.state
    if state.step is Step.APPROVAL_DEFERRED:
        return "deferred"
    if state.card is not None and state.card.state == "written":
        return "written"
    if state.step is not Step.APPROVED or state.approval is None:
        return "step"
    alone = sign_offs.second_person_missing(connection, standing, state.approval.by)
    return "" if alone is None and _sealed(connection, state, standing.point) else "seal"


def _sealed(connection: Connection, state: Application, point: str) -> bool:
    """Return whether the approval is of what the application says now, sealed by a supervisor of its service point."""
    approval = state.approval
    if approval is None or approval.digest != state.digest or approval.by == state.opened_by:
        return False
    known = staff.find(connection, approval.by)
    if known is None or known.role != Role.SUPERVISOR.value or known.point != point:
        return False
    if approval.content_seal:
        named = seals.approval_bytes(state.id, approval.digest, approval.content, approval.nonce)
        return approval.content == seals.content_of(state) and known.holds(named, approval.content_seal)
    if sign_offs.times_approved(connection, state.id, approval.seal) > 1:
        return False  # taken twice before the centre asked: nobody can say which content it is of
    signed = seals.sealed_bytes(seals.APPROVED, state.id, approval.digest)
    return known.holds(signed, approval.seal)
