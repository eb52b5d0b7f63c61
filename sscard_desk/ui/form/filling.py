"""One form while it is filled in: what stands in it, which fields say what is wrong, and where the clerk is. No Qt."""

from collections.abc import Callable

from sscard_desk.forms.findings import Findings, Verdict
from sscard_desk.ui.form.answers import FormAnswers
from sscard_desk.ui.form.phase import open_fields, typed_fields
from sscard_desk.ui.states import FieldState


class Filling:
    """What the clerk does to the fields of one form.

    Args:
        answers: what stands in it.
        here: the field that had the focus when it was left; empty for none.
        keep: takes what was typed and where, to be there again after a restart.
    """

    def __init__(self, answers: FormAnswers, here: str, keep: Callable[[FormAnswers, str], None]) -> None:
        self.answers, self._keep = answers, keep
        self.here = here
        """The field that has the focus."""
        self.errors = {name for name in answers.typed if answers.finding(name) is not None}
        """The fields that say what is wrong: nobody is told so before the field was left."""

    def first(self) -> str:
        """Return where the focus begins."""
        return self.here or next(iter(open_fields(self.answers)), "")

    def edited(self, field: str, text: str) -> None:
        """A key: kept at once; an error goes with the key that mends it; a check digit is judged at the last key."""
        answers = self.answers
        answers.type(field, text)
        self.here = field
        if field in self.errors:
            if answers.finding(field) is None:
                self.errors.discard(field)
        elif answers.judged_at_last_key(field) and answers.finding(field) is not None:
            self.errors.add(field)
        self._keep(answers, field)

    def left(self, field: str) -> None:
        """The field was left: now it may say what is wrong, and what stands in it is kept at once."""
        answers, before = self.answers, dict(self.answers.typed)
        answers.settle(field)
        finding = answers.finding(field)
        wrong = finding is not None and (finding.verdict is not Verdict.MISSING or field in before)
        (self.errors.add if wrong else self.errors.discard)(field)
        if before or answers.typed:
            self._keep(answers, field)

    def leave(self) -> None:
        """The page is left: what was typed last is kept."""
        if self.here and self.answers.definition.has(self.here):
            self.left(self.here)

    def take(self, field: str, value: str) -> None:
        """Take a proposed value over."""
        self.edited(field, value)
        self.left(field)

    def restore(self, field: str, shown: FieldState) -> bool:
        """Take back what was typed into a field, or what the id card brought into it; return whether there was any.

        Args:
            field: the field.
            shown: as the clerk sees it.
        """
        answers = self.answers
        if field in answers.typed:
            answers.restore(field)
        elif shown.old is not None:
            answers.type(field, shown.old.value)
        else:
            return False
        self.errors.discard(field)
        self._keep(answers, field)
        return True

    def last_typed(self) -> str:
        """Return the field whose change Ctrl+Z takes back: the one with the focus, or the last one; empty for none."""
        typed = self.answers.typed
        if not typed:
            return ""
        return self.here if self.here in typed else list(typed)[-1]

    def next_missing(self) -> bool:
        """Go to the next field that is missing or wrong, and let it say what; return whether there is one."""
        wrong = open_fields(self.answers)
        if not wrong:
            return False
        after = wrong.index(self.here) + 1 if self.here in wrong else 0
        self.here = wrong[after % len(wrong)]
        self.errors.add(self.here)
        return True

    def show_all(self, findings: Findings) -> str:
        """Let every field that is missing or wrong say so; return the first one."""
        self.errors |= {finding.field for finding in findings.blocking}
        return findings.blocking[0].field

    def take_proposal(self) -> bool:
        """Take over what is proposed for this field, or go to the next proposal; return whether it went there."""
        answers, there = self.answers, typed_fields(self.answers)
        proposed = [name for name in answers.proposed if answers.proposal(name) and name in there]
        if self.here in proposed:
            self.take(self.here, answers.proposal(self.here))
            return False
        if proposed:
            self.here = proposed[0]
        return bool(proposed)
