"""Letting a card number go that an application keeps which does not have the card."""

from typing import Final

from sqlalchemy import Connection

from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.store import kept_cards
from sscard_desk.central.store.kept_cards import KeptCard, Released
from sscard_desk.domain.errors.conflicts import KeptCardBegun, KeptCardKeyGiven, KeptCardUnknown

LONGEST_REASON: Final = 200


def let_go(centre: OpenCentre, code: str, operator: str, reason: str) -> KeptCard:
    """Let the number of a card go: another application may have the card from now on.

    Args:
        centre: where.
        code: identification code of the card.
        operator: who says that nobody has the card.
        reason: why, kept beside it; no personal data.

    Raises:
        KeptCardUnknown: no application keeps it that does not have it.
        KeptCardBegun: a desk says that it went further than meaning to write it.
        KeptCardKeyGiven: the key for writing it was given.
    """
    wanted = code.strip().upper()

    def work(connection: Connection) -> KeptCard:
        kept_cards.hold(connection, wanted)
        found = next(iter(kept_cards.kept_cards(connection, wanted)), None) if wanted else None
        if found is None:
            raise KeptCardUnknown
        if found.did != kept_cards.INTENDED:
            raise KeptCardBegun
        if found.key_given:
            raise KeptCardKeyGiven
        gone = Released(
            found.identification_code,
            found.card_number,
            found.subject,
            found.desk,
            operator,
            reason[:LONGEST_REASON],
            centre.now_ms(),
        )
        if not kept_cards.let_go(connection, gone):
            raise KeptCardUnknown
        return found

    return centre.database.write(work)
