"""Texts by key: `subject.name`, one TOML file per subject and language under `resources/texts/`."""

import tomllib
from typing import Final, NewType

from sscard_desk.resources import resource

Language = NewType("Language", str)
SIMPLIFIED_CHINESE: Final = Language("zh_CN")
ENGLISH: Final = Language("en")
LANGUAGES: Final = (SIMPLIFIED_CHINESE, ENGLISH)


class Catalogue:
    """The texts of one language; a subject's file is read when its first text is asked for."""

    def __init__(self, language: Language = SIMPLIFIED_CHINESE) -> None:
        self.language = language
        self._subjects: dict[str, dict[str, str]] = {}

    def __call__(self, key: str, /, **values: object) -> str:
        """Return the text under `subject.name` with its `{fields}` filled in.

        Raises:
            KeyError: there is no such text; a test walks the keys that the code uses.
        """
        subject, _, name = key.partition(".")
        text = self.subject(subject)[name]
        return text.format(**values) if values else text

    def has(self, key: str) -> bool:
        """Return whether a text stands under this key."""
        subject, _, name = key.partition(".")
        return resource("texts", self.language, f"{subject}.toml").exists() and name in self.subject(subject)

    def load(self) -> None:
        """Read every subject now, on whatever thread can wait for it."""
        for path in sorted(resource("texts", self.language).glob("*.toml")):
            self.subject(path.stem)

    def subject(self, subject: str) -> dict[str, str]:
        """Return all texts of one subject by name (nested tables become dotted names)."""
        if subject not in self._subjects:
            path = resource("texts", self.language, f"{subject}.toml")
            self._subjects[subject] = _flat(tomllib.loads(path.read_text(encoding="utf-8")))
        return self._subjects[subject]


def _flat(table: dict[str, object], prefix: str = "") -> dict[str, str]:
    flat: dict[str, str] = {}
    for name, value in table.items():
        if isinstance(value, dict):
            flat |= _flat(value, f"{prefix}{name}.")
        else:
            flat[prefix + name] = str(value)
    return flat
