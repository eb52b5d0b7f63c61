"""The code tables that a definition may name: those that came with its edition stand before the program's."""

from collections.abc import Mapping
from functools import cache
from typing import Final

from sscard_desk.domain.errors.operator import FormDefinitionWrong
from sscard_desk.forms.codes import NO_CODES, CodeTable, parse_table, table
from sscard_desk.forms.node import Node, nearest
from sscard_desk.forms.positions import Positions
from sscard_desk.forms.problems import Problems
from sscard_desk.resources import resource

CODES: Final = "codes"
"""Folder inside an edition's folder that holds the code tables of its own."""


class CodeBook:
    """The tables of one edition."""

    def __init__(self, files: Mapping[str, bytes] | None = None, problems: Problems | None = None) -> None:
        """Read what came with an edition.

        Args:
            files: the bytes of each table by its name, without `.toml`.
            problems: where what is wrong with them is noted.
        """
        self._problems = problems if problems is not None else Problems()
        self._own: dict[str, tuple[Positions | None, CodeTable | None]] = {
            name: self._read(name, data) for name, data in sorted((files or {}).items())
        }
        self._named: set[str] = set()

    def find(self, node: Node, name: str) -> CodeTable:
        """Return the table that a field names; `NO_CODES` where it is missing or wrong, which is noted."""
        self._named.add(name)
        if name in self._own:
            return self._own[name][1] or NO_CODES
        try:
            return table(name)
        except FormDefinitionWrong as error:
            if error.line:
                node.problems.add(error)  # the table's own file is wrong
            else:
                node.refuse("table", "no_such_table", id=name, known=nearest(name, self._names()))
            return NO_CODES

    def done(self) -> None:
        """Refuse a table that no field names: under a misspelt name it would be left unread."""
        for name, (file, _) in self._own.items():
            if file is not None and name not in self._named:
                known = nearest(name, sorted(self._named))
                self._problems.add(file.wrong("", "table_not_named", (("id", name), ("known", known))))

    def _read(self, name: str, data: bytes) -> tuple[Positions | None, CodeTable | None]:
        try:
            file = Positions.of(f"{CODES}/{name}.toml", data)
        except FormDefinitionWrong as problem:
            self._problems.add(problem)
            return None, None
        made = parse_table(name, file, self._problems)
        if made is not None and name in _shipped():
            self._keep_words(file, made, table(name))
        return file, made

    def _keep_words(self, file: Positions, made: CodeTable, ours: CodeTable) -> None:
        """Refuse a table in which a word that the program itself uses is gone or stands for another code."""
        codes = {row.word: row.code for row in made.rows}
        for row in ours.rows:
            if row.word and codes.get(row.word) != row.code:
                self._problems.add(file.wrong("rows", "word_of_program", (("word", row.word), ("code", row.code))))
                return

    def _names(self) -> list[str]:
        return sorted({*self._own, *_shipped()})


@cache
def _shipped() -> frozenset[str]:
    return frozenset(path.stem for path in resource("codes").glob("*.toml"))
