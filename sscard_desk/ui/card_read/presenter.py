"""A card that is laid in is read and shown; nothing of it stays when the page is left."""

from dataclasses import replace
from datetime import date
from typing import Final, Protocol

from sscard_desk.cards.profile import CardProfile
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.card_keys import CardKeyReasonMissing
from sscard_desk.domain.errors.device import NoCard
from sscard_desk.ports.devices import Cancel
from sscard_desk.ports.keys import KeyAct, KeyUse
from sscard_desk.ui.card_read.rows import rows_of
from sscard_desk.ui.card_read.state import CardReadState, ReadPhase
from sscard_desk.ui.card_read.telling import chips_of, lines_of
from sscard_desk.ui.serving.serving import Serving
from sscard_desk.ui.states import ActionState, FieldState, Mark
from sscard_desk.ui.words import advice_of, message_of, say
from sscard_desk.usecases.read_card import WHOLE, CardReading, read_social_card

READER: Final = "card_reader"
WAIT_S: Final = 30.0
"""How long a card may take to be laid in."""


class View(Protocol):
    """What shows the page."""

    def show_state(self, state: CardReadState) -> None:
        """Show it."""


class CardReadPresenter:
    """The page of a card that is read."""

    def __init__(self, serving: Serving) -> None:
        self._serving = serving
        self._state = _empty(ReadPhase.READY)
        self._views: list[View] = []
        self._cancel: Cancel | None = None
        self._asked, self._reason = False, ""

    @property
    def state(self) -> CardReadState:
        """What is shown now."""
        return self._state

    def attach(self, view: View) -> None:
        """Show this page in a view."""
        self._views.append(view)
        view.show_state(self._state)

    def opened(self) -> None:
        """The page came into view: it waits for a card at once."""
        self.read()

    def closed(self) -> None:
        """Another page comes into view: the reader is let go, and nothing of a card stays behind."""
        self._stop()
        self._asked, self._reason = False, ""
        self._state = _empty(ReadPhase.READY)

    def stop(self) -> bool:
        """Esc: stop waiting; return whether there was anything to stop."""
        waiting = self._cancel is not None
        self._stop()
        if waiting:
            self._show(_empty(ReadPhase.READY))
        return waiting

    def go_on(self) -> None:
        """Ctrl+Enter: read the card that lies there now."""
        self.read()

    def reason_typed(self, text: str) -> None:
        """A key in the reason."""
        self._reason = text

    def read(self) -> None:
        """Wait for a card and read it; the reason is for this one reading."""
        if self._cancel is not None:
            return
        use = KeyUse(KeyAct.READ, reason=self._reason.strip())
        counter, cancel, today = self._serving.counter, Cancel(), self._serving.counter.today()
        self._cancel = cancel
        self._show(_empty(ReadPhase.WAITING))
        self._serving.run(
            READER,
            lambda: page_of(
                read_social_card(
                    counter.devices.card_reader, counter.profile, counter.keys, cancel, WAIT_S, extent=WHOLE, use=use
                ),
                counter.profile,
                today,
            ),
            lambda state: self.came(state) if cancel is self._cancel else None,
            lambda error: self.failed(error) if cancel is self._cancel else None,
            cancel,
        )

    # -- inner

    def came(self, state: CardReadState) -> None:
        """A card was read."""
        self._cancel = None
        self._asked, self._reason = self._asked or state.asks_reason, ""
        self._show(state)

    def failed(self, error: DeskError) -> None:
        """No card came, or it could not be read."""
        self._cancel = None
        none = isinstance(error, NoCard)
        self._show(
            replace(
                _empty(ReadPhase.FAILED),
                notice_mark=Mark.TODO if none else Mark.WARN,
                notice=message_of(error),
                notice_note=advice_of(error),
                code=error.code,
            )
        )

    def _stop(self) -> None:
        if self._cancel is not None:
            self._cancel.set()
            self._cancel = None

    def _show(self, state: CardReadState) -> None:
        asks = self._asked and state.phase is not ReadPhase.WAITING
        self._state = state = replace(state, asks_reason=asks, reason=FieldState(self._reason))
        for view in self._views:
            view.show_state(state)


def page_of(reading: CardReading, profile: CardProfile, today: date) -> CardReadState:
    """Return the page of a card that was read; on the reader's lane, since tables of codes are read for it."""
    lines = lines_of(reading, profile, today)
    worst = lines[0].mark if lines else Mark.OK
    odd = worst not in {Mark.OK, Mark.OFF}
    return replace(
        _empty(ReadPhase.READ),
        chips=chips_of(reading),
        reader=say("card_read.reader", name=reading.reader),
        notice_mark=worst if odd else Mark.OK,
        notice=lines[0].words if odd else say("card_read.notice.read"),
        notice_note=lines[0].note if odd else say("card_read.note.read"),
        lines=lines[1:] if odd else lines,
        rows=rows_of(reading),
        asks_reason=isinstance(reading.no_key, CardKeyReasonMissing),
    )


def _empty(phase: ReadPhase) -> CardReadState:
    waiting = phase is ReadPhase.WAITING
    busy = ActionState(say("card_read.read"), enabled=False, reason=say("card_read.waiting"), reason_mark=Mark.BUSY)
    again = ActionState(say("card_read.again" if phase in {ReadPhase.READ, ReadPhase.FAILED} else "card_read.read"))
    return CardReadState(
        phase=phase,
        notice_mark=Mark.BUSY if waiting else Mark.TODO,
        notice=say(f"card_read.notice.{'waiting' if waiting else 'ready'}"),
        notice_note=say(f"card_read.note.{'waiting' if waiting else 'ready'}"),
        action=busy if waiting else again,
    )
