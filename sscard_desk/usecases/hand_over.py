"""Give the card to the applicant."""

from sscard_desk.domain.application import Application
from sscard_desk.domain.errors.cases import PromisesOutstanding
from sscard_desk.domain.events import HandedOver
from sscard_desk.forms.materials import PROMISED, material
from sscard_desk.ports.session import Session
from sscard_desk.ports.store import Store
from sscard_desk.usecases.recording import Exemption, record


def holding_back(application: Application) -> tuple[str, ...]:
    """Return the promised materials that have not come and hold the card back; which do is data."""
    promised = (each.name for each in application.materials if each.state == PROMISED)
    return tuple(name for name in promised if (known := material(name)) is None or known.holds_card)


def hand_over(
    store: Store,
    session: Session,
    application: Application,
    receiver: str = "applicant",
    exemption: Exemption | None = None,
) -> Application:
    """Keep that the card left the counter.

    Args:
        store: the desk's database.
        session: who is signed in.
        application: with its card written or received.
        receiver: who took it.
        exemption: a supervisor's leave although something promised has not come.

    Raises:
        PromisesOutstanding: something promised has not come and holds the card back.
        StepNotAllowed: the card is not proved to be written, or nobody approved yet.
    """
    waiting = holding_back(application)
    if waiting and exemption is None:
        raise PromisesOutstanding(names=waiting)
    reason, by = (exemption.reason, exemption.by.account) if exemption and waiting else ("", None)
    return record(store, session, HandedOver(receiver=receiver, exception=reason, exempted_by=by), application.id)
