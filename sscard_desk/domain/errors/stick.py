"""Files that go between desk and centre on a stick (E147, E167-E170, E460, E480-E482)."""

from dataclasses import dataclass
from typing import ClassVar

from sscard_desk.domain.errors.base import CentreTrouble, OperatorCanFix


@dataclass(eq=False)
class StickMissing(OperatorCanFix):
    """The folder or file on the stick is not there: not plugged in, taken out, or another name."""

    code: ClassVar[str] = "E147"


@dataclass(eq=False)
class StickOtherDesk(OperatorCanFix):
    """The file is another desk's, or goes the other way; `desk` is what stands on it."""

    code: ClassVar[str] = "E167"
    desk: str


@dataclass(eq=False)
class StickOtherCentre(OperatorCanFix):
    """The file was made for, or by, another centre than the one that this side belongs to."""

    code: ClassVar[str] = "E168"


@dataclass(eq=False)
class StickOrderWrong(OperatorCanFix):
    """A part that comes before this file has not been brought in yet; `part` is the next that is needed."""

    code: ClassVar[str] = "E169"
    part: int


@dataclass(eq=False)
class StickDamaged(OperatorCanFix):
    """The file is cut, was changed, or is no such file; nothing was taken from it."""

    code: ClassVar[str] = "E170"


@dataclass(eq=False)
class StickNewer(CentreTrouble):
    """The file was made by a newer program than this one."""

    code: ClassVar[str] = "E480"


@dataclass(eq=False)
class StickDeskUnknown(CentreTrouble):
    """The centre does not listen to the desk that made the file: unknown, or its enrolment was revoked."""

    code: ClassVar[str] = "E481"
    desk: str


@dataclass(eq=False)
class StickNothingYet(CentreTrouble):
    """No file of this desk has been brought in, so it is not known what it has and what its answer is sealed to."""

    code: ClassVar[str] = "E482"
    desk: str


@dataclass(eq=False)
class StickFromBefore(CentreTrouble):
    """The centre made the file before it was put back to an older copy: what it says is not so any more."""

    code: ClassVar[str] = "E460"
