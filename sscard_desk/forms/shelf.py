"""Every form that this program knows, by the letter and the edition that stand in a page's codes."""

from functools import cache
from typing import Protocol

from sscard_desk.domain.errors.operator import FormKindUnknown
from sscard_desk.forms.definition import FormDefinition
from sscard_desk.forms.editions import Editions
from sscard_desk.forms.load import load_form
from sscard_desk.resources import form_folder


class Shelf(Protocol):
    """Gives the definitions that a scan may be held against."""

    def find(self, letter: str, edition: str) -> FormDefinition:
        """Return a form in the edition in which it was printed; an empty edition means the present one.

        Raises:
            FormKindUnknown: no form has this letter.
            EditionUnknown: the form is here, but not in this edition.
        """

    def all(self) -> tuple[FormDefinition, ...]:
        """Return every form in its present edition."""


class ShippedShelf:
    """The forms that came with the program."""

    def find(self, letter: str, edition: str) -> FormDefinition:
        """See `Shelf.find`."""
        for definition in self.all():
            if definition.letter == letter:
                return load_form(definition.name, edition)
        raise FormKindUnknown(letter=letter)

    def all(self) -> tuple[FormDefinition, ...]:
        """See `Shelf.all`."""
        return _shipped()


class EditionShelf:
    """Every edition that a desk can open: those that came with the program, and those that the centre delivered."""

    def __init__(self, editions: Editions) -> None:
        self._editions = editions

    def find(self, letter: str, edition: str) -> FormDefinition:
        """See `Shelf.find`."""
        name = next((each.name for each in self.all() if each.letter == letter), None)
        if name is None:
            raise FormKindUnknown(letter=letter)
        return self._editions.of(name, edition)

    def all(self) -> tuple[FormDefinition, ...]:
        """See `Shelf.all`."""
        return _shipped()


@cache
def _shipped() -> tuple[FormDefinition, ...]:
    names = sorted(path.parent.name for path in form_folder().glob("*/paper.toml"))
    return tuple(load_form(name) for name in names)
