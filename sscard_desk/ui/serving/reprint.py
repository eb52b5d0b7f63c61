"""Why a paper is printed again: asked on the page, before the second copy. No Qt."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from sscard_desk.domain.ids import ApplicationId
from sscard_desk.domain.prints import PrintRecord, latest
from sscard_desk.forms.codes import CodeRow, table
from sscard_desk.ui.serving.prints import STORE
from sscard_desk.ui.serving.serving import Serving
from sscard_desk.ui.states import ActionState, Option
from sscard_desk.ui.words import Both, Words, say
from sscard_desk.usecases.prints import OTHER, REPRINT_REASONS, spoil

_SPOILS: Final = "spoils_"
_OTHER_SPOILED: Final = "9"


@dataclass(frozen=True)
class ReprintAsk:
    """The question as the page shows it.

    Attributes:
        title: what is asked.
        copy: the copy that is out; the next one has the number after it.
        options: the reasons of the table.
        reason: code of the chosen one, empty before.
        words: the same in free words.
        spoiled: whether the copy before is taken back and spoiled; None where that is not asked.
        error: what is missing.
    """

    title: Words
    copy: int = 0
    options: tuple[Option, ...] = ()
    reason: str = ""
    words: str = ""
    spoiled: bool | None = False
    error: Words = ""


class Reprint:
    """Asks for the reason and marks the copy before, if it is no good.

    Args:
        serving: who is being served.
        form: name of the form.
        show: shows the question, or nothing.
        go: prints, with reason and words.
    """

    def __init__(self, serving: Serving, form: str, show: Callable[[], None], go: Callable[[str, str], None]) -> None:
        self._serving, self._form, self._show, self._go = serving, form, show, go
        self._subject: ApplicationId | None = None
        self.ask: ReprintAsk | None = None

    def about(self, form: str, subject: ApplicationId | None = None) -> None:
        """From now on it is about this form, of the application in hand or of a list with a subject of its own."""
        self._form, self._subject = form, subject

    def begin(self) -> None:
        """Ask."""
        store, subject = self._serving.counter.store, self._of()

        def found(record: PrintRecord | None) -> None:
            rows = table(REPRINT_REASONS).rows
            options = tuple(Option(row.code, Both(row.words.zh, row.words.en), row.initials) for row in rows)
            copy = record.copy if record else 1
            self.ask = ReprintAsk(say("printing.ask", copy=copy + 1), copy, options)
            self._show()

        self._serving.run(STORE, lambda: latest(self._form, store.prints(subject)), found)

    def choose(self, code: str) -> None:
        """A reason was chosen; a sheet that came out badly is proposed as spoiled."""
        if self.ask is not None:
            spoiled = _row(code).word.startswith(_SPOILS)
            self.ask = replace(self.ask, reason=code, spoiled=spoiled, error="")
            self._show()

    def type(self, words: str) -> None:
        """The reason in words."""
        if self.ask is not None:
            self.ask = replace(self.ask, words=words, error="")
            self._show()

    def set_spoiled(self, *, spoiled: bool) -> None:
        """Whether the copy before is spoiled."""
        if self.ask is not None:
            self.ask = replace(self.ask, spoiled=spoiled)
            self._show()

    def stop(self) -> bool:
        """Esc: do not print again; return whether the question stood open."""
        was_open, self.ask = self.ask is not None, None
        if was_open:
            self._show()
        return was_open

    def action(self) -> ActionState | None:
        """Return the action bar while the question stands open."""
        return None if self.ask is None else ActionState(say("printing.again_now", copy=self.ask.copy + 1))

    def confirm(self) -> None:
        """Print, once the reason is there."""
        ask = self.ask
        if ask is None:
            return
        error: Words = ""
        if not ask.reason:
            error = say("printing.reason_missing")
        elif _row(ask.reason).word == OTHER and not ask.words.strip():
            error = say("printing.words_missing")
        if error:
            self.ask = replace(ask, error=error)
            self._show()
            return
        counter, subject = self._serving.counter, self._of()
        row, self.ask = _row(ask.reason), None
        code = row.word.removeprefix(_SPOILS) if row.word.startswith(_SPOILS) else _OTHER_SPOILED
        words = ask.words.strip() or row.words.zh

        def mark() -> None:
            before = latest(self._form, counter.store.prints(subject))
            if ask.spoiled and before is not None and not before.spoiled:
                spoil(counter.store, counter.session, before, code, words if code == _OTHER_SPOILED else "")

        self._serving.run(STORE, mark, lambda _none: self._go(ask.reason, ask.words))
        self._show()

    def _of(self) -> ApplicationId:
        return self._subject if self._subject is not None else self._serving.application.id


def _row(code: str) -> CodeRow:
    return table(REPRINT_REASONS).row(code)
