"""Go on without a portrait where the data ask for none."""

from sscard_desk.domain.application import Application
from sscard_desk.domain.errors.cases import PhotoAskedFor
from sscard_desk.domain.events import PhotoExempted
from sscard_desk.domain.ids import Role
from sscard_desk.ports.session import Session
from sscard_desk.ports.store import Store
from sscard_desk.usecases.case_of import case_of
from sscard_desk.usecases.recording import need_role, record


def can_exempt_photo(application: Application) -> bool:
    """Return whether the case of this application needs no portrait."""
    return case_of(application).photo_exempt is not None


def exempt_photo(store: Store, session: Session, application: Application) -> Application:
    """Keep that no portrait is needed, with the case that says so; a portrait may still be attached later.

    Raises:
        PhotoAskedFor: the data ask for one in this case.
        RoleMissing: neither a clerk nor a supervisor.
        StepNotAllowed: the materials are checked already.
    """
    need_role(session, Role.CLERK, Role.SUPERVISOR)
    case = case_of(application).photo_exempt
    if case is None:
        raise PhotoAskedFor
    return record(store, session, PhotoExempted(case.id), application.id)
