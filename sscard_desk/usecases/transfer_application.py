"""An application goes to another service point: given by who has it, or asked for where the applicant stands now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sscard_desk.domain.application import Application
from sscard_desk.domain.errors.conflicts import TransferNotAsked
from sscard_desk.domain.errors.operator import ApplicationUnknown, StepNotAllowed
from sscard_desk.domain.events import TransferAsked, TransferDeclined, Transferred
from sscard_desk.domain.ids import ApplicationId, Role
from sscard_desk.domain.steps import FROM
from sscard_desk.ports.session import Session
from sscard_desk.ports.store import Store
from sscard_desk.usecases.recording import need_reason, need_role, record

POINT, TRANSFER = "service_point", "transfer"
"""Kinds of the centre's rows."""
ASKED = "asked"


@dataclass(frozen=True)
class Point:
    """A service point that an application can go to."""

    code: str
    name: str


@dataclass(frozen=True)
class Question:
    """A service point asks for an application of another one.

    Attributes:
        key: the application.
        number: its number.
        from_point, from_name: who has it.
        to_point, to_name: who asks.
        reason: why, in words.
        state: `asked`, `done` or `declined`.
        answer: what the other side said to it.
        ours: whether this service point has the application and is to answer.
        application: as this desk has it, None where it is not here.
    """

    key: ApplicationId
    number: str
    from_point: str
    from_name: str
    to_point: str
    to_name: str
    reason: str
    state: str
    answer: str
    ours: bool
    application: Application | None


def points(store: Store) -> Sequence[Point]:
    """Return the other service points that the centre lists, in its order."""
    rows = store.reference(POINT)
    return [Point(row["id"], row.get("name", "")) for row in rows if row["id"] != store.service_point]


def may_go(application: Application) -> bool:
    """Return whether an application can go to another service point: not once a card was begun, nor at its end."""
    return application.step in FROM[Transferred.kind] and application.card is None


def give(store: Store, session: Session, application: Application, to: Point, reason: str) -> Application:
    """Give an application to another service point, which has it as soon as the centre hears of it.

    Raises:
        RoleMissing, ReasonMissing: who and why.
        StepNotAllowed: a card was begun, or it has ended.
        ApplicationElsewhere: it went elsewhere already.
    """
    need_role(session, Role.CLERK, Role.SUPERVISOR)
    need_reason(reason)
    return record(store, session, Transferred(to.code, to.name, reason.strip()), application.id)


def ask_for(store: Store, session: Session, key: ApplicationId, number: str, reason: str) -> None:
    """Ask for an application of another service point, because its applicant stands here.

    Raises:
        RoleMissing, ReasonMissing: who and why.
    """
    need_role(session, Role.CLERK, Role.SUPERVISOR)
    need_reason(reason)
    with store.work(session.account) as work:
        work.record(TransferAsked(number, store.service_point, reason.strip()), subject=key)


def questions(store: Store) -> tuple[Question, ...]:
    """Return what other service points ask of this one, and this one of others, as far as it is open."""
    found = (_question(store, row) for row in store.reference(TRANSFER))
    return tuple(each for each in found if each.state == ASKED and not _answered(store, each))


def grant(store: Store, session: Session, question: Question) -> Application:
    """Give the application to who asked for it.

    Raises:
        RoleMissing: neither a clerk nor a supervisor.
        StepNotAllowed: a card was begun, or it has ended.
        TransferNotAsked: nobody asks any more.
    """
    need_role(session, Role.CLERK, Role.SUPERVISOR)
    now = _still(store, question)
    if now.application is None:
        raise ApplicationUnknown
    if not may_go(now.application):
        raise StepNotAllowed(act=Transferred.kind, step=now.application.step.value)
    given = Transferred(now.to_point, now.to_name, now.reason)
    return record(store, session, given, now.key)


def decline(store: Store, session: Session, question: Question, reason: str) -> None:
    """Keep the application here, and say why.

    Raises:
        RoleMissing, ReasonMissing: who and why.
        TransferNotAsked: nobody asks any more.
    """
    need_role(session, Role.CLERK, Role.SUPERVISOR)
    need_reason(reason)
    now = _still(store, question)
    with store.work(session.account) as work:
        work.record(TransferDeclined(now.to_point, reason.strip()), subject=now.key)


def _still(store: Store, question: Question) -> Question:
    now = next((each for each in questions(store) if each.key == question.key and each.ours), None)
    if now is None:
        raise TransferNotAsked(number=question.number)
    return now


def _answered(store: Store, question: Question) -> bool:
    """Return whether this desk answered already and the centre has not heard it yet."""
    unheard = (line.kind for line in store.history(question.key) if not line.sent)
    return question.ours and any(kind in {TransferDeclined.kind, Transferred.kind} for kind in unheard)


def _question(store: Store, row: Mapping[str, str]) -> Question:
    key = ApplicationId(row["id"])
    try:
        application = store.application(key)
    except ApplicationUnknown:
        application = None
    return Question(
        key=key,
        number=row.get("number", ""),
        from_point=row.get("from_point", ""),
        from_name=row.get("from_name", ""),
        to_point=row.get("to_point", ""),
        to_name=row.get("to_name", ""),
        reason=row.get("reason", ""),
        state=row.get("state", ""),
        answer=row.get("answer", ""),
        ours=row.get("from_point", "") == store.service_point,
        application=application,
    )
