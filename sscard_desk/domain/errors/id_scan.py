"""E380-E389, reading an id card from its scan."""

from dataclasses import dataclass
from typing import ClassVar

from sscard_desk.domain.errors.base import DeviceTrouble


@dataclass(eq=False)
class TextReaderMissing(DeviceTrouble):
    """The text recognition or one of its models is not installed here."""

    code: ClassVar[str] = "E380"
    retry_helps: ClassVar[bool] = False


@dataclass(eq=False)
class TextReaderCrashed(DeviceTrouble):
    """The process of the text recognition ended before it answered; the next scan starts a new one."""

    code: ClassVar[str] = "E381"
    status: int


@dataclass(eq=False)
class TextReaderHung(DeviceTrouble):
    """The text recognition did not answer in time and was ended; the next scan starts it anew."""

    code: ClassVar[str] = "E382"
    seconds: int


@dataclass(eq=False)
class NoIdCardInPicture(DeviceTrouble):
    """Nothing in the picture looks like an id card."""

    code: ClassVar[str] = "E383"


@dataclass(eq=False)
class SeveralIdCards(DeviceTrouble):
    """The picture shows more than one id card, or one side twice: nobody can say whose fields these are."""

    code: ClassVar[str] = "E384"


@dataclass(eq=False)
class IdCardCutOff(DeviceTrouble):
    """The place of the number lies outside the picture."""

    code: ClassVar[str] = "E385"


@dataclass(eq=False)
class IdCardIllegible(DeviceTrouble):
    """An id card was found, and hardly anything on it can be read: blurred, too small, too dark, glare."""

    code: ClassVar[str] = "E386"


@dataclass(eq=False)
class IdCardWrongSide(DeviceTrouble):
    """Only the side without the portrait was scanned."""

    code: ClassVar[str] = "E387"


@dataclass(eq=False)
class ScanBlank(DeviceTrouble):
    """The picture shows nothing at all."""

    code: ClassVar[str] = "E388"


@dataclass(eq=False)
class IdCardKindUnread(DeviceTrouble):
    """A document whose layout is not known here, such as a foreigner's: it is typed."""

    code: ClassVar[str] = "E389"
    retry_helps: ClassVar[bool] = False
