"""What a cell may hold. Each check returns the value as it is kept, or raises `CellWrong` with one word for why."""

import re
import tomllib
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from typing import Final

from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.ids import Role
from sscard_desk.domain.numbers import card_number
from sscard_desk.domain.numbers.citizen_id import parse_id_number
from sscard_desk.forms.limits import LONGEST, limits
from sscard_desk.resources import resource

LONGEST_TEXT: Final = 500
_CODE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", re.ASCII)
_HEX_32: Final = re.compile(r"[0-9A-Fa-f]{32}", re.ASCII)
_HEX_64: Final = re.compile(r"[0-9A-Fa-f]{64}", re.ASCII)
_REGION: Final = re.compile(r"[0-9]{6}", re.ASCII)
_MOBILE: Final = re.compile(r"1[0-9]{10}", re.ASCII)
_DAY: Final = re.compile(r"([0-9]{4})[-./年]?([0-9]{1,2})[-./月]?([0-9]{1,2})日?", re.ASCII)
_SEXES: Final = {"1": "1", "2": "2", "男": "1", "女": "2"}
_COUNTS: Final = {"working": "working", "natural": "natural", "工作日": "working", "自然日": "natural"}
_ROLES: Final = {role.value: role.value for role in Role} | {
    "经办人": "clerk", "主管": "supervisor", "管理员": "administrator",
}  # fmt: skip
_NO_END: Final = frozenset({"长期", "9999-12-31", "99991231"})


class CellWrong(Exception):
    """A cell that cannot be taken; holds a word of `admin.toml` under `wrong` and nothing of the cell."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def text(said: str) -> str:
    """Take any text that is not too long and has no control characters."""
    if len(said) > LONGEST_TEXT:
        raise CellWrong("too-long")
    if any(ord(mark) < ord(" ") for mark in said):
        raise CellWrong("control")
    return said


def id_number(said: str) -> str:
    """Take a person's number whose form and check character are right."""
    try:
        return parse_id_number(said).text
    except DeskError:
        raise CellWrong("id-number") from None


def day(said: str) -> str:
    """Take a day, as 2026-03-01, 20260301, 2026.3.1 or 2026年3月1日; return it as ISO 8601."""
    found = _DAY.fullmatch(said)
    try:
        return date(*map(int, found.groups())).isoformat() if found else _wrong("day")
    except ValueError:
        raise CellWrong("day") from None


def day_or_none(said: str) -> str:
    """Take a day, or 长期 for none; return ISO 8601 or nothing."""
    return "" if said in _NO_END else day(said)


def ethnic(said: str) -> str:
    """Take a group by its code of GB/T 3304 or its name, with or without 族."""
    return _ethnic_groups().get(said) or _ethnic_groups().get(said.removesuffix("族")) or _wrong("choice")


def card_number_(said: str) -> str:
    """Take a card number whose check character fits."""
    return said if card_number.is_well_formed(said) and card_number.check_fits(said) else _wrong("card-number")


def days(said: str) -> str:
    """Take the days of a time limit."""
    whole = said.isascii() and said.isdecimal() and 0 < int(said) <= LONGEST
    return str(int(said)) if whole else _wrong("days")


def limit(said: str) -> str:
    """Take one of the time limits that the program knows."""
    return said if said in {each.id for each in limits()} else _wrong("choice")


@cache
def _ethnic_groups() -> dict[str, str]:

    rows = tomllib.loads(resource("codes", "ethnic.toml").read_text(encoding="utf-8"))["rows"]
    return {row[0]: row[0] for row in rows} | {row[1]: row[0] for row in rows}


def _like(pattern: re.Pattern[str], reason: str, kept: Callable[[str], str] = str) -> Callable[[str], str]:
    return lambda said: kept(said) if pattern.fullmatch(said) else _wrong(reason)


def _one_of(choices: Mapping[str, str]) -> Callable[[str], str]:
    return lambda said: choices.get(said) or _wrong("choice")


def _wrong(reason: str) -> str:
    raise CellWrong(reason)


CHECKS: Final[Mapping[str, Callable[[str], str]]] = {
    "text": text,
    "code": _like(_CODE, "code"),
    "id_number": id_number,
    "sex": _one_of(_SEXES),
    "ethnic": ethnic,
    "day": day,
    "day_or_none": day_or_none,
    "region": _like(_REGION, "region"),
    "mobile": _like(_MOBILE, "mobile"),
    "account": _like(_HEX_32, "hex-32", str.lower),
    "identification_code": _like(_HEX_32, "hex-32", str.upper),
    "public_key": _like(_HEX_64, "hex-64", str.lower),
    "role": _one_of(_ROLES),
    "card_number": card_number_,
    "limit": limit,
    "days": days,
    "count": _one_of(_COUNTS),
}
