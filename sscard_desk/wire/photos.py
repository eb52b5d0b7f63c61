"""What a desk asks the centre for portraits, and what it gets; msgpack as all messages."""

import hashlib
from datetime import date
from typing import Final, Literal

import msgspec

REGISTER_PATH: Final = "/v1/photos/register"
STUDIO_PATH: Final = "/v1/photos/studio"
"""Both are POST: an id number or a receipt stands in no address and in no log of one."""

State = Literal["found", "none", "other_person", "no_consent", "other_application"]


class RegisterPhotoQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """The register's picture of an applicant, under the consent that is named; the desk's signature stands for it.

    Attributes:
        application: the application's key.
        id_number: of the applicant.
        edition: of the words that the applicant signed.
        language: in which they were shown.
        digest: SHA-256 of them, 64 hex characters.
        at_ms: when, milliseconds since 1970 UTC.
        party: who signed.
        kind_of_signature: how.
    """

    application: str
    id_number: str
    edition: str
    language: str
    digest: str
    at_ms: int
    party: str
    kind_of_signature: str


class StudioPhotoQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """The picture under a receipt number; it is given out only for the person it was taken of."""

    receipt: str
    id_number: str


class PhotoAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A picture, or why there is none.

    Attributes:
        state: `found`; `none` under this number; `other_person`: another id number is on record for the receipt;
            `no_consent` and `other_application`: the question names none, or one of another person.
        body: the file.
        sha256: of the file, 64 hex characters.
        taken: day on which it was taken, ISO 8601, empty where nobody knows.
        studio: code of the collection unit.
        receipt: its number.
        issued: day on the receipt, as `taken`.
    """

    state: State
    body: bytes = b""
    sha256: str = ""
    taken: str = ""
    studio: str = ""
    receipt: str = ""
    issued: str = ""

    def whole(self) -> bool:
        """Return whether the file is what the centre meant to send, and its days are days."""
        if self.state != "found":
            return True
        try:
            day_of(self.taken)
            day_of(self.issued)
        except ValueError:
            return False
        return bool(self.body) and hashlib.sha256(self.body).hexdigest() == self.sha256


def day_of(text: str) -> date | None:
    """Return a day of a message, None for an empty one.

    Raises:
        ValueError: it is none.
    """
    return date.fromisoformat(text) if text else None
