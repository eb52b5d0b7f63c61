"""What a screen says, before anybody chose a language. No Qt here: presenters build their states from this.

A text that stands in the catalogues is a `Say` (key and values); a name, a number or an address is a plain `str`.
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import TypeAlias

from sscard_desk.domain.card_status import library_key, meaning_key
from sscard_desk.domain.error_words import words_of_fields
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.card_model import CardDataWrong, ReaderLibraryMissing, ReaderLibraryRefused
from sscard_desk.domain.errors.cases import (
    ClassListTooLarge,
    ClassListUnreadable,
    MaterialStateNotAccepted,
    PaperNotNow,
)
from sscard_desk.domain.errors.device import CardRefused
from sscard_desk.domain.errors.operator import FormDefinitionWrong
from sscard_desk.domain.errors.photo_sources import REASONED
from sscard_desk.domain.errors.pin import PAD_REASONS, PinOutcomeUnknown, PinPadFailed, PinWeak
from sscard_desk.domain.errors.psam import PsamUnfit
from sscard_desk.texts.catalogue import Catalogue


@dataclass(frozen=True)
class Say:
    """A text of the catalogues with the values for its fields.

    A value may be another `Say`, a tuple of words (joined as a list), a date (said with its weekday) or a time of day
    (an aware datetime, said as 10:42): all of them follow the language.
    """

    key: str
    values: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True)
class Both:
    """Words that data brings along in both languages: labels of a form, rows of a code table."""

    zh: str
    en: str


Words: TypeAlias = Say | Both | str
Value: TypeAlias = "Say | Both | str | int | float | date | datetime | tuple[Say | Both | str, ...]"


def say(key: str, /, **values: Value) -> Say:
    """Return the text under `subject.name` with its `{fields}`."""
    return Say(key, tuple(values.items()))


def message_of(error: DeskError) -> Say:
    """Return what happened, in words; the error's own typed fields fill it."""
    values = error.values()
    if isinstance(error, FormDefinitionWrong | CardDataWrong) and error.reason.isidentifier():
        values["reason"] = Say(f"definition.{error.reason}", error.details)
    values |= _card_values(error) | _key_values(error)
    values |= {field: Say(key) for field, key in words_of_fields(error).items() if _known().has(key)}
    if isinstance(error, ClassListUnreadable):
        values["reason"] = Say(f"class_list.reason.{error.reason}")
    if isinstance(error, ClassListTooLarge):
        values["what"] = Say(f"class_list.what.{error.what}")
    from sscard_desk.forms.material_errors import named_materials  # noqa: PLC0415 - loads all of the forms, for errors

    for field, names in named_materials(error).items():
        values[field] = tuple(Both(each.zh, each.en) for each in names)
    if isinstance(error, PaperNotNow):
        values["form"] = Say(f"printing.form.{error.form}")
        values["reason"] = Say(f"papers.not_now.{error.reason}")
    if isinstance(error, MaterialStateNotAccepted):
        values["state"] = Say(f"materials.state.{error.state}")
    if isinstance(error, REASONED):
        values["reason"] = Say(f"photo_sources.reason.{error.reason}")
    return Say(f"errors.{error.code}.message", tuple(values.items()))


@cache
def _known() -> Catalogue:
    """Return the catalogue that says which texts there are; both languages have the same."""
    return Catalogue()


def _card_values(error: DeskError) -> dict[str, object]:
    """Return what a number of the card or of its reader's library means, as words."""
    if isinstance(error, ReaderLibraryRefused):
        return {"meaning": Say(library_key(error.number))}
    if isinstance(error, ReaderLibraryMissing):
        return {"meaning": Say(f"card_status.library_missing.{error.reason}")}
    if isinstance(error, CardRefused):
        return {"meaning": Say(meaning_key(error.status_word), (("left", error.status_word & 0x0F),))}
    return {}


def _key_values(error: DeskError) -> dict[str, object]:
    """Return the words of a PIN's or PSAM's errors in the place of their ids."""
    if isinstance(error, PinWeak):
        return {"reason": Say(f"pin.weak.{error.reason}")}
    if isinstance(error, PinPadFailed) and error.reason in PAD_REASONS:
        return {"reason": Say(f"pin.pad.{error.reason}")}
    if isinstance(error, PinOutcomeUnknown):
        return {"act": Say(f"pin.act.{error.act}")}
    if isinstance(error, PsamUnfit):
        return {"reason": Say(f"psam.reason.{error.reason}"), "status_word": f"{error.status_word:04X}"}
    return {}


def advice_of(error: DeskError) -> Say:
    """Return what to do about an error."""
    return Say(f"errors.{error.code}.advice", tuple(error.values().items()))
