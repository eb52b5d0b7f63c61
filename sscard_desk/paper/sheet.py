"""What all blocks of one document share: answers, words, pen, and what did not fit."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sscard_desk.domain.errors.operator import UnknownCode
from sscard_desk.forms.codes import table
from sscard_desk.forms.conditions import is_visible
from sscard_desk.forms.definition import LONG_TERM, FieldDefinition, FieldType, FormDefinition
from sscard_desk.forms.layout import Cell
from sscard_desk.paper.pen import Pen
from sscard_desk.texts import ENGLISH, Catalogue, Language


@dataclass
class Sheet:
    """One document while it is drawn.

    Attributes:
        definition: the form.
        answers: answers by field id.
        texts: the words around the answers.
        pen: draws.
        photo: the portrait as an ImageReader, None where there is none.
        too_long: fields that did not fit, collected so that all are said at once.
    """

    definition: FormDefinition
    answers: Mapping[str, str]
    texts: Catalogue
    pen: Pen
    photo: Any | None = None
    too_long: list[str] = field(default_factory=list)

    @property
    def language(self) -> Language:
        """The paper's language."""
        return self.texts.language

    @property
    def bilingual(self) -> bool:
        """Whether labels carry the Chinese below: officials read the English edition too."""
        return self.language == ENGLISH

    def answer(self, field_id: str) -> str:
        """Return an answer, trimmed, empty where there is none."""
        return self.answers.get(field_id, "").strip()

    def asked(self, asked_field: FieldDefinition) -> bool:
        """Return whether the question is asked of this applicant."""
        return is_visible(asked_field, self.answers)

    def words(self, cell: Cell) -> str:
        """Return an answer as people read it: code words, bank names, dates and numbers as they stand."""
        shown = self.definition.field(cell.field)
        answer = self.answer(cell.field)
        if shown.words_field and self.answer(shown.words_field):
            return self.answer(shown.words_field)
        if answer == LONG_TERM and self.bilingual:
            return f"{LONG_TERM} (no end)"
        if shown.type is not FieldType.CODE or not answer:
            return answer
        try:
            row = table(shown.table).row(answer)
        except UnknownCode:
            return answer
        words = row.words(self.language)
        return f"{row.code} {words}".strip() if cell.code or not words else words
