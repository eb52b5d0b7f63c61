"""Hold what the applicant brought against the checklist of the case."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from sscard_desk.domain.application import Application
from sscard_desk.domain.errors.cardholder import MaterialsMissing
from sscard_desk.domain.events import Material, MaterialsChecked
from sscard_desk.domain.ids import Role
from sscard_desk.ports.session import Session
from sscard_desk.ports.store import Store
from sscard_desk.usecases.recording import Exemption, need_role, record

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
    store: Store,
    session: Session,
    application: Application,
    materials: Sequence[Material],
    exemption: Exemption | None = None,
) -> Application:
    """Keep how each material was shown; what the checklist names and nobody looked at is missing.

    Raises:
        MaterialsMissing: something is missing and no supervisor allowed it.
        RoleMissing: neither a clerk nor a supervisor.
        StepNotAllowed: the form did not come back yet, or there is no portrait.
    """
    need_role(session, Role.CLERK, Role.SUPERVISOR)
    shown = {material.name for material in materials if material.state != MISSING}
    begun = date.fromisoformat(application.answers["applied_on"])
    missing = tuple(name for name in checklist(application, begun) if name not in shown)
    if missing and exemption is None:
        raise MaterialsMissing(names=missing)
    reason, by = (exemption.reason, exemption.by.account) if exemption else ("", None)
    return record(store, session, MaterialsChecked(tuple(materials), reason, by), application.id)
