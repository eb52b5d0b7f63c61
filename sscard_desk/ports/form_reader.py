"""Reading forms that came back on paper."""

from dataclasses import dataclass
from typing import Protocol

from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.form_scan import FormPage


@dataclass(frozen=True)
class Expected:
    """What a person says about a page whose codes are torn.

    Attributes:
        serial: the form serial as printed below the bar code, with or without hyphens.
        edition: the edition in which it was printed; empty takes the one that holds now.
    """

    serial: str
    edition: str = ""


@dataclass(frozen=True)
class UnreadSheet:
    """A sheet's side on which no form could be read, and why.

    Attributes:
        sheet: which picture of the file or pile, from 1.
        error: what is wrong with it.
    """

    sheet: int
    error: DeskError


@dataclass(frozen=True)
class ScanReading:
    """Everything that was read from one file or pile, in its order."""

    pages: tuple[FormPage, ...]
    unread: tuple[UnreadSheet, ...] = ()


class FormReader(Protocol):
    """Whoever recognises forms; to be used on the imaging lane only."""

    def read(self, content: bytes, expected: Expected | None = None, first: int = 1) -> ScanReading:
        """Recognise every page in a scan.

        Args:
            content: PNG, JPEG, BMP, PNM, TIFF or PDF, whole; both sides and any order.
            expected: what is typed where codes are torn; pages with a readable code do not need it.
            first: number of the first sheet, where a pile comes in several files.

        Raises:
            ScanUnreadable: no picture that can be read.
        """
