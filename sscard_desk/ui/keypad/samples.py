"""The keypad in named states, for pictures and tests."""

from typing import Final

from sscard_desk.domain.errors.pin import PinsDiffer, PinWeak
from sscard_desk.ui.card_pin.telling import question_of
from sscard_desk.ui.keypad.presenter import KeypadPresenter
from sscard_desk.ui.keypad.state import KeypadState
from sscard_desk.ui.keypad.view import KeypadWindow
from sscard_desk.usecases.serve_pin import Asked

STATES = ("pin", "typed", "whole", "shuffled", "new", "again", "weak", "differ", "unknown")
_ASKED: Final = {"new": Asked.NEW, "again": Asked.AGAIN, "weak": Asked.NEW, "differ": Asked.NEW, "unknown": Asked.OLD}
_COUNT: Final = {"typed": 3, "whole": 6}


class _Shown:
    def __init__(self, window: KeypadWindow) -> None:
        self._window = window

    def show_state(self, state: object) -> None:
        if isinstance(state, KeypadState):
            self._window.show_state(state)


def sample(name: str) -> KeypadWindow:
    """Return the keypad in one state."""
    window, presenter = KeypadWindow(), KeypadPresenter()
    presenter.attach(_Shown(window))
    trouble = {"weak": PinWeak(reason="run"), "differ": PinsDiffer()}.get(name)
    asked = question_of(_ASKED.get(name, Asked.PIN), 6, None if name == "unknown" else 3, trouble)
    presenter.ask(asked, lambda pin: pin.wipe(), lambda: None)
    if name == "shuffled":
        presenter.shuffle()
    for digit in range(_COUNT.get(name, 0)):
        presenter.digit(digit)
    return window
