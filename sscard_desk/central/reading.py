"""What can be told of an entry from its own bytes: read while the batch before it still holds its transaction.

A push waits for its desk's turn (`turns`). Reading, hashing and the packing of what begins with an entry need no
database, so they are done before that; what is left for the transaction is what needs to know where things stand.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final

import msgspec

from sscard_desk.central.store.applications import Packed, pack
from sscard_desk.domain.events import KINDS, CardIntended, CardReceived, Event, Opened
from sscard_desk.domain.folding import open_application
from sscard_desk.domain.ids import AccountId, ApplicationId
from sscard_desk.wire.entry import Entry, Header, decode_event

NUL: Final = "\0"
"""PostgreSQL knows no text with this character."""
IN_ONE_GO: Final = 50
"""Less than a millisecond."""


class Read(msgspec.Struct, frozen=True):
    """One entry and what it says.

    Attributes:
        entry: its bytes.
        header: None for what is no header.
        hash: SHA-256 of the header's bytes.
        fits: whether the payload is the one the header was written for.
        event: None for a kind that this program does not know, and for a payload that does not have the kind's shape.
        begun: the application that begins with it, packed; only where no other entry of the batch is about it.
    """

    entry: Entry
    header: Header | None
    hash: bytes
    fits: bool
    event: Event | None
    begun: Packed | None = None

    @property
    def opening(self) -> Opened | None:
        """What it opens, if a database can be asked for it."""
        event = self.event
        return event if isinstance(event, Opened) and NUL not in event.number + event.id_number else None

    @property
    def giving(self) -> CardIntended | CardReceived | None:
        """Which card it gives, if a database can be asked for it."""
        event = self.event
        if not isinstance(event, CardIntended | CardReceived):
            return None
        return event if NUL not in event.card_number + event.identification_code else None


def nothing() -> None:
    """Do nothing."""


def read_batch(batch: Sequence[Entry], between: Callable[[], None] = nothing) -> list[Read]:
    """Return every entry of a batch, read.

    Args:
        batch: the entries.
        between: called after every `IN_ONE_GO` of them.
    """
    headers = [_header(entry) for entry in batch]
    times = Counter(header.subject for header in headers if header is not None)
    read: list[Read] = []
    for start in range(0, len(batch), IN_ONE_GO):
        if start:
            between()
        part = slice(start, start + IN_ONE_GO)
        read += (_read(entry, header, times) for entry, header in zip(batch[part], headers[part], strict=True))
    return read


def _read(entry: Entry, header: Header | None, times: Counter[str]) -> Read:
    if header is None:
        return Read(entry, None, entry.hash, False, None)
    event = _event(entry, header)
    begun = None
    if isinstance(event, Opened) and times[header.subject] == 1:
        begun = pack(open_application(ApplicationId(header.subject), event, AccountId(header.actor)))
    return Read(entry, header, entry.hash, entry.payload_fits(header), event, begun)


def _header(entry: Entry) -> Header | None:
    try:
        return entry.read_header()
    except msgspec.MsgspecError:
        return None


def _event(entry: Entry, header: Header) -> Event | None:
    if header.kind not in KINDS or entry.payload is None:
        return None
    try:
        return decode_event(header.kind, entry.payload)
    except msgspec.MsgspecError:
        return None
