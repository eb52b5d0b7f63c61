"""Why a sheet is spoiled, asked on the page: the sheet alone, without printing it again. No Qt."""

from collections.abc import Callable
from dataclasses import replace

from sscard_desk.domain.prints import PrintRecord
from sscard_desk.forms.codes import table
from sscard_desk.ui.serving.prints import STORE
from sscard_desk.ui.serving.reprint import ReprintAsk
from sscard_desk.ui.serving.serving import Serving
from sscard_desk.ui.states import ActionState, Mark, Option, ToastState
from sscard_desk.ui.words import Both, Words, say
from sscard_desk.usecases.prints import OTHER, SPOILED_REASONS, spoil


class Spoiling:
    """Asks for the reason and marks the sheet.

    Args:
        serving: who is being served.
        show: shows the question, or nothing.
        marked: a sheet was marked.
    """

    def __init__(self, serving: Serving, show: Callable[[], None], marked: Callable[[], None]) -> None:
        self._serving, self._show, self._marked = serving, show, marked
        self._record: PrintRecord | None = None
        self.ask: ReprintAsk | None = None

    def begin(self, record: PrintRecord) -> None:
        """Ask why this sheet is no good; one that is marked already stays as it was marked."""
        if record.spoiled or not record.counts:
            return
        options = tuple(
            Option(row.code, Both(row.words.zh, row.words.en), row.initials) for row in table(SPOILED_REASONS).rows
        )
        self._record = record
        self.ask = ReprintAsk(say("printing.spoil_ask", serial=record.serial), record.copy, options, spoiled=None)
        self._show()

    def choose(self, code: str) -> None:
        """A reason was chosen."""
        self._change(reason=code)

    def type(self, words: str) -> None:
        """The reason in words."""
        self._change(words=words)

    def stop(self) -> bool:
        """Esc: the sheet is good; return whether the question stood open."""
        was_open, self.ask, self._record = self.ask is not None, None, None
        if was_open:
            self._show()
        return was_open

    def action(self) -> ActionState | None:
        """Return the action bar while the question stands open."""
        if self.ask is None:
            return None
        return ActionState(say("printing.spoil_now"), reason=say("printing.spoil_final"), reason_mark=Mark.WARN)

    def confirm(self) -> None:
        """Mark it, once the reason is there."""
        ask, record, counter = self.ask, self._record, self._serving.counter
        if ask is None or record is None:
            return
        error: Words = ""
        if not ask.reason:
            error = say("printing.reason_missing")
        elif table(SPOILED_REASONS).row(ask.reason).word == OTHER and not ask.words.strip():
            error = say("printing.words_missing")
        if error:
            self.ask = replace(ask, error=error)
            self._show()
            return
        self.stop()

        def done(after: PrintRecord) -> None:
            self._serving.notify(ToastState(say("printing.spoil_done", serial=after.serial)))
            self._marked()

        self._serving.run(STORE, lambda: spoil(counter.store, counter.session, record, ask.reason, ask.words), done)

    def _change(self, **words: str) -> None:
        if self.ask is not None:
            self.ask = replace(self.ask, error="", **words)  # type: ignore[arg-type] # only its texts are named
            self._show()
