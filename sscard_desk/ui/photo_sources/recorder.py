"""Recording an act for the person who is shown; what comes late touches nobody else's page. No Qt."""

from collections.abc import Callable

from sscard_desk.domain.application import Application
from sscard_desk.domain.errors import DeskError
from sscard_desk.ui.serving.serving import STORE, Serving


class Recorder:
    """Runs acts on the store's lane.

    Args:
        serving: the counter.
        shown: whose page is shown, an application's id.
        busy: told when an act begins and ends on that page.
    """

    def __init__(self, serving: Serving, shown: Callable[[], str], busy: Callable[[bool], None]) -> None:
        self._serving, self._shown, self._busy = serving, shown, busy

    def record(
        self,
        work: Callable[[], Application],
        done: Callable[[Application], None],
        failed: Callable[[DeskError], None] | None = None,
    ) -> None:
        """Record an act.

        Args:
            work: for the store's lane.
            done: gets the application, only while the same person is shown.
            failed: likewise gets the error; without it, and for another person, the error becomes a notice.
        """
        asked_for = self._shown()
        self._busy(True)

        def recorded(application: Application) -> None:
            if self._shown() == asked_for:
                self._busy(False)
                done(application)

        def not_recorded(error: DeskError) -> None:
            mine = self._shown() == asked_for
            if mine:
                self._busy(False)
            if failed is not None and mine:
                failed(error)
            else:
                self._serving.tell(error)

        self._serving.run(STORE, work, recorded, not_recorded)
