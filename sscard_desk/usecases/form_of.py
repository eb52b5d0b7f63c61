"""The edition of a form that an application keeps, from its first day to its last."""

from collections.abc import Mapping
from datetime import date
from typing import Final, Protocol

from sscard_desk.domain.application import Application
from sscard_desk.forms.definition import FormDefinition
from sscard_desk.forms.editions import Editions

REGISTRATION: Final = "registration"
CONFIRMATION: Final = "confirmation"
SIGNED_FORMS: Final = (REGISTRATION, CONFIRMATION)
"""The forms that are bound to an application by signatures."""


class KnowsForms(Protocol):
    """A store, or a transaction of one."""

    @property
    def forms(self) -> Editions:
        """Every edition of every form that this desk can open."""


def form_of(store: KnowsForms, application: Application, form: str) -> FormDefinition:
    """Return a form in the edition that this application began with, whatever came since.

    Applications of older journals did not note theirs: they keep the one that was printed, or that came with the
    program.

    Raises:
        EditionUnknown: another desk has this edition, and this one did not hear of it yet.
    """
    printed = application.edition if form == REGISTRATION else ""
    return store.forms.of(form, application.editions.get(form, printed))


def known_to(definition: FormDefinition, answers: Mapping[str, str]) -> dict[str, str]:
    """Return the answers that a form asks for: what the register knows besides is no mistake of the form's."""
    return {name: answer for name, answer in answers.items() if definition.has(name)}


def editions_on(store: KnowsForms, day: date) -> dict[str, str]:
    """Return the editions that an application keeps which begins on this day."""
    return {form: store.forms.current(form, day).edition for form in SIGNED_FORMS}
