"""The lanes as one session has them: once it is over, nobody waits for their answers any more. No Qt."""

from collections.abc import Callable
from typing import TypeVar

from sscard_desk.domain.errors import DeskError
from sscard_desk.ports.devices import Cancel
from sscard_desk.ui.serving.ports import Runner

T = TypeVar("T")


class SessionLanes:
    """Fits `Runner`; what was begun is done to its end, but its answer reaches no page that is gone by then."""

    def __init__(self, runner: Runner) -> None:
        self._runner, self._over = runner, False

    def submit(
        self,
        lane: str,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[DeskError], None],
        cancel: Cancel | None = None,
    ) -> None:
        """Queue work; as `Runner.submit`."""
        self._runner.submit(lane, work, self._while_open(done), self._while_open(failed), cancel)

    def post(self, work: Callable[[], None]) -> None:
        """Run something short on the window's thread soon, from any thread."""
        self._runner.post(lambda: None if self._over else work())

    def end(self) -> None:
        """The session is over."""
        self._over = True

    def _while_open(self, tell: Callable[[T], None]) -> Callable[[T], None]:
        return lambda answer: None if self._over else tell(answer)
