"""The centre as it gives out portraits: of the population register, and of studios by receipt number."""

from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from sscard_desk.domain.application import Application
from sscard_desk.domain.photo_source import Consent


@dataclass(frozen=True)
class CentrePhoto:
    """A picture that the centre gave out, and what it knows of it.

    Attributes:
        picture: the file, whole (JPEG, PNG or BMP).
        taken: day on which it was taken, None where nobody knows.
        studio: code of the collection unit; empty for the register's.
        receipt: number of the photo receipt, likewise.
        issued: day on the receipt, None where the centre does not know it.
    """

    picture: bytes = field(repr=False)
    taken: date | None = None
    studio: str = ""
    receipt: str = ""
    issued: date | None = None


class PhotoService(Protocol):
    """Asked on the network lane; nothing of an answer is kept by it.

    Both methods may also raise every error of `ports.sync.Centre`.
    """

    def register_photo(self, application: Application, consent: Consent) -> CentrePhoto:
        """Fetch the register's picture of the applicant.

        Raises:
            RegisterPhotoMissing: there is none.
            PhotoNotReleased: the consent does not hold at the centre.
            RegisterPhotoLimitReached: this desk was given as many as it may have in an hour.
        """

    def studio_photo(self, receipt: str, id_number: str) -> CentrePhoto:
        """Fetch the picture under a receipt number.

        Raises:
            ReceiptUnknown: there is none under this number.
            ReceiptOfOther: it is another person's.
        """
