"""Step 4: fill the registration form in, print it, and take it back with its corrections."""

from dataclasses import replace
from datetime import datetime
from typing import Final, Protocol

from sscard_desk.domain.application import Application
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.form_scan import TickState
from sscard_desk.forms.findings import Finding, Verdict
from sscard_desk.ui.application_flow import Station, can_change, can_void, next_open
from sscard_desk.ui.form.action import action_of, waiting
from sscard_desk.ui.form.answers import FormAnswers
from sscard_desk.ui.form.beginning import Beginning, begin
from sscard_desk.ui.form.drafts import DraftKeeper
from sscard_desk.ui.form.fields import field_states
from sscard_desk.ui.form.phase import open_fields, phase_of, typed_fields
from sscard_desk.ui.form.printing import FormPrinting
from sscard_desk.ui.form.returned import ReturnedForm
from sscard_desk.ui.form.shape import shape_of, shown_value, with_proposals
from sscard_desk.ui.form.state import FormState, Phase
from sscard_desk.ui.form.summary import chips_of, panel_lines
from sscard_desk.ui.serving.print_words import state_words
from sscard_desk.ui.serving.serving import STORE, Serving
from sscard_desk.ui.states import ActionState
from sscard_desk.ui.words import Words, say
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
        self._answers: FormAnswers | None = None
        self._version = (-1, "")
        self._errors: set[str] = set()
        self._here = ""
        self._drafts = DraftKeeper(serving, self._kept)
        self._waiting: FormAnswers | None = None
        self._taking_back = False
        self._printing = FormPrinting(serving, lambda: self._answers, self._refresh)
        self.reprint = self._printing.reprint
        self._returned = ReturnedForm(serving, self._refresh, self._pages_arrived)

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
            self._answers = FormAnswers.begin(
                opened.definition, application, today, values, opened.outlet_name, listed=opened.listed
            )
            self._answers.proposed = {SUBSTITUTE: opened.proposed} if opened.proposed else {}
            self._errors = {name for name in values if self._answers.finding(name) is not None}
            self._returned.begin(application)
            self._here = draft.field if draft is not None and draft.field else ""
            self._printing.begin(both=opened.both)
            self._taking_back = False
            self._state = replace(self._state, kept_at=draft.kept_at if draft else None)
            self._point(self._here or next(iter(open_fields(self._answers)), ""))
            self._refresh()

        self._serving.run(STORE, lambda: begin(counter, application), found, self._failed)

    def _forget(self) -> None:
        """Somebody else's form comes: nothing of the last one is seen or typed into while it is read."""
        self._answers, self._here, self._errors = None, "", set()
        self._printing.forget()
        self._state = FormState(shape=self._state.shape, focus_turn=self._state.focus_turn)
        self._show()

    def closed(self) -> None:
        """Another page comes into view: what was typed is kept."""
        if self._here and self._answers is not None and self._answers.definition.has(self._here):
            self.left(self._here)
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
        answers = self._answers
        if self.reprint.ask is not None:
            self.reprint.confirm()
            return
        if answers is None or self._busy or self._printing.under_way is not None:
            return
        if self._here:
            answers.settle(self._here)
        phase, application = self._phase(), answers.application
        if phase is Phase.LOCKED or (phase is Phase.BACK and not answers.changed()):
            following = next_open(application)
            self._serving.go(following if following is not Station.FORM else Station.MATERIALS)
            return
        findings = answers.findings()
        if not findings.complete:
            self._errors |= {finding.field for finding in findings.blocking}
            self._point(findings.blocking[0].field)
            self._refresh()
        elif phase is Phase.FILL:
            self._printing.print(answers)
        else:
            self._take_back(answers)

    # -- the clerk's words

    def edited(self, field: str, text: str) -> None:
        """A key: kept at once; an error goes with the key that mends it; a check digit is judged at the last key."""
        answers = self._answers
        if answers is None or self._is_locked():
            return
        answers.type(field, text)
        self._here = field
        if field in self._errors:
            if answers.finding(field) is None:
                self._errors.discard(field)
        elif answers.judged_at_last_key(field) and answers.finding(field) is not None:
            self._errors.add(field)
        self._drafts.keep(answers.application.id, answers.typed, field)
        self._refresh()

    def left(self, field: str) -> None:
        """The field was left: now it may say what is wrong, and what stands in it is kept at once."""
        answers = self._answers
        if answers is None or self._is_locked():
            return
        before = dict(answers.typed)
        answers.settle(field)
        finding = answers.finding(field)
        wrong = finding is not None and (finding.verdict is not Verdict.MISSING or field in before)
        (self._errors.add if wrong else self._errors.discard)(field)
        if before or answers.typed:
            self._drafts.keep(answers.application.id, answers.typed, field)
        self._refresh()

    def entered_field(self, field: str) -> None:
        """The focus came to a field; after a restart it comes back there, and the paper shows its place."""
        self._here = field
        if self._state.scan.shown and self._answers is not None:
            self._state = replace(self._state, scan=self._returned.state(self._phase(), self._answers, field))
            self._show()

    def restore(self, field: str) -> None:
        """Take back what was typed into a field, or what the id card brought into it."""
        answers, shown = self._answers, self._state.fields.get(field)
        if answers is not None and shown is not None and (field in answers.typed or shown.old is not None):
            if field in answers.typed:
                answers.restore(field)
            elif shown.old is not None:
                answers.type(field, shown.old.value)
            self._errors.discard(field)
            self._drafts.keep(answers.application.id, answers.typed, field)
            self._refresh()

    def undo(self) -> None:
        """Ctrl+Z: take back the change of the field that has the focus, or the last one."""
        answers = self._answers
        if answers is None or not answers.typed:
            return
        self.restore(self._here if self._here in answers.typed else list(answers.typed)[-1])

    def next_missing(self) -> None:
        """Ctrl+E: go to the next field that is missing or wrong, and say what."""
        if self._answers is None:
            return
        wrong = open_fields(self._answers)
        if not wrong:
            return
        after = wrong.index(self._here) + 1 if self._here in wrong else 0
        self._here = wrong[after % len(wrong)]
        self._errors.add(self._here)
        self._point(self._here)
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
        self._serving.ask_to_void("form")

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
        answers = self._answers
        if answers is not None and self._phase() is Phase.FILL:
            self._take_proposal(answers)
            return
        if answers is None or self._phase() is not Phase.OUT:
            return
        open_ticks = self._returned.proposals(answers)
        tick = open_ticks.get(self._here)
        if tick is not None and tick.state is TickState.TICKED:
            self.edited(self._here, tick.code)
            self.left(self._here)
            open_ticks.pop(self._here)
        there = typed_fields(answers)
        following = next((name for name in open_ticks if name != self._here and name in there), "")
        if following:
            self._here = following
            self._point(following)
            self._refresh()

    def _take_proposal(self, answers: FormAnswers) -> None:
        """Take over what is proposed for this field; elsewhere the key leads to the field with a proposal."""
        there = typed_fields(answers)
        open_ = [name for name in answers.proposed if answers.proposal(name) and name in there]
        if self._here in open_:
            self.edited(self._here, answers.proposal(self._here))
            self.left(self._here)
        elif open_:
            self._here = open_[0]
            self._point(self._here)
            self._refresh()

    def _pages_arrived(self) -> None:
        """New pages are there: begin at the first box that says something else, or at the first field."""
        answers = self._answers
        if answers is None:
            return
        order = typed_fields(answers)
        open_ticks = self._returned.proposals(answers)
        self._here = next((name for name in order if name in open_ticks), order[0] if order else "")
        self._point(self._here)
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

    def _phase(self) -> Phase:
        return phase_of(self._answers.application if self._answers else None)

    @property
    def _busy(self) -> bool:
        return self._printing.busy or self._taking_back

    def _is_locked(self) -> bool:
        """Whether nothing can be typed: checked or signed, or what is typed would not stand on the paper."""
        return self._phase() is Phase.LOCKED or self._printing.under_way is not None

    def _kept(self, at: datetime) -> None:
        self._state = replace(self._state, kept_at=at)
        self._show()

    def _point(self, field: str) -> None:
        self._state = replace(self._state, focus=field, focus_turn=self._state.focus_turn + 1)

    def _refresh(self) -> None:
        answers, dossier = self._answers, self._serving.dossier
        if answers is None or dossier is None:
            return
        phase, values = self._phase(), answers.all()
        shape = with_proposals(shape_of(answers.definition, values, answers.listed), answers.proposed)
        findings = answers.findings()
        blocking = findings.blocking
        wrong = [f for f in blocking if f.field in self._errors and f.verdict is Verdict.WRONG]
        fields = [each for section in shape for each in section.fields]
        self._state = replace(
            self._state,
            phase=phase,
            busy=self._busy,
            pages=self._printing.pages,
            trouble=self._printing.trouble.words,
            trouble_note=self._printing.trouble.note,
            trouble_mark=self._printing.trouble.mark,
            edition=answers.definition.edition,
            chips=chips_of(phase, len(wrong), findings.filled, findings.total),
            shape=shape,
            fields=field_states(answers, dossier, fields, self._errors, locked=self._is_locked()),
            shown={each.id: shown_value(answers.definition, each.id, values) for each in fields},
            can_unlock=phase is Phase.LOCKED and can_void(answers.application),
            printing=self._printing.under_way is not None,
            ask=self.reprint.ask,
            reprint=phase in {Phase.OUT, Phase.BACK}
            and can_change(answers.application, "form.issued")
            and self._printing.under_way is None,
            scan=self._returned.state(phase, answers, self._here),
            action=self._action(phase, answers, blocking),
        )
        self._show()
        self._describe(phase, answers, blocking, f"{findings.filled} / {findings.total}")

    def _action(self, phase: Phase, answers: FormAnswers, blocking: tuple[Finding, ...]) -> ActionState:
        under_way = self._printing.under_way
        asked = self.reprint.action()
        if asked is not None or phase is Phase.LOCKED or (phase is Phase.BACK and not answers.changed()):
            return asked or ActionState(say("shell.next", step=say("steps.materials")))
        printing = "printing.both" if self._printing.both else "form_page.print"
        primary = say({Phase.FILL: printing, Phase.OUT: "form_page.take_back"}.get(phase, "form_page.correct"))
        if under_way is not None:
            return waiting(primary, *state_words(under_way))
        return action_of(primary, phase, answers, blocking, busy=self._busy)

    def _describe(self, phase: Phase, answers: FormAnswers, blocking: tuple[Finding, ...], note: str) -> None:
        lines = panel_lines(phase, answers, blocking, self._errors)
        step: Words = say("form_page.step_note", filled=note) if phase is Phase.FILL else ""
        self._serving.describe(Station.FORM, missing=lines, note=step)

    def _show(self) -> None:
        for view in self._views:
            view.show_state(self._state)
