"""Who a desk is at the centre (E179, E450-E454)."""

from dataclasses import dataclass
from typing import ClassVar

from sscard_desk.domain.errors.base import CentreTrouble, OperatorCanFix


@dataclass(eq=False)
class DeskUnknown(OperatorCanFix):
    """The centre has no desk of this name."""

    code: ClassVar[str] = "E179"
    desk: str


@dataclass(eq=False)
class DeskRevoked(CentreTrouble):
    """The centre knows this desk and listens to it no more: its enrolment was revoked. What is unsent stays here."""

    code: ClassVar[str] = "E450"


@dataclass(eq=False)
class CertificateRefused(CentreTrouble):
    """The centre is there and turns this desk's certificate away: it is not one that it gave to this desk."""

    code: ClassVar[str] = "E451"


@dataclass(eq=False)
class CertificateExpired(CentreTrouble):
    """This desk's certificate has expired: it may send and renew, and is given nothing else until it has renewed."""

    code: ClassVar[str] = "E452"
    retry_helps: ClassVar[bool] = True


@dataclass(eq=False)
class CertificateReplaced(CentreTrouble):
    """This desk shows a certificate that it has already replaced: its data were put back to an older copy."""

    code: ClassVar[str] = "E453"


@dataclass(eq=False)
class CertificateMissing(CentreTrouble):
    """The centre asks for this desk's certificate and does not see one."""

    code: ClassVar[str] = "E454"
