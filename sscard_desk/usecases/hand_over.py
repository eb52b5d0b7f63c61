"""Give the card to the applicant."""

from sscard_desk.domain.application import Application
from sscard_desk.domain.events import HandedOver, Refused, Withdrawn
from sscard_desk.ports.session import Session
from sscard_desk.ports.store import Store
from sscard_desk.usecases.recording import record


def hand_over(store: Store, session: Session, application: Application, receiver: str = "applicant") -> Application:
    """Keep that the card left the counter.

    Raises:
        StepNotAllowed: the card is not proved to be written, or nobody approved yet.
    """
    return record(store, session, HandedOver(receiver=receiver), application.id)


def withdraw(store: Store, session: Session, application: Application, reason: str) -> Application:
    """Close an application because the applicant does not go on."""
    return record(store, session, Withdrawn(reason), application.id)


def refuse(store: Store, session: Session, application: Application, reason: str) -> Application:
    """Close an application because the service point does not accept it."""
    return record(store, session, Refused(reason), application.id)
