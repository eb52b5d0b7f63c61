"""E332 to E340, devices of the photo and document station besides those of `device`, `photo_sources` and `scanning`."""

from dataclasses import dataclass
from typing import ClassVar

from sscard_desk.domain.errors.base import DeviceTrouble


@dataclass(eq=False)
class IdReaderNotFound(DeviceTrouble):
    """No port on which a reader may be looked for has one. `looked_at` is how many there were."""

    code: ClassVar[str] = "E332"
    looked_at: int


@dataclass(eq=False)
class ExaminerFileMissing(DeviceTrouble):
    """A file of a second opinion on portraits, which the operator supplies, is not there. `part` and `file` name it."""

    code: ClassVar[str] = "E333"
    part: str
    file: str


@dataclass(eq=False)
class ExaminerFileWrong(DeviceTrouble):
    """Such a file is there and is something else than it should be."""

    code: ClassVar[str] = "E334"
    retry_helps: ClassVar[bool] = False
    part: str
    file: str


@dataclass(eq=False)
class ExaminerFailed(DeviceTrouble):
    """A second opinion broke off (`ended`), did not come in time (`silent`) or was nonsense (`answer`)."""

    code: ClassVar[str] = "E335"
    part: str
    reason: str
