"""What checking the answers found: one finding per field at most, the one to put right first."""

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from sscard_desk.forms.words import Words


class Texts(Protocol):
    """Gives a sentence by its key, with its fields filled in; a text catalogue is one."""

    @property
    def language(self) -> str:
        """The language of the sentences."""

    def __call__(self, key: str, /, **values: object) -> str:
        """Return the sentence."""


class Verdict(StrEnum):
    """How much a finding weighs."""

    MISSING = "missing"
    WRONG = "wrong"
    WARNING = "warning"

    @property
    def blocks(self) -> bool:
        """Return whether the form cannot be issued with it."""
        return self is not Verdict.WARNING


@dataclass(frozen=True)
class Finding:
    """What is to be said of one field.

    Attributes:
        field: the field's id.
        verdict: how much it weighs.
        text: key of the sentence, for example `forms.mobile_short`.
        values: what the sentence fills in: counts, characters and `Words`, never a whole answer.
        words: the sentence itself, where the form's own rule brings it along.
    """

    field: str
    verdict: Verdict
    text: str
    values: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    words: Words | None = None

    def message(self, texts: Texts) -> str:
        """Return the sentence in the language of the texts."""
        if self.words is not None:
            return self.words(texts.language)
        spoken = {
            name: value(texts.language) if isinstance(value, Words) else value for name, value in self.values.items()
        }
        return texts(self.text, **spoken)


@dataclass(frozen=True)
class Findings:
    """All findings of a form in the order of its fields.

    Attributes:
        items: the findings.
        filled: how many of the visible questions have an answer.
        total: how many questions are visible.
    """

    items: tuple[Finding, ...]
    filled: int = 0
    total: int = 0

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def of(self, field_id: str) -> Finding | None:
        """Return the finding of one field, if there is one."""
        return next((item for item in self.items if item.field == field_id), None)

    @property
    def blocking(self) -> tuple[Finding, ...]:
        """Return the findings that have to be put right before the form is issued."""
        return tuple(item for item in self.items if item.verdict.blocks)

    @property
    def complete(self) -> bool:
        """Return whether nothing blocks."""
        return not self.blocking
