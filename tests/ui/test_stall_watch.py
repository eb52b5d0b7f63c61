from time import monotonic, sleep

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from sscard_desk.ui.stall_watch import StallWatch


def spin(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def test_a_block_of_the_window_s_thread_is_measured(app: QApplication) -> None:
    watch = StallWatch()
    watch.start()
    spin(30)
    begun = monotonic()
    sleep(0.2)
    blocked = (monotonic() - begun) * 1000
    spin(30)
    watch.pause()
    assert watch.longest_ms > 150
    assert watch.longest_ms < blocked + 400


def test_a_block_during_a_pause_does_not_count(app: QApplication) -> None:
    watch = StallWatch()
    watch.start()
    watch.pause()
    before = watch.longest_ms
    sleep(0.1)
    watch.start()
    watch.pause()
    assert watch.longest_ms == before


def test_a_block_is_told_with_the_place_where_it_was(app: QApplication) -> None:
    watch = StallWatch()
    watch.enter("quiet")
    watch.start()
    spin(60)
    watch.enter("busy")
    sleep(0.2)
    spin(30)
    watch.pause()
    places = watch.by_place
    assert list(places) == ["quiet", "busy"]
    assert places["busy"] > 150
    assert places["busy"] == watch.longest_ms


def test_two_blocks_with_a_turn_between_them_are_two(app: QApplication) -> None:
    watch, slept = StallWatch(), list[float]()
    watch.start()
    again = QTimer()

    def work() -> None:
        begun = monotonic()
        sleep(0.04)
        slept.append((monotonic() - begun) * 1000)

    again.timeout.connect(work)
    again.start(0)
    while len(slept) < 8:
        app.processEvents()
    again.stop()
    watch.pause()
    assert watch.longest_ms > min(slept) / 2
    assert watch.longest_ms < sum(slept) * 0.75
