"""Where a key stands in a TOML file: `tomllib` gives values without lines, and people need the line."""

import re
import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final, Self

from sscard_desk.domain.errors.operator import FormDefinitionWrong
from sscard_desk.forms.line_scan import scan

WHOLE_FILE: Final = "-"
"""In place of a key, where the file as a whole is wrong."""

_SYNTAX_LINE: Final = re.compile(r"\(at line (\d+), column \d+\)")


@dataclass(frozen=True)
class Positions:
    """One file's text, and the line of each key in it; lines are looked up only when something is wrong.

    Attributes:
        file: folder and name, short enough to be read.
        text: the file's content.
    """

    file: str
    text: str

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read a file.

        Raises:
            FormDefinitionWrong: it is not there or is not UTF-8.
        """
        name = f"{path.parent.name}/{path.name}"
        try:
            data = path.read_bytes()
        except OSError:
            raise FormDefinitionWrong(file=name, line=0, field=WHOLE_FILE, reason="file_missing") from None
        return cls.of(name, data)

    @classmethod
    def of(cls, file: str, data: bytes) -> Self:
        """Take a file's bytes, wherever they come from.

        Raises:
            FormDefinitionWrong: they are not UTF-8.
        """
        try:
            text = data.decode("utf-8-sig")  # some editors begin a file with a mark of its encoding
        except UnicodeDecodeError as error:
            line = data[: error.start].count(b"\n") + 1
            raise FormDefinitionWrong(file=file, line=line, field=WHOLE_FILE, reason="not_utf8") from None
        return cls(file=file, text=text.replace("\r\n", "\n"))

    @cached_property
    def lines(self) -> dict[str, int]:
        """Line number, counted from 1, by path; the n-th `[[field]]` is `field[n]`, counted from 0."""
        return scan(self.text)

    def wrong(
        self, path: str, reason: str, details: tuple[tuple[str, str], ...] = (), item: str = ""
    ) -> FormDefinitionWrong:
        """Return the error for a key; a key that is not there gets the line of what it should stand in."""
        place = path
        while place and place not in self.lines:
            dot, bracket = place.rfind("."), place.rfind("[")
            place = place[: max(dot, bracket, 0)]
        line = self.lines.get(place, 1)
        return FormDefinitionWrong(file=self.file, line=line, field=path, reason=reason, details=details, item=item)

    def syntax(self, error: tomllib.TOMLDecodeError) -> FormDefinitionWrong:
        """Return the error for a file that is not TOML."""
        line = syntax_line(error, self.text)
        said = _SYNTAX_LINE.sub("", str(error)).strip()
        return FormDefinitionWrong(
            file=self.file, line=line, field=WHOLE_FILE, reason="not_toml", details=(("said", said),)
        )

    def nested(self) -> FormDefinitionWrong:
        """Return the error for a file whose brackets are nested too deeply to be read, at the line with most."""
        counts = [line.count("[") + line.count("{") for line in self.text.split("\n")]
        line = counts.index(max(counts)) + 1
        return FormDefinitionWrong(file=self.file, line=line, field=WHOLE_FILE, reason="nested")


def syntax_line(error: tomllib.TOMLDecodeError, text: str) -> int:
    """Return the line at which a text is not TOML; what never ends, ends with the last line."""
    found = _SYNTAX_LINE.search(str(error))
    return int(found[1]) if found else text.count("\n") + 1
