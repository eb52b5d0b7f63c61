"""The five families of things that go wrong, sorted by who can put them right.

A leaf is a dataclass with a stable `code` (E1xx to E5xx, never used twice) and typed fields. It holds no sentence:
what happened, why and what to do stand in `resources/texts/<language>/errors.toml` under the code.
A field never holds a personal number, a name, a key or a PIN.
"""

from dataclasses import dataclass, fields
from typing import Any, ClassVar, Self


@dataclass(eq=False)
class DeskError(Exception):
    """Anything that the program foresees and can say in words. Everything else is a defect."""

    code: ClassVar[str]
    retry_helps: ClassVar[bool] = False
    may_have_changed: ClassVar[bool] = False

    def values(self) -> dict[str, Any]:
        """Return the typed fields by name, for the texts and for `--json`."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def __str__(self) -> str:
        shown = ", ".join(f"{name}={value!r}" for name, value in self.values().items())
        return f"{self.code} {type(self).__name__}({shown})"

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), self.values())

    @classmethod
    def leaves(cls) -> list[type[Self]]:
        """Return every concrete error below this class, in the order of their codes."""
        found: list[type[Self]] = []
        for child in cls.__subclasses__():
            found += child.leaves()
            if "code" in vars(child):
                found.append(child)
        return sorted(found, key=lambda leaf: leaf.code)


def _rebuild(leaf: type[DeskError], values: dict[str, Any]) -> DeskError:
    return leaf(**values)


@dataclass(eq=False)
class OperatorCanFix(DeskError):
    """E1xx: whoever works at this counter can put it right at once."""


@dataclass(eq=False)
class CardholderCanFix(DeskError):
    """E2xx: the applicant has to do or bring something."""


@dataclass(eq=False)
class DeviceTrouble(DeskError):
    """E3xx: a device is missing, busy, broken or was pulled."""

    retry_helps: ClassVar[bool] = True


@dataclass(eq=False)
class CentreTrouble(DeskError):
    """E4xx: the centre cannot be reached, or does not accept something."""


@dataclass(eq=False)
class StoreTrouble(DeskError):
    """E5xx: this computer's disk, data folder or database."""
