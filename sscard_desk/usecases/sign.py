"""Applicant and clerk sign what was shown."""

import secrets

from sscard_desk.domain.application import Application
from sscard_desk.domain.errors.operator import EvidenceMissing, NotAllowedHere, WitnessNeeded
from sscard_desk.domain.events import Signed
from sscard_desk.domain.ids import Role
from sscard_desk.domain.seals import SIGNED, THUMB, WITNESSED, sealed_bytes, shown_of, signature_bytes
from sscard_desk.ports.session import Session
from sscard_desk.ports.store import Store
from sscard_desk.usecases.recording import need_role, record_in

STAFF = frozenset({"clerk"})


def sign(
    store: Store,
    session: Session,
    application: Application,
    *,
    party: str,
    kind_of_signature: str,
    evidence: bytes,
    witness: Session | None = None,
    shown: bytes = b"",
) -> Application:
    """Keep one party's signature, bound to the digest of what was shown.

    Args:
        store: the desk's database.
        session: who is signed in; a clerk's signature carries the account's Ed25519 seal.
        application: at `materials_checked` or `signed`.
        party: `applicant`, `clerk`, `guardian` or `agent`.
        kind_of_signature: `paper` with the scanned page, `strokes`, or `thumb` with a picture of the print; each is
            evidence, none a certified e-signature.
        evidence: the scan, the strokes or the picture.
        witness: who saw the thumb print being made, proved by an own password; another account than the session's.
        shown: the paper that was shown, as PDF; it is kept, and shown again byte for byte. Without one the paper that
            is kept already is taken for it.

    Raises:
        EvidenceMissing: neither scan nor strokes nor picture.
        WitnessNeeded: a thumb print without a witness, or witnessed by who takes it.
        NotAllowedHere: staff sign with their own hand.
        SignatureVoid: the content changed since it was shown.
        StepNotAllowed: the materials are not checked.
    """
    need_role(session, Role.CLERK, Role.SUPERVISOR)
    if not evidence:
        raise EvidenceMissing
    signer, act = (session, SIGNED) if party in STAFF else (None, WITNESSED)
    if kind_of_signature == THUMB:
        if party in STAFF:
            raise NotAllowedHere
        if witness is None or witness.account == session.account:
            raise WitnessNeeded
        signer = witness
    seal = content_seal = b""
    content = nonce = ""
    if signer is not None:
        content, nonce = shown_of(application), secrets.token_hex(16)
        seal = signer.sign(sealed_bytes(act, application.id, application.digest))
        content_seal = signer.sign(signature_bytes(act, application.id, application.digest, content, nonce))
    with store.work(session.account) as work:
        return record_in(
            work,
            Signed(
                party=party,
                kind_of_signature=kind_of_signature,
                digest=application.digest,
                evidence=work.put_blob(evidence),
                witness=witness.account if witness is not None else None,
                seal=seal,
                content=content,
                nonce=nonce,
                content_seal=content_seal,
                paper=work.put_blob(shown) if shown else application.paper,
            ),
            application.id,
        )
