"""Every page in every named state, both languages, all sizes: nothing is cut, at most one filled button."""

import sys
from importlib import import_module
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from sscard_desk.texts import LANGUAGES, Language
from sscard_desk.ui.language import speak
from sscard_desk.ui.widgets.button import Button, Kind

sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))
from cut_text import cut_texts

from tests.ui.letting_work import let_work

OWN = ("shell", "sign_in", "rescue", "lock", "doctor", "staff", "keeping", "unsent", "desk_date")
STATES = [(page, state) for page in OWN for state in import_module(f"sscard_desk.ui.{page}.samples").STATES]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [(1366, 768), (960, 540), (1920, 1080)], ids=str)
@pytest.mark.parametrize(("page", "state"), STATES)
def test_nothing_is_cut(app: QApplication, page: str, state: str, size: tuple[int, int], language: Language) -> None:
    speak(language)
    window = import_module(f"sscard_desk.ui.{page}.samples").sample(state)
    window.resize(*size)
    window.show()
    for _ in range(3):
        let_work()
    assert cut_texts(window) == []
    filled = [one for one in window.findChildren(Button) if one.isVisible() and one.kind is Kind.PRIMARY]
    assert len(filled) <= 1
