"""Backups and coming back from one (E172-489)."""

from dataclasses import dataclass
from typing import ClassVar

from sscard_desk.domain.errors.base import CentreTrouble, OperatorCanFix, StoreTrouble


@dataclass(eq=False)
class BackupPlaceMissing(OperatorCanFix):
    """No folder for backups is set, or it is not there: a disk that is not plugged in, a share without its line."""

    code: ClassVar[str] = "E172"


@dataclass(eq=False)
class BackupDamaged(StoreTrouble):
    """A backup is not what was made: its manifest is missing or was altered, or a file of it was."""

    code: ClassVar[str] = "E528"
    name: str
    what: str


@dataclass(eq=False)
class NoBackup(OperatorCanFix):
    """There is no whole backup in the folder, or none of this name."""

    code: ClassVar[str] = "E173"


@dataclass(eq=False)
class DeskEnded(CentreTrouble):
    """This desk's journal was ended at the centre: it was restored on another computer."""

    code: ClassVar[str] = "E483"


@dataclass(eq=False)
class RestoreUnsent(CentreTrouble):
    """The centre did not take everything that the backup holds; nothing was ended and no new desk was made."""

    code: ClassVar[str] = "E484"
    retry_helps: ClassVar[bool] = True
    unsent: int


@dataclass(eq=False)
class RestoreUnfinished(CentreTrouble):
    """A restore into this data folder was broken off; nobody works in it before it has ended."""

    code: ClassVar[str] = "E488"


@dataclass(eq=False)
class DeskNumberTaken(OperatorCanFix):
    """The new desk is to have the number of the lost one: application numbers would come twice."""

    code: ClassVar[str] = "E174"
    number: int


@dataclass(eq=False)
class BackupOverdue(OperatorCanFix):
    """No backup was made for days although settings ask for them; `why` is the code of the last trouble, if any."""

    code: ClassVar[str] = "E175"
    days: int
    why: str


@dataclass(eq=False)
class ErasureListStrange(StoreTrouble):
    """The list of erasures beside the backups fits none of the desk's keys: what it says is not known."""

    code: ClassVar[str] = "E523"
