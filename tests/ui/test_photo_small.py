"""In the smallest window that is promised, 960 x 540, no state of the photo page has to be scrolled."""

import pytest
from PySide6.QtWidgets import QApplication, QScrollArea

from sscard_desk.texts import LANGUAGES, Language
from sscard_desk.ui.language import language, speak
from sscard_desk.ui.photo import samples


@pytest.mark.parametrize("spoken", LANGUAGES)
@pytest.mark.parametrize("state", samples.STATES)
def test_no_state_of_the_photo_page_scrolls_in_the_smallest_window(
    app: QApplication, state: str, spoken: Language
) -> None:
    before = language()
    speak(spoken)
    try:
        shell = samples.sample(state)
        shell.resize(960, 540)
        shell.show()
        for _ in range(4):
            shell.turns.finish()
            app.processEvents()
        assert shell.page is not None
        room = [area.verticalScrollBar().maximum() for area in shell.page.findChildren(QScrollArea)]
        shell.close()
    finally:
        speak(before)
    assert room == [0]
