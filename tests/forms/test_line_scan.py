"""Every key of every shipped TOML file is found at the line where it stands."""

import tomllib
from pathlib import Path

import pytest

from sscard_desk.forms.line_scan import scan
from sscard_desk.resources import root

FILES = sorted(
    path for folder in ("forms", "resources/codes", "resources/numbers", "resources/texts", "resources/training")
    for path in (root() / folder).rglob("*.toml")
)  # fmt: skip


def paths(value: object, at: str = "") -> list[tuple[str, str]]:
    """Return (path, key) of every key in a value."""
    if isinstance(value, dict):
        inner = [(f"{at}.{key}" if at else key, key, each) for key, each in value.items()]
        return [(path, key) for path, key, _ in inner] + [p for path, _, each in inner for p in paths(each, path)]
    if isinstance(value, list):
        return [found for n, each in enumerate(value) for found in paths(each, f"{at}[{n}]")]
    return []


@pytest.mark.parametrize("path", FILES, ids=lambda path: "/".join(path.parts[-2:]))
def test_every_key_is_found_at_its_line(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    lines, found = text.split("\n"), scan(text)
    keys = paths(tomllib.loads(text))
    assert keys
    wrong = [(name, found.get(name)) for name, key in keys if name not in found or key not in lines[found[name] - 1]]
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ('a = """\nb = 1\n"""\nc = 2', {"a": 1, "c": 4}),
        ("a = '''\n[b]\n'''\nc = 2", {"a": 1, "c": 4}),
        (
            'a = "# no comment" # [x]\nb = [ # one\n  1,\n  { c = "}" },\n]',
            {"a": 1, "b": 2, "b[0]": 3, "b[1]": 4, "b[1].c": 4},
        ),
        ('"quoted key" = 1\na.b.c = 2', {"quoted key": 1, "a": 2, "a.b": 2, "a.b.c": 2}),
        ("[[a]]\n[[a.b]]\nc = 1\n[[a]]\n[[a.b]]\nc = 2", {"a[0].b[0].c": 3, "a[1].b[0].c": 6}),
        ("a = 2026-01-01\nb = -1.5e3\nc = true", {"a": 1, "b": 2, "c": 3}),
    ],
)
def test_what_only_looks_like_a_key_is_none(text: str, lines: dict[str, int]) -> None:
    tomllib.loads(text)
    found = scan(text)
    assert {name: found.get(name) for name in lines} == lines
    assert not {"x", "b.c"} & found.keys()
