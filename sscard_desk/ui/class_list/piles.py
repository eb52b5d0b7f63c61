"""The papers of a class at the printer: drawn on a lane, ordered at once, followed to what the printer says. No Qt."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.prints import PrintRecord, PrintState
from sscard_desk.forms.codes import table
from sscard_desk.ports.devices import Cancel
from sscard_desk.ui.class_list.progress import Ticker
from sscard_desk.ui.class_list.state import Again, Said
from sscard_desk.ui.serving.print_words import state_words, trouble_words
from sscard_desk.ui.serving.prints import PrintChange
from sscard_desk.ui.serving.serving import Serving
from sscard_desk.ui.states import Mark, Option
from sscard_desk.ui.words import Both, Words, say
from sscard_desk.usecases.print_class import ClassPrint, draw_class, order_class, printable
from sscard_desk.usecases.prints import OTHER, REPRINT_REASONS

PAPER = "paper"


class Piles:
    """Prints list and forms of a class as one job.

    Args:
        serving: lanes and prints.
        changed: shows the page again.
        drawing: told with what drawing is stopped, and None when it came to its end.
        failed: gets why nothing is printed.
    """

    def __init__(
        self,
        serving: Serving,
        changed: Callable[[], None],
        drawing: Callable[[Cancel | None], None],
        failed: Callable[[DeskError], None],
    ) -> None:
        self._serving, self._changed, self._drawing, self._failed = serving, changed, drawing, failed
        self.again: Again | None = None
        self.said: Said | None = None
        self._record: PrintRecord | None = None
        self._left_out = 0
        self._share: Callable[[float], None] = lambda _share: None
        serving.prints.listen(self._heard)

    @property
    def asking(self) -> bool:
        """Whether the question stands open why forms are printed again."""
        return self.again is not None

    @property
    def busy(self) -> bool:
        """Whether a pile is at the printer."""
        return self._record is not None

    def on_progress(self, share: Callable[[float], None]) -> None:
        """Tell somebody how much is drawn, 0 to 1."""
        self._share = share

    def forget(self) -> None:
        """Other work begins: what was said of the last pile goes."""
        self.said, self.again = None, None

    def draw(self, numbers: Sequence[str], reason: str = "", words: str = "") -> None:
        """Draw the papers of these applications and order them.

        Args:
            numbers: application numbers, in the order of the list.
            reason: why they are printed again.
            words: the same in words.
        """
        counter, cancel = self._serving.counter, Cancel()
        store, session, printer = counter.store, counter.session, counter.devices.printer.name
        watch = Ticker(self._serving.post, self._share, cancel)
        self.forget()

        def work() -> tuple[ClassPrint, PrintRecord]:
            pupils = printable(store, numbers)
            papers = draw_class(counter.press(), pupils, reason=reason, words=words, cancel=cancel, watch=watch)
            cancel.check()
            return papers, order_class(store, session, printer, papers)

        self._drawing(cancel)
        self._serving.run(PAPER, work, self._ordered, self._failed, cancel)

    def ask(self) -> None:
        """Forms of the same content are out: ask why they are printed again."""
        rows = table(REPRINT_REASONS).rows
        self.again = Again(tuple(Option(row.code, Both(row.words.zh, row.words.en), row.initials) for row in rows))
        self._changed()

    def choose(self, code: str) -> None:
        """A reason was chosen."""
        if self.again is not None:
            self.again = replace(self.again, reason=code, error="")
            self._changed()

    def type(self, words: str) -> None:
        """The reason in words."""
        if self.again is not None:
            self.again = replace(self.again, words=words, error="")
            self._changed()

    def confirm(self, numbers: Sequence[str]) -> None:
        """Print again, once the reason is there."""
        again = self.again
        if again is None:
            return
        error: Words = ""
        if not again.reason:
            error = say("printing.reason_missing")
        elif table(REPRINT_REASONS).row(again.reason).word == OTHER and not again.words.strip():
            error = say("printing.words_missing")
        if error:
            self.again = replace(again, error=error)
            self._changed()
            return
        self.draw(numbers, again.reason, again.words)

    def stop(self) -> bool:
        """Esc: leave the question, or take the job back; return whether there was any."""
        if self.again is not None:
            self.again = None
            self._changed()
            return True
        if self._record is None:
            return False
        self._serving.prints.take_back(self._record)
        return True

    # -- inner

    def _ordered(self, made: tuple[ClassPrint, PrintRecord]) -> None:
        papers, record = made
        self._record, self._left_out = record, len(papers.left_out)
        self._drawing(None)
        self._serving.prints.follow(record)

    def _heard(self, change: PrintChange) -> bool:
        if self._record is None or change.record.id != self._record.id:
            return False
        self._record = None if change.record.state.ended else change.record
        if change.trouble is not None:
            title, note, mark = trouble_words(change.trouble)
            self.said = Said(mark, title, note)
        elif change.record.state is PrintState.COMPLETED:
            note = say("class_page.not_drawn", count=self._left_out) if self._left_out else ""
            self.said = Said(Mark.OK, say("class_page.printed", pages=change.record.pages), note)
        else:
            words, mark = state_words(change.record)
            self.said = Said(mark, say("class_page.printing", pages=change.record.pages), words)
        self._changed()
        return False
