"""An error as people read it: what happened, and what to do."""

from collections.abc import Mapping
from dataclasses import dataclass

from sscard_desk.domain.card_status import library_key, meaning_key
from sscard_desk.domain.error_words import words_of_fields
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.administration import FormArchiveWrong
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
from sscard_desk.domain.errors.pin import PinOutcomeUnknown, PinPadFailed, PinWeak
from sscard_desk.domain.errors.psam import PsamUnfit
from sscard_desk.texts.catalogue import Catalogue


@dataclass(frozen=True)
class Problem:
    """One foreseen error in words."""

    code: str
    message: str
    advice: str
    may_have_changed: bool
    retry_helps: bool


def describe(error: DeskError, texts: Catalogue, named: Mapping[str, tuple[str, ...]] | None = None) -> Problem:
    """Return the error in words: `errors.toml` holds `E101.message` and `E101.advice` in each language.

    Args:
        error: what happened.
        texts: the language.
        named: fields whose values are ids, in the words of the data that know them.
    """
    values = {name: _shown(value) for name, value in (error.values() | dict(named or {})).items()}
    if isinstance(error, MaterialStateNotAccepted):
        values["state"] = texts(f"materials.state.{error.state}")
    if isinstance(error, PaperNotNow):
        values["form"] = texts(f"printing.form.{error.form}")
        values["reason"] = texts(f"papers.not_now.{error.reason}")
    if isinstance(error, ClassListUnreadable):
        values["reason"] = texts(f"class_list.reason.{error.reason}")
    if isinstance(error, ClassListTooLarge):
        values["what"] = texts(f"class_list.what.{error.what}")
    if isinstance(error, REASONED) and texts.has(f"photo_sources.reason.{error.reason}"):
        values["reason"] = texts(f"photo_sources.reason.{error.reason}")
    if isinstance(error, FormDefinitionWrong | CardDataWrong):
        values["reason"] = definition_reason(error, texts)
    values |= {field: texts(key) for field, key in words_of_fields(error).items() if texts.has(key)}
    values |= _card_words(error, texts) | _key_words(error, texts)
    return Problem(
        code=error.code,
        message=texts(f"errors.{error.code}.message", **values),
        advice=texts(f"errors.{error.code}.advice", **values),
        may_have_changed=error.may_have_changed,
        retry_helps=error.retry_helps,
    )


def _card_words(error: DeskError, texts: Catalogue) -> dict[str, object]:
    """Return what a card's or its reader library's own words for a refusal mean."""
    if isinstance(error, CardRefused):
        return {"meaning": texts(meaning_key(error.status_word), left=error.status_word & 0x0F)}
    if isinstance(error, ReaderLibraryRefused):
        return {"meaning": texts(library_key(error.number))}
    if isinstance(error, ReaderLibraryMissing):
        return {"meaning": texts(f"card_status.library_missing.{error.reason}")}
    return {}


def _key_words(error: DeskError, texts: Catalogue) -> dict[str, object]:
    """Return the words of a PIN's, PSAM's or archive's errors in the place of their ids."""
    if isinstance(error, FormArchiveWrong):
        return {"reason": texts(f"admin.archive.{error.reason}")}
    if isinstance(error, PinWeak):
        return {"reason": texts(f"pin.weak.{error.reason}")}
    if isinstance(error, PinPadFailed) and texts.has(f"pin.pad.{error.reason}"):
        return {"reason": texts(f"pin.pad.{error.reason}")}
    if isinstance(error, PinOutcomeUnknown):
        return {"act": texts(f"pin.act.{error.act}")}
    if isinstance(error, PsamUnfit):
        return {"reason": texts(f"psam.reason.{error.reason}"), "status_word": f"{error.status_word:04X}"}
    return {}


def definition_reason(error: FormDefinitionWrong | CardDataWrong, texts: Catalogue) -> str:
    """Return what is wrong with a key of a form definition, without its position."""
    key = f"definition.{error.reason}"
    return texts(key, **dict(error.details)) if texts.has(key) else error.reason


def _shown(value: object) -> object:
    """Return a field as it stands in a sentence: lists joined, and what nobody knows as a question mark."""
    if isinstance(value, tuple):
        return "、".join(map(str, value))
    return "?" if value is None else value
