"""Step 3, beside the camera: choose a source, let the applicant consent, ask for the picture, adopt it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from sscard_desk.domain.application import Application
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.photo_sources import ReceiptNotAccepted
from sscard_desk.domain.photo_source import STUDIO, needs_consent
from sscard_desk.forms.photo_sources import ReceiptTerms
from sscard_desk.ui.application_flow import Station, can_change, can_void, next_open
from sscard_desk.ui.photo.rules import rule_lines
from sscard_desk.ui.photo_sources.asking import Asking
from sscard_desk.ui.photo_sources.consenting import Consenting, Unlock
from sscard_desk.ui.photo_sources.facts import portrait_facts, recorded
from sscard_desk.ui.photo_sources.pasted import PastedReceipt
from sscard_desk.ui.photo_sources.receipt_fields import ReceiptFields
from sscard_desk.ui.photo_sources.recorder import Recorder
from sscard_desk.ui.photo_sources.recording import adopting, revoking
from sscard_desk.ui.photo_sources.state import Found, SourcesState, Stage
from sscard_desk.ui.photo_sources.ways import HERE, PHOTO_SOURCES
from sscard_desk.ui.photo_sources.wording import action_of, notice_of, revoke_question, trouble_of
from sscard_desk.ui.serving.serving import STORE, Serving
from sscard_desk.ui.serving.voiding import ask_to_void
from sscard_desk.ui.states import Mark, ToastState
from sscard_desk.ui.words import say
from sscard_desk.usecases.studio_photo import StudioEntry, studios, terms_of


class View(Protocol):
    """What shows the page."""

    def show_state(self, state: SourcesState) -> None:
        """Show it."""


class SourcesPresenter:
    """The page of the photo's other sources."""

    def __init__(self, serving: Serving, unlock: Unlock, to_photo: Callable[[str], None]) -> None:
        """Show nothing yet.

        Args:
            serving: the counter at work.
            unlock: opens the account of who witnesses a thumb print.
            to_photo: goes back to the photo page, with `camera` or `file`.
        """
        self._serving, self._to_photo = serving, to_photo
        self._state = SourcesState()
        self._views: list[View] = []
        self._asking = Asking(serving, self._came, self._failed, self._chip_kept)
        self.consenting = Consenting(serving, unlock, self._show_consent, self._consent)
        self._fields, self._pasted = ReceiptFields(), PastedReceipt(serving, self._propose)
        self._recorder = Recorder(serving, lambda: self._shown_for, self._set_busy)
        self._studios: tuple[StudioEntry, ...] = ()
        self._shown_for = ""
        self._in_view = False

    def attach(self, view: View) -> None:
        """Show this page in a view."""
        self._views.append(view)
        view.show_state(self._state)

    # -- the path's calls

    def opened(self) -> None:
        """The page came into view, or the application changed."""
        application, store = self._serving.application, self._serving.counter.store
        if self._shown_for != application.id:
            self._shown_for = application.id
            self._fields.forget()
            self._pasted.forget()
            self._state = SourcesState(source=self._state.source)
        self._in_view = True
        locked = not can_change(application, "photo.attached")
        self._state = replace(
            self._state,
            locked=say("photo_page.locked") if locked else "",
            can_unlock=locked and can_void(application),
            busy=False,
        )
        self._settle(application)
        today = self._serving.counter.today()
        self._serving.run(STORE, lambda: (studios(store, today), terms_of(store)), self._lists_read)

    def closed(self) -> None:
        """Another page comes into view: devices are let go, no picture and no stroke stays."""
        self._in_view = False
        self._asking.stop()
        self.consenting.hide()
        self._state = replace(self._state, found=(), rules=(), consent=None, stage=Stage.READY)
        self._show()  # the applicant's window hears of it too

    def stop(self) -> bool:
        """Esc: stop asking, or what the consent has open; otherwise back to the camera."""
        if self._asking.stop():
            self._settle(self._serving.application)
            return True
        return self.consenting.stop()

    def go_on(self) -> None:
        """Ctrl+Enter: adopt what came, or confirm the signature, or go on with what was adopted."""
        application = self._serving.application
        if not self._state.action.enabled or self._state.busy:
            return
        if self._state.consent is not None and not self._state.locked:
            self.consenting.go_on()
        elif self._state.found and not self._state.locked:
            self._adopt(application, self._state.found[self._state.chosen])
        elif application.photo is not None:
            following = next_open(application)
            self._serving.go(following if following is not Station.PHOTO else Station.FORM)

    # -- the clerk's words

    def show(self, source: str) -> None:
        """Open the page with a source, from the photo page."""
        self._state = replace(self._state, source=source)
        self._serving.turn_aside(PHOTO_SOURCES)

    def use_source(self, source: str) -> None:
        """Another source."""
        if source not in HERE:
            self._to_photo(source)
            return
        self._asking.stop()
        self.consenting.hide()
        self._state = replace(self._state, source=source, found=(), rules=(), chosen=0)
        self._settle(self._serving.application)

    def ask(self) -> None:
        """F7: ask this source for the picture."""
        application = self._serving.application
        if self._state.locked or self._state.busy or self._state.stage in {Stage.CONSENT, Stage.ASKING}:
            return
        try:
            receipt = self._fields.receipt() if self._state.source == STUDIO else None
        except ReceiptNotAccepted as wrong:
            self._failed(wrong)
            return
        self._state = replace(self._state, found=(), rules=(), chosen=0)
        self._stage(Stage.ASKING)
        match self._state.source:
            case "chip":
                self._asking.chip(application)
            case "register":
                self._asking.register(application)
            case "scanner":
                self._asking.paper()
            case _ if receipt is not None:
                self._asking.studio(application, receipt)

    def take_stick(self, folder: str) -> None:
        """Look for the applicant's picture in a studio's folder."""
        if self._state.locked or self._state.busy or self._state.source != STUDIO:
            return
        try:
            receipt = self._fields.receipt()
        except ReceiptNotAccepted as wrong:
            self._failed(wrong)
            return
        self._stage(Stage.ASKING)
        self._asking.stick(self._serving.application, Path(folder), receipt)

    def typed(self, name: str, value: str) -> None:
        """A key in a field of the receipt."""
        self._fields.typed(name, value)
        self._state = replace(self._state, studio=self._fields.state)
        self._show()

    def scanned(self, code: str) -> bool:
        """A bar code was scanned: on the receipt's fields it is the receipt's number; return whether it was taken."""
        if not self._in_view or self._state.source != STUDIO or self._state.locked or self._state.busy:
            return False
        self.typed("receipt", code)
        self.ask()
        return True

    def choose(self, number: int) -> None:
        """1-3: choose one of several photos on the glass."""
        if 0 < number <= len(self._state.found):
            self._state = replace(self._state, chosen=number - 1)
            self._show_found()

    def change(self) -> None:
        """Open signed content again."""
        ask_to_void(self._serving, "photo")

    def revoke(self) -> None:
        """Take the consent back, after a question."""
        application, source = self._serving.application, self._state.source
        if not self._state.revocable or self._state.busy:
            return
        self._serving.ask(revoke_question(application, source), lambda: self._revoke(application, source))

    # -- inner

    def _consent(self, work: Callable[[], Application], failed: Callable[[DeskError], None] | None) -> None:
        if not self._state.busy:
            self._recorder.record(work, self._consented, failed)

    def _consented(self, application: Application) -> None:
        self.consenting.hide()
        self._serving.stay(application)
        if self._in_view:
            self._settle(application)
            self.ask()

    def _revoke(self, application: Application, source: str) -> None:
        self._recorder.record(revoking(self._serving.counter, application, source), self._revoked)

    def _revoked(self, application: Application) -> None:
        self._state = replace(self._state, found=(), rules=())
        self._serving.notify(ToastState(say("photo_sources.revoked"), say("photo_sources.revoked_note"), Mark.WARN))
        self._serving.stay(application)
        if self._in_view:
            self.opened()

    def _adopt(self, application: Application, found: Found) -> None:
        self._recorder.record(adopting(self._serving.counter, application, self._state.source, found), self._adopted)

    def _adopted(self, application: Application) -> None:
        self._state = replace(self._state, found=(), rules=())
        self._serving.keep(application)

    def _set_busy(self, busy: bool) -> None:
        self._state = replace(self._state, busy=busy)
        self._show()

    def _chip_kept(self, application: Application) -> None:
        self._serving.stay(application)

    def _came(self, found: tuple[Found, ...]) -> None:
        self._state = replace(self._state, found=found, chosen=0, stage=Stage.MADE)
        self._show_found()

    def _show_found(self) -> None:
        chosen = self._state.found[self._state.chosen]
        self._state = replace(
            self._state,
            rules=rule_lines(chosen.portrait.verdicts),
            facts=portrait_facts(self._state.source, chosen.provenance, self._studios),
        )
        self._stage(Stage.MADE)

    def _failed(self, error: DeskError) -> None:
        self._fields.take(error)
        mark, notice, note = trouble_of(error)
        self._state = replace(
            self._state,
            studio=self._fields.state,
            stage=Stage.TROUBLE,
            mark=mark,
            notice=notice,
            notice_note=note,
            act=say("photo_sources.act.again"),
        )
        self._settle_action()

    def _lists_read(self, lists: tuple[tuple[StudioEntry, ...], ReceiptTerms]) -> None:
        self._studios = lists[0]
        self._fields.begin(*lists)
        self._state = replace(self._state, studio=self._fields.state)
        if self._in_view and self._state.stage is Stage.READY:
            self._settle(self._serving.application)

    def _settle(self, application: Application) -> None:
        """Show where the chosen source stands: the consent first, or ready to ask."""
        source, locked = self._state.source, bool(self._state.locked)
        asks_first = needs_consent(source) and application.photo_consent(source) is None and not locked
        if asks_first:
            self.consenting.show(application, source)
        else:
            self.consenting.hide()
        self._state = replace(
            self._state,
            consent=self.consenting.state,
            studio=self._fields.state,
            facts=recorded(application, source, self._studios),
            revocable=application.photo_consent(source) is not None and application.consent_revocable,
            found=(),
            rules=(),
            chosen=0,
        )
        self._stage(Stage.CONSENT if asks_first else Stage.READY)
        self._look_at_pasted(application)

    def _look_at_pasted(self, application: Application) -> None:
        if self._state.source == STUDIO and not self._state.locked and not self._fields.state.receipt:
            self._pasted.look(application)

    def _propose(self, number: str) -> None:
        if self._state.source == STUDIO and not self._fields.state.receipt:
            self.typed("receipt", number)
            pasted = say("photo_sources.pasted")
            self._state = replace(self._state, notice=pasted, notice_note=say("photo_sources.pasted_note"))
            self._show()

    def _show_consent(self) -> None:
        if self._in_view and self._serving.dossier is not None:
            self._state = replace(self._state, consent=self.consenting.state)
            self._settle_action()

    def _stage(self, stage: Stage) -> None:
        mark, notice, note, act = notice_of(stage, self._state.source, self._serving.application)
        self._state = replace(self._state, stage=stage, mark=mark, notice=notice, notice_note=note, act=act)
        self._settle_action()

    def _settle_action(self) -> None:
        adopted = self._serving.application.photo is not None
        self._state = replace(self._state, action=action_of(self._state, adopted=adopted))
        self._show()

    def _show(self) -> None:
        for view in self._views:
            view.show_state(self._state)
