"""The list of erasures of a desk: what was asked for, what waits for receipts, what went."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sscard_desk.domain.erasure import Erasure, ErasureRequest, Why
from sscard_desk.domain.ids import ApplicationId
from sscard_desk.store import drafts, ended, erasure_requests, erasures
from sscard_desk.store.engine import reading, writing
from sscard_desk.store.erasing import waiting_for_receipts
from sscard_desk.store.side import Side


class ErasureSide(Side):
    """The desk's store, as far as it forgets."""

    def ask_erasure_of_ended(self, age: timedelta) -> Sequence[str]:
        """Put what ended longer ago than `age` on the list of erasures; return what is new there.

        Args:
            age: more than a day.

        Raises:
            ValueError: a shorter one: nothing is erased by a number that was left out.
        """
        if age < timedelta(days=1):
            raise ValueError("what ended today is not erased")
        with reading(self._engine) as connection:
            found = ended.before(connection, age)
            late = erasures.late(connection)
        if late:
            with writing(self._engine) as connection:
                erasures.wait_again(connection, late)
        if found:
            with writing(self._engine) as connection:
                erasures.ask(connection, found, Why.DESK_DAYS, f"{age.days} days", self.clock.now())
        return found

    def ask_erasures(self, known: Sequence[Erasure]) -> None:
        """Put erasures that another copy of this desk knows of on the list; what was typed goes at once."""
        with writing(self._engine) as connection:
            for one in known:
                erasures.ask(connection, [one.subject], one.why, one.rule, self.clock.now())
                drafts.drop(connection, ApplicationId(one.subject))

    def erased_since(self, moment: datetime) -> bool:
        """Return whether an order of the centre to erase was carried out here after a moment."""
        with reading(self._engine) as connection:
            last = erasures.last_done(connection)
        return last is not None and last > moment

    def carry_out_erasures(self) -> Sequence[str]:
        """Erase what is on the list and was received by the centre; return the subjects that went.

        Raises:
            DiskFull, DiskTrouble: the one at hand stays as it was.
        """
        return self._eraser.carry_out()

    def erasures(self) -> Sequence[Erasure]:
        """Return what is to be, or was, erased here, oldest first."""
        with reading(self._engine) as connection:
            return erasures.every(connection)

    def erasure_requests(self) -> Sequence[ErasureRequest]:
        """Return the requests of persons that this desk knows of, oldest first, with what became of each."""
        with reading(self._engine) as connection:
            return erasure_requests.every(connection, self._facts.desk)

    def erasures_waiting(self) -> Sequence[tuple[str, int]]:
        """Return the subjects whose erasure waits, each with how many entries the centre has not received."""
        with reading(self._engine) as connection:
            return waiting_for_receipts(connection)
