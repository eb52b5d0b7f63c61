"""Step 4: fill the registration form in, print it, and take it back with its corrections."""

from dataclasses import replace
from datetime import datetime
from typing import Final, Protocol

from sscard_desk.domain.application import Application
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.form_scan import TickState
from sscard_desk.ui.application_flow import Station, next_open
from sscard_desk.ui.form.answers import FormAnswers
from sscard_desk.ui.form.beginning import Beginning, begin
from sscard_desk.ui.form.drafts import DraftKeeper
from sscard_desk.ui.form.filling import Filling
from sscard_desk.ui.form.look import FormLook
from sscard_desk.ui.form.phase import phase_of, typed_fields
from sscard_desk.ui.form.printing import FormPrinting
from sscard_desk.ui.form.returned import ReturnedForm
from sscard_desk.ui.form.state import FormState, Phase
from sscard_desk.ui.form.summary import panel_lines
from sscard_desk.ui.serving.serving import STORE, Serving
from sscard_desk.ui.serving.voiding import ask_to_void
from sscard_desk.ui.words import say
from sscard_desk.usecases.name_on_card import SUBSTITUTE
from sscard_desk.usecases.take_back_form import take_back_form

PAPER: Final = "paper"


class View(Protocol):
    """What shows the form page."""

    def show_state(self, state: FormState) -> None:
        """Show it."""


class FormPresenter:
    """The form page."""

    def __init__(self, serving: Serving) -> None:
        self._serving = serving
        self._state = FormState()
        self._views: list[View] = []
        self._filling: Filling | None = None
        self._version = (-1, "")
        self._drafts = DraftKeeper(serving, self._kept)
        self._taking_back = False
        self._printing = FormPrinting(serving, lambda: self._answers, self._refresh)
        self.reprint = self._printing.reprint
        self._returned = ReturnedForm(serving, self._refresh, self._pages_arrived)
        self._look = FormLook(self._printing, self._returned)

    def attach(self, view: View) -> None:
        """Show this page in a view."""
        self._views.append(view)
        view.show_state(self._state)

    # -- the path's calls

    def opened(self) -> None:
        """The page came into view, or the application changed; what was typed and not recorded is there again."""
        dossier = self._serving.dossier
        if dossier is None:
            return
        application = dossier.application
        if self._version == (application.version, application.id):
            self._refresh()
            return
        if self._version[1] != application.id:
            self._forget()
        self._version = (application.version, application.id)
        counter, today = self._serving.counter, dossier.today
        draft = dossier.draft if dossier.draft and dossier.draft.application == application.id else None

        def found(opened: Beginning) -> None:
            if self._version != (application.version, application.id):
                return
            values = draft.values if draft is not None else {}
            answers = FormAnswers.begin(
                opened.definition, application, today, values, opened.outlet_name, listed=opened.listed
            )
            answers.proposed = {SUBSTITUTE: opened.proposed} if opened.proposed else {}
            self._filling = Filling(answers, draft.field or "" if draft is not None else "", self._keep)
            self._returned.begin(application)
            self._printing.begin(both=opened.both)
            self._taking_back = False
            self._state = replace(self._state, kept_at=draft.kept_at if draft else None)
            self._point(self._filling.first())
            self._refresh()

        self._serving.run(STORE, lambda: begin(counter, application), found, self._failed)

    def _forget(self) -> None:
        """Somebody else's form comes: nothing of the last one is seen or typed into while it is read."""
        self._filling = None
        self._printing.forget()
        self._state = FormState(shape=self._state.shape, focus_turn=self._state.focus_turn)
        self._show()

    def closed(self) -> None:
        """Another page comes into view: what was typed is kept."""
        filling = self._open_filling()
        if filling is not None:
            filling.leave()
            self._refresh()
        self._printing.closed()
        self._state = replace(self._state, pages=())

    def stop(self) -> bool:
        """Esc: close preview or question, or cancel the print."""
        if self._printing.stop():
            return True
        if self._returned.stop():
            self._refresh()
            return True
        return self._printing.take_back()

    def go_on(self) -> None:
        """Ctrl+Enter: print and issue; take the form back; or go on."""
        filling = self._filling
        if self.reprint.ask is not None:
            self.reprint.confirm()
            return
        if filling is None or self._busy or self._printing.under_way is not None:
            return
        answers = filling.answers
        if filling.here:
            answers.settle(filling.here)
        phase, application = self._phase(), answers.application
        if phase is Phase.LOCKED or (phase is Phase.BACK and not answers.changed()):
            following = next_open(application)
            self._serving.go(following if following is not Station.FORM else Station.MATERIALS)
            return
        findings = answers.findings()
        if not findings.complete:
            self._point(filling.show_all(findings))
            self._refresh()
        elif phase is Phase.FILL:
            self._printing.print(answers)
        else:
            self._take_back(answers)

    # -- the clerk's words

    def edited(self, field: str, text: str) -> None:
        """A key: kept at once."""
        filling = self._open_filling()
        if filling is not None:
            filling.edited(field, text)
            self._refresh()

    def left(self, field: str) -> None:
        """The field was left: now it may say what is wrong, and what stands in it is kept at once."""
        filling = self._open_filling()
        if filling is not None:
            filling.left(field)
            self._refresh()

    def entered_field(self, field: str) -> None:
        """The focus came to a field; after a restart it comes back there, and the paper shows its place."""
        filling = self._filling
        if filling is None:
            return
        filling.here = field
        if self._state.scan.shown:
            self._state = replace(self._state, scan=self._returned.state(self._phase(), filling.answers, field))
            self._show()

    def restore(self, field: str) -> None:
        """Take back what was typed into a field, or what the id card brought into it."""
        filling, shown = self._filling, self._state.fields.get(field)
        if filling is not None and shown is not None and filling.restore(field, shown):
            self._refresh()

    def undo(self) -> None:
        """Ctrl+Z: take back the change of the field that has the focus, or the last one."""
        field = self._filling.last_typed() if self._filling is not None else ""
        if field:
            self.restore(field)

    def next_missing(self) -> None:
        """Ctrl+E: go to the next field that is missing or wrong, and say what."""
        if self._filling is not None and self._filling.next_missing():
            self._point(self._filling.here)
            self._refresh()

    def preview(self) -> None:
        """Ctrl+P: the same document as printed, with a watermark while it is a draft."""
        answers = self._answers
        if answers is None or self._busy:
            return
        self._printing.look(answers, draft=self._phase() is Phase.FILL)

    def close_preview(self) -> None:
        """Close the preview."""
        self._printing.close_preview()

    def print_again(self) -> None:
        """Ask why a further copy is to be printed; the time limit runs from today then."""
        if self._answers is not None and self._state.reprint and not self._busy:
            self.reprint.begin()

    def change(self) -> None:
        """Open signed content again."""
        ask_to_void(self._serving, "form")

    # -- the paper that came back

    def scan(self) -> None:
        """F7: scan the form that came back."""
        if self._phase() is Phase.OUT:
            self._returned.scan()

    def scan_file(self, path: str) -> None:
        """Read a scan from a file."""
        if self._phase() is Phase.OUT:
            self._returned.take_file(path)

    def number_typed(self, text: str) -> None:
        """The number of a form with torn codes was typed."""
        self._returned.number_typed(text)

    def clear_scans(self) -> None:
        """Drop the scans, to scan anew."""
        self._returned.forget()
        self._refresh()

    def take_tick(self) -> None:
        """F8: take what is proposed for this field, by the form's boxes or by the program; or go to the next one."""
        filling, phase = self._open_filling(), self._phase()
        if filling is None:
            return
        if phase is Phase.FILL:
            moved = filling.take_proposal()
        elif phase is Phase.OUT:
            moved = self._take_tick(filling)
        else:
            return
        if moved:
            self._point(filling.here)
        self._refresh()

    def _take_tick(self, filling: Filling) -> bool:
        """Take over what is ticked beside this field, and go to the next box; return whether there is one."""
        open_ticks = self._returned.proposals(filling.answers)
        tick = open_ticks.get(filling.here)
        if tick is not None and tick.state is TickState.TICKED:
            filling.take(filling.here, tick.code)
            open_ticks.pop(filling.here)
        there = typed_fields(filling.answers)
        following = next((name for name in open_ticks if name != filling.here and name in there), "")
        filling.here = following or filling.here
        return bool(following)

    def _pages_arrived(self) -> None:
        """New pages are there: begin at the first box that says something else, or at the first field."""
        filling = self._filling
        if filling is None:
            return
        order = typed_fields(filling.answers)
        open_ticks = self._returned.proposals(filling.answers)
        filling.here = next((name for name in order if name in open_ticks), order[0] if order else "")
        self._point(filling.here)
        self._refresh()

    # -- taking back

    def _take_back(self, answers: FormAnswers) -> None:
        counter, application, changed = self._serving.counter, answers.application, answers.all()
        paper = self._returned.paper
        self._taking_back = True
        self._refresh()

        def take_back() -> Application:
            return take_back_form(counter.store, counter.session, application, changed, paper)

        def taken_back(after: Application) -> None:
            self._returned.forget()
            self._serving.keep(after)

        self._serving.run(STORE, take_back, taken_back, self._failed)

    def _failed(self, error: DeskError) -> None:
        self._taking_back = False
        self._refresh()
        self._serving.tell(error)

    # -- the state

    @property
    def _answers(self) -> FormAnswers | None:
        return self._filling.answers if self._filling is not None else None

    def _open_filling(self) -> Filling | None:
        """Return the form if it can be typed into: not once it is checked or signed, nor while it is at the printer."""
        if self._phase() is Phase.LOCKED or self._printing.under_way is not None:
            return None
        return self._filling

    def _phase(self) -> Phase:
        return phase_of(self._answers.application if self._answers else None)

    @property
    def _busy(self) -> bool:
        return self._printing.busy or self._taking_back

    def _keep(self, answers: FormAnswers, field: str) -> None:
        self._drafts.keep(answers.application.id, answers.typed, field)

    def _kept(self, at: datetime) -> None:
        self._state = replace(self._state, kept_at=at)
        self._show()

    def _point(self, field: str) -> None:
        self._state = replace(self._state, focus=field, focus_turn=self._state.focus_turn + 1)

    def _refresh(self) -> None:
        filling, dossier = self._filling, self._serving.dossier
        if filling is None or dossier is None:
            return
        findings = filling.answers.findings()
        self._state = self._look.state(self._state, filling, dossier, findings, taking_back=self._taking_back)
        self._show()
        phase = self._state.phase
        lines = panel_lines(phase, filling.answers, findings.blocking, filling.errors)
        note = say("form_page.step_note", filled=f"{findings.filled} / {findings.total}")
        self._serving.describe(Station.FORM, missing=lines, note=note if phase is Phase.FILL else "")

    def _show(self) -> None:
        for view in self._views:
            view.show_state(self._state)
