"""Words in both languages of a form."""

from dataclasses import dataclass
from typing import Final

_ENGLISH: Final = "en"


@dataclass(frozen=True)
class Words:
    """The same words in both languages of a form."""

    zh: str
    en: str

    def __call__(self, language: str) -> str:
        """Return the words in this language; anything but English is Chinese."""
        return self.en if language == _ENGLISH else self.zh
