"""A mark that silences a check says why on its line: what nobody can explain is mended instead."""

import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

from sscard_desk.resources import root

PLACES = ("sscard_desk", "tests", "tools")
SILENCED = re.compile(r"#\s*(noqa|type:\s*ignore|pragma:\s*no)\b")
_RULES = r"noqa:\s*[A-Z]+\d+(,\s*[A-Z]+\d+)*\s+-"
_KINDS = r"type:\s*ignore\[[a-z, -]+\]\s+#"
EXPLAINED = re.compile(rf"#\s*({_RULES}|{_KINDS}|pragma:.*\s-)\s*\S")


def comments(file: Path) -> Iterator[tuple[int, str]]:
    with tokenize.open(file) as source:
        for token in tokenize.generate_tokens(source.readline):
            if token.type == tokenize.COMMENT:
                yield token.start[0], token.string


@pytest.mark.parametrize("place", PLACES)
def test_every_silenced_check_names_its_rule_and_the_reason(place: str) -> None:
    bare = [
        f"{file.relative_to(root())}:{line}: {said}"
        for file in sorted((root() / place).rglob("*.py"))
        for line, said in comments(file)
        if SILENCED.search(said) and not EXPLAINED.search(said)
    ]
    assert bare == []


@pytest.mark.parametrize(
    "said",
    ["# noqa", "# noqa: E501", "# type: ignore", "# type: ignore[misc]", "# noqa: E501 -", "# type: ignore[misc] - so"],
)
def test_a_mark_without_a_reason_would_be_found(said: str) -> None:
    assert SILENCED.search(said)
    assert not EXPLAINED.search(said)


@pytest.mark.parametrize("said", ["# noqa: E501, S608 - own names", "# type: ignore[misc]  # one each"])
def test_a_mark_with_its_reason_is_let_by(said: str) -> None:
    assert EXPLAINED.search(said)
