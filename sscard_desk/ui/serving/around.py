"""What stands around the page of whoever is served: step bar, person strip, side panel, and who follows along."""

from typing import Protocol

from sscard_desk.ui.application_flow import Station, step_states
from sscard_desk.ui.serving.dossier import Dossier
from sscard_desk.ui.serving.person_strip import person_state
from sscard_desk.ui.serving.ports import Frame
from sscard_desk.ui.serving.side_panel import panel_state
from sscard_desk.ui.states import PanelLine, PanelState
from sscard_desk.ui.words import Words
from sscard_desk.usecases.counter import Counter


class Watcher(Protocol):
    """Somebody beside the pages who follows who is being served: the applicant's window."""

    def person_changed(self, dossier: Dossier | None, here: Station | None) -> None:
        """Another person, another station, or nobody."""


class Around:
    """The frame's parts that follow person and station, with what the page in view adds to them."""

    def __init__(self, counter: Counter) -> None:
        self._counter = counter
        self._watchers: list[Watcher] = []
        self._notes: dict[Station, Words] = {}
        self._missing: tuple[PanelLine, ...] = ()

    def add_watcher(self, watcher: Watcher) -> None:
        """Tell somebody about every change of person or station."""
        self._watchers.append(watcher)

    def forget_watchers(self) -> None:
        """The session is over: nobody follows any more."""
        self._watchers.clear()

    def describe(self, station: Station, missing: tuple[PanelLine, ...], note: Words) -> None:
        """Keep what a page says: what is missing on it, and what stands below its name in the step bar."""
        self._missing = missing
        self._notes = {station: note} if note else {}

    def page_changes(self) -> None:
        """Another page comes: what the one before said is not said of it."""
        self._missing, self._notes = (), {}

    def nobody(self, frame: Frame) -> None:
        """Nobody is served: nothing of the last one stays on any screen."""
        self.page_changes()
        frame.show_person(None)
        frame.show_panel(PanelState())

    def show(self, frame: Frame, dossier: Dossier | None, here: Station) -> None:
        """Show who is served, at which station."""
        frame.show_steps(step_states(dossier.application if dossier else None, here, self._notes))
        if dossier is not None:
            frame.show_person(person_state(dossier.application, self._counter.today()))
            frame.show_panel(panel_state(dossier, self._missing, self._counter.time_limit))
        else:
            frame.show_panel(PanelState(missing=self._missing))
        self.tell(dossier, here)

    def tell(self, dossier: Dossier | None, here: Station | None) -> None:
        """Tell who follows along."""
        for watcher in self._watchers:
            watcher.person_changed(dossier, here)
