"""What a definition file may hold, as the loader itself asks for it: while it reads, it notes every key it knows.

So the schema for editors (`docs/schema/`) is made by the same lines that read a definition, and cannot drift from them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

_TYPES: Final[dict[str, dict[str, object]]] = {
    "text": {"type": "string"},
    "flag": {"type": "boolean"},
    "whole": {"type": "integer"},
    "number": {"type": "number"},
    "day": {"type": "string", "format": "date"},
    "list": {"type": "array"},
    "table": {"type": "object"},
}


@dataclass
class Schema:
    """The keys of one kind of table, and of the tables inside it.

    Attributes:
        keys: JSON Schema of each key.
        required: keys that may not be left out.
        shapes: tables that stand in several places (conditions), by name; shared by all tables of a file.
    """

    keys: dict[str, dict[str, Any]] = field(default_factory=dict)
    required: set[str] = field(default_factory=set)
    shapes: dict[str, "Schema"] = field(default_factory=dict)
    _inner: dict[str, "Schema"] = field(default_factory=dict)

    def key(self, key: str, kind: str, *, required: bool) -> None:
        """Note that a key is read."""
        if "$ref" not in self.keys.setdefault(key, {}):
            self.keys[key].update(_TYPES[kind])
        if required:
            self.required.add(key)

    def optional(self, key: str) -> None:
        """Note that a key may be left out although it is read as if it were there."""
        self.required.discard(key)

    def choices(self, key: str, known: Sequence[str]) -> None:
        """Note the words that a key takes."""
        self.keys.setdefault(key, {})["enum"] = list(known)

    def detail(self, key: str, **facts: object) -> None:
        """Note a bound or a pattern of a key."""
        self.keys.setdefault(key, {}).update(facts)

    def elements(self, key: str) -> None:
        """Note that a key takes a list of strings."""
        self.keys.setdefault(key, {})["items"] = {"type": "string"}

    def table(self, key: str, shape: str) -> "Schema":
        """Return the schema of a table under a key."""
        inner, reference = self._place(key, shape)
        self.keys[key] = reference
        return inner

    def tables(self, key: str, shape: str) -> "Schema":
        """Return the schema of the tables in the list under a key."""
        inner, reference = self._place(key, shape)
        self.keys[key] = {"type": "array", "items": reference}
        return inner

    def _place(self, key: str, shape: str) -> tuple["Schema", dict[str, Any]]:
        name = shape or key
        if name not in self.shapes:
            self.shapes[name] = Schema(shapes=self.shapes)
        return self.shapes[name], {"$ref": f"#/$defs/{name}"}

    def every_key(self) -> frozenset[str]:
        """Return the names of all keys, those of the tables inside included."""
        return frozenset(self.keys).union(*(inner.keys for inner in self.shapes.values()))

    def as_json(self, title: str) -> dict[str, Any]:
        """Return it as JSON Schema (draft 2020-12)."""
        shapes = {name: inner.body() for name, inner in sorted(self.shapes.items())}
        head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title}
        return head | self.body() | {"$defs": shapes}

    def body(self) -> dict[str, Any]:
        """Return the keys of this table alone."""
        return {
            "type": "object",
            "properties": {key: self.keys[key] for key in sorted(self.keys)},
            "required": sorted(self.required),
            "additionalProperties": False,
        }
