"""One table of a definition file, read key by key: types are checked, leftovers are refused with the nearest name.

Reading never stops at a problem: it is noted, and the getter returns an empty value, so that all problems of a file
are told at once. Whoever reads asks `problems` at the end.
"""

import difflib
import re
from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final, Self, TypeVar

from sscard_desk.domain.errors.operator import FormDefinitionWrong
from sscard_desk.forms.positions import Positions
from sscard_desk.forms.problems import Problems
from sscard_desk.forms.schema import Schema
from sscard_desk.forms.words import Words

E = TypeVar("E", bound=StrEnum)
REQUIRED: Final[Any] = object()
_NOTHING: Final[Any] = object()
_FAR: Final = 1e6
"""No length in mm comes near it; nan and infinity would pass every other comparison."""
_NO_DAY: Final = date(1, 1, 1)
_ID: Final = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
_KINDS: Final = {str: "text", bool: "flag", int: "whole", list: "list", dict: "table", date: "day"}


class Node:
    """A table at a path of a file.

    Attributes:
        positions: the file that it stands in.
        path: where it stands, for example `block[1].rows[0]`.
        item: id of the field, section, check or paragraph that it is or stands in.
        problems: where what is wrong is noted.
    """

    def __init__(
        self,
        positions: Positions,
        path: str,
        data: dict[str, Any],
        problems: Problems | None = None,
        *,
        item: str = "",
        schema: Schema | None = None,
    ) -> None:
        self.positions = positions
        self.path = path
        self.problems = problems if problems is not None else Problems()
        own = data.get("id")
        self.item = own if isinstance(own, str) and own else item
        self._data = data
        self._read: set[str] = set()
        self._schema = schema

    @property
    def sound(self) -> bool:
        """Return whether nothing is noted of this table so far; what is not sound is not compared any further."""
        inside = (f"{self.path}.", f"{self.path}[") if self.path else ("",)
        return not any(
            problem.file == self.positions.file and (problem.field == self.path or problem.field.startswith(inside))
            for problem in self.problems.found
        )

    def _take(self, key: str, kind: type | tuple[type, ...], default: Any) -> Any:
        self._read.add(key)
        if self._schema is not None:
            self._schema.key(key, "number" if isinstance(kind, tuple) else _KINDS[kind], required=default is REQUIRED)
        if key not in self._data:
            if default is REQUIRED:
                self.refuse(key, "missing", key=key)
                return _NOTHING
            return default
        value = self._data[key]
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool) or isinstance(value, datetime):
            self.refuse(key, _wanted(kind), found=_found(value))
            return _NOTHING
        return value

    def text(self, key: str, default: Any = REQUIRED) -> str:
        """Return a string."""
        value = self._take(key, str, default)
        return "" if value is _NOTHING else str(value)

    def filled(self, key: str) -> str:
        """Return a string that has to say something."""
        value = self._take(key, str, REQUIRED)
        if value is not _NOTHING and not value.strip():
            self.refuse(key, "empty", key=key)
        return "" if value is _NOTHING else str(value)

    def id(self, key: str = "id") -> str:
        """Return the id of a thing: small letters, digits and underscores."""
        return self.shaped(key, _ID, "id_shape")

    def shaped(self, key: str, pattern: re.Pattern[str], reason: str) -> str:
        """Return a string of a fixed shape."""
        value = self._take(key, str, REQUIRED)
        if self._schema is not None:
            self._schema.detail(key, pattern=f"^{pattern.pattern}$")
        if value is _NOTHING:
            return ""
        if not pattern.fullmatch(value):
            self.refuse(key, reason, found=str(value))
        return str(value)

    def number(self, key: str, default: Any = REQUIRED, *, least: float = -_FAR, most: float = _FAR) -> float:
        """Return a number between two bounds, both included."""
        if self._schema is not None and most < _FAR:
            self._schema.detail(key, minimum=least, maximum=most)
        value = self._take(key, (int, float), default)
        if value is _NOTHING:
            return 0.0
        if not least <= value <= most:  # nan is neither
            found = f"{value:g}" if -_FAR < value < _FAR else "…"
            self.refuse(key, "out_of_range", found=found, least=f"{least:g}", most=f"{most:g}")
            return 0.0
        return float(value)

    def whole(self, key: str, default: Any = REQUIRED, *, least: int | None = None, most: int | None = None) -> int:
        """Return a whole number between two bounds, both included."""
        if self._schema is not None and least is not None and most is not None:
            self._schema.detail(key, minimum=least, maximum=most)
        value = self._take(key, int, default)
        if value is _NOTHING:
            return 0
        if (least is not None and value < least) or (most is not None and value > most):
            self.refuse(key, "out_of_range", found=str(value), least=str(least), most=str(most))
        return int(value)

    def flag(self, key: str, *, default: bool) -> bool:
        """Return true or false."""
        value = self._take(key, bool, default)
        return default if value is _NOTHING else bool(value)

    def day(self, key: str) -> date:
        """Return a date."""
        found = self._take(key, date, REQUIRED)
        return _NO_DAY if found is _NOTHING else found

    def day_if(self, key: str) -> date | None:
        """Return a date, None where it is left out."""
        found = self._take(key, date, None)
        return None if found is _NOTHING else found

    def words(self) -> Words:
        """Return the Chinese and English words of this table (`zh`, `en`)."""
        return Words(zh=self.filled("zh"), en=self.filled("en"))

    def flag_if(self, key: str) -> bool | None:
        """Return true or false, None where it is left out."""
        value = self._take(key, bool, None)
        return None if value is _NOTHING else value

    def choice(self, key: str, kind: type[E], default: Any = REQUIRED) -> E:
        """Return a member of an enumeration, by its value."""
        known = [member.value for member in kind]
        if self._schema is not None:
            self._schema.choices(key, known)
        text = self._take(key, str, default)
        if text is _NOTHING:
            return next(iter(kind))
        if text not in known:
            self.refuse(key, "not_a_choice", found=text, known=nearest(text, known))
            return next(iter(kind))
        return kind(text)

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of strings, empty where it is left out."""
        if self._schema is not None:
            self._schema.elements(key)
        values = self._take(key, list, [])
        if values is _NOTHING:
            return ()
        if not all(isinstance(value, str) for value in values):
            self.refuse(key, "list_of_texts", found=_found(values))
            return ()
        return tuple(values)

    def rows(self, key: str, reason: str) -> list[tuple[str, ...]]:
        """Return a list of lists of texts; a row that is none is refused with `reason` and comes out empty."""
        values = self._take(key, list, REQUIRED)
        made: list[tuple[str, ...]] = []
        for n, value in enumerate([] if values is _NOTHING else values):
            sound = isinstance(value, list) and all(isinstance(part, str) for part in value)
            if not sound:
                self.refuse(f"{key}[{n}]", reason)
            made.append(tuple(value) if sound else ())
        return made

    def names(self) -> tuple[str, ...]:
        """Return the keys that are there: for tables whose keys are data."""
        return tuple(self._data)

    def has(self, key: str) -> bool:
        """Return whether the key is there."""
        return key in self._data

    def table(self, key: str, shape: str = "") -> Self:
        """Return a table inside this one, an empty one where it cannot be read; `shape` names it in the schema."""
        value = self._take(key, dict, REQUIRED)
        inner = self._schema.table(key, shape) if self._schema is not None else None
        if value is _NOTHING:
            return type(self)(self.positions, self._at(key), {}, Problems(), item=self.item, schema=inner)
        return type(self)(self.positions, self._at(key), value, self.problems, item=self.item, schema=inner)

    def table_if(self, key: str, shape: str = "") -> Self | None:
        """Return a table inside this one, None where it is left out."""
        if key in self._data:
            inner = self.table(key, shape)
            if self._schema is not None:
                self._schema.optional(key)
            return inner
        self.know(key, "table")
        if self._schema is not None:
            self._schema.table(key, shape)
        return None

    def know(self, key: str, kind: str) -> None:
        """Note that a key is known although it is not there."""
        self._read.add(key)
        if self._schema is not None:
            self._schema.key(key, kind, required=False)
            self._schema.optional(key)

    def tables(self, key: str, shape: str = "") -> list[Self]:
        """Return a list of tables, empty where it is left out or cannot be read."""
        values = self._take(key, list, [])
        inner = self._schema.tables(key, shape) if self._schema is not None else None
        if values is _NOTHING:
            return []
        if not all(isinstance(value, dict) for value in values):
            self.refuse(key, "list_of_tables", found=_found(values))
            return []
        return [
            type(self)(self.positions, f"{self._at(key)}[{n}]", value, self.problems, item=self.item, schema=inner)
            for n, value in enumerate(values)
        ]

    def done(self) -> None:
        """Refuse what nobody read: a misspelt key would be an unasked question."""
        for key in self._data:
            if key not in self._read:
                meant = nearest(key, sorted(self._read))
                self.problems.drop(self.positions.file, self._at(meant), "missing")  # it is there, misspelt
                self.refuse(key, "unknown_key", found=key, known=meant)

    def refuse(self, key: str, reason: str, /, **details: str) -> None:
        """Note that a key of this table is wrong; `details` fill the sentence of `definition.toml`."""
        self.problems.add(self.wrong(key, reason, **details))

    def wrong(self, key: str, reason: str, /, **details: str) -> FormDefinitionWrong:
        """Return the error for a key of this table, to be raised where reading cannot go on."""
        return self.positions.wrong(self._at(key), reason, tuple(details.items()), self.item)

    def _at(self, key: str) -> str:
        if not key:
            return self.path
        return f"{self.path}.{key}" if self.path else key


def nearest(text: str, known: Sequence[str]) -> str:
    """Return the known word that was meant, or all of them."""
    close = difflib.get_close_matches(text, known, n=1, cutoff=0.4)
    return close[0] if close else " | ".join(known)


def _wanted(kind: type | tuple[type, ...]) -> str:
    return "not_a_number" if isinstance(kind, tuple) else f"not_a_{_KINDS[kind]}"


def _found(value: object) -> str:
    """Return the TOML word for a value's type; the value itself is not repeated."""
    names = {bool: "boolean", str: "string", int: "integer", float: "float", list: "array", dict: "table"}
    return names.get(type(value), type(value).__name__)
