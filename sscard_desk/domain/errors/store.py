"""E5xx, this computer.

Ranges: 501-509 disk and database, 510-519 keys and slots, 520-529 blobs,
530-539 shipped files, 540-549 the program itself.
"""

from dataclasses import dataclass
from typing import ClassVar

from sscard_desk.domain.errors.base import StoreTrouble


@dataclass(eq=False)
class DiskFull(StoreTrouble):
    """The disk is full; nothing was kept of the last act."""

    code: ClassVar[str] = "E501"
    retry_helps: ClassVar[bool] = True


@dataclass(eq=False)
class DiskLow(StoreTrouble):
    """Little room is left on the disk."""

    code: ClassVar[str] = "E502"
    free_mb: int


@dataclass(eq=False)
class DatabaseDamaged(StoreTrouble):
    """The database fails its own checks."""

    code: ClassVar[str] = "E503"


@dataclass(eq=False)
class DatabaseNewer(StoreTrouble):
    """A newer program made this database."""

    code: ClassVar[str] = "E504"
    found: int
    ours: int


@dataclass(eq=False)
class DatabaseKeyWrong(StoreTrouble):
    """The database cannot be opened with this key."""

    code: ClassVar[str] = "E505"


@dataclass(eq=False)
class FolderInUse(StoreTrouble):
    """Another window works in this data folder."""

    code: ClassVar[str] = "E506"


@dataclass(eq=False)
class JournalBroken(StoreTrouble):
    """The journal's chain does not hold at one entry."""

    code: ClassVar[str] = "E507"
    seq: int
    reason: str


@dataclass(eq=False)
class NotSetUp(StoreTrouble):
    """This data folder holds no desk yet."""

    code: ClassVar[str] = "E508"


@dataclass(eq=False)
class DiskTrouble(StoreTrouble):
    """The disk or the file system refused to read or write; `reason` is SQLite's or the system's own word."""

    code: ClassVar[str] = "E509"
    retry_helps: ClassVar[bool] = True
    reason: str


@dataclass(eq=False)
class SlotDamaged(StoreTrouble):
    """A key slot file is damaged."""

    code: ClassVar[str] = "E511"


@dataclass(eq=False)
class BlobMissing(StoreTrouble):
    """A kept picture or scan is not where the database says."""

    code: ClassVar[str] = "E521"
    blob: str


@dataclass(eq=False)
class BlobDamaged(StoreTrouble):
    """A kept picture or scan fails its checksum."""

    code: ClassVar[str] = "E522"
    blob: str


@dataclass(eq=False)
class ShippedFileMissing(StoreTrouble):
    """A file that ships with the program is not there, for example a face model; `file` is its name."""

    code: ClassVar[str] = "E531"
    file: str


@dataclass(eq=False)
class ProgramFailed(StoreTrouble):
    """The program has a defect: work beside the window broke off in an unforeseen way."""

    code: ClassVar[str] = "E541"
    retry_helps: ClassVar[bool] = True
    may_have_changed: ClassVar[bool] = True
