from PySide6.QtCore import QObject, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from sscard_desk.ui.turns import Turns


def test_each_thing_has_a_turn_of_its_own_in_the_order_of_asking(app: QApplication) -> None:
    owner, done = QObject(), list[str]()
    turns = Turns(owner)
    beat = QTimer(owner)
    beat.timeout.connect(lambda: done.append("-"))
    beat.start(0)
    for name in ("page", "panel", "notice"):
        turns.ask(name, lambda name=name: done.append(name))
    QTest.qWait(50)
    beat.stop()
    assert [one for one in done if one != "-"] == ["page", "panel", "notice"]
    between = "".join("-" if one == "-" else one[0] for one in done).strip("-")
    assert "pp" not in between
    assert "pn" not in between


def test_what_is_asked_again_before_its_turn_is_done_once_in_its_newest_form(app: QApplication) -> None:
    owner, done = QObject(), list[int]()
    turns = Turns(owner)
    for n in range(3):
        turns.ask("panel", lambda n=n: done.append(n))
    assert turns.awaits("panel")
    turns.finish()
    assert (done, turns.awaits("panel")) == ([2], False)


def test_what_a_turn_asks_for_comes_after_what_waits(app: QApplication) -> None:
    owner, done = QObject(), list[str]()
    turns = Turns(owner)
    turns.ask("a", lambda: turns.ask("c", lambda: done.append("c")))
    turns.ask("b", lambda: done.append("b"))
    turns.finish()
    assert done == ["b", "c"]
