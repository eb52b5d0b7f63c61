"""The applicant consents to a picture that was made for something else, or takes the consent back."""

from sscard_desk.domain.application import Application
from sscard_desk.domain.errors.operator import EvidenceMissing, WitnessNeeded
from sscard_desk.domain.errors.photo_sources import ConsentMissing, ConsentNotRevocable
from sscard_desk.domain.events import PhotoConsented, PhotoConsentRevoked
from sscard_desk.domain.ids import Role
from sscard_desk.domain.photo_source import Consent
from sscard_desk.domain.seals import THUMB, WITNESSED, sealed_bytes
from sscard_desk.forms.photo_consent import ConsentText
from sscard_desk.ports.clock import Clock
from sscard_desk.ports.session import Session
from sscard_desk.ports.store import Store
from sscard_desk.usecases.case_of import case_of
from sscard_desk.usecases.recording import need_reason, need_role, record, record_in
from sscard_desk.usecases.sign import STAFF


def consent_party(application: Application) -> str:
    """Return who signs a consent: the guardian of a child, otherwise the applicant, otherwise who came for them."""
    parties = [party for party in case_of(application).parties if party not in STAFF]
    wanted = ("guardian", "applicant", "agent")
    return next((party for party in wanted if party in parties), "applicant")


def give_consent(
    store: Store,
    session: Session,
    application: Application,
    text: ConsentText,
    *,
    clock: Clock,
    kind_of_signature: str,
    evidence: bytes,
    witness: Session | None = None,
) -> Application:
    """Keep a signed consent to a source of the portrait.

    Args:
        store: the desk's database.
        session: who is signed in.
        application: whose portrait.
        text: the words that were shown; their digest is what is signed.
        clock: gives the time of the consent.
        kind_of_signature: `strokes`, `paper` or `thumb`, as for a signature of the form.
        evidence: the strokes, the scan or the picture.
        witness: who saw a thumb print being made; another account than the session's.

    Raises:
        EvidenceMissing: neither scan nor strokes nor picture.
        WitnessNeeded: a thumb print without a witness, or witnessed by who takes it.
        StepNotAllowed: the materials are checked already.
        RoleMissing: neither a clerk nor a supervisor.
    """
    need_role(session, Role.CLERK, Role.SUPERVISOR)
    if not evidence:
        raise EvidenceMissing
    seal = b""
    if kind_of_signature == THUMB:
        if witness is None or witness.account == session.account:
            raise WitnessNeeded
        seal = witness.sign(sealed_bytes(WITNESSED, application.id, text.digest))
    with store.work(session.account) as work:
        return record_in(
            work,
            PhotoConsented(
                source=text.source,
                edition=text.edition,
                language=text.language,
                digest=text.digest,
                at=clock.now(),
                party=consent_party(application),
                kind_of_signature=kind_of_signature,
                evidence=work.put_blob(evidence),
                witness=witness.account if witness is not None else None,
                seal=seal,
            ),
            application.id,
        )


def revoke_consent(store: Store, session: Session, application: Application, source: str, reason: str) -> Application:
    """Take a consent back: the portrait from that source goes, and with it what was signed.

    Raises:
        ConsentMissing: there is none.
        ConsentNotRevocable: a card was begun, or the application went to production.
        ReasonMissing: nobody said why.
        RoleMissing: neither a clerk nor a supervisor.
    """
    need_role(session, Role.CLERK, Role.SUPERVISOR)
    need_reason(reason)
    need_consent(application, source)
    if not application.consent_revocable:
        raise ConsentNotRevocable
    return record(store, session, PhotoConsentRevoked(source, reason.strip()), application.id)


def need_consent(application: Application, source: str) -> Consent:
    """Return the consent that stands.

    Raises:
        ConsentMissing: there is none; nothing of the source may be read, asked for or used.
    """
    consent = application.photo_consent(source)
    if consent is None:
        raise ConsentMissing
    return consent
