"""What an account's Ed25519 key signs when somebody signs or approves."""

from typing import Final

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
