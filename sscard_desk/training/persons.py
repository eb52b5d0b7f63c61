"""Synthetic persons for training mode and tests: the same seed gives the same persons, however many are asked for.

Nobody here exists. The district codes 420196 to 420199 were never assigned to a district, its town is called 示例市
("example city"), and mobile numbers begin with 140, which no telephone of a person has (from memory). Check digits are
valid, so everything that checks numbers treats these persons like real ones. No number occurs twice: each row has
its own combination of head (district, or whatever the document puts there), day of birth and sequence.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Final

from sscard_desk.domain.document_kind import DocumentKind
from sscard_desk.domain.ids import PersonKey
from sscard_desk.domain.numbers.citizen_id import FEMALE, MALE, age_on, check_character
from sscard_desk.domain.person import Person
from sscard_desk.training import names

SEED: Final = 20260101
TODAY: Final = date(2026, 1, 1)
"""The day on which the generated world stands still; nobody is born later."""
DISTRICTS: Final = {"420196": "城关区", "420197": "东湖区", "420198": "河西区", "420199": "新城区"}
STREETS: Final = ("城关街", "东街", "解放路", "人民路", "建设路", "学府路", "滨河路", "花园街", "车站路", "和平里")
NATIONALITIES: Final = {"840": "USA", "276": "DEU", "392": "JPN", "643": "RUS", "250": "FRA", "608": "PHL"}
"""ISO 3166 codes that occur on the synthetic foreigners' cards: numeric as in the number, letters as on the card."""

_FIRST_BIRTH: Final = date(1935, 1, 1)
_DAYS: Final = (TODAY - _FIRST_BIRTH).days
_SEQUENCES: Final = 999
_STEP: Final = 47_123_417
_HAN_SHARE: Final = 0.93
"""About as many as in an inland city."""
_OUTSIDE_GBK: Final = 2
"""Names with a character beyond GBK, of a thousand; one of them beyond the BMP."""
_RARE: Final = 40
_COMPOUND: Final = 10
"""Rare surnames, and those of two characters, of a thousand."""
"""Prime, and no divisor of heads x days x sequences, so stepping by it meets each combination once."""
_DAY_OF: Final = tuple(_FIRST_BIRTH + timedelta(days=n) for n in range(_DAYS))
_DISTRICT_CODES: Final = tuple(DISTRICTS)
_HMT_HEADS: Final = ("810000", "820000", "830000")
_FOREIGN_HEADS: Final = tuple(f"942{code}" for code in NATIONALITIES)
MOST: Final = len(DISTRICTS) * _DAYS * _SEQUENCES
"""How many persons there are numbers for, about 130 million."""

HAN, MONGOL, HUI, TIBETAN, UYGHUR, ZHUANG, MANCHU, TUJIA = "01", "02", "03", "04", "05", "08", "11", "15"
_LIKE_HAN: Final = (HUI, ZHUANG, MANCHU, TUJIA)
_LONG_TERM_AGE: Final = 46
_YEARS_BY_AGE: Final = ((16, 5), (26, 10), (_LONG_TERM_AGE, 20))
"""Below this age a document is valid so many years; from 46 on without end (居民身份证法, article 5)."""


def persons(count: int, seed: int = SEED) -> Iterator[Person]:
    """Generate synthetic persons, the first of which carry one known difficulty each (`CAST`).

    Args:
        count: how many, at most `MOST`.
        seed: another seed gives other names and days from the same lists.

    Yields:
        Person: row after row; row i is the same for every `count`.

    Raises:
        ValueError: more persons are wanted than there are numbers.
    """
    if count > MOST:
        raise ValueError(f"there are numbers for {MOST} persons only")
    random = Random(seed)
    start = random.randrange(MOST)
    for index in range(count):
        yield _person(index, start, random)


def region_name(region: str) -> str:
    """Return the invented district's name, for example `城关区`."""
    return DISTRICTS[region]


CAST: Final = {
    0: ("王强", "王芳"),
    1: ("单军", "单雪"),
    2: ("曾国强", "曾桂兰"),
    3: ("解永明", "解丽华"),
    4: ("仇志", "仇慧"),
    5: ("欧阳文斌", "欧阳文静"),
    6: (f"王{names.BEYOND_GBK[0]}",) * 2,
    7: (f"李{names.BEYOND_BMP[0]}",) * 2,
    8: (f"陈{names.BEYOND_BMP[1]}{names.BEYOND_GBK[1]}",) * 2,
    9: (names.LONGEST,) * 2,
    10: (names.TOO_LONG_FOR_EF06,) * 2,
    11: ("洛桑", "白玛"),
    12: ("田",) * 2,
}
"""Names (male, female) of the first persons: a demo, a test or a screenshot asks for a known difficulty by its row."""
_CAST_ETHNIC: Final = {9: UYGHUR, 10: UYGHUR, 11: TIBETAN}
HMT_EVERY: Final = 200
HMT_AT: Final = 17
FOREIGN_EVERY: Final = 500
FOREIGN_AT: Final = 23
"""Rows n with n % EVERY == AT hold residents of Hong Kong, Macao or Taiwan, or foreigners."""


def _person(index: int, start: int, random: Random) -> Person:
    number, kind, birth, sex, district = _identity(index, start)
    ethnic = _ethnic(index, random) if kind is DocumentKind.CITIZEN else ""
    valid_from, valid_to = _validity(birth, random)
    lot = random.getrandbits(48)
    return Person(
        key=PersonKey(f"{random.getrandbits(128):032x}"),
        id_number=number,
        document_kind=kind.value,
        name=_name(index, kind, ethnic, sex, random),
        sex=sex,
        ethnic=ethnic,
        birth=birth,
        address=_address(district, lot),
        region=district,
        authority=f"示例市公安局{DISTRICTS[district][:2]}分局",
        valid_from=valid_from,
        valid_to=valid_to,
        phone=f"140{lot % 100_000_000:08d}",
        version=1,
    )


def _identity(index: int, start: int) -> tuple[str, DocumentKind, date, str, str]:
    """Return number, document, birth, sex and district."""
    if index % FOREIGN_EVERY == FOREIGN_AT:
        kind, heads, nth = DocumentKind.FOREIGN_2023, _FOREIGN_HEADS, index // FOREIGN_EVERY
    elif index % HMT_EVERY == HMT_AT:
        kind, heads, nth = DocumentKind.HMT_RESIDENT, _HMT_HEADS, index // HMT_EVERY
    else:
        kind, heads, nth = DocumentKind.CITIZEN, _DISTRICT_CODES, index
    rest, sequence = divmod((start + nth * _STEP) % (len(heads) * _DAYS * _SEQUENCES), _SEQUENCES)
    which, day = divmod(rest, _DAYS)
    birth = _DAY_OF[day]
    first = f"{heads[which]}{birth.year}{birth.month:02d}{birth.day:02d}{sequence + 1:03d}"
    district = _DISTRICT_CODES[which % len(_DISTRICT_CODES)]
    return first + check_character(first), kind, birth, FEMALE if sequence % 2 else MALE, district


def _ethnic(index: int, random: Random) -> str:
    lot = random.random()
    if index in CAST:
        return _CAST_ETHNIC.get(index, HAN)
    if lot < _HAN_SHARE:
        return HAN
    return random.choice((UYGHUR, TIBETAN, MONGOL, *_LIKE_HAN))


def _name(index: int, kind: DocumentKind, ethnic: str, sex: str, random: Random) -> str:
    male = sex == MALE
    if index in CAST:
        return CAST[index][0 if male else 1]
    if kind is DocumentKind.FOREIGN_2023:
        return random.choice(tuple(names.FOREIGN_MALE if male else names.FOREIGN_FEMALE))
    if ethnic == UYGHUR:
        given = random.choice(names.UYGHUR_MALE if male else names.UYGHUR_FEMALE)
        return f"{given}·{random.choice(names.UYGHUR_FATHER)}"
    if ethnic == TIBETAN:
        return random.choice(names.TIBETAN_MALE if male else names.TIBETAN_FEMALE)
    if ethnic == MONGOL:
        return random.choice(names.MONGOL_MALE if male else names.MONGOL_FEMALE)
    lot = random.getrandbits(40)
    given_list = names.GIVEN_MALE if male else names.GIVEN_FEMALE
    given = given_list[lot % len(given_list)]
    if lot >> 38:  # three of four have a given name of two characters
        given += given_list[(lot >> 8) % len(given_list)]
    rarity = (lot >> 16) % 1000
    if rarity < _OUTSIDE_GBK:
        pool = names.BEYOND_BMP if rarity else names.BEYOND_GBK
        given = given[:-1] + pool[(lot >> 26) % len(pool)]
    surnames = names.SURNAMES
    if rarity < _RARE:
        surnames = names.RARE_SURNAMES
    elif rarity < _RARE + _COMPOUND:
        surnames = names.COMPOUND_SURNAMES
    return surnames[(lot >> 26) % len(surnames)] + given


def _address(district: str, lot: int) -> str:
    street = STREETS[lot % len(STREETS)]
    house, block, unit, room = 1 + lot // 10 % 300, 1 + lot // 3000 % 40, 1 + lot // 120_000 % 4, lot // 480_000
    floor, door = 1 + room % 18, 1 + room // 18 % 4
    return f"示例市{DISTRICTS[district]}{street}{house}号{block}栋{unit}单元{floor}{door:02d}室"


def _validity(birth: date, random: Random) -> tuple[date, date | None]:
    """Return a document's days so that it is valid on `TODAY`, by the age at which it was issued."""
    alive = (TODAY - birth).days
    issued = TODAY - timedelta(days=int(random.random() * min(alive, 1700)))
    age = age_on(birth, issued)
    for below, years in _YEARS_BY_AGE:
        if age < below:
            return issued, _years_later(issued, years)
    return issued, None


def _years_later(day: date, years: int) -> date:
    if (day.month, day.day) == (2, 29):
        return date(day.year + years, 3, 1)
    return day.replace(year=day.year + years)
