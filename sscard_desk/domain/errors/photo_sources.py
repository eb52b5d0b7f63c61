"""What stands in the way of a portrait that was not taken here.

Ranges: 148-150 what the clerk chose or typed, 206-210 what the applicant has to do, 323-330 the vendor's library, the
id card's chip and the paper photo on the glass, 417 what the centre asks for.
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final

from sscard_desk.domain.errors.base import CardholderCanFix, CentreTrouble, DeviceTrouble, OperatorCanFix


@dataclass(eq=False)
class ConsentNotRevocable(OperatorCanFix):
    """A card was begun, or the application went to production: the consent cannot be taken back any more."""

    code: ClassVar[str] = "E148"


@dataclass(eq=False)
class StudioFileMissing(OperatorCanFix):
    """No file in the folder is named for this applicant. `looked_at` is how many files there are."""

    code: ClassVar[str] = "E149"
    looked_at: int


@dataclass(eq=False)
class ReceiptNotAccepted(OperatorCanFix):
    """What was typed of a receipt is not as the data ask. `reason` is one word of the texts."""

    code: ClassVar[str] = "E150"
    reason: str


@dataclass(eq=False)
class ConsentMissing(CardholderCanFix):
    """The applicant has not consented to this source, so nothing of it is read, asked for or used."""

    code: ClassVar[str] = "E206"


@dataclass(eq=False)
class ReceiptExpired(CardholderCanFix):
    """A photo receipt is older than the data allow."""

    code: ClassVar[str] = "E207"
    until: date


@dataclass(eq=False)
class ReceiptUnknown(CardholderCanFix):
    """The centre has no picture under this receipt number, perhaps not yet."""

    code: ClassVar[str] = "E208"
    retry_helps: ClassVar[bool] = True


@dataclass(eq=False)
class ReceiptOfOther(CardholderCanFix):
    """The picture under this receipt number, or in this file, is another person's."""

    code: ClassVar[str] = "E209"


@dataclass(eq=False)
class RegisterPhotoMissing(CardholderCanFix):
    """The population register has no picture of this person."""

    code: ClassVar[str] = "E210"


@dataclass(eq=False)
class ChipDecoderMissing(DeviceTrouble):
    """The vendor's library is not set, not there, or cannot be loaded. `reason` is one word of the texts."""

    code: ClassVar[str] = "E323"
    retry_helps: ClassVar[bool] = False
    reason: str


@dataclass(eq=False)
class ChipDecoderCrashed(DeviceTrouble):
    """The vendor's library ended its process. The desk goes on."""

    code: ClassVar[str] = "E324"


@dataclass(eq=False)
class ChipDecoderSilent(DeviceTrouble):
    """The vendor's library did not come back in time; its process was ended."""

    code: ClassVar[str] = "E325"
    seconds: float


@dataclass(eq=False)
class ChipDecoderNonsense(DeviceTrouble):
    """What the vendor's library gave back is no picture of an id card. `reason` is one word of the texts."""

    code: ClassVar[str] = "E326"
    reason: str


@dataclass(eq=False)
class ChipDecoderRefused(DeviceTrouble):
    """The vendor's library says that it failed; `answer` is its own number."""

    code: ClassVar[str] = "E327"
    answer: int


@dataclass(eq=False)
class ChipPhotoLength(DeviceTrouble):
    """The picture data of the chip are not 1,024 bytes, so nothing of them is kept."""

    code: ClassVar[str] = "E328"
    have: int


@dataclass(eq=False)
class PaperPhotoMissing(DeviceTrouble):
    """No paper photo was found on the scan."""

    code: ClassVar[str] = "E329"


@dataclass(eq=False)
class IdCardOfOther(DeviceTrouble):
    """The id card on the reader is not the applicant's; nothing of it was kept."""

    code: ClassVar[str] = "E330"


@dataclass(eq=False)
class ConsentSheetWrong(DeviceTrouble):
    """The scan is not the signed sheet of this consent; nothing of it was kept. `reason` is one word of the texts."""

    code: ClassVar[str] = "E336"
    reason: str


@dataclass(eq=False)
class PhotoNotReleased(CentreTrouble):
    """The centre gives no picture out: the consent does not hold there. `reason` is one word of the texts."""

    code: ClassVar[str] = "E417"
    reason: str


@dataclass(eq=False)
class RegisterPhotoLimitReached(CentreTrouble):
    """This desk was given as many pictures of the register as the centre allows in an hour."""

    code: ClassVar[str] = "E443"
    retry_helps: ClassVar[bool] = True
    minutes: int


REASONED: Final = (ReceiptNotAccepted, ChipDecoderMissing, ChipDecoderNonsense, PhotoNotReleased, ConsentSheetWrong)
"""Errors whose `reason` is a word of the texts (`photo_sources.reason`)."""
