"""Writing one event of an application into the journal."""

from dataclasses import dataclass

from sscard_desk.domain.application import Application
from sscard_desk.domain.errors.operator import ApplicationUnknown, ReasonMissing, RoleMissing
from sscard_desk.domain.events import Event
from sscard_desk.domain.ids import ApplicationId, Role
from sscard_desk.ports.session import Session
from sscard_desk.ports.store import Store, UnitOfWork


def record(store: Store, session: Session, event: Event, application: ApplicationId) -> Application:
    """Record one event in a transaction of its own and return the application after it.

    Raises:
        StepNotAllowed, OwnApplication, SignatureVoid: the event does not fit; nothing is kept.
        ApplicationUnknown: no application has this key.
    """
    with store.work(session.account) as work:
        return record_in(work, event, application)


def record_in(work: UnitOfWork, event: Event, application: ApplicationId) -> Application:
    """Record one event of an application in a running transaction."""
    after = work.record(event, subject=application)
    if after is None:
        raise ApplicationUnknown
    return after


@dataclass(frozen=True)
class Exemption:
    """A supervisor's leave to do what is otherwise refused, with the reason that stands in the journal."""

    reason: str
    by: Session

    def __post_init__(self) -> None:
        need_role(self.by, Role.SUPERVISOR)
        need_reason(self.reason)


def need_reason(reason: str) -> None:
    """Refuse an empty reason.

    Raises:
        ReasonMissing: nothing but blanks.
    """
    if not reason.strip():
        raise ReasonMissing


def need_role(session: Session, *roles: Role) -> None:
    """Refuse whoever does not have one of these roles.

    Raises:
        RoleMissing: naming the first role that would do.
    """
    if session.role not in roles:
        raise RoleMissing(role=roles[0].value)
