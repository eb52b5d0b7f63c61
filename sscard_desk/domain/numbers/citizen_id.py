"""Numbers of persons (domain reference C): GB 11643-1999, residence permits of HMT residents, foreigners' cards."""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from operator import mul
from typing import Final

from sscard_desk.domain.document_kind import DocumentKind
from sscard_desk.domain.errors.operator import CheckDigitWrong, NumberLengthWrong, NumberMalformed
from sscard_desk.domain.numbers.shown import normalised

WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
"""GB 11643-1999, clause 6: weight of each of the first 17 digits."""
CHECK_CHARACTERS: Final = "10X98765432"
"""The check character by remainder 0 to 10 (the same as ISO 7064 MOD 11-2)."""
LENGTH: Final = 18
OLD_LENGTH: Final = 15
"""Both the citizen number of the first generation and the foreign number of 2017."""

PROVINCES: Final = frozenset(
    str(n) for n in (*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66), 71)
)
"""First two digits of GB/T 2260 codes on citizens' numbers (partly from memory)."""
HMT_REGIONS: Final = frozenset({"810000", "820000", "830000"})
"""What numbers of residence permits of Hong Kong, Macao and Taiwan residents begin with."""
MALE: Final = "1"
FEMALE: Final = "2"
EARLIEST_YEAR: Final = 1850
"""Nobody born before this year stands at a counter; an earlier year is a slip of the key."""
_CENTENARIAN_SEQUENCE: Final = 996


class NumberWarning(Enum):
    """What is odd about a number and yet seen on genuine documents."""

    CHECK = "check"
    """The check digit of a foreign number does not fit; widely printed samples are wrong as well."""


@dataclass(frozen=True)
class IdNumber:
    """A number taken apart.

    Attributes:
        text: the number itself, digits and upper-case letters.
        kind: which document bears it.
        region: the six digits at its head; for foreigners the two digits of the province.
        birth: date of birth, None for foreign numbers of 2017, which hold only part of it.
        sex: GB/T 2261.1 code, empty for foreign numbers of 2017.
        nationality: three digits of ISO 3166, or three letters on numbers of 2017; empty for citizens.
        warnings: what the clerk should look at; nothing is refused for them.
    """

    text: str
    kind: DocumentKind
    region: str
    birth: date | None
    sex: str
    nationality: str = ""
    warnings: tuple[NumberWarning, ...] = ()

    def __repr__(self) -> str:
        return f"IdNumber(kind={self.kind.value})"


def check_character(first: str) -> str:
    """Return the 18th character for the first 17 digits (GB 11643-1999).

    Raises:
        ValueError: not 17 digits.
    """
    if len(first) != len(WEIGHTS):
        raise ValueError("the check character is that of 17 digits")
    total = sum(map(mul, WEIGHTS, map(int, first)))
    return CHECK_CHARACTERS[total % 11]


def parse_id_number(typed: str, today: date | None = None) -> IdNumber:
    """Take a person's number apart, whole and correct or not at all.

    Args:
        typed: as typed, pasted or scanned; spaces, full-width digits and a small x are put right.
        today: births after this day are refused; left out, any date passes.

    Raises:
        NumberLengthWrong: neither 18 characters nor a foreign number of 15.
        NumberMalformed: `part` is `digits`, `region` or `birth`.
        CheckDigitWrong: the last character does not fit (a warning only on foreign numbers).
    """
    text = normalised(typed)
    if len(text) == OLD_LENGTH and not text[:1].isdigit():
        return _foreign_2017(text)
    if len(text) != LENGTH:
        raise NumberLengthWrong(have=len(text), need=LENGTH)
    check_so_far(text, today)
    foreign = text[0] == "9"
    expected = check_character(text[:17])
    fits = expected == text[17]
    if not fits and not foreign:
        raise CheckDigitWrong(expected=expected)
    hmt = text[:6] in HMT_REGIONS
    citizen_or_hmt = DocumentKind.HMT_RESIDENT if hmt else DocumentKind.CITIZEN
    return IdNumber(
        text=text,
        kind=DocumentKind.FOREIGN_2023 if foreign else citizen_or_hmt,
        region=text[1:3] if foreign else text[:6],
        birth=_date(text[6:14]),
        sex=MALE if int(text[16]) % 2 else FEMALE,
        nationality=text[3:6] if foreign else "",
        warnings=() if fits else (NumberWarning.CHECK,),
    )


def check_so_far(typed: str, today: date | None = None) -> None:
    """Judge the part of an 18-character number that is typed already, as early as each part allows.

    Args:
        typed: the beginning of a number, or all of it; its check character is not judged here.
        today: births after this day are refused; left out, any date passes.

    Raises:
        NumberLengthWrong: more than 18 characters.
        NumberMalformed: a character, the region or the date of birth cannot be right whatever follows.
    """
    text = normalised(typed)
    if len(text) > LENGTH:
        raise NumberLengthWrong(have=len(text), need=LENGTH)
    head, last = text[:17], text[17:]
    if not _digits(head) or last not in (*CHECK_CHARACTERS, ""):
        raise NumberMalformed(part="digits")
    if len(text) >= 6:  # noqa: PLR2004 - the region's six digits
        _check_region(text[:6])
    if len(text) >= 14:  # noqa: PLR2004 - region and eight digits of birth
        birth = _date(text[6:14])
        if birth.year < EARLIEST_YEAR or (today is not None and birth > today):
            raise NumberMalformed(part="birth")


def upgraded(fifteen: str) -> str:
    """Return the 18-character number of a citizen's number of the first generation (15 digits).

    The century is 19, but 18 for the sequences 996 to 999, which went to centenarians (from memory).

    Raises:
        NumberLengthWrong: not 15 characters.
        NumberMalformed: not digits, or region or birth cannot be.
    """
    text = normalised(fifteen)
    if len(text) != OLD_LENGTH:
        raise NumberLengthWrong(have=len(text), need=OLD_LENGTH)
    if not _digits(text):
        raise NumberMalformed(part="digits")
    century = "18" if int(text[12:]) >= _CENTENARIAN_SEQUENCE else "19"
    first = text[:6] + century + text[6:]
    check_so_far(first)
    return first + check_character(first)


def age_on(birth: date, day: date) -> int:
    """Return full years of age; who is born on 29 February turns older on 1 March in other years."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def _foreign_2017(text: str) -> IdNumber:
    letters, digits = text[:3], text[3:]
    if not (letters.isascii() and letters.isalpha() and _digits(digits)):
        raise NumberMalformed(part="digits")
    return IdNumber(text, DocumentKind.FOREIGN_2017, digits[:2], None, "", nationality=letters)


def _check_region(region: str) -> None:
    """Refuse a head that no document has: a citizen's province, an HMT head, or 9 and a province."""
    citizen = region[:2] in PROVINCES
    foreign = region[0] == "9" and region[1:3] in PROVINCES
    if not (citizen or foreign or region in HMT_REGIONS):
        raise NumberMalformed(part="region")


def _date(text: str) -> date:
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    except ValueError:
        raise NumberMalformed(part="birth") from None


def _digits(text: str) -> bool:
    """Return whether there is nothing but ASCII digits (`str.isdigit` takes superscripts too)."""
    return text.isascii() and (text.isdigit() or not text)
