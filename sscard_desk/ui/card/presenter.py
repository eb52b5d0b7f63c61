"""Step 8: write the card, say honestly where it is, and hand it over."""

from dataclasses import dataclass
from datetime import datetime
from time import monotonic
from typing import Final, Protocol

from sscard_desk.domain.application import Application
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.device import CardAuthenticationFailed, CardOutcomeUnknown
from sscard_desk.domain.steps import Step
from sscard_desk.ports.devices import Cancel
from sscard_desk.ui.application_flow import Station, reachable
from sscard_desk.ui.card.hand_over import HandOver
from sscard_desk.ui.card.progress import CardWatch
from sscard_desk.ui.card.showing import AT_WORK, ENDED_OPEN, Seen, elsewhere_failed, elsewhere_written, state_of
from sscard_desk.ui.card.state import CardPhase, CardState
from sscard_desk.ui.card.telling import begun_card
from sscard_desk.ui.serving.leave import Unlock
from sscard_desk.ui.serving.ports import Question
from sscard_desk.ui.serving.serving import STORE, Serving
from sscard_desk.ui.states import Mark, PanelLine, ToastState
from sscard_desk.ui.words import Words, say
from sscard_desk.usecases.card_desk import CardDesk
from sscard_desk.usecases.card_progress import CardProgress, Stage
from sscard_desk.usecases.resume_card import spoil_reason
from sscard_desk.usecases.spoil_card import spoil_card
from sscard_desk.usecases.write_card import write_card

READER: Final = "card_reader"
WAIT_S: Final = 30.0
"""How long a card may take to be laid in."""
_REST_S: Final = 0.05  # between two reports that are shown; what comes sooner is shown with the next tick
_NOTHING_TO_WRITE: Final = AT_WORK | {CardPhase.LOCKED, CardPhase.WRITTEN, CardPhase.HANDED_OVER}


class View(Protocol):
    """What shows the card page."""

    def show_state(self, state: CardState) -> None:
        """Show it."""


@dataclass(frozen=True)
class _Writing:
    """A card under way. Whoever is in hand may have changed when it ends, so it keeps whose card it is."""

    application: Application
    cancel: Cancel
    watch: CardWatch


class CardPresenter:
    """The card page."""

    def __init__(self, serving: Serving, unlock: Unlock) -> None:
        self._serving = serving
        self.hand_over = HandOver(serving, unlock, self._refresh)
        self._state = CardState()
        self._views: list[View] = []
        self._watch = CardWatch()
        self._writing: _Writing | None = None
        self._phase = CardPhase.READY
        self._error: DeskError | None = None
        self._shown_for = ""
        self._shown_at = 0.0

    def attach(self, view: View) -> None:
        """Show this page in a view."""
        self._views.append(view)
        view.show_state(self._state)

    # -- the path's calls

    def opened(self) -> None:
        """The page came into view, or the application changed."""
        application = self._serving.application
        if self._shown_for != application.id:
            self._shown_for, self._watch, self._error = application.id, CardWatch(), None
            self.hand_over.forget()
            self._phase = CardPhase.READY
            if self._writing is not None and self._writing.application.id == application.id:
                stopping = self._writing.cancel.is_set()
                self._phase = CardPhase.STOPPING if stopping else CardPhase.RUNNING
                self._watch = self._writing.watch
        self._phase = self._phase_of(application)
        self._refresh()

    def closed(self) -> None:
        """Another page comes into view; a card that is being written is written on, no password stays behind."""
        self.hand_over.forget()

    def stop(self) -> bool:
        """Esc: stop after the record that is being written; the same card can be gone on with."""
        if self._writing is None or self._writing.application.id != self._shown_for:
            return self.hand_over.leave.stop()
        if self._phase is not CardPhase.RUNNING:
            return True
        self._writing.cancel.set()
        self._phase = CardPhase.STOPPING
        self._refresh()
        store, application = self._serving.counter.store, self._writing.application
        # on the reader's lane: this runs when the writing has ended, and a card that hangs has been let go
        self._serving.run(
            READER,
            lambda: store.application(application.id),
            self._stopped,
            lambda error: self.failed(application, error),
        )
        return True

    def go_on(self) -> None:
        """Ctrl+Enter: write, read back, hand over, or serve the next person."""
        match self._phase:
            case CardPhase.READY | CardPhase.STOPPED | CardPhase.FAILED | CardPhase.UNKNOWN:
                if self._state.action.enabled:
                    self.again()
            case CardPhase.WRITTEN:
                if self._state.action.enabled:
                    self.hand_over.begin()
            case CardPhase.HANDED_OVER:
                self._serving.wait()
            case _:
                return

    # -- the clerk's words

    def again(self) -> None:
        """Write, or go on; a card that did not take the key is asked again only if somebody says so."""
        if isinstance(self._error, CardAuthenticationFailed):
            question = Question(
                say("card.key_title"), say("card.key_consequence"), say("card.key_safe"), say("card.key_act")
            )
            self._serving.ask(question, self.write)
        else:
            self.write()

    def write(self) -> None:
        """Write the card that lies in the reader, or read it back and go on where an earlier try broke off."""
        if self._phase in _NOTHING_TO_WRITE:
            return
        if self._writing is not None:
            other = self._writing.application.number
            self._serving.notify(ToastState(say("card.elsewhere_running", number=other), mark=Mark.BUSY))
            return
        counter, application = self._serving.counter, self._serving.application
        desk = CardDesk(
            counter.store,
            counter.session,
            counter.devices.card_reader,
            counter.keys,
            counter.profile,
            counter.today(),
        )
        cancel, watch = Cancel(), CardWatch()
        self._writing, self._watch = _Writing(application, cancel, watch), watch
        self._phase, self._error = CardPhase.RUNNING, None

        def report(progress: CardProgress) -> None:
            at = counter.clock.now()
            self._serving.post(lambda: self._saw(watch, progress, at))

        watch.saw(CardProgress(Stage.IDENTIFY, waiting=True), counter.clock.now())
        self._refresh()
        self._serving.run(
            READER,
            lambda: write_card(desk, application.id, cancel, report, wait_s=WAIT_S),
            self.written,
            lambda error: self.failed(application, error),
            cancel,
        )

    def tick(self) -> None:
        """Every tenth of a second while the work runs: times move on."""
        if self._phase in AT_WORK:
            self._refresh()

    def spoil(self) -> None:
        """Give this card up: it is kept as spoiled, and the application takes a new blank."""
        if not self._state.can_spoil:
            return
        question = Question(
            say("card.spoil_title"), say("card.spoil_consequence"), say("card.spoil_safe"), say("card.spoil_act")
        )
        self._serving.ask(question, self._spoil)

    # -- inner

    def saw(self, progress: CardProgress) -> None:
        """A report of the card at work."""
        self._watch.saw(progress, self._serving.counter.clock.now())
        self._refresh()

    def _saw(self, watch: CardWatch, progress: CardProgress, at: datetime) -> None:
        watch.saw(progress, at)
        ticking = self._phase is CardPhase.RUNNING and monotonic() - self._shown_at < _REST_S
        if watch is self._watch and not ticking:
            self._refresh()

    def written(self, application: Application) -> None:
        """Every item of this application's card was read back and is the same."""
        self._ended(application, CardPhase.WRITTEN)
        for key in self._watch.newest.warned:
            self._serving.notify(ToastState(say(key), mark=Mark.WARN))
        if self._in_hand(application):
            self._serving.keep(application, go_on=False)
            return
        self._serving.notify(elsewhere_written(application))

    def failed(self, application: Application, error: DeskError) -> None:
        """This application's card was not written, or nobody knows."""
        self._ended(
            application, CardPhase.UNKNOWN if isinstance(error, CardOutcomeUnknown) else CardPhase.FAILED, error
        )
        if not self._in_hand(application):
            self._serving.notify(elsewhere_failed(application, error))
            return
        self._refresh()
        store = self._serving.counter.store
        self._serving.run(STORE, lambda: store.application(application.id), self._reread)

    def _ended(self, application: Application, phase: CardPhase, error: DeskError | None = None) -> None:
        self._writing = None
        if self._shown_for == application.id:
            self._phase, self._error = phase, error
            self._watch.ended = self._serving.counter.clock.now()

    def _stopped(self, application: Application) -> None:
        """The writing has ended, in whatever state; nobody else told the page, since it was asked to stop."""
        self._ended(application, CardPhase.STOPPED if begun_card(application) else CardPhase.READY)
        self._reread(application)

    def _reread(self, application: Application) -> None:
        if self._in_hand(application):
            self._serving.keep(application, go_on=False)

    def _in_hand(self, application: Application) -> bool:
        dossier = self._serving.dossier
        return dossier is not None and dossier.application.id == application.id

    def _spoil(self) -> None:
        counter, application = self._serving.counter, self._serving.application
        reason = spoil_reason(self._error or CardOutcomeUnknown())

        def work() -> Application:
            return spoil_card(counter.store, counter.session, application, reason)

        self._serving.run(STORE, work, self._spoiled)

    def _spoiled(self, application: Application) -> None:
        self._phase, self._error, self._watch = CardPhase.READY, None, CardWatch()
        self._serving.keep(application, go_on=False)

    def _phase_of(self, application: Application) -> CardPhase:
        if application.step is Step.HANDED_OVER:
            return CardPhase.HANDED_OVER
        if application.step in {Step.CARD_WRITTEN, Step.CARD_RECEIVED}:
            return CardPhase.WRITTEN
        if not (application.approval is not None or application.step is Step.APPROVAL_DEFERRED):
            return CardPhase.LOCKED
        if self._phase in ENDED_OPEN:
            return self._phase
        return CardPhase.UNKNOWN if begun_card(application) else CardPhase.READY

    def _refresh(self) -> None:
        if self._serving.dossier is None or self._serving.application.id != self._shown_for:
            return
        application, now = self._serving.application, self._serving.counter.clock.now()
        phase, watch = self._phase, self._watch
        held = self.hand_over.held(application)
        self._state = state_of(
            Seen(phase, application, self._error, watch, now),
            held,
            leave=self.hand_over.leave.state,
            busy=self.hand_over.busy,
            hand_over=self.hand_over.action(application, held) if phase is CardPhase.WRITTEN else None,
        )
        for view in self._views:
            view.show_state(self._state)
        self._describe(application, phase, held.lines if held is not None else ())
        self._shown_at = monotonic()

    def _describe(self, application: Application, phase: CardPhase, lines: tuple[PanelLine, ...]) -> None:
        if phase in AT_WORK:
            lines = (
                PanelLine(say("card.panel_writing"), Mark.BUSY),
                PanelLine(say("card.panel_read_back"), Mark.TODO),
            )
        note: Words = say("card.step_note", percent=f"{self._state.share:.0%}") if phase in AT_WORK else ""
        if reachable(application, Station.CARD):
            self._serving.describe(Station.CARD, missing=lines, note=note)
