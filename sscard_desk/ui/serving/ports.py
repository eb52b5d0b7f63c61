"""What the pages of the counter ask of the window around them. No Qt: the shell and the runner fit these shapes."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from sscard_desk.domain.errors import DeskError
from sscard_desk.ports.devices import Cancel
from sscard_desk.ui.states import PanelState, PersonState, StepState, ToastState
from sscard_desk.ui.words import Words

T = TypeVar("T")


class Runner(Protocol):
    """Does long work on a named lane and brings the result back to the window's thread."""

    def submit(
        self,
        lane: str,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[DeskError], None],
        cancel: Cancel | None = None,
    ) -> None:
        """Queue work.

        Args:
            lane: `store`, `id_reader`, `card_reader`, `camera`, `imaging`, `paper`, `printer`, `prints`,
                `scanner` or `card_printer`; one thread each.
            work: runs on the lane.
            done: gets the result, on the window's thread.
            failed: gets a foreseen error, on the window's thread.
            cancel: set when the work is not wanted any more.
        """

    def post(self, work: Callable[[], None]) -> None:
        """Run something short on the window's thread soon; may be called from any thread."""


@dataclass(frozen=True)
class Question:
    """What cannot be undone, asked once; the focus stands on the safe side."""

    title: Words
    consequence: Words
    safe: Words
    act: Words


class Frame(Protocol):
    """The window around the page."""

    def show_page(self, key: str) -> None:
        """Put a page into the page area: `serve` or a station's key."""

    def show_person(self, person: PersonState | None) -> None:
        """Show who is being served, or nobody."""

    def show_steps(self, steps: tuple[StepState, ...]) -> None:
        """Show the step bar."""

    def show_panel(self, panel: PanelState) -> None:
        """Show the side panel."""

    def notify(self, toast: ToastState) -> None:
        """Say something at the bottom right."""

    def take_notice_away(self, about: str) -> None:
        """What a notice speaks of is over."""

    def ask(self, question: Question, act: Callable[[], None]) -> None:
        """Ask before something that cannot be undone; `act` runs if that is wanted."""


class NoticesOnly:
    """The window for a session that has ended: somebody else works at it, so only notices pass."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    def show_page(self, key: str) -> None:
        """Show nothing."""

    def show_person(self, person: PersonState | None) -> None:
        """Show nobody."""

    def show_steps(self, steps: tuple[StepState, ...]) -> None:
        """Show nothing."""

    def show_panel(self, panel: PanelState) -> None:
        """Show nothing."""

    def notify(self, toast: ToastState) -> None:
        """A card that is half written has to be told to whoever is there."""
        self._frame.notify(toast)

    def take_notice_away(self, about: str) -> None:
        """What it speaks of is over, whoever is there."""
        self._frame.take_notice_away(about)

    def ask(self, question: Question, act: Callable[[], None]) -> None:
        """Ask nothing: nobody is there who knows what it is about."""


class PagePresenter(Protocol):
    """What the path calls on the page that is shown."""

    def opened(self) -> None:
        """The page came into view, or the application changed while it is in view."""

    def closed(self) -> None:
        """Another page comes into view: stop devices, keep what was typed."""

    def go_on(self) -> None:
        """Ctrl+Enter: do what the filled button says."""

    def stop(self) -> bool:
        """Esc: stop the work that runs; return whether there was any."""
