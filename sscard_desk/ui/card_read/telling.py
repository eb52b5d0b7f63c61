"""What there is to know about a card that was read: whose it can be, whether it still holds, what is odd. No Qt."""

from datetime import date, timedelta
from typing import Final

from sscard_desk.cards.profile import CardProfile
from sscard_desk.domain.errors.card_keys import CardKeyReasonMissing
from sscard_desk.domain.errors.operator import NotOurBlank
from sscard_desk.ui.states import ChipState, Mark, PanelLine
from sscard_desk.ui.words import advice_of, message_of, say
from sscard_desk.usecases.read_card import CardReading

SOON: Final = timedelta(days=90)
"""A card that ends within so many days is told."""
_WORST: Final = (Mark.ERR, Mark.WARN, Mark.TODO, Mark.UNKNOWN, Mark.OFF, Mark.OK)


def chips_of(reading: CardReading) -> tuple[ChipState, ...]:
    """Return the facts beside the title."""
    blank = reading.blank
    if blank is None and reading.identity.public.card_number:
        blank = False  # EF05, which everybody may read, is written before anything else
    kind = {None: "unknown", True: "blank", False: "written"}[blank]
    mark = {None: Mark.UNKNOWN, True: Mark.TODO, False: Mark.OK}[blank]
    way = "contactless" if reading.contactless else "contact"
    return (
        ChipState(say(f"card_read.kind.{kind}"), mark, name="card_kind"),
        ChipState(say("card_read.version", version=reading.identity.public.spec_version), name="card_version"),
        ChipState(say(f"card_read.way.{way}"), name="card_way"),
    )


def lines_of(reading: CardReading, profile: CardProfile, today: date) -> tuple[PanelLine, ...]:
    """Return what to know about this card, the worst first."""
    lines = (*_validity(reading, today), *_profile(reading, profile), *_contents(reading))
    return tuple(sorted(lines, key=lambda line: _WORST.index(line.mark)))


def _validity(reading: CardReading, today: date) -> tuple[PanelLine, ...]:
    public = reading.identity.public
    lines = []
    if public.issue_date is not None and public.issue_date > today:
        lines.append(PanelLine(say("card_read.line.not_yet", day=public.issue_date.isoformat()), Mark.WARN))
    if public.valid_until is None:
        if not reading.blank:
            lines.append(PanelLine(say("card_read.line.no_end"), Mark.WARN))
    elif public.valid_until < today:
        lines.append(_told("expired", Mark.ERR, day=public.valid_until.isoformat()))
    elif public.valid_until - today <= SOON:
        lines.append(_told("ends_soon", Mark.WARN, day=public.valid_until.isoformat()))
    else:
        lines.append(PanelLine(say("card_read.line.valid", day=public.valid_until.isoformat()), Mark.OK))
    return tuple(lines)


def _profile(reading: CardReading, profile: CardProfile) -> tuple[PanelLine, ...]:
    lines = []
    try:
        profile.layout(reading.identity.public.spec_version)
    except NotOurBlank:
        lines.append(_told("version", Mark.WARN, version=reading.identity.public.spec_version))
    if reading.identity.algorithm not in {None, profile.algorithm}:
        lines.append(_told("cipher", Mark.WARN))
    return tuple(lines)


def _contents(reading: CardReading) -> tuple[PanelLine, ...]:
    public = reading.identity.public
    lines = []
    if public.damaged or any(one.damaged for file in reading.files for one in file.items):
        lines.append(_told("damaged", Mark.ERR))
    if public.card_number_doubtful:
        lines.append(_told("doubtful", Mark.WARN))
    if isinstance(reading.no_key, CardKeyReasonMissing):
        lines.append(_told("reason", Mark.TODO))
    elif reading.no_key is not None:
        lines.append(PanelLine(message_of(reading.no_key), Mark.WARN, advice_of(reading.no_key)))
    elif reading.holder is None:
        lines.append(_told("closed", Mark.OFF))
    return tuple(lines)


def _told(name: str, mark: Mark, **values: str) -> PanelLine:
    return PanelLine(say(f"card_read.line.{name}", **values), mark, say(f"card_read.line.{name}_note"))
