"""What the notices of a service point say of itself and of the ways of review, as data by paper and field."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

from sscard_desk.forms.case_files import finish, root_of

REFERENCE_KIND: Final = "notice_words"
"""The centre's reference rows that go before the shipped words: `paper`, `field`, `text`."""


@cache
def _shipped() -> Mapping[tuple[str, str], str]:
    root = root_of("notices")
    nodes = root.tables("word")
    found: dict[tuple[str, str], str] = {}
    names = []
    for node in nodes:
        paper, field = node.text("paper"), node.text("field")
        found[paper, field] = node.text("text")
        names.append(f"{paper}.{field}")
        node.done()
    finish(root, nodes, names)
    return found


def notice_words(paper: str, rows: Sequence[Mapping[str, str]] = ()) -> dict[str, str]:
    """Return the standing answers of a paper by field.

    Args:
        paper: folder of the form.
        rows: the centre's reference rows of kind `notice_words`.

    Raises:
        FormDefinitionWrong: `notices.toml` breaks its schema.
    """
    shipped = {field: text for (name, field), text in _shipped().items() if name == paper}
    own = {row["field"]: row["text"] for row in rows if row.get("paper") == paper and {"field", "text"} <= row.keys()}
    return shipped | own
