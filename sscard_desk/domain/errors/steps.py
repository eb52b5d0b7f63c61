"""Steps of an application, sign-off and stock (E120-139)."""

from dataclasses import dataclass
from typing import ClassVar

from sscard_desk.domain.errors.base import OperatorCanFix


@dataclass(eq=False)
class StepNotAllowed(OperatorCanFix):
    """The application is not at a step from which this act is possible."""

    code: ClassVar[str] = "E120"
    act: str
    step: str


@dataclass(eq=False)
class OwnApplication(OperatorCanFix):
    """Who took an application in does not sign it off."""

    code: ClassVar[str] = "E121"


@dataclass(eq=False)
class OwnSignature(OperatorCanFix):
    """Who signed an application as its clerk does not sign it off."""

    code: ClassVar[str] = "E1014"


@dataclass(eq=False)
class SignatureVoid(OperatorCanFix):
    """A signature belongs to other content than what stands in the application now."""

    code: ClassVar[str] = "E122"
    party: str


@dataclass(eq=False)
class AlreadyOpen(OperatorCanFix):
    """An application for this person is open already."""

    code: ClassVar[str] = "E123"
    application_no: str


@dataclass(eq=False)
class RoleMissing(OperatorCanFix):
    """The account that is signed in may not do this."""

    code: ClassVar[str] = "E124"
    role: str


@dataclass(eq=False)
class ApplicationUnknown(OperatorCanFix):
    """No application has this number here."""

    code: ClassVar[str] = "E125"


@dataclass(eq=False)
class NotOurBlank(OperatorCanFix):
    """The card in the reader is not a blank of this desk's stock."""

    code: ClassVar[str] = "E126"


@dataclass(eq=False)
class NoCardBegun(OperatorCanFix):
    """No writing of this desk broke off on the card in the reader."""

    code: ClassVar[str] = "E180"


@dataclass(eq=False)
class CardAlreadyWritten(OperatorCanFix):
    """The card in the reader carries a holder's data already."""

    code: ClassVar[str] = "E127"


@dataclass(eq=False)
class StockEmpty(OperatorCanFix):
    """No blank card, or no card number of the lent range, is left."""

    code: ClassVar[str] = "E128"


@dataclass(eq=False)
class WrongCardPutBack(OperatorCanFix):
    """Another card lies in the reader than the one whose writing began."""

    code: ClassVar[str] = "E129"


@dataclass(eq=False)
class ReasonMissing(OperatorCanFix):
    """An exception, a deferral or sending back needs a reason in words."""

    code: ClassVar[str] = "E130"


@dataclass(eq=False)
class EvidenceMissing(OperatorCanFix):
    """A signature came without strokes and without a scan."""

    code: ClassVar[str] = "E131"


@dataclass(eq=False)
class WitnessNeeded(OperatorCanFix):
    """A thumb print is witnessed by somebody else than who takes it."""

    code: ClassVar[str] = "E138"


@dataclass(eq=False)
class NotAllowedHere(OperatorCanFix):
    """The data of this service point do not allow this act."""

    code: ClassVar[str] = "E132"
