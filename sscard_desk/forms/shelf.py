"""Every form that this program knows, by the letter and the edition that stand in a page's codes."""

from typing import Protocol

from sscard_desk.domain.errors.operator import FormEditionUnknown
from sscard_desk.forms.definition import FormDefinition
from sscard_desk.forms.load import load_form
from sscard_desk.resources import form_folder


class Shelf(Protocol):
    """Gives the definitions that a scan may be held against."""

    def find(self, letter: str, edition: str) -> FormDefinition:
        """Return a form in the edition in which it was printed; an empty edition means the one that holds now.

        Raises:
            FormEditionUnknown: it is not here.
        """

    def all(self) -> tuple[FormDefinition, ...]:
        """Return every form in the edition that holds now."""


class ShippedShelf:
    """The forms under `forms/`."""

    def find(self, letter: str, edition: str) -> FormDefinition:
        """See `Shelf.find`."""
        for definition in self.all():
            if definition.letter == letter and edition.upper() in {"", definition.edition.upper()}:
                return definition
        raise FormEditionUnknown(letter=letter, edition=edition)

    def all(self) -> tuple[FormDefinition, ...]:
        """See `Shelf.all`."""
        folders = sorted(path.parent.name for path in form_folder().glob("*/paper.toml"))
        return tuple(load_form(name) for name in folders)
