"""Widgets that end beside neighbours that stay: the binding keeps nothing for what Qt has freed."""

import ast
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import shiboken6
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QVBoxLayout, QWidget

import sscard_desk.ui
from sscard_desk.ui.shell.samples import status
from sscard_desk.ui.states import DeviceWord, Mark
from sscard_desk.ui.widgets.ending import end_widget
from sscard_desk.ui.widgets.status_line import StatusLine
from tests.ui.outlived import outlived_items

ENDING_BESIDE_NEW_LAYOUTS = """
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QVBoxLayout, QWidget
from sscard_desk.ui.widgets.ending import end_widget

app = QApplication([])
line = QWidget()
outer = QHBoxLayout(line)


def end(widget):
    end_widget(widget)
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete)


for turn in range(200):
    gone = QLabel()
    outer.addWidget(gone)
    outer.itemAt(0)  # the binding knows the item from here on
    end(gone)
    del gone
    whole = QWidget()
    column = QVBoxLayout(whole)
    for _ in range(20):
        row = QWidget()
        QHBoxLayout(row).addWidget(QLabel())
        column.addWidget(row)
    end(whole)
    del whole, column, row
print("lives")
"""


def freed(app: QApplication) -> None:
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def nested() -> tuple[QWidget, QVBoxLayout, QLabel]:
    """A label in a layout that was filled before it got its place: the binding knows the label's item."""
    line, inner, label = QWidget(), QVBoxLayout(), QLabel()
    inner.addWidget(label)
    inner.addWidget(QLabel())
    QHBoxLayout(line).addLayout(inner)
    return line, inner, label


def test_a_program_lives_in_which_widgets_end_and_layouts_come_to_lie_where_their_items_were() -> None:
    told = subprocess.run(
        [sys.executable, "-c", ENDING_BESIDE_NEW_LAYOUTS], capture_output=True, text=True, check=False, timeout=120
    )
    assert (told.returncode, told.stdout) == (0, "lives\n")


def test_a_widget_leaves_the_inner_layout_it_stands_in_and_its_item_is_forgotten(app: QApplication) -> None:
    line, inner, label = nested()
    end_widget(label)
    assert inner.count() == 1
    assert shiboken6.isValid(label)  # destroyed in a later turn: its own signal may be what ends it
    freed(app)
    assert not shiboken6.isValid(label)
    assert outlived_items() == []
    assert shiboken6.isValid(line)


def test_a_widget_without_a_layout_or_without_a_window_ends_too(app: QApplication) -> None:
    window, alone = QWidget(), QLabel()
    placed = QLabel(window)
    end_widget(placed)
    end_widget(alone)
    freed(app)
    assert not shiboken6.isValid(placed)
    assert not shiboken6.isValid(alone)


def test_what_would_end_the_program_later_is_found_by_the_tests_of_the_window(app: QApplication) -> None:
    line, _, label = nested()
    label.deleteLater()
    freed(app)
    assert len(outlived_items()) == 1
    line.deleteLater()  # the layout ends, and the binding lets go of all that was in it
    freed(app)
    assert outlived_items() == []


def test_the_line_at_the_foot_keeps_nothing_of_the_devices_that_it_showed_before(app: QApplication) -> None:
    line, shown = StatusLine(), status()
    line.show_state(shown)
    line.show_state(replace(shown, devices=(*shown.devices, DeviceWord("clock", "时钟", Mark.OK, "准确"))))
    freed(app)
    assert outlived_items() == []
    assert line.device("clock").isVisibleTo(line)


def test_nothing_of_the_window_makes_objects_of_a_layout_s_items() -> None:
    asked = {"itemAt", "takeAt", "itemAtPosition", "replaceWidget"}
    found = [
        f"{path.name}:{node.lineno}"
        for path in sorted(Path(next(iter(sscard_desk.ui.__path__))).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in asked
    ]
    assert found == []
