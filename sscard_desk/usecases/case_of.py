"""The case of an application: what its answers, document and evidence change (`resources/cases/`)."""

from collections.abc import Mapping

from sscard_desk.domain.application import Application
from sscard_desk.forms.cases import SituationOf, situation
from sscard_desk.forms.materials import MaterialAsked, asked


def facts_of(application: Application, answers: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return what conditions of the case data look at.

    Args:
        application: where it stands.
        answers: answers that are not recorded yet and go before the recorded ones.
    """
    return {
        **application.answers,
        **(answers or {}),
        "document_kind": application.document_kind,
        "evidence": application.evidence,
        "evidence_source": application.evidence_source,
        "origin": application.origin,
    }


def case_of(application: Application, answers: Mapping[str, str] | None = None) -> SituationOf:
    """Return which cases hold for an application."""
    return situation(facts_of(application, answers))


def materials_asked(application: Application) -> tuple[MaterialAsked, ...]:
    """Return the checklist of the case."""
    return asked(facts_of(application))
