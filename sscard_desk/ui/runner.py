"""Lanes: one named worker thread each for store, network, imaging and every device. The window never waits.

Work runs on its lane, in the order of submitting. Its result comes back as a queued signal, so that `done` and `failed`
run on the window's thread. A `DeskError` goes to `failed`; a wish to stop goes nowhere; anything else is a defect and
goes to the one excepthook, which keeps the work, and to `failed` as `ProgramFailed`.

Nothing of the window may end its life on a lane: Qt does not survive a widget that is destroyed on another thread. So
the window's thread keeps `work`, `done` and `failed` until the answer was delivered, a lane holds them only while it
works, and reference cycles are collected on the window's thread (`garbage`).
"""

import itertools
import sys
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Any, Final, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.store import ProgramFailed
from sscard_desk.ports.devices import Cancel, Cancelled
from sscard_desk.ui.garbage import Garbage

Result = TypeVar("Result")


# Who works beside the window; a thread each, started when the window rests or with its first work.
LANES: Final = (
    "store",
    "network",
    "imaging",
    "paper",
    "id_reader",
    "card_reader",
    "camera",
    "printer",
    "prints",
    "card_printer",
    "scanner",
)


@dataclass(frozen=True)
class _Work:
    work: Callable[[], Any]
    done: Callable[[Any], None]
    failed: Callable[[DeskError], None]
    cancel: Cancel


@dataclass(frozen=True)
class _Answer:
    """What came of the work under a ticket: a result, a foreseen error, a defect, or nothing where it was stopped."""

    ticket: int
    result: Any = None
    error: DeskError | None = None
    defect: Exception | None = None
    stopped: bool = False


_Posted = Callable[[], None]


# How long a busy lane may keep the interpreter while the window wants it, in seconds. It is paid at each of the hundred
# calls into Qt that make a page: beside a busy lane, repainting 120 widgets took 14 ms with Python's own 5 ms, 6.4 with
# this, and 4 alone.
TURN_S: Final = 0.0001


class Runner(QObject):
    """All lanes. Made once, on the window's thread, and closed with the window."""

    _answered = Signal()

    def __init__(self) -> None:
        super().__init__()
        sys.setswitchinterval(TURN_S)
        self._lanes: dict[str, tuple[SimpleQueue[int | None], threading.Thread]] = {}
        self._tickets = itertools.count()
        self._under_way: dict[int, _Work] = {}
        self._answers: deque[_Answer | _Posted] = deque()
        self._garbage = Garbage(self)
        self._closed = False
        self._mail = QTimer(self)  # an answer a turn: several at once would hold up the window
        self._mail.timeout.connect(self._deliver)
        self._answered.connect(self._look, Qt.ConnectionType.QueuedConnection)

    @property
    def idle(self) -> bool:
        """Whether nothing is under way on any lane."""
        return not self._under_way and not self._answers

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
            ticket = next(self._tickets)
            self._under_way[ticket] = _Work(work, done, failed, cancel or Cancel())
            self._queue(lane).put(ticket)

    def make_ready(self) -> None:
        """Start every lane now, while nothing runs: beside busy lanes the start of one more holds up the window."""
        for lane in LANES:
            self._queue(lane)

    def post(self, work: Callable[[], None]) -> None:
        """Run something short on the window's thread soon; may be called from any thread."""
        self._hand_back(work)

    def rest(self) -> None:
        """Nobody works at the window now: do what would be felt otherwise."""
        self._garbage.look_at_all()

    def settle(self) -> None:
        """Everything that a day needs is loaded now: do not look through it for garbage again and again."""
        self._garbage.settle()

    def close(self, seconds: float = 2.0) -> None:
        """Let what runs come to its end, for at most so many seconds a lane, and take nothing new."""
        self._closed = True
        for queue, _ in self._lanes.values():
            queue.put(None)
        for _, thread in self._lanes.values():
            thread.join(seconds)

    def give_back_garbage(self) -> None:
        """Let Python collect by itself again, once nothing runs beside the window: after a lane that hangs, never."""
        if not any(thread.is_alive() for _, thread in self._lanes.values()):
            self._garbage.close()

    def _queue(self, lane: str) -> "SimpleQueue[int | None]":
        if lane not in self._lanes:
            queue: SimpleQueue[int | None] = SimpleQueue()
            thread = threading.Thread(target=self._run, args=(queue,), name=f"lane-{lane}", daemon=True)
            self._lanes[lane] = (queue, thread)
            thread.start()
        return self._lanes[lane][0]

    def _run(self, queue: "SimpleQueue[int | None]") -> None:
        while (ticket := queue.get()) is not None:
            self._hand_back(_perform(ticket, self._under_way[ticket].work))

    def _hand_back(self, answer: _Answer | _Posted) -> None:
        self._answers.append(answer)
        del answer  # from here on it is the window's alone
        try:
            self._answered.emit()
        except RuntimeError:  # the window is gone; nobody wants the answer
            return

    def _look(self) -> None:
        if self._answers and not self._mail.isActive():
            self._mail.start(0)

    def _deliver(self) -> None:
        if not self._answers:
            self._mail.stop()
            return
        answer = self._answers.popleft()
        if not isinstance(answer, _Answer):
            answer()
            return
        task = self._under_way.pop(answer.ticket)
        if answer.defect is not None:
            sys.excepthook(type(answer.defect), answer.defect, answer.defect.__traceback__)
            if not task.cancel.is_set():
                task.failed(ProgramFailed())  # whoever waits goes on: a draft is kept again, a device asked again
        elif answer.stopped or task.cancel.is_set():
            return
        elif answer.error is not None:
            task.failed(answer.error)
        else:
            task.done(answer.result)


def _perform(ticket: int, work: Callable[[], Any]) -> _Answer:
    try:
        return _Answer(ticket, work())
    except DeskError as error:
        return _Answer(ticket, error=error)
    except Cancelled:
        return _Answer(ticket, stopped=True)
    except Exception as defect:  # noqa: BLE001 - the one place: a defect on a lane goes to the one excepthook
        return _Answer(ticket, defect=defect)
