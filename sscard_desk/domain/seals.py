"""What an account's Ed25519 key signs when somebody signs or approves."""

import hashlib
import json
from typing import Final

from sscard_desk.domain.application import Application
from sscard_desk.domain.ids import ApplicationId

SIGNED: Final = "application.signed"
APPROVED: Final = "application.approved"
WITNESSED: Final = "application.witnessed"
THUMB: Final = "thumb"
"""The kind of signature that a witness seals."""


def sealed_bytes(act: str, application: ApplicationId, digest: str) -> bytes:
    """Return the bytes an account signs: which act, on which application, over which content.

    Args:
        act: `SIGNED`, `APPROVED` or `WITNESSED`.
        application: the application's key.
        digest: SHA-256 of the content that was shown, 64 hex characters.
    """
    return b"\x00".join(part.encode() for part in ("sscard-desk seal 1", act, application, digest))


def approval_bytes(application: ApplicationId, digest: str, content: str, nonce: str) -> bytes:
    """Return the bytes a supervisor signs besides `sealed_bytes`: which content, and that this once.

    Args:
        application: the application's key.
        digest: SHA-256 of the content that was shown, 64 hex characters.
        content: `content_of` the application.
        nonce: 32 random hex characters.
    """
    return signature_bytes(APPROVED, application, digest, content, nonce)


def signature_bytes(act: str, application: ApplicationId, digest: str, content: str, nonce: str) -> bytes:
    """Return the bytes that a clerk, or the witness of a thumb print, signs besides `sealed_bytes`.

    Args:
        act: `SIGNED`, `WITNESSED`, or `APPROVED` for an approval.
        application: the application's key.
        digest: SHA-256 of the content that was shown, 64 hex characters.
        content: `shown_of` the application; for an approval, `content_of` it.
        nonce: 32 random hex characters.
    """
    return b"\x00".join(part.encode() for part in ("sscard-desk seal 2", act, application, digest, content, nonce))


def confirmed_bytes(identification_code: str) -> bytes:
    """Return the bytes that a second person signs who has seen a spoiled card; it is never anything else again."""
    return b"\x00".join(
        part.encode() for part in ("sscard-desk seal 1", "stock.spoil_confirmed", identification_code.upper())
    )


def content_of(application: Application) -> str:
    """Return SHA-256, in hex, of what an approval approves: person, answers, bank, portrait, and who signed it how.

    Whoever folds the same entries computes the same, so nobody has to be told it. Never change what goes in: desks of
    different versions have to agree on it; a further form takes another word at its front.
    """
    signatures = sorted(
        (
            each.party,
            each.kind_of_signature,
            each.digest,
            each.evidence or "",
            each.by,
            each.seal.hex(),
            each.witness or "",
        )
        for each in application.valid_signatures()
    )
    return _digest({"form": "content 1", "signatures": signatures, **_said(application)})


def shown_of(application: Application) -> str:
    """Return SHA-256, in hex, of what a clerk signs: what `content_of` holds, but for the signatures."""
    return _digest({"form": "shown 1", **_said(application)})


def _said(application: Application) -> dict[str, object]:
    return {
        "application": application.id,
        "id_number": application.id_number,
        "name": application.name,
        "document_kind": application.document_kind,
        "person": application.person or "",
        "answers": application.answers,
        "register_says": application.register_says,
        "bank": [application.bank, application.bank_name, application.outlet, application.outlet_name],
        "photo": application.photo or "",
        "photo_exempt": application.photo_exempt,
        "edition": application.edition,
        "digest": application.digest,
        "parties": sorted(application.parties),
    }


def _digest(said: dict[str, object]) -> str:
    canonical = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def mark_of(seal: bytes) -> str:
    """Return what a seal is known by once it was used, 32 hex characters; empty for none."""
    return hashlib.sha256(seal).hexdigest()[:32] if seal else ""
