"""E4xx, the centre and the line. Ranges: 401-419 line, enrolment, protocol; 420-422 refused or conflicting entries."""

from dataclasses import dataclass
from typing import ClassVar

from sscard_desk.domain.errors.base import CentreTrouble


@dataclass(eq=False)
class CentreUnreachable(CentreTrouble):
    """The centre does not answer: no line, or it is down."""

    code: ClassVar[str] = "E401"
    retry_helps: ClassVar[bool] = True
    waiting: int


@dataclass(eq=False)
class DeskNotEnrolled(CentreTrouble):
    """The centre does not know this desk, or knows another key under its name."""

    code: ClassVar[str] = "E402"


@dataclass(eq=False)
class TrainingRefused(CentreTrouble):
    """The centre is a production centre and this desk's data folder is a training one, or the other way round."""

    code: ClassVar[str] = "E403"


@dataclass(eq=False)
class ProtocolTooOld(CentreTrouble):
    """The centre does not speak this program's protocol version any more."""

    code: ClassVar[str] = "E404"
    ours: int
    oldest: int


@dataclass(eq=False)
class AnswerMalformed(CentreTrouble):
    """The centre's answer cannot be understood and was not used."""

    code: ClassVar[str] = "E405"
    retry_helps: ClassVar[bool] = True
    reason: str


@dataclass(eq=False)
class ServerCertificateWrong(CentreTrouble):
    """The centre's certificate is not from the authority that this desk was enrolled with."""

    code: ClassVar[str] = "E406"


@dataclass(eq=False)
class EnrolmentCodeWrong(CentreTrouble):
    """The one-time code is wrong, used or too old."""

    code: ClassVar[str] = "E407"


@dataclass(eq=False)
class FeedBroken(CentreTrouble):
    """The feed has a gap or another epoch; a fresh snapshot is taken."""

    code: ClassVar[str] = "E408"
    retry_helps: ClassVar[bool] = True
    scope: str


@dataclass(eq=False)
class CentreBusy(CentreTrouble):
    """The centre has too much to do and says when to come again."""

    code: ClassVar[str] = "E409"
    retry_helps: ClassVar[bool] = True
    seconds: int


@dataclass(eq=False)
class EntryRefused(CentreTrouble):
    """The centre did not accept one entry; it was set aside and the others went on."""

    code: ClassVar[str] = "E421"
    reason: str


@dataclass(eq=False)
class EntryConflict(CentreTrouble):
    """The centre holds something else than what the entry was built on."""

    code: ClassVar[str] = "E422"
    reason: str


@dataclass(eq=False)
class ExchangeRuns(CentreTrouble):
    """The window of this data folder is open and exchanges by itself; one exchange at a time is enough."""

    code: ClassVar[str] = "E410"


@dataclass(eq=False)
class EditionsRefused(CentreTrouble):
    """The centre delivered editions of forms that this desk does not use; it goes on with the former ones.

    `editions` are form and edition with a blank between, for example `registration 2026-3`.
    """

    code: ClassVar[str] = "E411"
    editions: tuple[str, ...]
