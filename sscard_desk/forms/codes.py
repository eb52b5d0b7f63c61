"""Code tables: what a code means, where the table comes from and how certain that is."""

import re
import tomllib
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final

from sscard_desk.domain.errors.operator import UnknownCode
from sscard_desk.forms.node import Node
from sscard_desk.forms.positions import Positions
from sscard_desk.forms.problems import Problems
from sscard_desk.forms.words import Words
from sscard_desk.resources import resource


class Certainty(StrEnum):
    """How sure the source of a table is (marks of the domain reference)."""

    CONFIRMED = "confirmed"
    SINGLE_SOURCE = "single_source"
    MEMORY = "memory"
    OWN = "own"


@dataclass(frozen=True)
class CodeRow:
    """One code.

    Attributes:
        code: as it is kept and exchanged.
        words: what it means.
        initials: first letters of the pinyin of the Chinese words, for typing.
        word: what the program itself calls it (for example `citizen`), where it has a name of its own.
    """

    code: str
    words: Words
    initials: str
    word: str = ""


@dataclass(frozen=True)
class CodeTable:
    """One table.

    Attributes:
        name: the file's name.
        words: its name for people.
        standard: number of the standard, or who uses it.
        certainty: how sure the source is.
        rows: the codes in their order.
        other_codes: a pattern of codes that are taken although they are not listed; empty means none.
    """

    name: str
    words: Words
    standard: str
    certainty: Certainty
    rows: tuple[CodeRow, ...]
    other_codes: str = ""
    _by_code: dict[str, CodeRow] = field(init=False, repr=False, compare=False, hash=False)

    def __post_init__(self) -> None:
        by_word = {row.word: row for row in self.rows if row.word}
        object.__setattr__(self, "_by_code", by_word | {row.code: row for row in self.rows})

    def knows(self, code: str) -> bool:
        """Return whether an answer may hold this code."""
        return code in self._by_code or bool(self.other_codes and re.fullmatch(self.other_codes, code))

    def row(self, code: str) -> CodeRow:
        """Return the row of a code (or of the program's own word for it).

        Raises:
            UnknownCode: the table has no such code, and takes no unlisted one of this shape.
        """
        if code in self._by_code:
            return self._by_code[code]
        if self.knows(code):
            return CodeRow(code=code, words=Words("", ""), initials="")
        raise UnknownCode(table=self.name, value=code)

    def search(self, typed: str) -> tuple[CodeRow, ...]:
        """Return the rows that a typed beginning of code or initials, or a part of the words, can mean; best first."""
        key = typed.strip().lower()
        if not key:
            return self.rows
        ranks = ((_rank(row, key), row) for row in self.rows)
        found = [(rank, row) for rank, row in ranks if rank is not None]
        return tuple(row for _, row in sorted(found, key=lambda pair: pair[0]))


NO_CODES: Final = CodeTable("", Words("", ""), "", Certainty.OWN, ())
"""The table of a field that has none: it knows no code."""


def _rank(row: CodeRow, key: str) -> int | None:
    if row.code.lower() == key:
        return 0
    if row.initials == key:
        return 1
    if row.code.lower().startswith(key) or row.initials.startswith(key):
        return 2
    if key in row.words.zh.lower() or key in row.words.en.lower():
        return 3
    return None


@cache
def table(name: str) -> CodeTable:
    """Return a shipped code table, read once.

    Raises:
        FormDefinitionWrong: there is no such table, or its file breaks the schema.
    """
    return read_table(resource("codes", f"{name}.toml"))


def read_table(path: Path) -> CodeTable:
    """Read one code table.

    Raises:
        FormDefinitionWrong: the file is missing or breaks the schema; line and key are named.
    """
    problems = Problems()
    made = parse_table(path.stem, Positions.read(path), problems)
    if made is None:
        raise problems.first()
    return made


def parse_table(name: str, file: Positions, problems: Problems) -> CodeTable | None:
    """Return the code table that a file holds, None where anything is wrong with it, which is noted."""
    try:
        root = Node(file, "", tomllib.loads(file.text), problems)
    except tomllib.TOMLDecodeError as error:
        problems.add(file.syntax(error))
        return None
    made = CodeTable(
        name=name,
        words=root.words(),
        standard=root.filled("standard"),
        certainty=root.choice("certainty", Certainty),
        rows=_rows(root),
        other_codes=_pattern(root),
    )
    root.done()
    return made if root.sound else None


def _rows(root: Node) -> tuple[CodeRow, ...]:
    seen: set[str] = set()
    made: list[CodeRow] = []
    for number, row in enumerate(root.rows("rows", "code_row")):
        if not 4 <= len(row) <= 5 or not row[0].strip():  # noqa: PLR2004 - see CodeRow
            root.refuse(f"rows[{number}]", "code_row")
            continue
        code, zh, en, initials, *word = row
        for own in {code, *filter(None, word)}:
            if own in seen:
                root.refuse(f"rows[{number}]", "twice", id=own)
            seen.add(own)
        made.append(CodeRow(code=code, words=Words(zh, en), initials=initials, word="".join(word)))
    return tuple(made)


def _pattern(root: Node) -> str:
    found = root.text("other_codes", "")
    try:
        re.compile(found)
    except re.error as error:
        root.refuse("other_codes", "not_a_pattern", found=found, said=str(error))
    return found
