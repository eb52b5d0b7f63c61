"""The time, as something that can be asked and tested."""

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """This computer's clock and what is known of its error."""

    def now(self) -> datetime:
        """Return this computer's time, aware, UTC."""

    def counted(self) -> datetime:
        """Return the time that dates on papers and cards are taken from, aware, UTC: a supervisor may have set it."""

    def offset_ms(self) -> int | None:
        """Return centre time minus own time in milliseconds, or None while the centre was never heard."""
