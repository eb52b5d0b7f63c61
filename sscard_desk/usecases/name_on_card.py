"""Whether a card can hold a name, and what stands there where it cannot."""

from collections.abc import Mapping
from typing import Final

from sscard_desk.cards.gbk import split_name
from sscard_desk.cards.ssse import HOLDER_NAME, NAME_EXTENSION
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.operator import CharacterNotOnCard, NameTooLongForCard
from sscard_desk.forms.definition import FormDefinition
from sscard_desk.ports.name_reader import NameReader

FIELD: Final = "name_trouble"
"""The form's field that holds the answer, so that conditions can look at it."""
SUBSTITUTE: Final = "name_on_card"
"""The form's field for what stands on the card in place of the name."""
OUTSIDE_GBK: Final = "outside_gbk"
TOO_LONG: Final = "too_long"


def name_on_card(name: str) -> DeskError | None:
    """Return why no card can hold a name, to be said before anything else is done for the applicant; None if one can.

    Cards without the name extension (version 1.00) hold less; that is found when the blank is known.
    """
    try:
        split_name(name, HOLDER_NAME.length, NAME_EXTENSION.length)
    except (CharacterNotOnCard, NameTooLongForCard) as trouble:
        return trouble
    return None


def name_trouble(name: str) -> str:
    """Return why no card can hold a name, as the code of the form's field; empty if one can."""
    trouble = name_on_card(name)
    if trouble is None:
        return ""
    return OUTSIDE_GBK if isinstance(trouble, CharacterNotOnCard) else TOO_LONG


def proposed_name(name: str, definition: FormDefinition, names: NameReader) -> str:
    """Return what may stand on a card in place of a name that it cannot hold, for somebody to confirm.

    The data say which way: where the form has no field for it, or it would not fit there, nothing is proposed, and the
    card is made elsewhere.

    Args:
        name: the applicant's.
        definition: the registration form in the application's edition.
        names: spells it; asked only where it is needed.
    """
    if not definition.has(SUBSTITUTE) or not name_trouble(name):
        return ""
    spelt, most = names.written(name), definition.field(SUBSTITUTE).most
    return "" if most and len(spelt) > most else spelt


def written_name(answers: Mapping[str, str]) -> str:
    """Return the name that is written on the card.

    That is the name itself where a card can hold it; otherwise the substitute that the form asked for, if the city's
    form asks for one and it was given. Without one the name stays, and laying out the card refuses it: a counter never
    shortens or replaces a name on its own.

    Args:
        answers: the form's answers.
    """
    substitute = answers.get(SUBSTITUTE, "").strip()
    return substitute if substitute and name_trouble(answers["name"]) else answers["name"]
