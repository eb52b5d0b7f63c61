"""Erasing personal data (E485)."""

from dataclasses import dataclass
from typing import ClassVar

from sscard_desk.domain.errors.base import CentreTrouble


@dataclass(eq=False)
class NothingToErase(CentreTrouble):
    """The centre keeps nothing under this key or number: it never came, or it was erased before."""

    code: ClassVar[str] = "E485"
