"""Which papers of a case can be made at its step, and making them: the counter's list of receipts and notices."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sscard_desk.domain.application import OUTSTANDING, Application
from sscard_desk.domain.errors.cases import PaperNotNow
from sscard_desk.domain.events import Material
from sscard_desk.domain.steps import ENDED, Step
from sscard_desk.forms.closing import closing_reason
from sscard_desk.forms.materials import PROMISED, SHOWN
from sscard_desk.ports.calendar import WorkingDays
from sscard_desk.usecases.papers import (
    ACCEPTANCE_RECEIPT,
    COLLECTION_NOTICE,
    MATERIALS_RECEIPT,
    MISSING_NOTICE,
    PRIVACY_CONSENT,
    REFUSAL_NOTICE,
    MadePaper,
    acceptance_receipt,
    collection_notice,
    materials_receipt,
    missing_notice,
    privacy_consent,
    refusal_notice,
)
from sscard_desk.usecases.press import Press

_ACCEPTED: Final = frozenset(
    {
        Step.MATERIALS_CHECKED,
        Step.SIGNED,
        Step.APPROVAL_DEFERRED,
        Step.APPROVED,
        Step.CARD_WRITTEN,
        Step.SENT_TO_PRODUCTION,
        Step.CARD_RECEIVED,
        Step.HANDED_OVER,
    }
)
_CARD_WAITS: Final = frozenset({Step.CARD_WRITTEN, Step.CARD_RECEIVED})


@dataclass(frozen=True)
class PaperOffer:
    """One paper of a case.

    Attributes:
        form: name of its form.
        why_not: why it cannot be made at this step, a word of the texts (`papers.not_now.*`); empty where it can.
    """

    form: str
    why_not: str = ""


def paper_offers(application: Application) -> tuple[PaperOffer, ...]:
    """Return the papers that are made on demand, in the order in which a case needs them.

    The two signed forms are not among them: they are printed on pages of their own.
    """
    return tuple(
        PaperOffer(form, _why_not(application, form))
        for form in (
            PRIVACY_CONSENT,
            MISSING_NOTICE,
            MATERIALS_RECEIPT,
            ACCEPTANCE_RECEIPT,
            COLLECTION_NOTICE,
            REFUSAL_NOTICE,
        )
    )


def make_paper(
    press: Press,
    application: Application,
    form: str,
    calendar: WorkingDays,
    shown: Sequence[Material] | None = None,
) -> MadePaper:
    """Make one paper of a case from what was recorded.

    Args:
        press: draws.
        application: whose.
        form: name of the form, of `paper_offers`.
        calendar: the working days.
        shown: how the materials were shown where that is not recorded yet, for the notice of what is missing.

    Raises:
        PaperNotNow: the step does not have it.
    """
    why_not = "" if form == MISSING_NOTICE and shown is not None else _why_not(application, form)
    if why_not:
        raise PaperNotNow(form=form, reason=why_not)
    match form:
        case "privacy_consent":
            return privacy_consent(press, application)
        case "missing_notice":
            return missing_notice(press, application, calendar, shown)
        case "materials_receipt":
            return materials_receipt(press, application)
        case "acceptance_receipt":
            return acceptance_receipt(press, application, calendar)
        case "collection_notice":
            return collection_notice(press, application)
        case _:
            return refusal_notice(press, application, added_reason(application), application.closed_code)


def added_reason(application: Application) -> str:
    """Return what was added to the chosen reason of a closed application, or the whole reason in own words."""
    known = closing_reason(application.closed_code) if application.closed_code else None
    return (
        application.closed_reason.removeprefix(known.words.zh).removeprefix("；")
        if known
        else (application.closed_reason)
    )


def _why_not(application: Application, form: str) -> str:
    step, states = application.step, {each.state for each in application.materials}
    ended = "ended" if step in ENDED else ""
    missing = "" if states & OUTSTANDING else "nothing_missing" if states else "not_checked"
    reasons = {
        PRIVACY_CONSENT: ended,
        MISSING_NOTICE: ended or missing,
        MATERIALS_RECEIPT: "" if states & {*SHOWN, PROMISED} else "not_checked",
        ACCEPTANCE_RECEIPT: "" if step in _ACCEPTED else "not_accepted",
        COLLECTION_NOTICE: "" if step in _CARD_WAITS else "no_card",
        REFUSAL_NOTICE: "" if step is Step.REFUSED else "not_refused",
    }
    return reasons.get(form, "unknown")
