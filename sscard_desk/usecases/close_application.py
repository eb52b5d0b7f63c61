"""End an application without a card: withdrawn, refused, or closed because a limit has passed. Always with a reason."""

from datetime import date

from sscard_desk.domain.application import Application
from sscard_desk.domain.due import Due, due_items
from sscard_desk.domain.errors.cases import NothingOverdue
from sscard_desk.domain.events import Expired, Refused, Withdrawn
from sscard_desk.domain.ids import Role
from sscard_desk.ports.session import Session
from sscard_desk.ports.store import Store
from sscard_desk.usecases.check_materials import missing_items
from sscard_desk.usecases.recording import need_reason, need_role, record


def withdraw(store: Store, session: Session, application: Application, reason: str) -> Application:
    """Close an application because the applicant does not go on.

    Raises:
        RoleMissing: neither a clerk nor a supervisor.
        ReasonMissing: no reason in words.
        StepNotAllowed: a card was begun, or it has ended.
    """
    need_role(session, Role.CLERK, Role.SUPERVISOR)
    need_reason(reason)
    return record(store, session, Withdrawn(reason.strip()), application.id)


def refuse(store: Store, session: Session, application: Application, reason: str, code: str = "") -> Application:
    """Close an application because the service point does not accept it; what was missing then is kept for the notice.

    Args:
        store: the desk's database.
        session: who is signed in.
        application: before its card.
        reason: in words, for the applicant.
        code: the reason's id in `resources/cases/closing.toml`, if one of these was chosen.

    Raises:
        RoleMissing: neither a clerk nor a supervisor.
        ReasonMissing: no reason in words.
        StepNotAllowed: a card was begun, or it has ended.
    """
    need_role(session, Role.CLERK, Role.SUPERVISOR)
    need_reason(reason)
    missing = tuple(line.asked.id for line in missing_items(application) if line.outstanding)
    return record(store, session, Refused(reason.strip(), code, missing), application.id)


def expire(store: Store, supervisor: Session, application: Application, reason: str, today: date) -> Application:
    """Close an application because one of its limits has passed: the form's, or that of a promise.

    Args:
        store: the desk's database.
        supervisor: a supervisor's session.
        application: before its card.
        reason: in words.
        today: the date at the counter.

    Raises:
        RoleMissing: not a supervisor.
        ReasonMissing: no reason in words.
        NothingOverdue: no limit has passed.
        StepNotAllowed: a card was begun, or it has ended.
    """
    need_role(supervisor, Role.SUPERVISOR)
    need_reason(reason)
    passed = next((item for item in due_items(application, today) if item.state is Due.OVERDUE), None)
    if passed is None:
        raise NothingOverdue
    return record(store, supervisor, Expired(reason.strip(), passed.day), application.id)
