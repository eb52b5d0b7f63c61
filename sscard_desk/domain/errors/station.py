"""E332 to E340, devices of the photo and document station besides those of `device`, `photo_sources` and `scanning`."""

from dataclasses import dataclass
from typing import ClassVar

from sscard_desk.domain.errors.base import DeviceTrouble


@dataclass(eq=False)
class IdReaderNotFound(DeviceTrouble):
    """No port on which a reader may be looked for has one. `looked_at` is how many there were."""

    code: ClassVar[str] = "E332"
    looked_at: int
