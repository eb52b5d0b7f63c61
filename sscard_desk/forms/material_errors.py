"""Errors that name materials, in the words of the case data: their own fields hold the ids that the journal knows."""

from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.cardholder import MaterialsMissing
from sscard_desk.domain.errors.cases import (
    MaterialStateNotAccepted,
    PromiseNotAllowed,
    PromisesOutstanding,
    PromiseTooLate,
)
from sscard_desk.forms.materials import material_words
from sscard_desk.forms.words import Words


def named_materials(error: DeskError) -> dict[str, tuple[Words, ...]]:
    """Return the fields of an error that name materials, each with their words; none for other errors."""
    match error:
        case MaterialsMissing() | PromisesOutstanding():
            return {"names": tuple(material_words(name) for name in error.names)}
        case PromiseNotAllowed() | PromiseTooLate() | MaterialStateNotAccepted():
            return {"material": (material_words(error.material),)}
        case _:
            return {}
