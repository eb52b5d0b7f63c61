"""Voiding the signatures, so that signed content can be changed: asked first where anything is lost."""

from sscard_desk.domain.application import Application
from sscard_desk.ui.application_flow import can_void
from sscard_desk.ui.serving.ports import Question
from sscard_desk.ui.serving.serving import STORE, Serving
from sscard_desk.ui.states import Mark, ToastState
from sscard_desk.ui.words import say
from sscard_desk.usecases.take_back_form import void_signatures


def ask_to_void(serving: Serving, reason: str) -> None:
    """Offer to void the signatures of the application in hand.

    Args:
        serving: who is served.
        reason: the part that is to be changed: `form`, `materials`, `bank` or `photo`.
    """
    application = serving.application
    if not can_void(application):
        serving.notify(ToastState(say("missing.cannot_void"), mark=Mark.WARN))
        return
    count = len(application.valid_signatures()) + (application.approval is not None)
    if count == 0:  # only the materials were checked: nothing is lost that anybody wrote
        _void(serving, application, reason)
        return
    question = Question(
        title=say("missing.void.title", count=count),
        consequence=say("missing.void.consequence"),
        safe=say("missing.void.safe"),
        act=say("missing.void.act"),
    )
    serving.ask(question, lambda: _void(serving, application, reason))


def _void(serving: Serving, application: Application, reason: str) -> None:
    store, session = serving.counter.store, serving.counter.session

    def voided(after: Application) -> None:
        serving.notify(ToastState(say("missing.void.done"), say("missing.void.done_note"), Mark.WARN))
        serving.keep(after, go_on=False)

    serving.run(STORE, lambda: void_signatures(store, session, application, reason), voided)
