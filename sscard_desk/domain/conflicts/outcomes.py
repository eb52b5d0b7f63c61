"""What a clerk may decide about entries that the centre did not take, and about a card that one of them wrote."""

from enum import StrEnum
from typing import Final

from sscard_desk.domain.application import Application
from sscard_desk.domain.steps import BEFORE_CARD, ENDED, Step


class Settlement(StrEnum):
    """How a conflict ends; the word stands in `ConflictSettled.outcome`."""

    WITHDRAWN = "withdrawn"
    """The own application ends; the other one goes on."""
    KEPT_BOTH = "kept_both"
    """A supervisor allows a second open application, under a named reason."""
    MERGED = "merged"
    """The other desk's values stand, and own ones that were taken are recorded anew on top of them."""
    DROPPED = "dropped"
    """What the centre holds stands; the own entries change nothing."""
    RENUMBERED = "renumbered"
    """The own application goes on under a new number."""


REFOLDED: Final = frozenset({Settlement.MERGED, Settlement.DROPPED})
"""Outcomes after which the application is what the centre holds, without the own entries."""

LEAVE_AS_THEY_ARE: Final = frozenset({Settlement.KEPT_BOTH, Settlement.RENUMBERED})
"""Outcomes after which the entries that did not fit are taken after all."""


def card_of(application: Application) -> str:
    """Return what became of the card that an application begun beside another one has.

    Returns:
        Empty for none, `intended`, `written`, or `handed_over`.
    """
    if application.step is Step.HANDED_OVER:
        return "handed_over"
    return application.card.state if application.card is not None else ""


def outcomes_of_second(application: Application) -> tuple[Settlement, ...]:
    """Return how the conflict of a second open application can end.

    A card that the second desk wrote before anybody knew of the conflict does not vanish: its entries stay, the card
    stays in the stock book as issued, and supervisors of both service points are told. While it is usable the
    application can only be kept, under a supervisor's reason. Once it was spoiled (which an operator and the stock book
    see) the application can be withdrawn like any other. A card that was handed over is its holder's: it is kept.

    Args:
        application: the own one, as this desk has folded it.
    """
    without_card = application.card is None and application.step in BEFORE_CARD | ENDED - {Step.HANDED_OVER}
    return (Settlement.WITHDRAWN, Settlement.KEPT_BOTH) if without_card else (Settlement.KEPT_BOTH,)
