"""The PIN page: what is to be done, the tries left before anybody types, and what came of it."""

from typing import Final, Protocol

from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.pin import PinBlocked, PinNotInitial, PinWrong
from sscard_desk.ports.devices import Cancel
from sscard_desk.ui.card_pin.state import ENTRIES, PAD, SCREEN, PinPhase, PinState
from sscard_desk.ui.card_pin.talk import Answer, KeypadTalk
from sscard_desk.ui.card_pin.telling import MARKS, action_of, chips_of, question_of, steps_of
from sscard_desk.ui.keypad.presenter import KeypadPresenter
from sscard_desk.ui.serving.serving import Serving
from sscard_desk.ui.states import FieldState, ToastState
from sscard_desk.ui.words import advice_of, message_of, say
from sscard_desk.usecases.pin_sending import PinDesk
from sscard_desk.usecases.serve_pin import NEEDS_REASON, ON_PAD, Asked, PinAct, PinCard, serve_pin

READER: Final = "card_reader"
WAIT_S: Final = 30.0
"""How long a card may take to be laid in."""


class View(Protocol):
    """What shows the page."""

    def show_state(self, state: PinState) -> None:
        """Show it."""


class PinPresenter:
    """The PIN page.

    Args:
        serving: the counter and its lanes.
        keypad: where the holder types.
    """

    def __init__(self, serving: Serving, keypad: KeypadPresenter) -> None:
        self._serving, self._keypad = serving, keypad
        self._act, self._reason, self._entry = PinAct.VERIFY, "", SCREEN
        self._phase = PinPhase.READY
        self._error: DeskError | None = None
        self._state = PinState()
        self._views: list[View] = []
        self._in_view = False
        self._cancel: Cancel | None = None
        self._card: PinCard | None = None
        self._tries: int | None = None
        self._typed = False
        self._refresh()

    @property
    def state(self) -> PinState:
        """What is shown now."""
        return self._state

    def attach(self, view: View) -> None:
        """Show this page in a view."""
        self._views.append(view)
        view.show_state(self._state)

    def opened(self) -> None:
        """The page came into view; nothing begins by itself."""
        self._in_view = True
        self._refresh()

    def closed(self) -> None:
        """Another page comes into view: the keypad goes, and so does what is known of the card.

        A card that is at work is not disturbed; what came of it is told as a notice.
        """
        self._in_view = False
        self._reason = ""
        if self._phase is not PinPhase.WORKING:
            self._stop()
            self._settle(PinPhase.READY)

    def stop(self) -> bool:
        """Esc: stop before anything is sent; a card at work is waited for. Return whether there was anything."""
        if not self._phase.running:
            return False
        if self._phase is not PinPhase.WORKING:
            self._stop()
            self._settle(PinPhase.READY)
        return True

    def go_on(self) -> None:
        """Ctrl+Enter: begin."""
        if self._state.action.enabled:
            self.begin()

    # -- the clerk's words

    def choose(self, act: str) -> None:
        """What is to be done."""
        if not self._phase.running:
            self._act = PinAct(act)
            self._forget()
            self._settle(PinPhase.READY)

    def reason_typed(self, text: str) -> None:
        """A key in the reason."""
        self._reason = text
        self._refresh()

    def choose_entry(self, entry: str) -> None:
        """Where the holder types."""
        if entry in ENTRIES and not self._phase.running:
            self._entry = entry
            self._refresh()

    def begin(self) -> None:
        """Wait for the card and serve its PIN."""
        if self._cancel is not None:
            return
        counter, cancel = self._serving.counter, Cancel()
        act, reason, pad = self._act, self._reason.strip(), self._entry == PAD
        desk = PinDesk(counter.store, counter.session, counter.devices.card_reader, counter.keys, counter.profile)
        talk = KeypadTalk(self, self._serving.post, cancel)
        self._forget()
        self._cancel = cancel
        self._settle(PinPhase.WAITING)
        self._serving.run(
            READER,
            lambda: serve_pin(desk, act, talk, cancel, WAIT_S, reason=reason, pad=pad),
            lambda _card: self.done() if cancel is self._cancel else None,
            lambda error: self.failed(error) if cancel is self._cancel else None,
            cancel,
        )

    # -- what the lane tells

    def found(self, card: PinCard) -> None:
        """A card lies there, and its tries are known."""
        self._card, self._tries = card, card.tries
        self._settle(PinPhase.PAD if card.pad else PinPhase.WORKING)

    def ask(self, what: Asked, answer: Answer, trouble: DeskError | None) -> None:
        """The holder is asked on the keypad."""
        need = self._serving.counter.profile.pin.length
        self.typing()
        self._keypad.ask(question_of(what, need, self._tries, trouble), answer.give, lambda: answer.give(None))

    def typing(self) -> None:
        """The holder types."""
        self._settle(PinPhase.TYPING)

    def asked_no_more(self) -> None:
        """The holder typed, stopped, or the card is gone."""
        self._keypad.put_away()

    def working(self) -> None:
        """The card works on what was typed."""
        self._typed = True
        self._settle(PinPhase.WORKING)

    def done(self) -> None:
        """The card proved it."""
        self._cancel = None
        self._ended(PinPhase.DONE)

    def failed(self, error: DeskError) -> None:
        """It was not done, or nobody knows."""
        self._cancel = None
        self._keypad.put_away()
        if isinstance(error, PinWrong | PinNotInitial):
            self._tries = error.tries_left
        elif isinstance(error, PinBlocked):
            self._tries = 0
        self._ended(PinPhase.UNKNOWN if error.may_have_changed else PinPhase.FAILED, error)

    # -- inner

    def _stop(self) -> None:
        if self._cancel is not None:
            self._cancel.set()
            self._cancel = None
        self._keypad.put_away()
        self._forget()

    def _forget(self) -> None:
        self._card, self._tries, self._typed = None, None, False

    def _ended(self, phase: PinPhase, error: DeskError | None = None) -> None:
        """Show how it ended; whoever went to another page is told by a notice."""
        if self._in_view:
            self._settle(phase, error)
            return
        if error is not None:
            self._serving.tell(error)
        else:
            self._serving.notify(ToastState(say(f"card_pin.done.{self._act.value}"), say("card_pin.note.done")))
        self._forget()
        self._settle(PinPhase.READY)

    def _settle(self, phase: PinPhase, error: DeskError | None = None) -> None:
        self._phase, self._error = phase, error
        self._refresh()

    def _refresh(self) -> None:
        phase, act, error = self._phase, self._act, self._error
        needs_reason = act in NEEDS_REASON
        notice = say(f"card_pin.done.{act.value}" if phase is PinPhase.DONE else f"card_pin.notice.{phase.value}")
        self._state = PinState(
            act=act,
            about=say(f"card_pin.about.{act.value}"),
            needs_reason=needs_reason,
            reason=FieldState(self._reason),
            entry=self._entry,
            chooses_entry=act in ON_PAD,
            phase=phase,
            chips=chips_of(self._card, self._tries),
            reader=self._card.reader if self._card is not None else "",
            steps=steps_of(phase, act, self._card, typed=self._typed),
            notice_mark=MARKS[phase],
            notice=message_of(error) if error is not None else notice,
            notice_note=advice_of(error) if error is not None else say(f"card_pin.note.{phase.value}"),
            code=error.code if error is not None else "",
            action=action_of(phase, act, reason_missing=needs_reason and not self._reason.strip()),
        )
        for view in self._views:
            view.show_state(self._state)
