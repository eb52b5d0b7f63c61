"""E466-E468, the folder in which the centre keeps pictures and scans."""

from dataclasses import dataclass
from typing import ClassVar

from sscard_desk.domain.errors.base import CentreTrouble


@dataclass(eq=False)
class BlobFolderAway(CentreTrouble):
    """The folder of pictures and scans is not there, or is not this centre's; nothing was kept."""

    code: ClassVar[str] = "E466"
    retry_helps: ClassVar[bool] = True


@dataclass(eq=False)
class BlobFolderFull(CentreTrouble):
    """The disk under the folder of pictures and scans has no room; nothing was kept."""

    code: ClassVar[str] = "E467"
    retry_helps: ClassVar[bool] = True


@dataclass(eq=False)
class BlobDamaged(CentreTrouble):
    """A file in the folder of pictures and scans is missing or is not what its name says; it is given to nobody."""

    code: ClassVar[str] = "E468"
