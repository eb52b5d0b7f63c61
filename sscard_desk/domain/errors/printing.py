"""What can go wrong between a drawn paper and the sheet in somebody's hand: E191-E194, E318 and E344-E349."""

from dataclasses import dataclass
from typing import ClassVar

from sscard_desk.domain.errors.base import DeviceTrouble, OperatorCanFix


@dataclass(eq=False)
class CertificateUnusable(OperatorCanFix):
    """The certificate that signs papers cannot be used. `reason` is a fixed word: missing, damaged, no_key."""

    code: ClassVar[str] = "E191"
    reason: str


@dataclass(eq=False)
class CertificateExpired(OperatorCanFix):
    """The certificate that signs papers is not valid today. `begin` and `end` are its days, ISO 8601."""

    code: ClassVar[str] = "E192"
    begin: str
    end: str


@dataclass(eq=False)
class ReprintReasonMissing(OperatorCanFix):
    """A second copy of a form needs a reason."""

    code: ClassVar[str] = "E193"
    copy: int


@dataclass(eq=False)
class CertificatePassphraseWrong(OperatorCanFix):
    """The certificate file does not open: its passphrase is wrong, or was never kept here."""

    code: ClassVar[str] = "E194"


@dataclass(eq=False)
class PrintHeld(DeviceTrouble):
    """The job is held back in the queue; it is kept there."""

    code: ClassVar[str] = "E344"


@dataclass(eq=False)
class PrinterStopped(DeviceTrouble):
    """The printer stands still and asks for attention; the job is kept in its queue."""

    code: ClassVar[str] = "E345"


@dataclass(eq=False)
class PrintCancelled(DeviceTrouble):
    """Somebody cancelled the job at the printer or in its queue."""

    code: ClassVar[str] = "E346"


@dataclass(eq=False)
class PrinterVanished(DeviceTrouble):
    """The printer had the job and does not answer any more; whether the paper comes is not known yet."""

    code: ClassVar[str] = "E347"
    may_have_changed: ClassVar[bool] = True


@dataclass(eq=False)
class PrintOutcomeUnknown(DeviceTrouble):
    """The printer does not know the job any more: the paper may have come out or not."""

    code: ClassVar[str] = "E348"
    may_have_changed: ClassVar[bool] = True


@dataclass(eq=False)
class PrinterBusy(DeviceTrouble):
    """The printer takes one job at a time and has one; this one is offered again by itself."""

    code: ClassVar[str] = "E349"


@dataclass(eq=False)
class PrinterNotTrusted(DeviceTrouble):
    """The printer at an `ipps://` address shows a certificate that is not the one settings name, and nobody vouches.

    Attributes:
        sha256: of the certificate that it showed, in hex.
    """

    code: ClassVar[str] = "E318"
    sha256: str
