"""Where a key stands in a TOML file: `tomllib` gives values without lines, and people need the line."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from sscard_desk.domain.errors.operator import FormDefinitionWrong

_HEADER: Final = re.compile(r"\s*(\[\[?)\s*([A-Za-z0-9_.\-]+)\s*\]\]?")
_KEY: Final = re.compile(r"\s*([A-Za-z0-9_\-]+)\s*=")
_SYNTAX_LINE: Final = re.compile(r"\(at line (\d+), column \d+\)")
_LONG_QUOTES: Final = ('"""', "'''")


@dataclass(frozen=True)
class Positions:
    """The lines of one file by key path; the n-th `[[field]]` is `field[n]`, counted from 0.

    Attributes:
        file: folder and name, short enough to be read.
        text: the file's content.
        lines: line number, counted from 1, by path.
    """

    file: str
    text: str
    lines: dict[str, int]

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read a file.

        Raises:
            FormDefinitionWrong: it is not there or is not UTF-8.
        """
        name = f"{path.parent.name}/{path.name}"
        try:
            text = path.read_text(encoding="utf-8")
        except FileNotFoundError:
            raise FormDefinitionWrong(file=name, line=0, field="-", reason="file not found") from None
        except UnicodeDecodeError as error:
            line = error.object[: error.start].count(b"\n") + 1
            raise FormDefinitionWrong(file=name, line=line, field="-", reason="not UTF-8") from None
        return cls(file=name, text=text, lines=_scan(text))

    def wrong(self, path: str, reason: str) -> FormDefinitionWrong:
        """Return the error for a key; a key that is not there gets the line of what it should stand in."""
        place = path
        while place and place not in self.lines:
            place = place.rpartition(".")[0]
        return FormDefinitionWrong(file=self.file, line=self.lines.get(place, 1), field=path, reason=reason)

    def syntax(self, error: tomllib.TOMLDecodeError) -> FormDefinitionWrong:
        """Return the error for a file that is not TOML."""
        found = _SYNTAX_LINE.search(str(error))
        line = int(found[1]) if found else self.text.count("\n") + 1
        reason = _SYNTAX_LINE.sub("", str(error)).strip()
        return FormDefinitionWrong(file=self.file, line=line, field="-", reason=reason)


def _scan(text: str) -> dict[str, int]:
    lines: dict[str, int] = {}
    counts: dict[str, int] = {}
    prefix, quotes, depth = "", "", 0
    for number, line in enumerate(text.splitlines(), start=1):
        if quotes:
            quotes = "" if quotes in line else quotes
            continue
        header, key = _HEADER.match(line), _KEY.match(line)
        if depth == 0 and header:
            prefix = _prefix(header[1], header[2], counts)
            lines.setdefault(prefix, number)
        elif depth == 0 and key:
            lines.setdefault(f"{prefix}.{key[1]}" if prefix else key[1], number)
        plain = re.sub(r'"""|\'\'\'|"(?:[^"\\]|\\.)*"|\'[^\']*\'|#.*', _keep_long, line)
        quotes = next((mark for mark in _LONG_QUOTES if plain.count(mark) % 2), "")
        depth = 0 if header and not key else max(0, depth + plain.count("[") - plain.count("]"))
    return lines


def _prefix(brackets: str, path: str, counts: dict[str, int]) -> str:
    if brackets == "[[":
        counts[path] = counts.get(path, -1) + 1
        return f"{path}[{counts[path]}]"
    head, _, tail = path.partition(".")
    return f"{head}[{counts[head]}].{tail}" if tail and head in counts else path


def _keep_long(found: re.Match[str]) -> str:
    return found[0] if found[0] in _LONG_QUOTES else ""
