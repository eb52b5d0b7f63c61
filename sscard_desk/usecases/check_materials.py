"""Hold what the applicant brought against the checklist of the case."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from sscard_desk.domain.application import Application
from sscard_desk.domain.errors.cardholder import MaterialsMissing
from sscard_desk.domain.events import Material, MaterialsChecked
from sscard_desk.ports.session import Session
from sscard_desk.ports.store import Store
from sscard_desk.usecases.recording import record

MISSING: Final = "missing"
ORIGINAL_SEEN: Final = "original_seen"
COPY_KEPT: Final = "copy_kept"


def checklist(application: Application, today: date) -> tuple[str, ...]:
    """Return the names of the materials that the case asks for (process reference, "Conditions").

    A person under 16 comes with a guardian's id and the household register instead of an id card of their own.
    """
    birth = date.fromisoformat(application.answers["birth"]) if application.answers.get("birth") else None
    grown = birth is None or (today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))) >= 16  # noqa: PLR2004
    own = ("id_card", "household_register") if grown else ("household_register", "guardian_id")
    return (*own, "registration_form")


def check_materials(
    store: Store, session: Session, application: Application, materials: Sequence[Material], exception: str = ""
) -> Application:
    """Keep how each material was shown.

    Raises:
        MaterialsMissing: something is missing and no supervisor allowed an exception.
        StepNotAllowed: the form did not come back yet, or there is no portrait.
    """
    missing = tuple(m.name for m in materials if m.state == MISSING)
    if missing and not exception:
        raise MaterialsMissing(names=missing)
    return record(store, session, MaterialsChecked(tuple(materials), exception), application.id)
