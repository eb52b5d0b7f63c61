"""Application numbers, made at a desk without asking anybody: `4201-03-26-00123-2`.

Service point code, desk number at that point, year, running number of this desk in that year, check digit.
Two desks never make the same number because point and desk stand in it. The check digit is ISO/IEC 7064 MOD 11,10
(hybrid system): digits only, so the whole number can be typed on a number pad; it finds every single wrong digit
and nearly every swap of neighbours.
"""

import re
from dataclasses import dataclass
from typing import Final

from sscard_desk.domain.errors.operator import ApplicationNumberMalformed, CheckDigitWrong
from sscard_desk.domain.numbers.shown import normalised

_PARTS: Final = re.compile(r"(\d{4})(\d{2})(\d{2})(\d{5})(\d)", re.ASCII)
LENGTH: Final = 14
MOST_IN_A_YEAR: Final = 99_999
_DESKS: Final = 100
_CENTURY: Final = 2000


@dataclass(frozen=True, order=True)
class ApplicationNumber:
    """One application's number, taken apart; `str()` gives it with hyphens, `digits` as in the barcode.

    Attributes:
        point: service point code, four digits.
        desk: the desk's number at that point, 0 to 99.
        year: four digits, 2000 to 2099.
        running: counted from 1 by this desk in this year, at most 99,999.

    Raises:
        ValueError: a part does not fit its digits (a programming or set-up error).
    """

    point: str
    desk: int
    year: int
    running: int

    def __post_init__(self) -> None:
        if not re.fullmatch(r"\d{4}", self.point, re.ASCII):
            raise ValueError(f"a service point code has four digits, not {self.point!r}")
        if not 0 <= self.desk < _DESKS or not _CENTURY <= self.year < _CENTURY + 100:
            raise ValueError(f"desk {self.desk} or year {self.year} does not fit two digits")
        if not 1 <= self.running <= MOST_IN_A_YEAR:
            raise ValueError(f"running number {self.running} does not fit five digits")

    @property
    def digits(self) -> str:
        """The 14 digits without hyphens, as the barcode and the QR code hold them."""
        body = f"{self.point}{self.desk:02d}{self.year % 100:02d}{self.running:05d}"
        return body + check_digit(body)

    def __str__(self) -> str:
        d = self.digits
        return f"{d[:4]}-{d[4:6]}-{d[6:8]}-{d[8:13]}-{d[13]}"


def check_digit(body: str) -> str:
    """Return the ISO/IEC 7064 MOD 11,10 check digit of a string of digits."""
    carry = 10
    for digit in body:
        carry = ((carry + int(digit)) % 10 or 10) * 2 % 11
    return str((11 - carry) % 10)


def parse_application_number(typed: str) -> ApplicationNumber:
    """Take a typed or scanned application number apart, with or without hyphens.

    Raises:
        ApplicationNumberMalformed: not 14 digits, or the running number is none.
        CheckDigitWrong: a digit was mistyped.
    """
    found = _PARTS.fullmatch(normalised(typed))
    if found is None or found[4] == "00000":
        raise ApplicationNumberMalformed
    point, desk, year, running, check = found.groups()
    expected = check_digit(point + desk + year + running)
    if check != expected:
        raise CheckDigitWrong(expected=expected)
    return ApplicationNumber(point, int(desk), _CENTURY + int(year), int(running))
