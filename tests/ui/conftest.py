"""One offscreen application for all tests of the window.

A warning of Qt's own fails the test that caused it, and so does an item of a layout that the binding did not let go.
"""

import gc
import os
from collections.abc import Iterator

import pytest

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QEvent, QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from sscard_desk.texts import SIMPLIFIED_CHINESE
from sscard_desk.ui import fonts, motion, theme
from sscard_desk.ui.language import speak
from tests.ui.outlived import outlived_items

PLATFORM_SAYS = "This plugin does not support propagateSizeHints"  # the offscreen platform, about every window


@pytest.fixture(scope="session")
def app() -> QApplication:
    made = QApplication.instance() or QApplication([])
    assert isinstance(made, QApplication)
    fonts.install(made)
    motion.set_motion(wanted=False)
    return made


@pytest.fixture(autouse=True)
def quiet_window(app: QApplication) -> Iterator[None]:
    said: list[str] = []

    def listen(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        if kind is not QtMsgType.QtDebugMsg and PLATFORM_SAYS not in message:
            said.append(message)

    before = qInstallMessageHandler(listen)
    theme.apply(app, theme.Mode.LIGHT)
    speak(SIMPLIFIED_CHINESE)
    yield
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    outlived = outlived_items()
    for window in app.topLevelWidgets():
        window.hide()
        window.deleteLater()
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    app.processEvents()
    gc.collect(1)  # the window's cycles go here: found on a lane or a server's thread later, they would end the process
    qInstallMessageHandler(before)
    gc.enable()  # a test whose lane still hangs leaves it off, rightly
    assert said == []
    assert outlived == []
