from pathlib import Path

import pytest

from sscard_desk.forms.positions import Positions

TEXT = '''# a comment with key = "value" and [table]
zh = "一"   # 1 key
text = """
key = "inside a long text"
[[not]]
"""
list = [
    { key = "inside a list" },
    "[[neither]]",
]
[page]
width = 1
[[field]]
id = "a"
[[field]]
id = "b"
[field.when]
field = "a"
'''


@pytest.fixture
def positions(tmp_path: Path) -> Positions:
    path = tmp_path / "example.toml"
    path.write_text(TEXT, encoding="utf-8")
    return Positions.read(path)


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("zh", 2),
        ("text", 3),
        ("list", 7),
        ("page.width", 12),
        ("field[0].id", 14),
        ("field[1].id", 16),
        ("field[1].when.field", 18),
    ],
)
def test_every_key_has_its_line(positions: Positions, path: str, line: int) -> None:
    assert positions.lines[path] == line


def test_what_stands_in_texts_lists_and_comments_is_no_key(positions: Positions) -> None:
    assert not {"key", "not[0]", "neither[0]", "table"} & set(positions.lines)


def test_a_key_that_is_missing_gets_the_line_of_its_table(positions: Positions) -> None:
    assert positions.wrong("field[1].when.on", "missing").line == 17
    assert positions.wrong("nothing", "missing").line == 1
