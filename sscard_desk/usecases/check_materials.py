"""Hold what the applicant brought against the checklist of the case."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sscard_desk.domain.application import OUTSTANDING, Application, KeptDocument
from sscard_desk.domain.errors.cardholder import MaterialsMissing
from sscard_desk.domain.errors.cases import MaterialStateNotAccepted, PromiseNotAllowed, PromiseTooLate
from sscard_desk.domain.events import Material, MaterialBrought, MaterialsChecked
from sscard_desk.domain.ids import Role
from sscard_desk.forms.materials import COPY_KEPT, MISSING, ORIGINAL_SEEN, PROMISED, MaterialAsked, material
from sscard_desk.ports.calendar import WorkingDays
from sscard_desk.ports.session import Session
from sscard_desk.ports.store import Store
from sscard_desk.usecases.case_of import materials_asked
from sscard_desk.usecases.recording import Exemption, need_role, record
from sscard_desk.usecases.time_limit import as_time_limit, last_day


@dataclass(frozen=True)
class ChecklistLine:
    """One material of the case and how it was shown.

    Attributes:
        asked: what the data say of it.
        state: `original_seen`, `copy_kept`, `promised`, `missing`, or empty while nobody looked.
        promised: until when, for a promise.
        documents: what was scanned of it.
    """

    asked: MaterialAsked
    state: str = ""
    promised: date | None = None
    documents: tuple[KeptDocument, ...] = ()

    @property
    def outstanding(self) -> bool:
        """Whether it has not come yet."""
        return self.state in OUTSTANDING

    @property
    def blocks(self) -> bool:
        """Whether the application cannot go on for it."""
        return self.state in {"", MISSING} and self.asked.blocks


def checklist(application: Application, _today: date | None = None) -> tuple[str, ...]:
    """Return the names of the materials that the case asks for (process reference, "Conditions")."""
    return tuple(asked.id for asked in materials_asked(application))


def checklist_of(application: Application) -> tuple[ChecklistLine, ...]:
    """Return the checklist of the case with what was recorded for it; what the case asks no more is left out.

    What was scanned and nobody looked at otherwise counts as a copy that is kept, where the data take a copy.
    """
    return tuple(_line(asked, application) for asked in materials_asked(application))


def _line(asked: MaterialAsked, application: Application) -> ChecklistLine:
    documents = tuple(each for each in application.documents if each.material == asked.id)
    known = next((each for each in application.materials if each.name == asked.id), None)
    if known is not None:
        return ChecklistLine(asked, known.state, known.promised, documents)
    return ChecklistLine(asked, COPY_KEPT if documents and COPY_KEPT in asked.accepts else "", None, documents)


def missing_items(application: Application, shown: Sequence[Material] | None = None) -> tuple[ChecklistLine, ...]:
    """Return what has not come: the rows of the one-time notice (一次性告知书).

    Args:
        application: whose materials.
        shown: how they were shown where that is not recorded yet; None takes what is recorded.
    """
    lines = checklist_of(application)
    if shown is not None:
        states = {each.name: each for each in shown}
        lines = tuple(
            ChecklistLine(line.asked, states[line.asked.id].state, states[line.asked.id].promised)
            if line.asked.id in states
            else ChecklistLine(line.asked)
            for line in lines
        )
    return tuple(line for line in lines if not line.state or line.outstanding)


def promise_until(asked: MaterialAsked, today: date, calendar: WorkingDays) -> date | None:
    """Return the last day for which a material may be promised today, None where it may not be."""
    if asked.promise is None:
        return None
    return last_day(today, as_time_limit(asked.promise), calendar).day


def check_materials(
    store: Store,
    session: Session,
    application: Application,
    materials: Sequence[Material],
    exemption: Exemption | None = None,
    *,
    today: date | None = None,
    calendar: WorkingDays | None = None,
) -> Application:
    """Keep how each material was shown; what the checklist names and nobody looked at is missing.

    Args:
        store: the desk's database.
        session: who is signed in.
        application: at `form_returned`, or checked and not signed.
        materials: how each was shown.
        exemption: a supervisor's leave for what is missing and blocks.
        today: the date at the counter; needed where something is promised.
        calendar: the working days; needed where something is promised.

    Raises:
        MaterialsMissing: something that blocks is missing and no supervisor allowed it.
        MaterialStateNotAccepted: the data do not take it in this way, for example as a copy.
        PromiseNotAllowed, PromiseTooLate: the data do not let it be promised, or not for so long.
        RoleMissing: neither a clerk nor a supervisor.
        StepNotAllowed: the form did not come back yet, or there is no portrait.
        ValueError: a promise without today or calendar; a defect.
    """
    need_role(session, Role.CLERK, Role.SUPERVISOR)
    given = {each.name: each for each in materials}
    asked = materials_asked(application)
    for each in asked:
        if each.id in given:
            _need_accepted(each, given[each.id], today, calendar)
    kept = tuple(_with_copy(given.get(each.id, Material(each.id, MISSING)), application) for each in asked)
    blocking = tuple(each.id for each, shown in zip(asked, kept, strict=True) if shown.state == MISSING and each.blocks)
    if blocking and exemption is None:
        raise MaterialsMissing(names=blocking)
    reason, by = (exemption.reason, exemption.by.account) if exemption and blocking else ("", None)
    return record(store, session, MaterialsChecked(kept, reason, by), application.id)


def bring_material(store: Store, session: Session, application: Application, name: str, state: str) -> Application:
    """Keep that something promised or missing has come; no signature falls for it.

    Args:
        store: the desk's database.
        session: who is signed in.
        application: after the materials were checked and before the end.
        name: the material's id.
        state: `original_seen` or `copy_kept`.

    Raises:
        MaterialStateNotAccepted: the data do not take it in this way.
        StepNotAllowed: it was not outstanding, or the application is not at such a step.
        RoleMissing: neither a clerk nor a supervisor.
    """
    need_role(session, Role.CLERK, Role.SUPERVISOR)
    known = material(name)
    accepts = known.accepts if known else (ORIGINAL_SEEN, COPY_KEPT)
    if state not in accepts:
        raise MaterialStateNotAccepted(material=name, state=state)
    shown = _with_copy(Material(name, state), application)
    return record(store, session, MaterialBrought(name, state, shown.copy), application.id)


def _with_copy(shown: Material, application: Application) -> Material:
    """Return a material that is kept as a copy with the document that was scanned last of it."""
    if shown.state != COPY_KEPT:
        return shown
    scanned = [each.document for each in application.documents if each.material == shown.name]
    return replace(shown, copy=scanned[-1]) if scanned else shown


def _need_accepted(asked: MaterialAsked, shown: Material, today: date | None, calendar: WorkingDays | None) -> None:
    if shown.state == PROMISED:
        if asked.promise is None:
            raise PromiseNotAllowed(material=asked.id)
        if today is None or calendar is None:
            raise ValueError("a promise is judged by date and calendar")
        last = promise_until(asked, today, calendar) or today
        if shown.promised is None or not today <= shown.promised <= last:
            raise PromiseTooLate(material=asked.id, last=last)
    elif shown.state != MISSING and shown.state not in asked.accepts:
        raise MaterialStateNotAccepted(material=asked.id, state=shown.state)


__all__ = [
    "COPY_KEPT",
    "MISSING",
    "ORIGINAL_SEEN",
    "PROMISED",
    "ChecklistLine",
    "bring_material",
    "check_materials",
    "checklist",
    "checklist_of",
    "missing_items",
    "promise_until",
]
