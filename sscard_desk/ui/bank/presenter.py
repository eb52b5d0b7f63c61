"""Step 2: choose the bank, look at the confirmation form, print it and confirm."""

from dataclasses import replace
from typing import Final, Protocol

from sscard_desk.domain.application import Application
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.steps import Step
from sscard_desk.ports.devices import Cancel
from sscard_desk.ports.printer import PrintedJob
from sscard_desk.ui.application_flow import Station, can_change, can_void, next_open
from sscard_desk.ui.bank.state import BankState
from sscard_desk.ui.serving.serving import STORE, Serving
from sscard_desk.ui.serving.sheet import Sheet, draw_sheet
from sscard_desk.ui.states import ActionState, Mark, PanelLine, ToastState
from sscard_desk.ui.words import advice_of, message_of, say
from sscard_desk.usecases.confirm_bank import Bank, banks, confirm_bank, confirmation_paper
from sscard_desk.usecases.take_back_form import take_back_form

PAPER: Final = "paper"
PRINTER: Final = "printer"


class View(Protocol):
    """What shows the bank page: the clerk's and the applicant's."""

    def show_state(self, state: BankState) -> None:
        """Show it."""


class BankPresenter:
    """The bank page. The applicant's window follows the same state and chooses through the same methods."""

    def __init__(self, serving: Serving) -> None:
        self._serving = serving
        self._state = BankState()
        self._views: list[View] = []
        self._sheet: Sheet | None = None
        self._cancel: Cancel | None = None
        self._shown_for = ""

    @property
    def state(self) -> BankState:
        """What is shown now."""
        return self._state

    def attach(self, view: View) -> None:
        """Show this page in a view."""
        self._views.append(view)
        view.show_state(self._state)

    # -- the path's calls

    def opened(self) -> None:
        """The page came into view, or the application changed."""
        application = self._serving.application
        if self._shown_for != application.id:
            self._shown_for, self._sheet = application.id, None
            self._show(BankState(chosen=application.bank))
        locked = not can_change(application, "bank.confirmed")
        self._show(
            replace(
                self._state,
                chosen=self._state.chosen or application.bank,
                locked=say("bank.locked") if locked else "",
                can_unlock=locked and can_void(application),
                busy=False,
            )
        )
        store = self._serving.counter.store
        self._serving.run(STORE, lambda: tuple(banks(store)), self._banks_read)

    def closed(self) -> None:
        """Another page comes into view."""
        self.stop()

    def stop(self) -> bool:
        """Esc: stop waiting for the printer; the paper comes all the same if the printer has it."""
        if self._cancel is None:
            return False
        self._cancel.set()
        self._cancel = None
        self._refresh(busy=False)
        return True

    def go_on(self) -> None:
        """Ctrl+Enter: print what is shown and confirm; where nothing changed, go on."""
        application = self._serving.application
        if self._state.locked or (self._state.chosen == application.bank and application.bank):
            self._serving.go(next_open(application) if next_open(application) is not Station.BANK else Station.PHOTO)
            return
        sheet = self._sheet
        if sheet is None or self._state.busy:
            return
        cancel = self._cancel = Cancel()
        printer, name = self._serving.counter.devices.printer, f"{application.number}-C1"
        self._show(replace(self._state, busy=True, trouble="", trouble_note="", without_paper=False))
        self._refresh(busy=True)
        self._serving.run(
            PRINTER, lambda: printer.print_pdf(sheet.pdf, name, cancel), self._printed, self._not_printed, cancel
        )

    # -- the words of clerk and applicant

    def choose(self, code: str) -> None:
        """A bank was chosen, here or on the applicant's window."""
        if self._state.locked or self._state.busy or code not in {bank.code for bank in self._state.banks}:
            return
        if code != self._state.chosen or self._sheet is None:
            self._sheet = None
            self._show(replace(self._state, chosen=code, page=None, trouble="", trouble_note="", without_paper=False))
            self._draw()

    def choose_number(self, number: int) -> None:
        """A digit: the bank at that place, from 1."""
        if 1 <= number <= len(self._state.banks):
            self.choose(self._state.banks[number - 1].code)

    def confirm_without_paper(self) -> None:
        """Keep the choice although the printer gave up; the paper can be printed later."""
        if self._state.without_paper:
            self._confirm()

    def change(self) -> None:
        """Open signed content again."""
        self._serving.ask_to_void("bank")

    # -- inner

    def _banks_read(self, found: tuple[Bank, ...]) -> None:
        self._show(replace(self._state, banks=found))
        self._refresh(busy=False)
        if self._state.chosen and self._sheet is None:
            self._draw()

    def _draw(self) -> None:
        application, counter = self._serving.application, self._serving.counter
        bank = self._bank()
        if bank is None:
            return
        press = counter.press()
        self._refresh(busy=False)
        self._serving.run(
            PAPER,
            lambda: draw_sheet(counter.paper, lambda: confirmation_paper(press, application, bank)),
            lambda sheet: self._drawn(sheet, bank.code, application),
        )

    def _drawn(self, sheet: Sheet, code: str, application: Application) -> None:
        dossier = self._serving.dossier
        if code != self._state.chosen or dossier is None or dossier.application.id != application.id:
            return  # another bank or another person by now
        self._sheet = sheet
        self._show(replace(self._state, page=sheet.pages[0]))
        self._refresh(busy=self._state.busy)

    def _printed(self, job: PrintedJob) -> None:
        self._cancel = None
        self._serving.notify(ToastState(say("bank.printed", pages=job.pages)))
        self._confirm()

    def _not_printed(self, error: DeskError) -> None:
        self._cancel = None
        note = say("missing.advice", advice=advice_of(error), code=error.code)
        self._show(replace(self._state, trouble=message_of(error), trouble_note=note, without_paper=True))
        self._refresh(busy=False)

    def _confirm(self) -> None:
        sheet, application, counter = self._sheet, self._serving.application, self._serving.counter
        if sheet is None:
            return
        code = self._state.chosen

        def work() -> Application:
            after = confirm_bank(counter.store, counter.session, application, code, sheet.pdf)
            # the returned form's digest covers the bank, so it is taken back once more with the new one
            again = application.step is Step.FORM_RETURNED
            return take_back_form(counter.store, counter.session, after, {}) if again else after

        self._serving.run(STORE, work, self._confirmed, self._not_confirmed)

    def _confirmed(self, application: Application) -> None:
        self._show(replace(self._state, busy=False, without_paper=False))
        self._serving.keep(application)

    def _not_confirmed(self, error: DeskError) -> None:
        self._refresh(busy=False)
        self._serving.tell(error)

    def _bank(self) -> Bank | None:
        return next((bank for bank in self._state.banks if bank.code == self._state.chosen), None)

    def _refresh(self, *, busy: bool) -> None:
        note = "" if self._sheet else say("bank.drawing") if self._state.chosen else say("bank.no_page")
        self._show(replace(self._state, busy=busy, page_note=note, action=self._action(busy=busy)))
        bank = self._bank()
        done = bool(self._serving.dossier and self._serving.application.bank)
        mine = (PanelLine(say("missing.todo.bank"), Mark.TODO, note=say("bank.how"), target="bank"),)
        self._serving.describe(missing=() if done else mine, note=bank.name if bank else "")

    def _action(self, *, busy: bool) -> ActionState:
        state, application = self._state, self._serving.application
        if state.locked or (state.chosen and state.chosen == application.bank):
            return ActionState(
                say("shell.next", step=say("steps.photo")), reason=say("bank.confirmed"), reason_mark=Mark.OK
            )
        primary = say("bank.print")
        if not state.banks:
            return ActionState(primary, enabled=False, reason=say("bank.none"), reason_mark=Mark.WARN)
        if not state.chosen:
            return ActionState(primary, enabled=False, reason=say("bank.reason"), reason_mark=Mark.WARN)
        if busy:
            return ActionState(primary, enabled=False, reason=say("bank.printing"), reason_mark=Mark.BUSY)
        if self._sheet is None:
            return ActionState(primary, enabled=False, reason=say("bank.drawing"), reason_mark=Mark.BUSY)
        return ActionState(primary)

    def _show(self, state: BankState) -> None:
        self._state = state
        for view in self._views:
            view.show_state(state)
