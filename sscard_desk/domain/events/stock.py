"""The stock book: blanks received, spoiled, confirmed, returned, counted.

Subject of an act on one card is its identification code; of any other, a key that begins with `stock:`.
"""

from dataclasses import dataclass
from typing import ClassVar

from sscard_desk.domain.events.base import Event


@dataclass(frozen=True)
class ReceivedBlank:
    """One blank of a delivery.

    Attributes:
        identification_code: 32 hex characters.
        card_number: nine characters.
        stock_no: as on the stock list.
    """

    identification_code: str
    card_number: str
    stock_no: str


@dataclass(frozen=True)
class StockReceived(Event):
    """Somebody has these blanks in hand. `source`: `range`, `file`, or `reader` for one first seen in the reader."""

    kind: ClassVar[str] = "stock.received"
    blanks: tuple[ReceivedBlank, ...]
    source: str
    delivery: str = ""
    """The number of the delivery note, if there is one."""


@dataclass(frozen=True)
class StockSpoiled(Event):
    """A blank that no application had taken cannot be used; subject is its identification code."""

    kind: ClassVar[str] = "stock.spoiled"
    identification_code: str
    reason: str
    """A reason's id in `resources/cases/stock.toml`."""
    words: str = ""


@dataclass(frozen=True)
class SpoilConfirmed(Event):
    """A second person has seen a spoiled card; subject is its identification code. `where`: `here` or `desk`.

    `seal` is that account's Ed25519 signature over `seals.confirmed_bytes`; entries of schema 1 have none.
    """

    kind: ClassVar[str] = "stock.spoil_confirmed"
    schema: ClassVar[int] = 2
    identification_code: str
    where: str
    seal: bytes = b""


@dataclass(frozen=True)
class StockReturned(Event):
    """These cards were handed back to the centre; they never come back into this book."""

    kind: ClassVar[str] = "stock.returned"
    identification_codes: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class StockCounted(Event):
    """The cards in the drawer were counted, which closes the shift.

    Attributes:
        free: blanks counted, spoiled: spoiled cards counted.
        booked_free, booked_spoiled: what the book said at that moment.
        reason: why they differ; never empty where they do.
    """

    kind: ClassVar[str] = "stock.counted"
    free: int
    spoiled: int
    booked_free: int
    booked_spoiled: int
    reason: str = ""
