"""This computer's clock, with the offset that was heard from the centre last."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Final

BEIJING: Final = timezone(timedelta(hours=8))
"""The one time zone of the counters; a fixed offset, since Windows has no zone data of its own."""


class DeskClock:
    """`ports.clock.Clock` for a desk; the store keeps the offset up."""

    def __init__(self, offset_ms: int | None = None, set_ms: int = 0) -> None:
        self._offset_ms = offset_ms
        self._set = timedelta(milliseconds=set_ms)

    def now(self) -> datetime:
        """Return this computer's time, aware, UTC."""
        return datetime.now(UTC)

    def counted(self) -> datetime:
        """Return the time that dates are taken from: this computer's, with what a supervisor added to it."""
        return self.now() + self._set

    def offset_ms(self) -> int | None:
        """Return centre time minus own time in milliseconds, or None while the centre was never heard."""
        return self._offset_ms

    def heard(self, offset_ms: int) -> None:
        """Note what the centre's time was compared with ours."""
        self._offset_ms = offset_ms

    def shifted(self, set_ms: int) -> None:
        """Note what a supervisor had added to this clock; 0 if nothing."""
        self._set = timedelta(milliseconds=set_ms)


def milliseconds(moment: datetime) -> int:
    """Return a moment as milliseconds since 1970 UTC."""
    return int(moment.timestamp() * 1000)


def moment(ms: int) -> datetime:
    """Return milliseconds since 1970 UTC as an aware moment."""
    return datetime.fromtimestamp(ms / 1000, UTC)
