"""E2xx, what the applicant has to do or bring.

Ranges: 200-209 identity and materials, 210-219 portrait.
"""

from dataclasses import dataclass
from typing import ClassVar

from sscard_desk.domain.errors.base import CardholderCanFix


@dataclass(eq=False)
class NoFace(CardholderCanFix):
    """No face was found in the picture."""

    code: ClassVar[str] = "E211"
    retry_helps: ClassVar[bool] = True


@dataclass(eq=False)
class SeveralFaces(CardholderCanFix):
    """More than one face is in the picture."""

    code: ClassVar[str] = "E212"
    retry_helps: ClassVar[bool] = True
    count: int


@dataclass(eq=False)
class PortraitRefused(CardholderCanFix):
    """The portrait breaks rules that the applicant can mend by sitting differently."""

    code: ClassVar[str] = "E213"
    retry_helps: ClassVar[bool] = True
    rules: tuple[str, ...]


@dataclass(eq=False)
class MaterialsMissing(CardholderCanFix):
    """Materials of the checklist are missing and nobody allowed an exception."""

    code: ClassVar[str] = "E201"
    names: tuple[str, ...]
