"""Go on with the card in the reader, whoever's it is: end it proved, or declare it spoiled with the reason."""

from dataclasses import dataclass

from sscard_desk.cards.identity import identify
from sscard_desk.cards.proof import need_same_card
from sscard_desk.domain.application import Application
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.device import (
    CardAuthenticationFailed,
    CardContentDiffers,
    CardItemDamaged,
    CardRefused,
)
from sscard_desk.domain.errors.steps import NoCardBegun
from sscard_desk.ports.devices import Cancel
from sscard_desk.usecases.card_desk import CardDesk
from sscard_desk.usecases.card_progress import Watch
from sscard_desk.usecases.spoil_card import spoil_card
from sscard_desk.usecases.write_card import write_card

TRIES = 2
"""A record that was stored badly once is written once more before the card is given up."""


@dataclass(frozen=True)
class CardEnd:
    """How a card ended.

    Attributes:
        application: afterwards.
        spoiled: why the card was given up, as `CODE items`; empty where every byte was read back and is the same.
    """

    application: Application
    spoiled: str = ""


def begun_application(desk: CardDesk, cancel: Cancel, *, wait_s: float = 0.0) -> Application:
    """Return the application whose writing broke off on the card in the reader.

    Raises:
        NoCardBegun: no writing of this desk broke off on this card.
        ForeignCard, CardRefused, NoCard, CardReaderMissing, CardReaderSilent, CardServiceStopped: as named.
    """
    with desk.reader.open(cancel, wait_s) as channel:
        code = identify(channel.transmit, channel.atr).public.identification_code
    with desk.store.work(desk.session.account) as work:
        blank = work.blank(code)
    if blank is None or blank.application is None:
        raise NoCardBegun
    application = desk.store.application(blank.application)
    run = application.card
    if run is None or run.identification_code != code or run.state != "intended":
        raise NoCardBegun
    return application


def resume_card(desk: CardDesk, cancel: Cancel, watch: Watch, *, wait_s: float = 0.0) -> CardEnd:
    """Go on with the card in the reader; what cannot be mended on it makes it a spoiled card.

    Raises:
        NoCardBegun: no writing of this desk broke off on this card.
        CardOutcomeUnknown, CardRemoved, CardReaderSilent, CardServiceStopped: the card is as it was; lay it in again.
        KeyHolderRefused, ForeignCard, NoCard, CardReaderMissing, Cancelled: as named.
    """
    application = begun_application(desk, cancel, wait_s=wait_s)
    return finish_card(desk, application, cancel, watch, wait_s=wait_s)


def finish_card(
    desk: CardDesk, application: Application, cancel: Cancel, watch: Watch, *, wait_s: float = 0.0
) -> CardEnd:
    """As `resume_card`, for an application that is known; another card is refused with `WrongCardPutBack`."""
    for left in reversed(range(TRIES)):
        try:
            return CardEnd(write_card(desk, application.id, cancel, watch, wait_s=wait_s))
        except (CardContentDiffers, CardRefused, CardItemDamaged, CardAuthenticationFailed) as trouble:
            if not _beyond_mending(trouble):
                raise
            if left:
                continue
            _need_the_same_card(desk, application, cancel)  # what refuses may be another card, blocked or foreign
            reason = spoil_reason(trouble)
            after = spoil_card(desk.store, desk.session, desk.store.application(application.id), reason)
            return CardEnd(after, reason)
    raise AssertionError  # the last try returns or raises


def _need_the_same_card(desk: CardDesk, application: Application, cancel: Cancel) -> None:
    run = desk.store.application(application.id).card
    with desk.reader.open(cancel) as channel:
        need_same_card(identify(channel.transmit, channel.atr), run.identification_code if run else "")


def _beyond_mending(trouble: DeskError) -> bool:
    """A wrong key is the desk's fault and not the card's, as long as the card would take the right one."""
    return not isinstance(trouble, CardAuthenticationFailed) or trouble.tries_left == 0


def spoil_reason(trouble: DeskError) -> str:
    """Return what is kept of a card that is given up: the error's code with the records or the command it names."""
    match trouble:
        case CardContentDiffers(items=items):
            what = items
        case CardRefused(command=command, status_word=status_word):
            what = (command, f"{status_word:04X}")
        case CardItemDamaged(item=item):
            what = (item,)
        case _:
            what = ()
    return " ".join([trouble.code, *what])
