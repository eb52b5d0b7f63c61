"""Every form that this desk can open, by the letter and the edition that stand in a page's codes."""

from dataclasses import dataclass, field

from sscard_desk.domain.errors.operator import FormKindUnknown
from sscard_desk.forms.definition import FormDefinition
from sscard_desk.forms.editions import Editions
from sscard_desk.forms.load import load_form


@dataclass(frozen=True)
class Shelf:
    """The definitions that a scan may be held against.

    Attributes:
        editions: those that came with the program and those that the centre delivered.
    """

    editions: Editions = field(default_factory=Editions)

    def find(self, letter: str, edition: str) -> FormDefinition:
        """Return a form in the edition in which it was printed; an empty edition means the one with the program.

        Raises:
            FormKindUnknown: no form has this letter.
            EditionUnknown: the form is here, but not in this edition.
        """
        for definition in self.all():
            if definition.letter == letter:
                return self.editions.of(definition.name, edition)
        raise FormKindUnknown(letter=letter)

    def all(self) -> tuple[FormDefinition, ...]:
        """Return every form in the edition that came with the program."""
        return tuple(load_form(name) for name in self.editions.forms())
