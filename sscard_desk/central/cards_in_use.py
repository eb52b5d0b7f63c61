"""Every card has one identification code and one card number, whichever desk wrote it."""

from collections.abc import Collection

from sqlalchemy import Connection, or_, select

from sscard_desk.central.store.conflict_tables import card_use
from sscard_desk.central.store.rows import insert_alone
from sscard_desk.domain import events
from sscard_desk.domain.events import Event

Giving = events.CardIntended | events.CardReceived
"""Events that give an application a card."""


class CardsInUse:
    """The cards that one batch gives to applications, beside all that were given before."""

    def __init__(self, connection: Connection, giving: Collection[Giving] = ()) -> None:
        """Read what is known of the batch's cards, in one question; none at all where it gives none.

        Args:
            connection: the batch's transaction.
            giving: every event of the batch that gives a card.
        """
        self._connection = connection
        self._codes: dict[str, str] = {}
        """Identification code to application."""
        self._numbers: dict[str, str] = {}
        self._new: dict[str, dict[str, str | None]] = {}
        if giving:
            codes, numbers = {_code(event) for event in giving}, {event.card_number for event in giving}
            held = or_(card_use.c.identification_code.in_(codes - {""}), card_use.c.card_number.in_(numbers - {""}))
            for row in connection.execute(select(card_use).where(held)):
                self._codes[row.identification_code] = row.subject
                if row.card_number:
                    self._numbers[row.card_number] = row.subject

    def taken(self, event: Event, subject: str) -> str:
        """Return the number or code that another application has, empty where the card is free or this one's."""
        if not isinstance(event, events.CardIntended | events.CardReceived):
            return ""
        if self._numbers.get(event.card_number, subject) != subject:
            return event.card_number
        code = _code(event)
        return code if self._codes.get(code, subject) != subject else ""

    def give(self, event: Event, subject: str, desk: str) -> None:
        """Note that an application has a card from now on; a card that was spoiled stays its."""
        if not isinstance(event, events.CardIntended | events.CardReceived):
            return
        code = _code(event) or event.card_number
        if code and code not in self._codes:
            self._codes[code] = subject
            free = event.card_number and event.card_number not in self._numbers
            if event.card_number:
                self._numbers[event.card_number] = subject
            row = {"identification_code": code, "card_number": event.card_number if free else None}
            self._new[code] = row | {"subject": subject, "desk": desk}

    def write(self) -> None:
        """Write what is new.

        Raises:
            Met: another transaction gave one of these cards meanwhile; it is judged again.
        """
        insert_alone(self._connection, card_use, [self._new[code] for code in sorted(self._new)])


def _code(event: Giving) -> str:
    return event.identification_code.upper()
