"""Who signed what was shown, and who approved it."""

from dataclasses import dataclass
from typing import ClassVar

from sscard_desk.domain.events.base import Event
from sscard_desk.domain.ids import AccountId, BlobId


@dataclass(frozen=True)
class Signed(Event):
    """One party signed what was shown; the signature is bound to its digest.

    `kind_of_signature`: `paper` (signed and scanned), `strokes`, `thumb` (with a witness). A stroke is evidence, not a
    certified electronic signature, and neither is a thumb print. `seal` is an account's Ed25519 signature over
    `sealed_bytes`: the clerk's for the clerk, the witness's for a thumb print. `content_seal` is that account's over
    `seals.signature_bytes`, which names what was signed field by field; entries of schema 1 have none.
    """

    kind: ClassVar[str] = "application.signed"
    schema: ClassVar[int] = 2
    party: str
    """`applicant`, `clerk`, `guardian` or `agent`."""
    kind_of_signature: str
    digest: str
    evidence: BlobId | None
    witness: AccountId | None = None
    seal: bytes = b""
    paper: BlobId | None = None
    """The paper that was shown to who signed; None on entries from before it was kept."""
    content: str = ""
    """`seals.shown_of` the application, 64 hex characters; empty where nobody seals, and in schema 1."""
    nonce: str = ""
    content_seal: bytes = b""


@dataclass(frozen=True)
class SignaturesVoided(Event):
    """Signed content changed, so every signature fell; the form is open again."""

    kind: ClassVar[str] = "signatures.voided"
    reason: str


@dataclass(frozen=True)
class Approved(Event):
    """A supervisor signed off with an own password.

    `content_seal` is the account's Ed25519 signature over `seals.approval_bytes`: what the application says, field by
    field, and a number that is used once. Entries of schema 1 have `seal` alone, which names the digest and nothing
    else; it goes along for programs that know no other.
    """

    kind: ClassVar[str] = "application.approved"
    schema: ClassVar[int] = 2
    digest: str
    seal: bytes
    content: str = ""
    """`seals.content_of` the application, 64 hex characters; empty in schema 1."""
    nonce: str = ""
    """32 random hex characters, so that no two approvals bear the same seal."""
    content_seal: bytes = b""


@dataclass(frozen=True)
class SentBack(Event):
    """A supervisor sent the application back to the clerk."""

    kind: ClassVar[str] = "application.sent_back"
    reason: str
    to: str = "materials_checked"


@dataclass(frozen=True)
class ApprovalDeferred(Event):
    """A point with one person goes on; the card stays here until somebody else approved."""

    kind: ClassVar[str] = "approval.deferred"
    reason: str
