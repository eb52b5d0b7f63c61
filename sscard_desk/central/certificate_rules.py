"""What the centre asks of certificates, as data: `resources/certificates.toml`, and the centre's own file before it."""

import difflib
import ipaddress
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from sscard_desk.domain.errors.operator import SettingUnknown, SettingWrong
from sscard_desk.resources import resource

FILE: Final = "certificates.toml"
RENEW_AT: Final = 3
"""A certificate is renewed when this part of its life is left, one third."""
_LONGEST_DAYS: Final = 3650
DAY_MS: Final = 86_400_000


class Demand(StrEnum):
    """Which desks are given nothing without a valid certificate."""

    USED = "used"
    ALL = "all"
    NONE = "none"


@dataclass(frozen=True)
class CertificateRules:
    """The rules of one centre.

    Attributes:
        desk_days: how long a desk's certificate is valid.
        server_days: how long the server's is.
        demand: which desks must show one.
        proxies: addresses whose header counts; none by default.
        header: its name, in lower case.
    """

    desk_days: int
    server_days: int
    demand: Demand
    proxies: frozenset[str] = frozenset()
    header: str = ""

    def due(self, issued_ms: int, end_ms: int, now_ms: int) -> bool:
        """Return whether a certificate is to be renewed; times are milliseconds since 1970 UTC."""
        return end_ms - now_ms <= (end_ms - issued_ms) // RENEW_AT


def load_rules(folder: Path) -> CertificateRules:
    """Return the rules of the centre in a folder.

    Raises:
        SettingUnknown, SettingWrong: its own file.
    """
    table = tomllib.loads(resource(FILE).read_text(encoding="utf-8"))
    own = folder / FILE
    if own.exists():
        try:
            _lay_over(table, tomllib.loads(own.read_text(encoding="utf-8")))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as broken:
            raise SettingWrong(name=FILE, reason=type(broken).__name__) from broken
    return CertificateRules(
        desk_days=_days(table, "desk_days"),
        server_days=_days(table, "server_days"),
        demand=_demand(table["demand"]),
        proxies=_proxies(table["proxy"]["from"]),
        header=_text(table["proxy"]["header"]).lower(),
    )


def _lay_over(table: dict[str, Any], own: dict[str, Any]) -> None:
    for name, value in own.items():
        if name not in table:
            raise SettingUnknown(name=name, nearest=_nearest(name, table))
        if isinstance(table[name], dict):
            if not isinstance(value, dict):
                raise SettingWrong(name=name, reason=type(value).__name__)
            _lay_over(table[name], value)
        else:
            table[name] = value


def _nearest(name: str, table: dict[str, Any]) -> str:
    return next(iter(difflib.get_close_matches(name, table)), "")


def _days(table: dict[str, Any], name: str) -> int:
    days = table[name]
    if type(days) is not int or not 1 <= days <= _LONGEST_DAYS:
        raise SettingWrong(name=name, reason=repr(days))
    return days


def _demand(word: object) -> Demand:
    try:
        return Demand(str(word))
    except ValueError as unknown:
        raise SettingWrong(name="demand", reason=repr(word)) from unknown


def _proxies(addresses: object) -> frozenset[str]:
    if not isinstance(addresses, list):
        raise SettingWrong(name="proxy.from", reason=repr(addresses))
    try:
        return frozenset(str(ipaddress.ip_address(str(one))) for one in addresses)
    except ValueError as wrong:
        raise SettingWrong(name="proxy.from", reason=repr(addresses)) from wrong


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.isascii() or not value.replace("-", "").isalnum():
        raise SettingWrong(name="proxy.header", reason=repr(value))
    return value
