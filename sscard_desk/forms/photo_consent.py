"""The words of consent to a source of the portrait, as data with an edition; what is signed is their digest."""

import hashlib
from dataclasses import dataclass
from functools import cache
from typing import Final

from sscard_desk.forms.case_files import finish, root_of
from sscard_desk.forms.node import Node

MOST_PARAGRAPHS: Final = 6
"""As many as the sheet of paper has room for."""


@dataclass(frozen=True)
class ConsentText:
    """What an applicant reads and signs.

    Attributes:
        source: `chip` or `register`.
        edition: of the words.
        language: `zh_CN` or `en`.
        title: one line.
        paragraphs: in their order.
    """

    source: str
    edition: str
    language: str
    title: str
    paragraphs: tuple[str, ...]

    @property
    def digest(self) -> str:
        """SHA-256 over source, edition, language and every word, 64 hex characters."""
        parts = ("sscard-desk consent 1", self.source, self.edition, self.language, self.title, *self.paragraphs)
        return hashlib.sha256(b"\x00".join(part.encode() for part in parts)).hexdigest()


@cache
def _texts() -> dict[tuple[str, str], ConsentText]:
    root = root_of("photo_consent")
    edition, nodes = root.filled("edition"), root.tables("text")
    found: dict[tuple[str, str], ConsentText] = {}
    sources = []
    for node in nodes:
        source = node.id("source")
        sources.append(source)
        for language, short in (("zh_CN", "zh"), ("en", "en")):
            found[source, language] = ConsentText(
                source, edition, language, node.filled(f"title_{short}"), _paragraphs(node, short)
            )
        node.done()
    finish(root, nodes, sources)
    return found


def consent_text(source: str, language: str) -> ConsentText:
    """Return the words of consent to a source in a language.

    Raises:
        FormDefinitionWrong: `photo_consent.toml` breaks its schema.
        KeyError: the data have no words for this source.
    """
    return _texts()[source, language]


def _paragraphs(node: Node, key: str) -> tuple[str, ...]:
    paragraphs = node.texts(key)
    if not any(paragraph.strip() for paragraph in paragraphs):
        node.refuse(key, "empty", key=key)
    if len(paragraphs) > MOST_PARAGRAPHS:
        node.refuse(key, "out_of_range", found=str(len(paragraphs)), least="1", most=str(MOST_PARAGRAPHS))
    return paragraphs
