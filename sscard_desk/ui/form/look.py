"""All that the form page shows, put together from the form, its paper and what the printer says. No Qt."""

from dataclasses import replace

from sscard_desk.forms.findings import Findings, Verdict
from sscard_desk.ui.application_flow import can_change, can_void
from sscard_desk.ui.form.action import action_of, waiting
from sscard_desk.ui.form.fields import field_states
from sscard_desk.ui.form.filling import Filling
from sscard_desk.ui.form.phase import phase_of
from sscard_desk.ui.form.printing import FormPrinting
from sscard_desk.ui.form.returned import ReturnedForm
from sscard_desk.ui.form.shape import shape_of, shown_value, with_proposals
from sscard_desk.ui.form.state import FormState, Phase
from sscard_desk.ui.form.summary import chips_of
from sscard_desk.ui.serving.dossier import Dossier
from sscard_desk.ui.serving.print_words import state_words
from sscard_desk.ui.states import ActionState
from sscard_desk.ui.words import say


class FormLook:
    """How the page looks.

    Args:
        printing: the papers of the form.
        returned: the scans of it.
    """

    def __init__(self, printing: FormPrinting, returned: ReturnedForm) -> None:
        self._printing, self._returned = printing, returned

    def state(
        self, before: FormState, filling: Filling, dossier: Dossier, findings: Findings, *, taking_back: bool
    ) -> FormState:
        """Return what is shown now; focus and preview stand as they were said.

        Args:
            before: what was shown.
            filling: the form.
            dossier: whose it is.
            findings: what is missing or wrong in it.
            taking_back: whether it is being taken back now.
        """
        answers, printing = filling.answers, self._printing
        phase, values = phase_of(answers.application), answers.all()
        shape = with_proposals(shape_of(answers.definition, values, answers.listed), answers.proposed)
        fields = [each for section in shape for each in section.fields]
        wrong = sum(each.field in filling.errors and each.verdict is Verdict.WRONG for each in findings.blocking)
        under_way, busy = printing.under_way is not None, printing.busy or taking_back
        return replace(
            before,
            phase=phase,
            busy=busy,
            pages=printing.pages,
            trouble=printing.trouble.words,
            trouble_note=printing.trouble.note,
            trouble_mark=printing.trouble.mark,
            edition=answers.definition.edition,
            chips=chips_of(phase, wrong, findings.filled, findings.total),
            shape=shape,
            fields=field_states(answers, dossier, fields, filling.errors, locked=phase is Phase.LOCKED or under_way),
            shown={each.id: shown_value(answers.definition, each.id, values) for each in fields},
            can_unlock=phase is Phase.LOCKED and can_void(answers.application),
            printing=under_way,
            ask=printing.reprint.ask,
            reprint=phase in {Phase.OUT, Phase.BACK}
            and can_change(answers.application, "form.issued")
            and not under_way,
            scan=self._returned.state(phase, answers, filling.here),
            action=self._action(phase, filling, findings, busy=busy),
        )

    def _action(self, phase: Phase, filling: Filling, findings: Findings, *, busy: bool) -> ActionState:
        answers, under_way = filling.answers, self._printing.under_way
        asked = self._printing.reprint.action()
        if asked is not None:
            return asked
        if phase is Phase.LOCKED or (phase is Phase.BACK and not answers.changed()):
            return ActionState(say("shell.next", step=say("steps.materials")))
        printing = "printing.both" if self._printing.both else "form_page.print"
        primary = say({Phase.FILL: printing, Phase.OUT: "form_page.take_back"}.get(phase, "form_page.correct"))
        if under_way is not None:
            return waiting(primary, *state_words(under_way))
        return action_of(primary, phase, answers, findings.blocking, busy=busy)
