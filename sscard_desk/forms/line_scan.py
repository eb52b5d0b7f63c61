"""The line of every key and list element of a TOML text that `tomllib` has read already (TOML 1.0.0).

Only shape is looked at, never values: strings, comments and brackets are told apart, and what stands between them.
"""

import re
from typing import Final

_TOKEN: Final = re.compile(
    r"""(?P<blank>[ \t]+|\#[^\n]*)
    |(?P<newline>\n)
    |(?P<long>\"{3}(?:[^\\]|\\.)*?\"{3,5}|'{3}.*?'{3,5})
    |(?P<word>"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[^\s\[\]{},=.\#"']+)
    |(?P<sign>[\[\]{},=.])""",
    re.VERBOSE | re.DOTALL,
)


def scan(text: str) -> dict[str, int]:
    """Return line numbers, counted from 1, by path: `page.width`, `field[3].id`, `block[1].rows[0].cells[2].field`."""
    return _Scanner(text).run()


class _Scanner:
    def __init__(self, text: str) -> None:
        self._tokens: list[tuple[str, str, int]] = []
        line = 1
        for found in _TOKEN.finditer(text):
            kind, part = found.lastgroup or "", found[0]
            if kind != "blank":
                self._tokens.append((kind, part, line))
            line += part.count("\n")
        self._at = 0
        self._lines: dict[str, int] = {}
        self._counts: dict[str, int] = {}

    def run(self) -> dict[str, int]:
        prefix = ""
        while self._at < len(self._tokens):
            kind, part, line = self._tokens[self._at]
            if kind == "newline":
                self._at += 1
            elif part == "[":
                prefix = self._header(line)
            else:
                self._pair(prefix)
        return self._lines

    def _peek(self) -> str:
        return self._tokens[self._at][1] if self._at < len(self._tokens) else "\n"

    def _header(self, line: int) -> str:
        self._at += 1
        many = self._peek() == "["
        self._at += many
        names = self._names()
        while self._peek() == "]":
            self._at += 1
        *outer, last = names or [""]
        prefix = ""
        for name in outer:
            prefix = self._newest(_join(prefix, name))
            self._lines.setdefault(prefix, line)
        prefix = _join(prefix, last)
        self._lines.setdefault(prefix, line)
        if many:
            self._counts[prefix] = self._counts.get(prefix, -1) + 1
            prefix = f"{prefix}[{self._counts[prefix]}]"
        self._lines.setdefault(prefix, line)
        return prefix

    def _newest(self, prefix: str) -> str:
        return f"{prefix}[{self._counts[prefix]}]" if prefix in self._counts else prefix

    def _names(self) -> list[str]:
        names: list[str] = []
        while self._at < len(self._tokens) and self._tokens[self._at][0] == "word":
            names.append(self._tokens[self._at][1].strip("\"'"))
            self._at += 1
            if self._peek() == ".":
                self._at += 1
        return names

    def _pair(self, prefix: str) -> None:
        line = self._tokens[self._at][2]
        names = self._names()
        if not names or self._peek() != "=":
            self._at += 1  # not a pair: go on after it, whatever it is
            return
        for name in names:
            prefix = _join(prefix, name)
            self._lines.setdefault(prefix, line)
        self._at += 1
        self._value(prefix)

    def _value(self, path: str) -> None:
        opened = self._peek()
        if opened not in {"[", "{"}:
            while self._peek() not in {",", "]", "}", "\n"}:
                self._at += 1
            return
        self._at += 1
        count = 0
        while self._at < len(self._tokens) and self._peek() not in {"]", "}"}:
            if self._peek() in {",", "\n"}:
                self._at += 1
            elif opened == "{":
                self._pair(path)
            else:
                element = f"{path}[{count}]"
                self._lines.setdefault(element, self._tokens[self._at][2])
                count += 1
                self._value(element)
        self._at += 1


def _join(prefix: str, name: str) -> str:
    return f"{prefix}.{name}" if prefix else name
