"""What the window shows of sync: one frozen value at a time."""

from dataclasses import dataclass
from datetime import datetime

from sscard_desk.domain.errors.base import DeskError
from sscard_desk.domain.errors.centre import EntryConflict, EntryRefused
from sscard_desk.sync.loading import Loading


@dataclass(frozen=True)
class SyncState:
    """Where sync stands.

    Attributes:
        unsent: entries that the centre has not acknowledged, as of the last look.
        blobs_unsent: own pictures and scans that the centre is not known to have.
        blobs_wanted: pictures and scans of other desks that have not come.
        aside: why it did not take single entries, which a clerk has to look at, oldest first.
        last_success: end of the last pass that came through, UTC; None if there never was one.
        proved: whether that pass ended with both sides the same.
        trouble: why the pass after it broke off, if it did.
        running: whether a pass is under way.
        tries: passes in a row that broke off.
        next_try: when the next one begins by itself, UTC; None while one is under way or nothing broke off.
        loading: how far a large list has come, while one comes or waits.
        held: whether large lists wait until somebody lets them come.
    """

    unsent: int = 0
    aside: tuple[EntryRefused | EntryConflict, ...] = ()
    last_success: datetime | None = None
    proved: bool = False
    trouble: DeskError | None = None
    running: bool = False
    tries: int = 0
    next_try: datetime | None = None
    loading: Loading | None = None
    held: bool = False
    blobs_unsent: int = 0
    blobs_wanted: int = 0

    @property
    def set_aside(self) -> int:
        """How many entries the centre did not take."""
        return len(self.aside)

    @property
    def up_to_date(self) -> bool:
        """Whether the last proof held and nothing is unsent, no picture either: never merely that a request ended."""
        return self.proved and self.waiting == 0 and self.trouble is None

    @property
    def waiting(self) -> int:
        """How many entries, pictures and scans of ours the centre has not."""
        return self.unsent + self.blobs_unsent
