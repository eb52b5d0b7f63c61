"""Step 2: choose the bank, look at the confirmation form, print it and confirm."""

from dataclasses import replace
from typing import Final, Protocol

from sscard_desk.domain.application import Application
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.prints import PrintRecord, PrintState
from sscard_desk.domain.steps import Step
from sscard_desk.ui.application_flow import Station, can_change, can_void, next_open
from sscard_desk.ui.bank.state import BankState
from sscard_desk.ui.serving.print_words import state_words, trouble_words
from sscard_desk.ui.serving.prints import PrintChange
from sscard_desk.ui.serving.reprint import Reprint
from sscard_desk.ui.serving.serving import STORE, Serving
from sscard_desk.ui.serving.sheet import Sheet, draw_sheet
from sscard_desk.ui.serving.voiding import ask_to_void
from sscard_desk.ui.states import ActionState, Mark, PanelLine
from sscard_desk.ui.words import Words, say
from sscard_desk.usecases.confirm_bank import Bank, banks, confirm_bank, confirmation_paper
from sscard_desk.usecases.counter import Counter
from sscard_desk.usecases.form_of import CONFIRMATION
from sscard_desk.usecases.print_forms import confirmation_came_out, draw_confirmation, plan_confirmation
from sscard_desk.usecases.prints import Drawn, PrintPlan
from sscard_desk.usecases.take_back_form import take_back_form

PAPER: Final = "paper"


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
        self._plan: PrintPlan | None = None
        self._shown_for = ""
        self.reprint = Reprint(serving, CONFIRMATION, lambda: self._refresh(busy=False), self._print_again)
        serving.prints.listen(self._print_changed)

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
        """Another page comes into view; what is at the printer goes on."""
        self.reprint.stop()
        self._show(replace(self._state, pages=()))

    def stop(self) -> bool:
        """Esc: close preview or question, or cancel the print; the choice stays."""
        if self._state.pages:
            self.close_preview()
            return True
        if self.reprint.stop():
            return True
        under_way = self._under_way()
        if under_way is None:
            return False
        self._serving.prints.take_back(under_way)
        return True

    def go_on(self) -> None:
        """Ctrl+Enter: print what is shown and confirm; where nothing changed, go on."""
        application = self._serving.application
        if self.reprint.ask is not None:
            self.reprint.confirm()
            return
        if self._state.locked or (self._state.chosen == application.bank and application.bank):
            self._serving.go(next_open(application) if next_open(application) is not Station.BANK else Station.PHOTO)
            return
        sheet, plan, bank = self._sheet, self._plan, self._bank()
        if sheet is None or plan is None or bank is None or self._state.busy or self._under_way() is not None:
            return
        self._show(replace(self._state, busy=True, trouble="", trouble_note=""))
        if plan.again:  # the paper with this bank is out already: only the choice is to be kept
            self._confirm()
            return
        self._send(Drawn(plan, sheet.pdf, len(sheet.pages)), bank)

    # -- the words of clerk and applicant

    def choose(self, code: str) -> None:
        """A bank was chosen, here or on the applicant's window."""
        if self._state.locked or self._state.busy or code not in {bank.code for bank in self._state.banks}:
            return
        if self._under_way() is not None:
            return
        if code != self._state.chosen or self._sheet is None:
            self._sheet = None
            self._show(replace(self._state, chosen=code, page=None, trouble="", trouble_note=""))
            self._draw()

    def choose_number(self, number: int) -> None:
        """A digit: the bank at that place, from 1."""
        if 1 <= number <= len(self._state.banks):
            self.choose(self._state.banks[number - 1].code)

    def confirm_without_paper(self) -> None:
        """Keep the choice without waiting: the paper comes when the printer is ready, or with the form."""
        if self._state.without_paper:
            self._confirm()

    def preview(self) -> None:
        """Ctrl+P: the whole form, page by page."""
        if self._sheet is not None:
            self._show(replace(self._state, pages=self._sheet.pages))

    def close_preview(self) -> None:
        """Close the preview."""
        self._show(replace(self._state, pages=()))

    def print_again(self) -> None:
        """Ask why the confirmed form is to be printed once more."""
        if self._state.again:
            self.reprint.begin()

    def change(self) -> None:
        """Open signed content again."""
        ask_to_void(self._serving, "bank")

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
        self._refresh(busy=False)

        def draw() -> tuple[PrintPlan, Sheet]:
            plan = plan_confirmation(counter.store, application, bank)
            paper = draw_sheet(counter.paper, lambda: confirmation_paper(counter.press(), application, bank, plan.copy))
            return plan, paper

        self._serving.run(PAPER, draw, lambda drawn: self._drawn(*drawn, bank.code), self._not_drawn)

    def _not_drawn(self, error: DeskError) -> None:
        """The paper cannot be made, for example because its certificate has expired: say so where it would stand."""
        trouble, note, mark = trouble_words(error)
        self._show(replace(self._state, busy=False, trouble=trouble, trouble_note=note, trouble_mark=mark))
        self._refresh(busy=False)

    def _drawn(self, plan: PrintPlan, sheet: Sheet, code: str) -> None:
        dossier = self._serving.dossier
        if code != self._state.chosen or dossier is None or dossier.application.id != plan.application.id:
            return  # another bank or another person by now
        self._sheet, self._plan = sheet, plan
        self._show(replace(self._state, page=sheet.pages[0]))
        self._refresh(busy=self._state.busy)

    def _send(self, paper: Drawn, bank: Bank) -> None:
        counter = self._serving.counter
        finish = {CONFIRMATION: lambda record: _came_out(counter, record, bank)}
        self._serving.prints.send([paper], finish, self._not_confirmed)

    def _print_again(self, reason: str, words: str) -> None:
        counter, application, bank = self._serving.counter, self._serving.application, self._bank()
        if bank is None:
            return

        def draw() -> Drawn:
            plan = plan_confirmation(counter.store, application, bank, reason=reason, words=words)
            return draw_confirmation(counter, plan, bank)

        self._serving.run(PAPER, draw, lambda drawn: self._send(drawn, bank))

    def _under_way(self) -> PrintRecord | None:
        dossier = self._serving.dossier
        return None if dossier is None else self._serving.prints.now(dossier.application.id, CONFIRMATION)

    def _print_changed(self, change: PrintChange) -> bool:
        """News of a print; what concerns the page in view is shown on it."""
        dossier, record = self._serving.dossier, change.record
        mine = dossier is not None and (record.application, record.form) == (dossier.application.id, CONFIRMATION)
        if not mine:
            return False
        trouble, note, mark = trouble_words(change.trouble) if change.trouble else ("", "", Mark.WARN)
        if self._serving.here is not Station.BANK:  # the page says how it stands when it comes into view again
            self._show(replace(self._state, trouble=trouble, trouble_note=note, trouble_mark=mark))
            return False
        if record.state is PrintState.UNKNOWN or record.state.empty:
            self._sheet = None
            self._draw()  # another copy number
        self._show(replace(self._state, busy=False, trouble=trouble, trouble_note=note, trouble_mark=mark))
        self._refresh(busy=False)
        return True

    def _confirm(self) -> None:
        sheet, application, counter = self._sheet, self._serving.application, self._serving.counter
        plan = self._plan
        if sheet is None or plan is None:
            return
        code = self._state.chosen
        copy = plan.copy - 1 if plan.again else plan.copy

        def work() -> Application:
            after = confirm_bank(counter.store, counter.session, application, code, sheet.pdf, copy=copy)
            return _returned_again(counter, application, after)

        self._serving.run(STORE, work, self._confirmed, self._not_confirmed)

    def _confirmed(self, application: Application) -> None:
        self._show(replace(self._state, busy=False))
        self._serving.keep(application)

    def _not_confirmed(self, error: DeskError) -> None:
        self._refresh(busy=False)
        self._serving.tell(error)

    def _bank(self) -> Bank | None:
        return next((bank for bank in self._state.banks if bank.code == self._state.chosen), None)

    def _refresh(self, *, busy: bool) -> None:
        note = "" if self._sheet or self._state.trouble else say("bank.drawing")
        note = note if self._state.chosen else say("bank.no_page")
        application = self._serving.application if self._serving.dossier else None
        confirmed = application is not None and bool(application.bank) and application.bank == self._state.chosen
        self._show(
            replace(
                self._state,
                busy=busy,
                page_note=note,
                without_paper=self._without_paper(confirmed=confirmed, busy=busy),
                again=confirmed and not self._state.locked and self._under_way() is None,
                ask=self.reprint.ask,
                action=self._action(busy=busy),
            )
        )
        bank = self._bank()
        done = bool(self._serving.dossier and self._serving.application.bank)
        mine = (PanelLine(say("missing.todo.bank"), Mark.TODO, note=say("bank.how"), target="bank"),)
        self._serving.describe(Station.BANK, missing=() if done else mine, note=bank.name if bank else "")

    def _without_paper(self, *, confirmed: bool, busy: bool) -> Words:
        if confirmed or busy or self._sheet is None or self._state.locked:
            return ""
        return say("printing.confirm_now") if self._under_way() is not None else say("printing.confirm_first")

    def _action(self, *, busy: bool) -> ActionState:
        state, application, under_way = self._state, self._serving.application, self._under_way()
        asked = self.reprint.action()
        if asked is not None:
            return asked
        if state.locked or (state.chosen and state.chosen == application.bank):
            reason, mark = state_words(under_way) if under_way else (say("bank.confirmed"), Mark.OK)
            return ActionState(say("shell.next", step=say("steps.photo")), reason=reason, reason_mark=mark)
        hindrance = state_words(under_way) if under_way is not None else self._hindrance(busy=busy)
        if hindrance is None:
            return ActionState(say("bank.print"))
        return ActionState(say("bank.print"), enabled=False, reason=hindrance[0], reason_mark=hindrance[1])

    def _hindrance(self, *, busy: bool) -> tuple[Words, Mark] | None:
        if not self._state.banks:
            return say("bank.none"), Mark.WARN
        if not self._state.chosen:
            return say("bank.reason"), Mark.WARN
        if busy:
            return say("bank.printing"), Mark.BUSY
        if self._sheet is None and self._state.trouble:
            return self._state.trouble, self._state.trouble_mark
        return None if self._sheet is not None else (say("bank.drawing"), Mark.BUSY)

    def _show(self, state: BankState) -> None:
        self._state = state
        for view in self._views:
            view.show_state(state)


def _came_out(counter: Counter, record: PrintRecord, bank: Bank) -> Application | None:
    """Keep that the confirmation form is out; runs on the store's lane, perhaps long after the page was left."""
    before = counter.store.application(record.application)
    _, after = confirmation_came_out(counter, record, bank)
    return None if after is None else _returned_again(counter, before, after)


def _returned_again(counter: Counter, before: Application, after: Application) -> Application:
    """Take a returned form back once more with the new bank: its digest covers the bank."""
    again = before.step is Step.FORM_RETURNED
    return take_back_form(counter.store, counter.session, after, {}) if again else after
