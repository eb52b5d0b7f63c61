"""What was printed at a desk, and what became of it."""

from collections.abc import Sequence
from datetime import datetime

from sscard_desk.domain.ids import ApplicationId
from sscard_desk.domain.prints import PrintRecord
from sscard_desk.store import prints
from sscard_desk.store.engine import reading
from sscard_desk.store.side import Side


class PrintSide(Side):
    """The desk's store, as far as it follows papers."""

    def prints(self, application: ApplicationId) -> Sequence[PrintRecord]:
        """Return the prints of an application, oldest first."""
        with reading(self._engine) as connection:
            return prints.of_application(connection, application)

    def unended_prints(self) -> Sequence[PrintRecord]:
        """Return the prints of this desk whose end nobody has heard yet, oldest first."""
        with reading(self._engine) as connection:
            return prints.unended(connection, self._facts.desk)

    def spoiled_prints(self, begin: datetime, end: datetime) -> Sequence[PrintRecord]:
        """Return the sheets that were marked spoiled from `begin` on and before `end`, in that order."""
        with reading(self._engine) as connection:
            return prints.spoiled_between(connection, begin, end)

    def list_prints(self, begin: datetime, end: datetime) -> Sequence[PrintRecord]:
        """Return the prints of lists that were ordered from `begin` on and before `end`, in that order."""
        with reading(self._engine) as connection:
            return prints.lists_between(connection, begin, end)
