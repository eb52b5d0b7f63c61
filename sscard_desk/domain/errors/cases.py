"""What stands in the way of a case.

Ranges: 133-139 promises, limits and closing, 171 papers of a case, 176-177 and 195-199 class lists, 214-219 what the
applicant has to bring.
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from sscard_desk.domain.errors.base import CardholderCanFix, OperatorCanFix


@dataclass(eq=False)
class PromiseNotAllowed(OperatorCanFix):
    """The data of this city do not let this material be promised."""

    code: ClassVar[str] = "E133"
    material: str


@dataclass(eq=False)
class PromiseTooLate(OperatorCanFix):
    """A material is promised for a day that has passed, or lies behind the last day that the data allow."""

    code: ClassVar[str] = "E134"
    material: str
    last: date


@dataclass(eq=False)
class NothingOverdue(OperatorCanFix):
    """An application is closed as expired only when one of its limits has passed."""

    code: ClassVar[str] = "E135"


@dataclass(eq=False)
class MaterialStateNotAccepted(OperatorCanFix):
    """The data of this city do not accept this material in this way, for example a copy in place of the original."""

    code: ClassVar[str] = "E136"
    material: str
    state: str


@dataclass(eq=False)
class PhotoAskedFor(OperatorCanFix):
    """The data of this city ask for a photo in this case."""

    code: ClassVar[str] = "E137"


@dataclass(eq=False)
class PaperNotNow(OperatorCanFix):
    """A paper of a case was asked for at a step that does not have it. `reason` is one word of the texts."""

    code: ClassVar[str] = "E171"
    form: str
    reason: str


@dataclass(eq=False)
class ClassListUnreadable(OperatorCanFix):
    """A class list is no spreadsheet or text table that can be read. `reason` is one word of the texts."""

    code: ClassVar[str] = "E195"
    reason: str


@dataclass(eq=False)
class ClassListTooLarge(OperatorCanFix):
    """A class list is larger than a list of people can be; nothing of it was read into memory."""

    code: ClassVar[str] = "E196"
    what: str
    most: int


@dataclass(eq=False)
class ClassListHeadMissing(OperatorCanFix):
    """No row of a class list names the columns that are needed."""

    code: ClassVar[str] = "E197"
    columns: tuple[str, ...]


@dataclass(eq=False)
class ClassListEmpty(OperatorCanFix):
    """Below its header a class list has no row."""

    code: ClassVar[str] = "E198"


@dataclass(eq=False)
class ClassListNotConfirmed(OperatorCanFix):
    """Rows of a class list are wrong, and nobody confirmed that the others are imported without them."""

    code: ClassVar[str] = "E199"
    ready: int
    wrong: int


@dataclass(eq=False)
class NothingToPrint(OperatorCanFix):
    """No application of a class waits for its form: all of them are further on, or ended."""

    code: ClassVar[str] = "E176"


@dataclass(eq=False)
class ListNotKept(OperatorCanFix):
    """The file for the rejected rows cannot be written where it was wanted. `reason` is the system's word for why."""

    code: ClassVar[str] = "E177"
    reason: str


@dataclass(eq=False)
class PromisesOutstanding(CardholderCanFix):
    """Something promised has not come, and the data hold the card back for it."""

    code: ClassVar[str] = "E214"
    names: tuple[str, ...]
