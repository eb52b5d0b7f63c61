"""One table of a definition file, read key by key: types are checked, leftovers are refused with the nearest name."""

import difflib
from datetime import date
from enum import StrEnum
from typing import Any, Self, TypeVar

from sscard_desk.domain.errors.operator import FormDefinitionWrong
from sscard_desk.forms.definition import Words
from sscard_desk.forms.positions import Positions

E = TypeVar("E", bound=StrEnum)
_REQUIRED: Any = object()


class Node:
    """A table at a path of a file.

    Every getter raises `FormDefinitionWrong` with file, line and key where the value is missing (and has no default)
    or of another type.
    """

    def __init__(self, positions: Positions, path: str, data: dict[str, Any]) -> None:
        self.positions = positions
        self.path = path
        self._data = data
        self._read: set[str] = set()

    def _take(self, key: str, kind: type | tuple[type, ...], default: Any) -> Any:
        self._read.add(key)
        if key not in self._data:
            if default is _REQUIRED:
                raise self.wrong(key, "missing")
            return default
        value = self._data[key]
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            wanted = kind.__name__ if isinstance(kind, type) else "number"
            raise self.wrong(key, f"{type(value).__name__} ≠ {wanted}")
        return value

    def text(self, key: str, default: Any = _REQUIRED) -> str:
        """Return a string."""
        return str(self._take(key, str, default))

    def number(self, key: str, default: Any = _REQUIRED) -> float:
        """Return a number."""
        return float(self._take(key, (int, float), default))

    def whole(self, key: str, default: Any = _REQUIRED) -> int:
        """Return a whole number."""
        return int(self._take(key, int, default))

    def flag(self, key: str, *, default: bool) -> bool:
        """Return true or false."""
        return bool(self._take(key, bool, default))

    def day(self, key: str) -> date:
        """Return a date."""
        found: date = self._take(key, date, _REQUIRED)
        return found

    def words(self) -> Words:
        """Return the Chinese and English words of this table (`zh`, `en`)."""
        return Words(zh=self.text("zh"), en=self.text("en"))

    def choice(self, key: str, kind: type[E], default: Any = _REQUIRED) -> E:
        """Return a member of an enumeration, by its value."""
        text = self.text(key, default)
        known = [member.value for member in kind]
        if text not in known:
            raise self.wrong(key, f"{text}? {_nearest(text, known)}")
        return kind(text)

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of strings, empty where it is left out."""
        values = self._take(key, list, [])
        if not all(isinstance(value, str) for value in values):
            raise self.wrong(key, "list of strings")
        return tuple(values)

    def has(self, key: str) -> bool:
        """Return whether the key is there."""
        return key in self._data

    def table(self, key: str) -> Self:
        """Return a table inside this one."""
        return type(self)(self.positions, self._at(key), self._take(key, dict, _REQUIRED))

    def tables(self, key: str) -> list[Self]:
        """Return a list of tables, empty where it is left out."""
        values = self._take(key, list, [])
        if not all(isinstance(value, dict) for value in values):
            raise self.wrong(key, "list of tables")
        return [type(self)(self.positions, f"{self._at(key)}[{n}]", value) for n, value in enumerate(values)]

    def done(self) -> None:
        """Refuse what nobody read: a misspelt key would be an unasked question."""
        for key in self._data:
            if key not in self._read:
                raise self.wrong(key, f"{key}? {_nearest(key, sorted(self._read))}")

    def wrong(self, key: str, reason: str) -> FormDefinitionWrong:
        """Return the error for a key of this table."""
        return self.positions.wrong(self._at(key), reason)

    def _at(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key


def _nearest(text: str, known: list[str]) -> str:
    close = difflib.get_close_matches(text, known, n=1, cutoff=0.4)
    return f"→ {close[0]}" if close else "| ".join(known)
