"""Keeps what is typed: one write runs at a time, and whatever was typed meanwhile follows at once."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.ids import ApplicationId
from sscard_desk.ui.serving.serving import Serving

LANE: Final = "store"


class DraftKeeper:
    """The draft of one form.

    A write is queued with the very key that changed something; while one runs, the newest state waits for its end.
    So a key is in the database as soon as the lane has room, well within the 200 ms that a cut may cost.
    """

    def __init__(self, serving: Serving, kept: Callable[[datetime], None]) -> None:
        self._serving = serving
        self._kept = kept
        self._writing = False
        self._next: tuple[ApplicationId, dict[str, str], str] | None = None

    def keep(self, application: ApplicationId, values: Mapping[str, str], field: str) -> None:
        """Keep the values as they are now, with the field that has the focus."""
        self._next = (application, dict(values), field)
        if not self._writing:
            self._write()

    def _write(self) -> None:
        if self._next is None:
            return
        application, values, field = self._next
        self._next, self._writing = None, True
        store = self._serving.counter.store
        self._serving.run(LANE, lambda: store.keep_draft(application, values, field), self._written, self._not_written)

    def _written(self, at: datetime) -> None:
        self._writing = False
        self._kept(at)
        self._write()

    def _not_written(self, error: DeskError) -> None:
        self._writing = False
        self._serving.tell(error)
