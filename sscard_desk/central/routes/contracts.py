"""What each route takes, gives and refuses: one row for each, from which the OpenAPI is made (docs/openapi.json).

Who may ask stands in `central.access`. Words that every route of its kind refuses with are added there by kind, so a
row holds only its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import msgspec

from sscard_desk.wire import messages
from sscard_desk.wire.card_keys import CardKeyAnswer, CardKeyQuestion
from sscard_desk.wire.certificates import CertificateQuestion, Certified
from sscard_desk.wire.enrolment import Enrol, Enrolled
from sscard_desk.wire.photos import PhotoAnswer, RegisterPhotoQuestion, StudioPhotoQuestion
from sscard_desk.wire.readiness import Ready

MESSAGE: Final = "application/vnd.msgpack"
BYTES: Final = "application/octet-stream"
PEM: Final = "application/pem-certificate-chain"
JSON: Final = "application/json"
TEXT: Final = "text/plain"

NUMBER: Final[Mapping[str, Any]] = {"type": "string", "pattern": "^[0-9]{1,18}$"}
"""Natural, decimal; in a query everything is text."""
NAME: Final[Mapping[str, Any]] = {"type": "string"}
DIGEST: Final[Mapping[str, Any]] = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
FLAG: Final[Mapping[str, Any]] = {"enum": ["0", "1"]}


@dataclass(frozen=True)
class Word:
    """A word of the query or a header of the route's own.

    Attributes:
        name: of it.
        says: what it is.
        schema: JSON Schema of its text.
        needed: whether the route refuses a request without it.
        header: it is a header.
    """

    name: str
    says: str
    schema: Mapping[str, Any] = field(default_factory=lambda: NAME)
    needed: bool = True
    header: bool = False


@dataclass(frozen=True)
class Contract:
    """One route.

    Attributes:
        says: what it is for, one sentence.
        gives: the message of a served request; None for bytes.
        takes: the message of the body, `bytes` for a body of bytes, None for none.
        kind: media type of what it gives.
        words: of the query, and headers of its own.
        fails: words of `wire.messages` that only it refuses with.
        further: statuses beside 200 of served requests, and what they say.
    """

    says: str
    gives: type[msgspec.Struct] | None
    takes: type[msgspec.Struct] | type[bytes] | None = None
    kind: str = MESSAGE
    words: tuple[Word, ...] = ()
    fails: tuple[str, ...] = ()
    further: Mapping[int, str] | None = None


_SCOPE: Final = Word("scope", "`reference`, `point:` and a service point, or `persons:` and a region")
_BLOB: Final = Word("blob", "SHA-256 of the blob", DIGEST)

CONTRACTS: Final[Mapping[str, Contract]] = {
    "GET /v1/openapi.json": Contract("This document.", None, kind=JSON),
    "GET /v1/health": Contract("Whether the centre is up.", messages.Health),
    "GET /v1/ready": Contract(
        "Whether this worker takes requests now, for load balancers.",
        Ready,
        further={503: "It does not; the reason is in the answer."},
    ),
    "GET /v1/authority": Contract(
        "The authority's certificate; a one-time code carries its fingerprint.", None, kind=PEM
    ),
    "POST /v1/enrol": Contract(
        "A computer with a one-time code becomes a desk.",
        Enrolled,
        Enrol,
        fails=(messages.TRAINING_DIFFERS, messages.SIGNATURE_WRONG, messages.CODE_WRONG),
    ),
    "GET /v1/hello": Contract(
        "The centre's time and mode, where each scope stands, and up to where it holds the desk's journal.",
        messages.Hello,
        words=(
            Word("training", "1 from a desk of training, 0 from any other", FLAG),
            Word("head", "last entry that the desk has", NUMBER, needed=False),
        ),
        fails=(messages.TRAINING_DIFFERS,),
    ),
    "POST /v1/push": Contract(
        f"Entries of the asking desk's journal, at most {messages.MAX_ENTRIES}; one answer for each.",
        messages.PushAnswer,
        messages.Push,
    ),
    "GET /v1/feed": Contract(
        "What changed in a scope after a position.",
        messages.FeedPage,
        words=(
            _SCOPE,
            Word("epoch", "of the scope, empty at position 0"),
            Word("after", "position that the desk has", NUMBER),
            Word("limit", f"most items of a page, {messages.MAX_PAGE} at most", NUMBER),
            Word("if-none-match", "tag of the last answer", needed=False, header=True),
        ),
        fails=(messages.UNKNOWN, messages.FEED_BROKEN),
        further={304: "Nothing did."},
    ),
    "GET /v1/snapshot": Contract(
        "The newest file of a scope.", messages.SnapshotInfo, words=(_SCOPE,), fails=(messages.UNKNOWN,)
    ),
    "GET /v1/snapshot/file": Contract(
        "A scope as one static file, or the rest of one.",
        None,
        kind=BYTES,
        words=(
            _SCOPE,
            Word("sha256", "of the file", DIGEST),
            Word("range", "RFC 9110, 14.2", {"type": "string", "pattern": "^bytes=[0-9]{1,9}-$"}, False, header=True),
        ),
        fails=(messages.UNKNOWN,),
        further={206: "The part that was asked for.", 416: "There is no such part."},
    ),
    "GET /v1/proof": Contract("Count and order-free sum of every scope, and the journal's end.", messages.Proofs),
    "POST /v1/blobs/missing": Contract(
        "Which of the named blobs this service point has not brought.", messages.BlobNames, messages.BlobNames
    ),
    "POST /v1/blobs": Contract(
        f"Keep up to {messages.MAX_BLOBS} blobs; their names go back.", messages.BlobNames, messages.Blobs
    ),
    "POST /v1/blobs/part": Contract(
        "Keep a part of a large blob, and say how much of it is here; an empty part only asks.",
        messages.BlobPart,
        bytes,
        words=(
            _BLOB,
            Word("from", "where in the blob the part begins, bytes", NUMBER),
            Word("size", "of the whole blob, bytes", NUMBER),
        ),
    ),
    "GET /v1/blobs": Contract(
        "One blob of the desk's service point.", None, kind=BYTES, words=(_BLOB,), fails=(messages.UNKNOWN,)
    ),
    "POST /v1/photos/register": Contract(
        "The register's picture of an applicant, under the consent that is named.",
        PhotoAnswer,
        RegisterPhotoQuestion,
        fails=(messages.PHOTO_LIMIT,),
    ),
    "POST /v1/photos/studio": Contract("The picture under a receipt number.", PhotoAnswer, StudioPhotoQuestion),
    "POST /v1/end": Contract(
        "The asking desk was restored under another name; its journal ends here.",
        messages.DeskEnd,
        messages.EndDesk,
        fails=(messages.AHEAD,),
    ),
    "POST /v1/card-keys": Contract(
        "The second step of the standard's two, computed by a card key that stays here.", CardKeyAnswer, CardKeyQuestion
    ),
    "POST /v1/certificate": Contract("A certificate for a fresh key.", Certified, CertificateQuestion),
}
