"""What the window asks of an exchange with the centre by a stick."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from sscard_desk.ports.devices import Cancel

Tell = Callable[[int, int], None]


@dataclass(frozen=True)
class Waiting:
    """What there is to carry to the centre: entries without a receipt; bytes of these and of pictures."""

    entries: int
    size: int


@dataclass(frozen=True)
class TakenOut:
    """What was written for the centre.

    Attributes:
        files: name and size in bytes of each.
        entries: how many entries.
        blobs: how many pictures and scans.
        unreadable: pictures that this computer could not read.
    """

    files: tuple[tuple[str, int], ...]
    entries: int
    blobs: int
    unreadable: int


@dataclass(frozen=True)
class BroughtBack:
    """What the centre's files brought.

    Attributes:
        files: name of each, and whether it came before.
        acknowledged: entries that the centre took.
        set_aside: entries that it did not take.
        items: changes of register, lists and other desks.
        blobs: pictures that came.
        unsent: entries without a receipt now, and pictures that the centre is not known to have.
        more: whether a further part is missing.
        up_to_date: by the proof in the last part.
    """

    files: tuple[tuple[str, bool], ...]
    acknowledged: int
    set_aside: int
    items: int
    blobs: int
    unsent: int
    more: bool
    up_to_date: bool


class StickExchange(Protocol):
    """The exchange by a stick; every method runs on a lane."""

    def waiting(self) -> Waiting:
        """Return what there is to carry."""

    def room(self, folder: Path) -> int:
        """Return how many bytes are free where a folder lies.

        Raises:
            StickMissing: it is not there.
        """

    def take_out(self, folder: Path, cancel: Cancel, tell: Tell) -> TakenOut:
        """Write what is unsent; nothing unfinished is left where it is stopped.

        Raises:
            DeskNotEnrolled, StickMissing, DiskFull, DiskTrouble: nothing is there.
        """

    def bring_back(self, folder: Path, cancel: Cancel, tell: Tell) -> BroughtBack:
        """Bring in every file of the centre that is for this desk.

        Raises:
            StickMissing, StickDamaged, StickNewer, StickOrderWrong, StickFromBefore: the files.
            StoreTrouble: bring them in again.
        """
