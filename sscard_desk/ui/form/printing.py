"""The form's paper: drawn, looked at, printed and printed again, and what the printer says of it. No Qt."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from sscard_desk.domain.application import Application
from sscard_desk.domain.due import Counting
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.portrait import Preview
from sscard_desk.domain.prints import PrintRecord, PrintState
from sscard_desk.ui.application_flow import Station
from sscard_desk.ui.form.answers import FormAnswers
from sscard_desk.ui.serving.print_words import trouble_words
from sscard_desk.ui.serving.prints import PrintChange
from sscard_desk.ui.serving.reprint import Reprint
from sscard_desk.ui.serving.serving import Serving
from sscard_desk.ui.serving.sheet import Sheet, draw_sheet
from sscard_desk.ui.states import Mark
from sscard_desk.ui.words import Words
from sscard_desk.usecases.form_of import CONFIRMATION, REGISTRATION
from sscard_desk.usecases.issue_form import registration_paper
from sscard_desk.usecases.print_forms import draw_both, draw_registration, plan_registration, registration_came_out
from sscard_desk.usecases.prints import Drawn
from sscard_desk.usecases.time_limit import LastDay, last_day

PAPER: Final = "paper"


@dataclass(frozen=True)
class Trouble:
    """Why a paper did not come out, and what to do; empty words where nothing is wrong."""

    words: Words = ""
    note: Words = ""
    mark: Mark = Mark.WARN


class FormPrinting:
    """The papers of the form in view.

    Args:
        serving: the counter and its lanes.
        answers: gives what the form says now, None before it was read.
        changed: called when something else is to be shown.
    """

    def __init__(
        self, serving: Serving, answers: Callable[[], FormAnswers | None], changed: Callable[[], None]
    ) -> None:
        self._serving, self._answers, self._changed = serving, answers, changed
        self._trouble_of = ""
        self.both, self.busy = False, False
        """Whether the confirmation form is to come out with it; whether something is being drawn."""
        self.pages: tuple[Preview, ...] = ()
        self.trouble = Trouble()
        self.reprint = Reprint(serving, REGISTRATION, changed, self._print_again)
        serving.prints.listen(self._print_changed)

    @property
    def under_way(self) -> PrintRecord | None:
        """The print that the printer has not ended yet."""
        dossier = self._serving.dossier
        return None if dossier is None else self._serving.prints.now(dossier.application.id, REGISTRATION)

    def forget(self) -> None:
        """Somebody else's form comes."""
        self.both, self.busy, self.pages, self.trouble = False, False, (), Trouble()

    def begin(self, *, both: bool) -> None:
        """A form was read."""
        self.both, self.busy, self.pages = both, False, ()

    def closed(self) -> None:
        """Another page comes into view."""
        self.reprint.stop()
        self.pages = ()

    def stop(self) -> bool:
        """Close the preview or the question; return whether there was one."""
        if self.pages:
            self.close_preview()
            return True
        return self.reprint.stop()

    def take_back(self) -> bool:
        """Cancel the print that is under way; return whether there was one."""
        under_way = self.under_way
        if under_way is not None:
            self._serving.prints.take_back(under_way)
        return under_way is not None

    def close_preview(self) -> None:
        """Close the preview."""
        self.pages = ()
        self._changed()

    def print(self, answers: FormAnswers, reason: str = "", words: str = "") -> None:
        """Print the form and issue it when it came out, with the confirmation form where that is not out yet."""
        counter, application, values, due = (
            self._serving.counter, answers.application, answers.all(), self._last_day(),
        )  # fmt: skip
        both = self.both and not reason
        self.busy, self.trouble = True, Trouble()
        self._changed()

        def draw() -> list[Drawn]:
            if both:
                return draw_both(counter, application, values, due)
            plan = plan_registration(counter.store, application, values, due=due, reason=reason, words=words)
            return [draw_registration(counter, plan, values)]

        def came_out(record: PrintRecord) -> Application | None:
            return registration_came_out(counter, record, values)[1]

        def drawn(papers: list[Drawn]) -> None:
            self._serving.prints.send(papers, {REGISTRATION: came_out}, self._failed)

        self._serving.run(PAPER, draw, drawn, self._failed)

    def look(self, answers: FormAnswers, *, draft: bool) -> None:
        """Show the same document as printed, with a watermark while it is a draft."""
        counter, application, values = self._serving.counter, answers.application, answers.all()
        press, last = counter.press(), self._last_day()
        due = last.day if draft else application.due
        assumed = due is not None and last.counted is Counting.WEEKDAYS
        self.busy = True
        self._changed()

        def drawn(sheet: Sheet) -> None:
            if self._answers() is answers:
                self.busy, self.pages = False, sheet.pages
                self._changed()

        self._serving.run(
            PAPER,
            lambda: draw_sheet(
                counter.paper,
                lambda: registration_paper(press, application, values, due=due, draft=draft, due_assumed=assumed),
            ),
            drawn,
            self._failed,
        )

    def _print_again(self, reason: str, words: str) -> None:
        answers = self._answers()
        if answers is not None:
            self.print(answers, reason, words)

    def _last_day(self) -> LastDay:
        counter = self._serving.counter
        return last_day(counter.today(), counter.time_limit, counter.working_days)

    def _print_changed(self, change: PrintChange) -> bool:
        """News of a print; what concerns the page in view is shown on it."""
        dossier, record = self._serving.dossier, change.record
        mine = record.form in {REGISTRATION, CONFIRMATION}
        if dossier is None or not mine or record.application != dossier.application.id:
            return False
        here = self._serving.here is Station.FORM
        if record.form == CONFIRMATION:
            self.both = self.both and (record.state.empty or record.state is PrintState.UNKNOWN)
            if change.trouble is None and self._trouble_of != record.id:
                return here
        self.trouble = Trouble(*trouble_words(change.trouble)) if change.trouble else Trouble()
        self._trouble_of = record.id if change.trouble else ""
        self.busy = self.busy and record.form == CONFIRMATION and change.trouble is None
        self._changed()  # the page that was left says so no more either
        return here

    def _failed(self, error: DeskError) -> None:
        self.busy = False
        self._changed()
        self._serving.tell(error)
