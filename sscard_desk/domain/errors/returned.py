"""Forms that come back on paper (E144-146, E181-189)."""

from dataclasses import dataclass
from typing import ClassVar

from sscard_desk.domain.errors.base import OperatorCanFix


@dataclass(eq=False)
class ScanUnreadable(OperatorCanFix):
    """A scan is no picture or PDF that can be read: another kind of file, cut short, locked, or far too large."""

    code: ClassVar[str] = "E181"


@dataclass(eq=False)
class NoFormOnPage(OperatorCanFix):
    """A scanned side shows none of our forms: blank, or something else. `sheet` counts from 1."""

    code: ClassVar[str] = "E182"
    sheet: int


@dataclass(eq=False)
class FormCodesTorn(OperatorCanFix):
    """A scanned side has the lines of one of our forms, but neither of its codes can be read."""

    code: ClassVar[str] = "E183"
    sheet: int


@dataclass(eq=False)
class SeveralFormsOnPage(OperatorCanFix):
    """A scanned side shows more than one of our papers; none of them is taken, or the other would be lost."""

    code: ClassVar[str] = "E146"
    sheet: int


@dataclass(eq=False)
class FormKindUnknown(OperatorCanFix):
    """A scanned form is of a kind that is not here; `letter` is what serials call it."""

    code: ClassVar[str] = "E184"
    letter: str


@dataclass(eq=False)
class FormOfOtherPoint(OperatorCanFix):
    """A form was printed at another service point. `point` is the code in its number."""

    code: ClassVar[str] = "E185"
    point: str


@dataclass(eq=False)
class FormOfOtherApplication(OperatorCanFix):
    """A form belongs to another application than the one in hand."""

    code: ClassVar[str] = "E186"
    application_no: str


@dataclass(eq=False)
class PageScannedTwice(OperatorCanFix):
    """A page of this form is among the scans already."""

    code: ClassVar[str] = "E187"
    page: int


@dataclass(eq=False)
class FormCopyOld(OperatorCanFix):
    """A form is not the copy that was printed last."""

    code: ClassVar[str] = "E188"
    copy: int
    last: int


@dataclass(eq=False)
class FormNotStraightened(OperatorCanFix):
    """A scanned form's printed lines do not lie as its layout says: crumpled, cut off, or a photo at an angle."""

    code: ClassVar[str] = "E189"
    sheet: int


@dataclass(eq=False)
class PaperNotPrintedHere(OperatorCanFix):
    """A scanned paper carries a serial of which this desk has no print."""

    code: ClassVar[str] = "E144"
    serial: str


@dataclass(eq=False)
class PaperPagesMissing(OperatorCanFix):
    """Not all pages of a signed paper were scanned; nothing of it was kept."""

    code: ClassVar[str] = "E145"
    serial: str
    pages: tuple[str, ...]
