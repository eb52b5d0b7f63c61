"""What the data ask of each source of a portrait: eased rules, terms of a receipt, names of files on a stick."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from sscard_desk.forms.case_files import finish, root_of
from sscard_desk.forms.node import Node
from sscard_desk.forms.words import Words

TERMS_KIND: Final = "photo_receipt"
"""The centre's reference rows that go before the shipped terms: `pattern`, `valid_days`, `day_required` (0 or 1)."""
STUDIO_KIND: Final = "studio"
"""The centre's list of collection units: `code`, `name`, `address`, `phone`, `until` (last day, or empty)."""
LONGEST: Final = 3660


@dataclass(frozen=True)
class ReceiptTerms:
    """What is asked of a photo receipt.

    Attributes:
        pattern: regular expression for the whole number; empty takes any text.
        valid_days: days after the day on the receipt.
        day_required: whether that day must be known.
    """

    pattern: str
    valid_days: int
    day_required: bool

    def fits(self, number: str) -> bool:
        """Return whether a number has the shape that the data ask for."""
        return not self.pattern or re.fullmatch(self.pattern, number) is not None


@dataclass(frozen=True)
class SourceTerms:
    """One source.

    Attributes:
        id: a word of `domain.photo_source`.
        words: what it is called.
        eases: keys of photo rules that only warn for it.
        basis: why, and how sure that is.
    """

    id: str
    words: Words
    eases: frozenset[str]
    basis: str


@dataclass(frozen=True)
class NameParts:
    """What a file's name and folder say; empty where they say nothing of it."""

    rule: str
    number: str = ""
    name: str = ""
    receipt: str = ""
    unit: str = ""


@dataclass(frozen=True)
class FileNameRule:
    """How a studio names its files.

    Attributes:
        id: short name.
        folder: regular expression for the folder's name; it may name the group `unit`.
        file: regular expression for the name without its suffix; it may name `number`, `name`, `receipt`.
        suffixes: in lower case, with their dot.
        most_bytes: of one file.
        source: where the rule comes from.
    """

    id: str
    folder: str
    file: str
    suffixes: tuple[str, ...]
    most_bytes: int
    source: str

    def read(self, folder: str, name: str) -> NameParts | None:
        """Return what a file's name says, None where it is none of this rule."""
        stem, dot, suffix = name.rpartition(".")
        found = re.fullmatch(self.file, stem) if dot and f".{suffix.lower()}" in self.suffixes else None
        if found is None:
            return None
        said = {key: value or "" for key, value in found.groupdict().items()}
        place = re.fullmatch(self.folder, folder)
        unit = place.groupdict().get("unit", "") if place else ""
        return NameParts(
            self.id, said.get("number", "").upper(), said.get("name", ""), said.get("receipt", ""), unit or ""
        )


@dataclass(frozen=True)
class PhotoSourceData:
    """Everything that `photo_sources.toml` says."""

    receipt: ReceiptTerms
    sources: tuple[SourceTerms, ...]
    file_names: tuple[FileNameRule, ...]

    def eases(self, source: str) -> frozenset[str]:
        """Return the rules that only warn for a source; none for one that the data do not name."""
        return next((each.eases for each in self.sources if each.id == source), frozenset())


@cache
def photo_sources() -> PhotoSourceData:
    """Return the shipped data.

    Raises:
        FormDefinitionWrong: `photo_sources.toml` breaks its schema.
    """
    root = root_of("photo_sources")
    receipt = root.table("receipt")
    terms = ReceiptTerms(
        _pattern(receipt, "pattern"),
        receipt.whole("valid_days", least=1, most=LONGEST),
        receipt.flag("day_required", default=False),
    )
    receipt.done()
    rows, names = root.tables("source"), root.tables("file_name")
    sources = tuple(_source(row) for row in rows)
    rules = tuple(_file_name(row) for row in names)
    finish(root, [*rows, *names], [*(each.id for each in sources), *(each.id for each in rules)])
    return PhotoSourceData(terms, sources, rules)


def receipt_terms(rows: Sequence[Mapping[str, str]] = ()) -> ReceiptTerms:
    """Return the terms of a receipt: the centre's row first, else the shipped ones.

    A row of the centre that is no such terms counts as none: a desk never stands still for it.
    """
    shipped = photo_sources().receipt
    for row in rows:
        days, pattern = row.get("valid_days", ""), row.get("pattern", shipped.pattern)
        try:
            re.compile(pattern)
        except re.error:
            continue
        if days.isdecimal() and 1 <= int(days) <= LONGEST:
            required = row.get("day_required", str(int(shipped.day_required))) == "1"
            return ReceiptTerms(pattern, int(days), required)
    return shipped


def _source(node: Node) -> SourceTerms:
    made = SourceTerms(node.id(), node.words(), frozenset(node.texts("eases")), node.text("basis"))
    node.done()
    return made


def _file_name(node: Node) -> FileNameRule:
    made = FileNameRule(
        node.id(),
        _pattern(node, "folder"),
        _pattern(node, "file"),
        node.texts("suffixes"),
        node.whole("most_bytes", least=1, most=100_000_000),
        node.text("source"),
    )
    node.done()
    return made


def _pattern(node: Node, key: str) -> str:
    pattern = node.text(key)
    try:
        re.compile(pattern)
    except re.error as wrong:
        node.refuse(key, "not_a_pattern", found=pattern, said=str(wrong))
    return pattern
