"""Errors that name materials or forms, in the words of the data: their own fields hold ids as the journal has them."""

from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.cardholder import MaterialsMissing
from sscard_desk.domain.errors.cases import (
    MaterialStateNotAccepted,
    PromiseNotAllowed,
    PromisesOutstanding,
    PromiseTooLate,
)
from sscard_desk.domain.errors.centre import EditionsRefused
from sscard_desk.forms.load import load_form, shipped_forms
from sscard_desk.forms.materials import material_words
from sscard_desk.forms.words import Words


def named_materials(error: DeskError) -> dict[str, tuple[Words, ...]]:
    """Return the fields of an error that name materials or forms, each with their words; none for other errors."""
    match error:
        case MaterialsMissing() | PromisesOutstanding():
            return {"names": tuple(material_words(name) for name in error.names)}
        case PromiseNotAllowed() | PromiseTooLate() | MaterialStateNotAccepted():
            return {"material": (material_words(error.material),)}
        case EditionsRefused():
            return {"editions": tuple(_edition_words(each) for each in error.editions)}
        case _:
            return {}


def _edition_words(named: str) -> Words:
    """Return the name of a form for people and its edition; what no form is called stays as it is."""
    form, _, edition = named.partition(" ")
    if form not in shipped_forms():
        return Words(named, named)
    words = load_form(form).words
    return Words(f"{words.zh} {edition}", f"{words.en} {edition}")
