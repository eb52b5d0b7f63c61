"""What waits to be sent to the centre, as a list that is read page by page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, Protocol

PAGE: Final = 200
"""Items of one page."""


class Part(StrEnum):
    """Which of them."""

    ALL = "all"
    WAITING = "waiting"
    """Entries that go out with the next pass."""
    ASIDE = "aside"
    """Entries that the centre did not take: somebody has to look at them."""
    BLOBS = "blobs"
    """Pictures and scans."""


@dataclass(frozen=True)
class UnsentItem:
    """One entry without a receipt, or one picture or scan that the centre is not known to have.

    Attributes:
        key: tells it from all others, and is where the next page begins after it.
        seq: the entry's number in the journal; of a picture that of the entry that names it, 0 where none does.
        kind: the entry's word in the journal (`domain.events.KINDS`), likewise.
        is_blob: whether it is a picture or scan.
        subject: key of the application or of what else it is about.
        number: the application's number, empty where it is about none.
        at: when it was recorded, by this computer's clock; None where that is not known.
        size: bytes.
        code: the centre's word if it did not take it (`wire.refusals`), else empty.
    """

    key: str
    seq: int
    kind: str
    is_blob: bool
    subject: str
    number: str
    at: datetime | None
    size: int
    code: str = ""


@dataclass(frozen=True)
class UnsentAsked:
    """What a page is to show.

    Attributes:
        part: which of them.
        number: only what is about an application with these characters in its number, or of one of `kinds`.
        kinds: words of the journal that what was typed stands for too.
        after: key of the last item before the page; empty for the first page.
        limit: items of the page.
    """

    part: Part = Part.ALL
    number: str = ""
    kinds: frozenset[str] = frozenset()
    after: str = ""
    limit: int = PAGE


@dataclass(frozen=True)
class UnsentCounts:
    """How many there are."""

    waiting: int = 0
    aside: int = 0
    blobs: int = 0


@dataclass(frozen=True)
class Tried:
    """The tries since a pass came through last.

    Attributes:
        tries: how many in a row broke off.
        of: how many of them were made for the entry of this seq.
        next_at: when the next one begins by itself; None where none is set.
    """

    tries: int = 0
    next_at: datetime | None = None
    of: Callable[[int], int] = lambda _seq: 0


@dataclass(frozen=True)
class UnsentPage:
    """One page, and how everything stands.

    Attributes:
        items: in order of the journal, then pictures and scans.
        more: whether others follow.
        counts: of everything, whatever was asked for.
        tried: the tries so far.
    """

    items: Sequence[UnsentItem]
    more: bool
    counts: UnsentCounts
    tried: Tried


class UnsentBook(Protocol):
    """The list; every method runs on a lane."""

    def page(self, asked: UnsentAsked) -> UnsentPage:
        """Return a page."""

    def send_again(self, subject: str) -> None:
        """Send once more what the centre did not take of one application.

        Raises:
            MendNotPossible: that is no way to put it right; somebody has to decide.
        """

    def send_all_again(self) -> int:
        """Send once more whatever is put right by that; return how many entries that is."""
