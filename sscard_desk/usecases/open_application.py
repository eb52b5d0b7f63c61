"""Begin an application, and decide what differs between card and register."""

from collections.abc import Mapping
from datetime import date

from sscard_desk.domain.application import Application
from sscard_desk.domain.comparison import Verdict
from sscard_desk.domain.errors.operator import AlreadyOpen
from sscard_desk.domain.events import Difference, IdentityDecided, IdentityScanned, Opened
from sscard_desk.domain.ids import ApplicationId, Role
from sscard_desk.domain.keys import key_now
from sscard_desk.domain.register import correction
from sscard_desk.ports.session import Session
from sscard_desk.ports.store import Store, UnitOfWork
from sscard_desk.usecases.desk_time import need_centre_lately
from sscard_desk.usecases.form_of import editions_on
from sscard_desk.usecases.identify import Identity
from sscard_desk.usecases.recording import Exemption, need_role, record_in
from sscard_desk.usecases.typed_person import TYPED_PERSON


def open_application(
    store: Store,
    session: Session,
    identity: Identity,
    *,
    today: date,
    origin: str = "walk_in",
    exemption: Exemption | None = None,
    taken: Mapping[str, bool] | None = None,
) -> Application:
    """Open an application for the identified person, with what was decided between card and register.

    Both are kept in one transaction: an application whose differences nobody decided cannot be left behind.

    Args:
        store: the desk's database.
        session: who is signed in.
        identity: who stands at the counter.
        today: the day of the application; conditions on age count from it.
        origin: `walk_in`, `appointment` or `class` (a school's class list).
        exemption: a supervisor's leave for a second open application.
        taken: field name to whether the card's value was taken; as in `decide_identity`.

    Raises:
        AlreadyOpen: one is open for this number and nobody allowed a second one.
        OfflineEnded: the centre has not been heard for longer than the city allows.
        RoleMissing: neither a clerk nor a supervisor.
    """
    need_role(session, Role.CLERK, Role.SUPERVISOR)
    need_centre_lately(store)
    with store.work(session.account) as work:
        opened = open_in(work, identity, today=today, origin=origin, exemption=exemption)
        work.drop_draft(TYPED_PERSON)
        return _decide_in(work, opened, _decided(identity, taken)) if taken else opened


def open_in(
    work: UnitOfWork,
    identity: Identity,
    *,
    today: date,
    origin: str = "walk_in",
    exemption: Exemption | None = None,
) -> Application:
    """Open an application in a running transaction; as `open_application`.

    Raises:
        AlreadyOpen: one is open for this number and nobody allowed a second one.
    """
    _refuse_second(work, identity, exemption)
    opened = record_in(
        work,
        Opened(
            number=work.next_application_number(),
            id_number=identity.answers["id_number"],
            name=identity.answers.get("name", ""),
            document_kind=identity.document_kind,
            evidence=identity.evidence,
            answers=identity.answers | {"applied_on": today.isoformat()},
            person=identity.person.key if identity.person else None,
            origin=origin,
            exception=exemption.reason if exemption else "",
            exempted_by=exemption.by.account if exemption else None,
            evidence_source=identity.source,
            editions=editions_on(work, today),
        ),
        ApplicationId(key_now()),
    )
    return _scanned_in(work, identity, opened)


def _scanned_in(work: UnitOfWork, identity: Identity, opened: Application) -> Application:
    """Keep the scan and what was compared with it, in the transaction that opens the application."""
    scan = identity.scan
    if scan is None:
        return opened
    blobs = tuple(work.put_blob(file) for file in scan.files)
    return record_in(work, IdentityScanned(blobs, scan.fields, scan.person), opened.id)


def decide_identity(
    store: Store, session: Session, application: ApplicationId, identity: Identity, taken: Mapping[str, bool]
) -> Application:
    """Keep for each differing field whether the card's value was taken; the other one stays on record.

    Args:
        store: the desk's database.
        session: who is signed in.
        application: the open application.
        identity: card and register side by side.
        taken: field name to whether the card's value was taken.
    """
    with store.work(session.account) as work:
        return _decide_in(work, work.application(application), _decided(identity, taken))


def _decide_in(work: UnitOfWork, application: Application, decided: IdentityDecided) -> Application:
    """Keep what was decided, and ask the register to correct itself where the document says otherwise."""
    after = record_in(work, decided, application.id)
    asked = correction(after, decided.differences)
    if asked is not None:
        work.record(asked, subject=application.id)
    return after


def _decided(identity: Identity, taken: Mapping[str, bool]) -> IdentityDecided:
    return IdentityDecided(
        tuple(
            Difference(row.field, old=row.register, new=row.card, taken=taken[row.field], source="id_card")
            for row in identity.compared
            if row.verdict is Verdict.DIFFERENT and row.field in taken
        )
    )


def _refuse_second(work: UnitOfWork, identity: Identity, exemption: Exemption | None) -> None:
    other = work.open_for(identity.answers["id_number"])
    if other is not None and exemption is None:
        raise AlreadyOpen(application_no=other.number)
