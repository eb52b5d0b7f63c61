"""What a printed form says of itself: its serial, as text, barcode and QR code. Nothing personal is in them.

Serial: application number, form letter and copy, `4201-03-26-00123-2-R1`. The barcode holds it without hyphens, the
QR code adds edition, the first 16 hex digits of the content digest and the page, so that a scan knows what was shown.
"""

import re
from dataclasses import dataclass
from typing import Final

from sscard_desk.domain.errors.operator import NumberMalformed
from sscard_desk.domain.numbers.application_number import ApplicationNumber, parse_application_number

SHOWN_DIGEST: Final = 16
_PREFIX: Final = "SSF1"
_SERIAL: Final = re.compile(r"(\d{14})([A-Z])(\d{1,2})", re.ASCII)
_MARK: Final = re.compile(rf"{_PREFIX}:([0-9A-Z]+):([0-9A-Z.\-]+):([0-9A-F]{{16}}):(\d+)/(\d+)", re.ASCII)


@dataclass(frozen=True)
class FormSerial:
    """One printed copy of one form; `str()` gives it with hyphens, `compact` as in the barcode.

    Attributes:
        application: whose form.
        letter: which form, R or C.
        copy: counted from 1.
    """

    application: ApplicationNumber
    letter: str
    copy: int

    @property
    def compact(self) -> str:
        """The serial without hyphens."""
        return f"{self.application.digits}{self.letter}{self.copy}"

    def __str__(self) -> str:
        return f"{self.application}-{self.letter}{self.copy}"


@dataclass(frozen=True)
class FormMark:
    """What a page's QR code says.

    Attributes:
        serial: the copy.
        edition: the form's edition.
        digest: the first 16 hex digits of the content digest, upper case.
        page: this page, from 1.
        pages: how many there are.
    """

    serial: FormSerial
    edition: str
    digest: str
    page: int
    pages: int


def mark_text(serial: str, edition: str, digest: str, page: int, pages: int) -> str:
    """Return what the QR code of a page holds; only characters of its alphanumeric mode."""
    return f"{_PREFIX}:{serial.replace('-', '')}:{edition}:{digest[:SHOWN_DIGEST]}:{page}/{pages}".upper()


def parse_form_serial(scanned: str) -> FormSerial:
    """Take a serial apart, with or without hyphens.

    Raises:
        NumberMalformed: it is not a serial (`part` is `form`), or its application number is not one.
        CheckDigitWrong: a digit of the application number is wrong.
    """
    found = _SERIAL.fullmatch(scanned.strip().upper().replace("-", ""))
    if found is None:
        raise NumberMalformed(part="form")
    return FormSerial(parse_application_number(found[1]), found[2], int(found[3]))


def parse_form_mark(scanned: str) -> FormMark:
    """Take the content of a page's QR code apart.

    Raises:
        NumberMalformed: it is not of our forms (`part` is `form`).
        CheckDigitWrong: a digit of the application number is wrong.
    """
    found = _MARK.fullmatch(scanned.strip().upper())
    if found is None:
        raise NumberMalformed(part="form")
    return FormMark(parse_form_serial(found[1]), found[2], found[3], int(found[4]), int(found[5]))
