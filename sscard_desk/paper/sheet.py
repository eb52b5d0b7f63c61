"""What all blocks of one paper share: words, pen, answers and rows, and what did not fit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sscard_desk.domain.errors.operator import UnknownCode
from sscard_desk.forms.conditions import is_visible
from sscard_desk.forms.definition import CODED, LONG_TERM, FieldDefinition, FormDefinition
from sscard_desk.paper.fitting import LEADING, ONE_LINE, Fitted, fit
from sscard_desk.paper.pen import Pen, Style
from sscard_desk.ports.paper import PaperFacts
from sscard_desk.texts import ENGLISH, Catalogue, Language

Fits = dict[tuple[str, str, float, float, float, float, float, float], Fitted | None]


@dataclass(kw_only=True)
class Ground:
    """What stands on every copy of a form: labels, lines, headings, paragraphs.

    Attributes:
        definition: the form.
        texts: the words around the answers.
        pen: draws.
        too_long: fields and paragraphs that did not fit, collected so that all are said at once.
    """

    definition: FormDefinition
    texts: Catalogue
    pen: Pen
    too_long: list[str] = field(default_factory=list)

    @property
    def language(self) -> Language:
        """The paper's language."""
        return self.texts.language

    @property
    def bilingual(self) -> bool:
        """Whether labels carry the Chinese below: officials read the English edition too."""
        return self.language == ENGLISH


@dataclass(kw_only=True)
class Sheet(Ground):
    """One copy while it is drawn.

    Attributes:
        answers: answers by field id.
        lists: the rows of its tables, by name of the list.
        facts: what stands on it besides.
        photo: name of the portrait in the document, empty where there is none.
        fits: what was fitted already in this document.
    """

    answers: Mapping[str, str]
    lists: Mapping[str, Sequence[Mapping[str, str]]]
    facts: PaperFacts
    photo: str = ""
    fits: Fits = field(default_factory=dict)

    def answer(self, field_id: str) -> str:
        """Return an answer, trimmed, empty where there is none."""
        return self.answers.get(field_id, "").strip()

    def asked(self, asked_field: FieldDefinition) -> bool:
        """Return whether the question is asked of this applicant."""
        return asked_field.when is None or is_visible(asked_field, self.answers)

    def words(self, field_id: str, *, code: bool = False, row: Mapping[str, str] | None = None) -> str:
        """Return an answer as people read it: code words, bank names, dates and numbers as they stand.

        Args:
            field_id: whose answer.
            code: put the code before its words.
            row: take it from this row of a list.
        """
        shown, answers = self.definition.field(field_id), self.answers if row is None else row
        answer = answers.get(field_id, "").strip()
        if shown.words_field and answers.get(shown.words_field, "").strip():
            return answers[shown.words_field].strip()
        if answer == LONG_TERM and self.bilingual:
            return f"{LONG_TERM} (no end)"
        if shown.type not in CODED or not answer:
            return answer
        try:
            found = shown.codes.row(answer)
        except UnknownCode:
            return answer
        words = found.words(self.language)
        return f"{found.code} {words}".strip() if code or not words else words

    def fit(
        self,
        text: str,
        style: Style,
        width: float,
        height: float,
        smallest: float,
        *,
        one_line: float = ONE_LINE,
        leading: float = LEADING,
    ) -> Fitted | None:
        """Return a text fitted into a place; lengths in points. What recurs in a document is fitted once."""
        key = (text, style.face.own.fontName, width, height, style.size, smallest, one_line, leading)
        if key not in self.fits:
            self.fits[key] = fit(
                text, style.face, width, height, style.size, smallest, one_line=one_line, leading=leading
            )
        return self.fits[key]
