"""The paper that came back, beside the form: scanning it, reading it, and what its boxes propose. No Qt."""

from collections.abc import Callable

from sscard_desk.domain.application import Application
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.operator import FormCodesTorn, NoFormOnPage
from sscard_desk.domain.form_scan import TickReading, TickState
from sscard_desk.domain.numbers.form_serial import parse_form_serial
from sscard_desk.domain.portrait import Preview
from sscard_desk.ports.form_reader import Expected, ScanReading
from sscard_desk.ui.form.answers import FormAnswers
from sscard_desk.ui.form.scan_state import ScanState
from sscard_desk.ui.form.shape import tick_words
from sscard_desk.ui.form.state import Phase
from sscard_desk.ui.serving.form_pile import FormPile
from sscard_desk.ui.serving.serving import Serving
from sscard_desk.ui.states import Mark
from sscard_desk.ui.words import Both, Words, message_of, say
from sscard_desk.usecases.returned_paper import NO_PAPER, PileTaken, ReturnedPaper, take_pile


class ReturnedForm:
    """The scans of the application in hand, until its form is taken back.

    Args:
        serving: the counter.
        changed: called on the window's thread after each change.
        arrived: called besides when new pages are there.
    """

    def __init__(self, serving: Serving, changed: Callable[[], None], arrived: Callable[[], None]) -> None:
        self._serving, self._changed, self._arrived = serving, changed, arrived
        self.paper: ReturnedPaper = NO_PAPER
        self._application: Application | None = None
        self._pile = FormPile(serving, changed, self._came, self._failed)
        self._torn: tuple[bytes, ...] = ()
        self._number_error: Words | None = None

    def begin(self, application: Application) -> None:
        """Another application, or another state of it, came into view."""
        if self._application is None or self._application.id != application.id:
            self.forget()
        self._application = application

    def forget(self) -> None:
        """Drop all scans: they are recorded, or wanted anew."""
        self.stop()
        self.paper, self._torn, self._number_error = NO_PAPER, (), None

    def stop(self) -> bool:
        """Stop a scan that runs; return whether one did."""
        return self._pile.stop()

    # -- the clerk's words

    def scan(self) -> None:
        """F7: scan what lies in the scanner."""
        if self._application is not None:
            self._pile.scan()

    def take_file(self, path: str) -> None:
        """Read a file that was scanned elsewhere."""
        if self._application is not None:
            self._pile.take_file(path)

    def number_typed(self, text: str) -> None:
        """The number below the torn bar code was typed: read the same pages again with it."""
        if self._application is None or not self._torn or self._pile.busy:
            return
        try:
            parse_form_serial(text)
        except DeskError as error:
            self._number_error = message_of(error)
            self._changed()
            return
        self._number_error = None
        self._pile.read_again(self._torn, Expected(text, self._application.edition))

    # -- inner

    def _came(self, reading: ScanReading, files: tuple[bytes, ...]) -> None:
        if self._application is not None:
            self._took(take_pile(self.paper, reading, self._application), files)

    def _took(self, pile: PileTaken, files: tuple[bytes, ...]) -> None:
        self.paper = pile.paper
        torn = any(isinstance(error, FormCodesTorn) for error in pile.refused)
        self._torn = files if torn else ()
        for error in pile.refused:
            if isinstance(error, FormCodesTorn) or (isinstance(error, NoFormOnPage) and pile.taken):
                continue  # it is asked for beside the fields; the back of a sheet is blank
            self._serving.tell(error)
        self._changed()
        if pile.taken:
            self._arrived()

    def _failed(self, error: DeskError) -> None:
        self._changed()
        self._serving.tell(error)

    # -- what is shown

    def proposals(self, answers: FormAnswers) -> dict[str, TickReading]:
        """Return what the boxes propose and the form does not say yet, by field."""
        found = self.paper.proposals(answers.definition.name, answers.application)
        return {
            name: tick
            for name, tick in found.items()
            if answers.definition.has(name) and answers.value(name) != tick.code
        }

    def state(self, phase: Phase, answers: FormAnswers, here: str) -> ScanState:
        """Return what is shown beside the fields.

        Args:
            phase: where the form is.
            answers: what stands in it.
            here: the field that has the focus.
        """
        offered = phase is Phase.OUT
        pages = self.paper.of(answers.definition.name)
        open_ticks = self.proposals(answers)
        tick = open_ticks.get(here)
        label: Words = ""
        if answers.definition.has(here):
            words = answers.definition.field(here).words
            label = Both(words.zh, words.en)
        return ScanState(
            offered=offered,
            busy=self._pile.busy,
            shown=offered and bool(pages or self._torn),
            title=say("returned.pages", pages=tuple(str(page.page) for page in pages)) if pages else "",
            note=self._note(answers),
            field=here,
            label=label,
            picture=self._picture(here),
            tick=_tick_words(answers, here, tick),
            tick_mark=_mark(tick),
            can_take=tick is not None and tick.state is TickState.TICKED,
            open_ticks=len(open_ticks),
            asks_number=bool(self._torn),
            number_error=self._number_error,
        )

    def _picture(self, field: str) -> Preview | None:
        return next((page.fields[field] for page in self.paper.pages if field in page.fields), None)

    def _note(self, answers: FormAnswers) -> Words:
        lacking = self.paper.lacking(answers.definition.name)
        if lacking:
            return say("returned.lacking", pages=tuple(map(str, lacking)))
        open_ticks = len(self.proposals(answers))
        return say("returned.open_ticks", count=open_ticks) if open_ticks else ""


def _tick_words(answers: FormAnswers, field: str, tick: TickReading | None) -> Words:
    if tick is None:
        return ""
    words = tick_words(answers.definition.field(field), tick.code)
    if tick.state is TickState.UNCLEAR:
        return say("returned.unclear", words=words)
    return say("returned.ticked", words=words, percent=round(tick.confidence * 100))


def _mark(tick: TickReading | None) -> Mark:
    if tick is None:
        return Mark.TODO
    return Mark.UNKNOWN if tick.state is TickState.UNCLEAR else Mark.WARN
