"""What the page records, as work for the store's lane. No Qt."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from sscard_desk.domain.application import Application
from sscard_desk.domain.steps import Step
from sscard_desk.forms.photo_consent import ConsentText
from sscard_desk.ports.session import Session
from sscard_desk.ui.photo_sources.state import Found
from sscard_desk.usecases.attach_photo import attach_photo
from sscard_desk.usecases.counter import Counter
from sscard_desk.usecases.photo_consent import give_consent, revoke_consent
from sscard_desk.usecases.take_back_form import take_back_form

ASKED: Final = "applicant asked"
"""What the journal says of a consent that was taken back at the counter."""

Work = Callable[[], Application]


@dataclass(frozen=True)
class Signing:
    """How a consent is signed; both calls are made on the store's lane.

    Attributes:
        kind: `strokes`, `paper` or `thumb`.
        evidence: gives the strokes, the scan or the picture.
        witness: opens the account of who saw a thumb print being made.
    """

    kind: str
    evidence: Callable[[], bytes]
    witness: Callable[[], Session] | None = None


def consenting(counter: Counter, application: Application, text: ConsentText, signing: Signing) -> Work:
    """Return what keeps a signed consent."""
    return lambda: give_consent(
        counter.store,
        counter.session,
        application,
        text,
        clock=counter.clock,
        kind_of_signature=signing.kind,
        evidence=signing.evidence(),
        witness=signing.witness() if signing.witness is not None else None,
    )


def revoking(counter: Counter, application: Application, source: str) -> Work:
    """Return what takes a consent back."""
    return lambda: revoke_consent(counter.store, counter.session, application, source, ASKED)


def adopting(counter: Counter, application: Application, source: str, found: Found) -> Work:
    """Return what keeps a portrait from a source."""

    def adopt() -> Application:
        after = attach_photo(
            counter.store,
            counter.session,
            application.id,
            jpeg=found.portrait.jpeg,
            source=source,
            measures=found.portrait.measures,
            alterations=found.portrait.alterations,
            original=found.original,
            provenance=found.provenance,
        )
        if application.step is Step.FORM_RETURNED:
            # the returned form's digest covers the portrait, so it is taken back once more with the new one
            after = take_back_form(counter.store, counter.session, after, {})
        return after

    return adopt
