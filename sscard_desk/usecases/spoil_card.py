"""Keep that a begun card cannot be used."""

from sscard_desk.domain.application import Application
from sscard_desk.domain.errors.operator import StepNotAllowed
from sscard_desk.domain.events import CardSpoiled
from sscard_desk.ports.session import Session
from sscard_desk.ports.store import Store
from sscard_desk.usecases.recording import record_in


def spoil_card(store: Store, session: Session, application: Application, reason: str) -> Application:
    """Keep that the card of this application cannot be used; the application takes a new blank.

    Raises:
        StepNotAllowed: no card was begun.
    """
    run = application.card
    if run is None:
        raise StepNotAllowed(act=CardSpoiled.kind, step=application.step.value)
    with store.work(session.account) as work:
        return record_in(work, CardSpoiled(run.identification_code, reason), application.id)
