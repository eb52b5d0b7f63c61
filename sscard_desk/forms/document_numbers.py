"""Which numbers stand on which papers, as data: `resources/numbers/document_numbers.toml` (domain reference C)."""

import re
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final

from sscard_desk.domain.document_kind import DocumentKind
from sscard_desk.domain.errors.operator import UnknownCode
from sscard_desk.forms.codes import Certainty, table
from sscard_desk.forms.node import Node
from sscard_desk.forms.positions import Positions
from sscard_desk.forms.problems import Problems
from sscard_desk.forms.words import Words
from sscard_desk.resources import resource

DOCUMENTS: Final = "document_kind"
"""The code table of the papers."""


class NumberCheck(StrEnum):
    """How a number is proved besides its shape."""

    NONE = ""
    RESIDENT = "resident"
    """GB 11643-1999 and the numbers made after it, by their check digit."""


@dataclass(frozen=True)
class NumberRule:
    """What the numbers of some papers look like.

    Attributes:
        kinds: codes of the papers; empty for all that no other rule names.
        words: what such a number is, for people.
        certainty: how sure the source is.
        check: how it is proved; where there are patterns too, 18 characters are proved and others have to fit one.
        bears: whose numbers a proved one may be; empty means anybody's.
        patterns: shapes, one of which the whole number has to fit.
        blocks: False makes a misfit a warning.
    """

    kinds: tuple[str, ...]
    words: Words
    certainty: Certainty
    check: NumberCheck = NumberCheck.NONE
    bears: frozenset[DocumentKind] = frozenset()
    patterns: tuple[re.Pattern[str], ...] = ()
    blocks: bool = True

    def fits(self, number: str) -> bool:
        """Return whether a number has one of the shapes."""
        return any(pattern.fullmatch(number) for pattern in self.patterns)


@dataclass(frozen=True)
class DocumentNumbers:
    """The rules in their order, and the one for all other papers."""

    rules: tuple[NumberRule, ...]
    other: NumberRule

    def rule(self, kind: str) -> NumberRule:
        """Return the rule for a paper, by its code or the program's own word for it."""
        try:
            code = table(DOCUMENTS).row(kind).code
        except UnknownCode:
            return self.other
        return next((rule for rule in self.rules if code in rule.kinds), self.other)


@cache
def document_numbers() -> DocumentNumbers:
    """Return the shipped rules, read once.

    Raises:
        FormDefinitionWrong: the file breaks the schema; line and key are named.
    """
    return read_numbers(resource("numbers", "document_numbers.toml"))


def read_numbers(path: Path) -> DocumentNumbers:
    """Read a file of rules.

    Raises:
        FormDefinitionWrong: the file is missing or breaks the schema; line and key are named.
    """
    positions, problems = Positions.read(path), Problems()
    try:
        root = Node(positions, "", tomllib.loads(positions.text), problems)
    except tomllib.TOMLDecodeError as error:
        raise positions.syntax(error) from None
    root.filled("standard")
    rules = tuple(_rule(node) for node in root.tables("number"))
    read = DocumentNumbers(rules, _rule(root.table("other")))
    root.done()
    if problems.found:
        raise problems.first()
    return read


def _rule(node: Node) -> NumberRule:
    kinds = node.texts("kinds")
    for kind in kinds:
        if not table(DOCUMENTS).knows(kind):
            node.refuse("kinds", "no_such_code", code=kind, table=DOCUMENTS)
    words = [word.value for word in DocumentKind]
    bears = node.texts("bears")
    for word in bears:
        if word not in words:
            node.refuse("bears", "not_a_choice", found=word, known=" | ".join(words))
    made = NumberRule(
        kinds=kinds,
        words=node.words(),
        certainty=node.choice("certainty", Certainty),
        check=node.choice("check", NumberCheck, ""),
        bears=frozenset(DocumentKind(word) for word in bears if word in words),
        patterns=_patterns(node),
        blocks=node.flag("blocks", default=True),
    )
    if node.sound and not made.patterns and not made.check:
        node.refuse("patterns", "missing", key="patterns")
    node.done()
    return made


def _patterns(node: Node) -> tuple[re.Pattern[str], ...]:
    made: list[re.Pattern[str]] = []
    for text in node.texts("patterns"):
        try:
            made.append(re.compile(text, re.ASCII))
        except re.error as error:
            node.refuse("patterns", "not_a_pattern", found=text, said=str(error))
    return tuple(made)
