"""Code tables: what a code means, where the table comes from and how certain that is."""

import re
import tomllib
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from sscard_desk.domain.errors.operator import UnknownCode
from sscard_desk.forms.definition import Words
from sscard_desk.forms.positions import Positions
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
    positions = Positions.read(path)
    try:
        data = tomllib.loads(positions.text)
    except tomllib.TOMLDecodeError as error:
        raise positions.syntax(error) from None
    try:
        return CodeTable(
            name=path.stem,
            words=Words(data["zh"], data["en"]),
            standard=data["standard"],
            certainty=Certainty(data["certainty"]),
            rows=_rows(data["rows"], positions),
            other_codes=data.get("other_codes", ""),
        )
    except KeyError as error:
        raise positions.wrong(str(error.args[0]), "missing", (("key", str(error.args[0])),)) from None
    except ValueError as error:
        known = " | ".join(Certainty)
        raise positions.wrong("certainty", "not_a_choice", (("found", str(error)), ("known", known))) from None


def _rows(rows: list[Any], positions: Positions) -> tuple[CodeRow, ...]:
    seen: set[str] = set()
    made: list[CodeRow] = []
    for number, row in enumerate(rows):
        if not 4 <= len(row) <= 5 or not all(isinstance(part, str) for part in row):  # noqa: PLR2004 - see CodeRow
            raise positions.wrong(f"rows[{number}]", "code_row")
        code, zh, en, initials, *word = row
        if code in seen:
            raise positions.wrong(f"rows[{number}]", "twice", (("id", code),))
        seen.add(code)
        made.append(CodeRow(code=code, words=Words(zh, en), initials=initials, word="".join(word)))
    return tuple(made)
