"""What the desk knows of the time and of its centre's, and the small values beside the journal."""

from sscard_desk.domain.desk_time import TimeKnown
from sscard_desk.store import ended, journal, time_known
from sscard_desk.store.clock import milliseconds
from sscard_desk.store.engine import reading, writing
from sscard_desk.store.side import Side


class TimeSide(Side):
    """The desk's store, as far as it keeps the time."""

    def note_server_time(self, offset_ms: int) -> None:
        """Keep the clock offset heard last: centre time minus own time in milliseconds."""
        with writing(self._engine) as connection:
            time_known.heard(connection, offset_ms, milliseconds(self.clock.now()), journal.head(connection)[0])
            shift = time_known.set_ms(connection)
        self.clock.heard(offset_ms)
        self.clock.shifted(shift or 0)

    def came_through(self) -> None:
        """Keep that a pass came through now: the days without the centre are counted from here."""
        with writing(self._engine) as connection:
            time_known.came_through(connection, milliseconds(self.clock.now()))

    def time_known(self) -> TimeKnown:
        """Return what this desk knows of the time; a date that was set ends here once the clock was put right."""
        with reading(self._engine) as connection:
            known = time_known.read(connection, self._facts.desk, milliseconds(self.clock.now()))
        if not known.was_put_right:
            return known
        with writing(self._engine) as connection:
            time_known.end_shift(connection, known, journal.head(connection)[0])
            after = time_known.read(connection, self._facts.desk, known.own_ms)
        self.clock.shifted(0)
        return after

    def centre_time(self) -> int:
        """Return the newest time in a receipt of the centre, milliseconds since 1970 UTC; 0 for none."""
        with reading(self._engine) as connection:
            return ended.centre_time(connection)
