"""Draws a form empty in every language and says which of its own words no paper could show.

`forms check` and whoever delivers an edition ask it, so that a title that is too long or a sign without a glyph is
found by who wrote it and not at a counter.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

from sscard_desk.domain.errors.operator import TextDoesNotFit
from sscard_desk.forms.definition import CODED, FormDefinition
from sscard_desk.forms.layout import Block, BlockKind
from sscard_desk.forms.proof import Unprintable
from sscard_desk.forms.words import Words
from sscard_desk.paper.blocks import HEADING
from sscard_desk.paper.cells import LABEL, PADDING
from sscard_desk.paper.coverage import missing_characters
from sscard_desk.paper.drawing import draw_form
from sscard_desk.paper.edges import TITLE
from sscard_desk.paper.pen import Style
from sscard_desk.ports.paper import PaperFacts
from sscard_desk.texts import ENGLISH, LANGUAGES, SIMPLIFIED_CHINESE, Language

_KEYS: Final = {SIMPLIFIED_CHINESE: "zh", ENGLISH: "en"}
_APPLICATION: Final = "0000-00-00-00000-0"
_BAR_MM: Final = 2.8
"""The bar before a heading."""
_MM_PER_POINT: Final = 25.4 / 72


def unprintable(definition: FormDefinition) -> tuple[Unprintable, ...]:
    """Return what of a form's own words cannot be drawn, each key once: without a glyph, or wider than its place."""
    found: dict[str, Unprintable] = {}
    for trouble in (*_without_glyph(definition), *_too_wide(definition), *_too_long(definition)):
        found.setdefault(trouble.path, trouble)
    return tuple(found.values())


def _own_words(definition: FormDefinition) -> Iterator[tuple[str, str, Words]]:
    """Yield place, id and words of everything that the form itself says."""
    yield "", "", definition.words
    yield from ((f"section[{number}].", each.id, each.words) for number, each in enumerate(definition.sections))
    yield from ((f"field[{number}].", each.id, each.words) for number, each in enumerate(definition.fields))
    yield from ((f"prose[{number}].", each.id, each.words) for number, each in enumerate(definition.prose))


def _without_glyph(definition: FormDefinition) -> Iterator[Unprintable]:
    for place, item, words in _own_words(definition):
        for key, text in (("zh", words.zh), ("en", words.en)):
            if missing := missing_characters(text.replace("\n", "")):
                yield Unprintable(f"{place}{key}", item, "no_glyph", (("characters", _spelt(missing)),))
    for number, field in enumerate(definition.fields):
        rows = field.codes.rows if field.type in CODED else ()
        if missing := missing_characters("".join(row.words.zh + row.words.en for row in rows)):
            yield Unprintable(f"field[{number}].table", field.id, "no_glyph", (("characters", _spelt(missing)),))


def _spelt(characters: str) -> str:
    """Return characters as code points: what has no glyph here cannot be read in a message either."""
    return " ".join(f"U+{ord(character):04X}" for character in characters[:5])


def _too_wide(definition: FormDefinition) -> Iterator[Unprintable]:
    """Yield words of one line that are wider than their place."""
    layout = definition.paper
    for language in LANGUAGES:
        room = layout.width - 2 * layout.margin
        yield from _line("", "", definition.words, language, TITLE, room)
        for block in layout.blocks:
            yield from _lines(definition, block, language)


def _lines(definition: FormDefinition, block: Block, language: Language) -> Iterator[Unprintable]:
    if block.kind is BlockKind.HEADING:
        number = [section.id for section in definition.sections].index(block.section)
        words = definition.sections[number].words
        yield from _line(f"section[{number}].", block.section, words, language, HEADING, block.width - _BAR_MM)
    places = [field.id for field in definition.fields]
    for party in block.parties:
        number = places.index(party.field)
        words, room = definition.fields[number].words, party.width - 2 * PADDING
        yield from _line(f"field[{number}].", party.field, words, language, LABEL, room)
    if block.kind is BlockKind.RECEIPT:
        paragraphs = [paragraph.id for paragraph in definition.prose]
        for name, size in zip(block.prose, (11, 7.5), strict=True):
            number = paragraphs.index(name)
            words = definition.prose[number].words
            yield from _line(f"prose[{number}].", name, words, language, Style(size), block.width - 2 * PADDING)


def _line(  # noqa: PLR0917 - place, id, words, language, look and room of one line belong together
    place: str, item: str, words: Words, language: Language, style: Style, room: float
) -> Iterator[Unprintable]:
    width = style.face.width(words(language), style.size) * _MM_PER_POINT
    if width > room:
        details = (("found", f"{width:.0f}"), ("room", f"{room:.0f}"))
        yield Unprintable(f"{place}{_KEYS[language]}", item, "too_wide", details)


def _too_long(definition: FormDefinition) -> Iterator[Unprintable]:
    """Yield words that the drawing itself could not place."""
    serial = f"{_APPLICATION}-{definition.letter}1"
    at = datetime(2026, 1, 1, tzinfo=UTC)
    for language in LANGUAGES:
        facts = PaperFacts(application_no=_APPLICATION, serial=serial, copy=1, issued=at, language=language)
        try:
            draw_form(definition, {}, facts, {})
        except TextDoesNotFit as trouble:
            for place, item, _ in _own_words(definition):
                if item in trouble.fields and not place.startswith("section"):  # a section may be called like a field
                    yield Unprintable(f"{place}{_KEYS[language]}", item, "too_long")
