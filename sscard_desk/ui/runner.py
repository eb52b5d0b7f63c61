"""Lanes: one named worker thread each for store, network, imaging and every device. The window never waits.

Work runs on its lane, in the order of submitting. Its result comes back as a queued signal, so that `done` and `failed`
run on the window's thread. A `DeskError` goes to `failed`; a wish to stop goes nowhere; anything else is a defect and
goes to the one excepthook, which keeps the work.
"""

import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Any, Final, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from sscard_desk.domain.errors import DeskError
from sscard_desk.ports.devices import Cancel, Cancelled

Result = TypeVar("Result")


# Who works beside the window; a thread each, started with its first work.
LANES: Final = ("store", "network", "imaging", "paper", "id_reader", "card_reader", "camera", "printer", "scanner")


@dataclass(frozen=True)
class _Work:
    work: Callable[[], Any]
    done: Callable[[Any], None]
    failed: Callable[[DeskError], None]
    cancel: Cancel


class _Stop:
    """Ends a lane's thread."""


# How long a busy lane may keep the interpreter while the window wants it, in seconds. Python's own 5 ms, paid at each
# of the hundred calls into Qt that make a page, would double the time in which the window stands still.
TURN_S: Final = 0.0005


class Runner(QObject):
    """All lanes. Made once, on the window's thread, and closed with the window."""

    _delivered = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        sys.setswitchinterval(TURN_S)
        self._lanes: dict[str, tuple[SimpleQueue[_Work | _Stop], threading.Thread]] = {}
        self._pending = 0
        self._closed = False
        self._delivered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def idle(self) -> bool:
        """Whether nothing is under way on any lane."""
        return self._pending == 0

    def submit(
        self,
        lane: str,
        work: Callable[[], Result],
        done: Callable[[Result], None],
        failed: Callable[[DeskError], None],
        cancel: Cancel | None = None,
    ) -> None:
        """Run `work` on a lane, then `done(result)` or `failed(error)` on the window's thread.

        Args:
            lane: whose thread, one of `LANES`; work of one lane never overlaps.
            work: called on the lane's thread; touches no widget.
            done: called on the window's thread, unless somebody asked to stop meanwhile.
            failed: called on the window's thread with the foreseen error.
            cancel: set when the answer is not wanted any more; `work` may look at it too.

        Raises:
            ValueError: there is no such lane.
        """
        if lane not in LANES:
            raise ValueError(lane)
        if not self._closed:
            self._pending += 1
            self._queue(lane).put(_Work(work, done, failed, cancel or Cancel()))

    def post(self, work: Callable[[], None]) -> None:
        """Run something short on the window's thread soon; may be called from any thread."""
        self._pending += 1
        self._hand_back(work)

    def close(self, seconds: float = 2.0) -> None:
        """Let what runs come to its end, for at most so many seconds a lane, and take nothing new."""
        self._closed = True
        for queue, _ in self._lanes.values():
            queue.put(_Stop())
        for _, thread in self._lanes.values():
            thread.join(seconds)

    def _queue(self, lane: str) -> "SimpleQueue[_Work | _Stop]":
        if lane not in self._lanes:
            queue: SimpleQueue[_Work | _Stop] = SimpleQueue()
            thread = threading.Thread(target=self._run, args=(queue,), name=f"lane-{lane}", daemon=True)
            self._lanes[lane] = (queue, thread)
            thread.start()
        return self._lanes[lane][0]

    def _run(self, queue: "SimpleQueue[_Work | _Stop]") -> None:
        while isinstance(task := queue.get(), _Work):
            self._hand_back(_perform(task))

    def _hand_back(self, answer: Callable[[], None]) -> None:
        try:
            self._delivered.emit(answer)
        except RuntimeError:  # the window is gone; nobody wants the answer
            return

    def _deliver(self, answer: Callable[[], None]) -> None:
        self._pending -= 1
        answer()


def _perform(task: _Work) -> Callable[[], None]:
    try:
        result = task.work()
    except DeskError as error:
        foreseen = error
        return lambda: None if task.cancel.is_set() else task.failed(foreseen)
    except Cancelled:
        return lambda: None
    except Exception as defect:  # noqa: BLE001 - the one place: a defect on a lane goes to the one excepthook
        found = defect
        return lambda: sys.excepthook(type(found), found, found.__traceback__)
    return lambda: None if task.cancel.is_set() else task.done(result)
