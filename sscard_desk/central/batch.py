"""The applications that one batch touches: read once, judged in memory, kept at the end."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection

from sscard_desk.central.cards_in_use import CardsInUse, Giving
from sscard_desk.central.store import applications, erasures, turns
from sscard_desk.central.store.applications import Packed, Standing
from sscard_desk.central.store.rows import Met
from sscard_desk.domain.events import Opened


class Applications:
    """Applications as the batch has left them so far."""

    def __init__(
        self,
        connection: Connection,
        subjects: Collection[str],
        openings: Collection[Opened] = (),
        giving: Collection[Giving] = (),
        new: Collection[str] = (),
    ) -> None:
        """Read what the batch is about, in four questions at most however long it is.

        Args:
            connection: the batch's transaction.
            subjects: the keys that its entries name, known or not.
            openings: what it opens; no other number or person may be asked for.
            giving: what gives a card in it.
            new: keys that are taken for new without a look; if one of them, its number or its person stands in the
                table after all, `write` finds that out by the table's unique keys. One that is not written no key can
                speak of: `need_look` is asked before an opening among them is turned away.
        """
        self._connection = connection
        self.turned_away: list[dict[str, Any]] = []
        """Rows of the batch that were not taken: where a desk sends again, a decision about them may follow in it."""
        self.cards = CardsInUse(connection, giving)
        """The cards that the batch gives."""
        self.keys_given: set[str] = set()
        """Keys of staff that the batch gave or replaced, hex."""
        self._unseen = frozenset(new)
        looked_up = set(subjects).difference(new)
        self._known = applications.find_all(connection, looked_up) if looked_up else {}
        self._stored = frozenset(self._known)
        unknown = set(subjects) - self._stored
        turns.take(connection, turns.SUBJECT, unknown, share=True)  # no row that an erasure would wait for
        self.erased = erasures.among(connection, unknown)
        """Keys among them of which everything was erased: no application begins under one again."""
        self._changed: set[str] = set()
        self._packed: dict[str, Packed] = {}
        self._numbers = {standing.state.number for standing in self._known.values()}
        self._there: dict[str, Standing] = {}
        """Applications outside the batch that hold a person it opens one for."""
        if openings:
            self._numbers |= applications.numbers_taken(connection, {event.number for event in openings})
            self._there = applications.open_for_all(connection, {event.id_number for event in openings})
        self._open = {s.state.id_number: s.state.id for s in self._known.values() if s.holds_person}

    def find(self, subject: str) -> Standing | None:
        """Return one of the batch's applications, or None if there is none of this key."""
        return self._known.get(subject)

    def open_for(self, id_number: str) -> Standing | None:
        """Return the person's open application."""
        here = self._open.get(id_number)
        if here is not None:
            return self._known[here]
        there = self._there.get(id_number)
        # one that the table has open and the batch has closed is not open any more
        return there if there and there.state.id not in self._known else None

    def look_for(self, event: Opened) -> None:
        """Read what stands in the way of an application that the batch did not name as an opening."""
        self._numbers |= applications.numbers_taken(self._connection, {event.number})
        self._there |= applications.open_for_all(self._connection, {event.id_number})

    def number_taken(self, number: str) -> bool:
        """Return whether an application has this number."""
        return number in self._numbers

    def need_look(self, subject: str) -> None:
        """Be asked before an opening is turned away for what the batch itself holds: the table may hold more.

        Raises:
            Met: its application was taken for new, and nobody knows whether it is.
        """
        if subject in self._unseen:
            raise Met

    def keep(self, standing: Standing, packed: Packed | None = None) -> None:
        """Note where an application stands now, and its bytes where somebody has packed it already."""
        state = standing.state
        if packed is not None:
            self._packed[state.id] = packed
        self._known[state.id] = standing
        self._changed.add(state.id)
        self._numbers.add(state.number)
        if standing.holds_person:
            self._open[state.id_number] = state.id
        elif self._open.get(state.id_number) == state.id:
            del self._open[state.id_number]

    def write(self) -> None:
        """Write what changed.

        Raises:
            Met: what was taken for new stands there already.
            sqlalchemy.exc.IntegrityError: as `Met`, told by the database.
        """
        changed = [self._known[subject] for subject in self._changed]
        applications.keep_all(self._connection, changed, self._changed - self._stored, self._packed)
        self.cards.write()
