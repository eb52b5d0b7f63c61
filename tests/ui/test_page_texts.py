"""Every text that the pages of the counter use stands in both catalogues, with the same fields."""

import re
import string
from pathlib import Path

import pytest

from sscard_desk.domain.events import KINDS
from sscard_desk.texts import LANGUAGES, Catalogue

SUBJECTS = (
    "missing", "serve", "identity", "bank", "photo_page", "form_page", "materials", "sign", "approve", "card",
    "sign_off", "applicant", "printing", "returned", "papers", "leave", "closing", "lists",
    "class_page", "class_list", "cards", "card_read", "card_pin", "card_face", "keypad", "stock", "batch", "staff",
    "stick", "sign_in", "rescue",
)  # fmt: skip
UI = Path(__file__).parents[2] / "sscard_desk" / "ui"
USED = re.compile(rf'"((?:{"|".join(SUBJECTS)}|steps|shell|photo)\.[a-z_.0-9]+)"')


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("subject", SUBJECTS)
def test_both_languages_say_the_same_things(subject: str) -> None:
    chinese, english = (Catalogue(language).subject(subject) for language in LANGUAGES)
    assert set(chinese) == set(english)
    assert {key: _fields(text) for key, text in chinese.items()} == {
        key: _fields(text) for key, text in english.items()
    }


def test_every_key_in_the_code_has_its_text() -> None:
    used = {key for path in UI.rglob("*.py") for key in USED.findall(path.read_text(encoding="utf-8"))}
    catalogue = Catalogue()
    missing = sorted(key for key in used if not catalogue.has(key) and key not in KINDS)
    assert len(used) > 100
    assert missing == []
