"""Erasing personal data (E485-487)."""

from dataclasses import dataclass
from typing import ClassVar

from sscard_desk.domain.errors.base import CentreTrouble


@dataclass(eq=False)
class NothingToErase(CentreTrouble):
    """The centre keeps nothing under this key or number: it never came, or it was erased before."""

    code: ClassVar[str] = "E485"


@dataclass(eq=False)
class ErasureWaits(CentreTrouble):
    """The centre ordered `count` erasures that wait here: the centre has not taken `unsent` entries of them yet."""

    code: ClassVar[str] = "E486"
    count: int
    unsent: int


@dataclass(eq=False)
class ErasureOpen(CentreTrouble):
    """`count` of the applications have not ended, and were left."""

    code: ClassVar[str] = "E487"
    count: int
