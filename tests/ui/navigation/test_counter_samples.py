"""Every page of the counter in every named state: nothing is cut, at most one filled button, one ring."""

import sys
from importlib import import_module
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from sscard_desk.texts import ENGLISH, SIMPLIFIED_CHINESE, Language
from sscard_desk.ui.language import speak
from sscard_desk.ui.shell import Shell
from sscard_desk.ui.widgets.button import Button, Kind

sys.path.insert(0, str(Path(__file__).parents[3] / "tools"))
from cut_text import cut_texts

from tests.ui.letting_work import let_work

PAGES = (
    "serve", "id_scan", "identity", "bank", "photo", "form", "materials", "sign", "approve", "card", "closing",
    "papers", "lists", "sign_off", "applicant", "class_list", "stock", "batch",
)  # fmt: skip
SIZES = ((1366, 768, SIMPLIFIED_CHINESE), (960, 540, ENGLISH))


@pytest.mark.parametrize(("width", "height", "language"), SIZES, ids=["large-zh", "small-en"])
@pytest.mark.parametrize("page", PAGES)
def test_every_state_is_whole(app: QApplication, page: str, width: int, height: int, language: Language) -> None:
    speak(language)
    samples = import_module(f"sscard_desk.ui.{page}.samples")
    for state in samples.STATES if width > 1000 else samples.STATES[::2]:
        window = samples.sample(state)
        window.resize(width, height)
        window.show()
        let_work()
        let_work()
        if page != "applicant" or width > 1000:  # the second window is always a whole screen
            assert cut_texts(window) == [], state
        filled = [one for one in window.findChildren(Button) if one.isVisible() and one.kind is Kind.PRIMARY]
        enabled = [one for one in filled if one.isEnabled()]
        assert len(enabled) <= 1, (state, [one.objectName() for one in enabled])
        if isinstance(window, Shell):
            number = window.findChild(QLabel, "person_number")
            assert number is None or "002X" not in number.text() or "*" in number.text()
        window.hide()
        window.deleteLater()
