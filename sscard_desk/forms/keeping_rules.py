"""How long personal data are kept, as data (`resources/cases/keeping.toml`); rows of the centre go before it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from typing import Final

from sscard_desk.forms.case_files import finish, root_of
from sscard_desk.forms.words import Words

KIND: Final = "keeping"
"""The centre's reference rows: id `desk`, `backup` or one of the kinds, and `days` as a decimal number."""
DESK: Final = "desk"
BACKUP: Final = "backup"
_LONGEST: Final = 36_525


@dataclass(frozen=True)
class KeepingPeriod:
    """How long the centre keeps one kind of record.

    Attributes:
        id: how an application ended (a word of `domain.steps.Step`), `list` or `batch`.
        days: so many after the last act on it.
        words: what is kept so long.
    """

    id: str
    days: int
    words: Words


@dataclass(frozen=True)
class KeepingRules:
    """The rules; no number of them is ever below 1.

    Attributes:
        desk_days: so long a desk keeps what ended and was received by the centre.
        backup_days: so long after an erasure a backup of a desk may still hold the data.
        least_days: the centre's rule erases nothing younger.
        periods: of the centre, by kind.
    """

    desk_days: int
    backup_days: int
    least_days: int
    periods: tuple[KeepingPeriod, ...]

    @property
    def at_desk(self) -> timedelta:
        """How long a desk keeps what ended."""
        return timedelta(days=self.desk_days)

    def period(self, kind: str) -> KeepingPeriod | None:
        """Return the centre's period for a kind; None where data name none, and it is kept."""
        return next((each for each in self.periods if each.id == kind), None)

    def with_rows(self, rows: Iterable[Mapping[str, str]]) -> "KeepingRules":
        """Return these rules with the centre's rows before them; a row without a number from 1 on is passed over."""
        days = {row.get("id", ""): said for row in rows if (said := _days(row.get("days", ""))) is not None}
        return replace(
            self,
            desk_days=days.get(DESK, self.desk_days),
            backup_days=days.get(BACKUP, self.backup_days),
            periods=tuple(replace(each, days=days.get(each.id, each.days)) for each in self.periods),
        )


@cache
def keeping_rules() -> KeepingRules:
    """Return the shipped rules.

    Raises:
        FormDefinitionWrong: `keeping.toml` breaks its schema, or a number in it is below 1.
    """
    root = root_of("keeping")
    nodes = root.tables("kind")
    periods = []
    for node in nodes:
        periods.append(KeepingPeriod(node.id(), node.whole("days", least=1, most=_LONGEST), node.words()))
        node.done()
    rules = KeepingRules(
        desk_days=root.whole("desk_days", least=1, most=_LONGEST),
        backup_days=root.whole("backup_days", least=1, most=_LONGEST),
        least_days=root.whole("least_days", least=1, most=_LONGEST),
        periods=tuple(periods),
    )
    finish(root, nodes, (each.id for each in periods))
    return rules


def _days(text: str) -> int | None:
    """Return a natural number of days, None for anything else: a slip erases nothing."""
    number = int(text) if text.isascii() and text.isdecimal() else 0
    return number if 1 <= number <= _LONGEST else None
