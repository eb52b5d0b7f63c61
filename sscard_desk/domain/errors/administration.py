"""E470-E479, administering the centre: operators, their record, what they bring in."""

from dataclasses import dataclass
from typing import ClassVar

from sscard_desk.domain.errors.base import CentreTrouble


@dataclass(eq=False)
class OperatorUnknown(CentreTrouble):
    """The centre has no operator of this name, or has one no more."""

    code: ClassVar[str] = "E470"


@dataclass(eq=False)
class OperatorExists(CentreTrouble):
    """There is, or was, an operator of this name; names are never given twice."""

    code: ClassVar[str] = "E471"


@dataclass(eq=False)
class OperatorNameWrong(CentreTrouble):
    """An operator's name has 2 to 32 small letters, digits, dots or hyphens and begins with a letter."""

    code: ClassVar[str] = "E472"


@dataclass(eq=False)
class OperatorSignInWrong(CentreTrouble):
    """Name, password or code do not fit together; which of them is not said."""

    code: ClassVar[str] = "E473"
    retry_helps: ClassVar[bool] = True


@dataclass(eq=False)
class OperatorPaused(CentreTrouble):
    """Too many wrong tries for this operator or from this address; wait."""

    code: ClassVar[str] = "E474"
    seconds: int


@dataclass(eq=False)
class FactorCodeWrong(CentreTrouble):
    """The code does not belong to the secret that was shown; the second factor is not set up yet."""

    code: ClassVar[str] = "E475"
    retry_helps: ClassVar[bool] = True


@dataclass(eq=False)
class ListRowsWrong(CentreTrouble):
    """Rows of a list do not hold, and nothing of it was taken; `problems` are line, column and reason."""

    code: ClassVar[str] = "E477"
    wrong: int
    problems: tuple[str, ...]


@dataclass(eq=False)
class FormArchiveWrong(CentreTrouble):
    """A zip file is no edition of a form; `reason` says why."""

    code: ClassVar[str] = "E478"
    reason: str


@dataclass(eq=False)
class SecondOperatorNeeded(CentreTrouble):
    """The act waits for another operator than the one who wants it, or was decided on already."""

    code: ClassVar[str] = "E479"


@dataclass(eq=False)
class AuditBroken(CentreTrouble):
    """The record of acts does not hold from this entry on: it was changed, or its key is another one."""

    code: ClassVar[str] = "E476"
    seq: int
