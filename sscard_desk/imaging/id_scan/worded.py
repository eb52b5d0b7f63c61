"""Documents that are known by their printed words alone, from `resources/id_card_layouts/by_words.toml`."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from sscard_desk.resources import resource


@dataclass(frozen=True)
class WordedDocument:
    """One kind of document.

    Attributes:
        kind: a `DocumentKind` word.
        certainty: how sure its words are; `memory` where no source showed them.
        titles: what names it, squeezed, capitals.
        number: what its number looks like.
        months: how long it may hold.
        words: the printed words of each field, squeezed, capitals, the longest first.
    """

    kind: str
    certainty: str
    titles: tuple[str, ...]
    number: re.Pattern[str]
    months: frozenset[int]
    words: dict[str, tuple[str, ...]]


@cache
def worded_documents() -> tuple[WordedDocument, ...]:
    """Return all of them, in the order of the file."""
    table = tomllib.loads(resource("id_card_layouts", "by_words.toml").read_text(encoding="utf-8"))
    return tuple(_document(each) for each in table["document"])


def documents_titled(texts: list[str]) -> tuple[WordedDocument, ...]:
    """Return the documents whose title stands in a picture; several where they share it.

    Args:
        texts: the lines of the picture, squeezed, capitals.
    """
    return tuple(each for each in worded_documents() if any(title in text for title in each.titles for text in texts))


def _document(table: dict[str, Any]) -> WordedDocument:
    return WordedDocument(
        kind=table["kind"],
        certainty=table["certainty"],
        titles=tuple(table["titles"]),
        number=re.compile(table["number"]),
        months=frozenset(table["months"]),
        words={name: tuple(sorted(words, key=len, reverse=True)) for name, words in table["words"].items()},
    )
