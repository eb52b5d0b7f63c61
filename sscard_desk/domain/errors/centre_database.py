"""E440-E449, the centre's own database; E462, its log."""

from dataclasses import dataclass
from typing import ClassVar

from sscard_desk.domain.errors.base import CentreTrouble


@dataclass(eq=False)
class DatabaseAddressWrong(CentreTrouble):
    """The address of the centre's database is none, or has a password in it."""

    code: ClassVar[str] = "E440"


@dataclass(eq=False)
class DatabaseAway(CentreTrouble):
    """The centre's database cannot be reached or has no room; nothing was kept."""

    code: ClassVar[str] = "E441"
    retry_helps: ClassVar[bool] = True


@dataclass(eq=False)
class WorkersNeedServer(CentreTrouble):
    """Several workers were asked for on the embedded database."""

    code: ClassVar[str] = "E442"
    workers: int


@dataclass(eq=False)
class CentreNotMade(CentreTrouble):
    """No centre was made in this folder."""

    code: ClassVar[str] = "E444"


@dataclass(eq=False)
class LogUnwritable(CentreTrouble):
    """The file that the centre's log goes to cannot be opened."""

    code: ClassVar[str] = "E462"
    path: str
