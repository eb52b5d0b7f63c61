"""One paper of the case in hand: looked at, printed, printed again with a reason. No Qt.

Preview and print are the same bytes: what was drawn is kept until it is printed or the case moves on.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from sscard_desk.domain.application import Application
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.events import Material
from sscard_desk.domain.portrait import Preview
from sscard_desk.domain.prints import PrintRecord
from sscard_desk.ui.serving.reprint import Reprint
from sscard_desk.ui.serving.serving import Serving
from sscard_desk.ui.serving.sheet import Sheet, draw_sheet
from sscard_desk.usecases.case_papers import make_paper
from sscard_desk.usecases.papers import MadePaper, to_print
from sscard_desk.usecases.prints import Drawn, PrintPlan

PAPER: Final = "paper"
Maker = Callable[[Application], MadePaper]
"""Makes the paper; runs on the paper lane."""


@dataclass(frozen=True)
class _Ready:
    """A paper as it was drawn, and for what."""

    application: Application = field(repr=False)
    form: str
    sheet: Sheet
    plan: PrintPlan


class CasePaper:
    """Draws, shows and prints the papers of one case.

    Args:
        serving: who is being served.
        changed: shows the page again.
    """

    def __init__(self, serving: Serving, changed: Callable[[], None]) -> None:
        self._serving, self._changed = serving, changed
        self.reprint = Reprint(serving, "", changed, self._print_again)
        self._ready: _Ready | None = None
        self._sent = False
        self._form = ""
        self._maker: Maker | None = None
        self.drawing = False
        self.error: DeskError | None = None

    @property
    def pages(self) -> tuple[Preview, ...]:
        """The paper in view, page by page; empty while none is drawn."""
        return self._ready.sheet.pages if self._ready is not None else ()

    @property
    def printing(self) -> PrintRecord | None:
        """Its print that is under way."""
        dossier = self._serving.dossier
        return self._serving.prints.now(dossier.application.id, self._form) if dossier and self._form else None

    def forget(self) -> None:
        """Another page, person or choice comes."""
        self._ready, self._form, self._maker, self.drawing, self.error = None, "", None, False, None
        self._sent = False
        self.reprint.stop()

    def take(self, form: str, shown: Sequence[Material] | None = None) -> Maker:
        """Return the maker of a paper of this case as it stands; `shown` as in `make_paper`."""
        counter = self._serving.counter
        press, days = counter.press(), counter.working_days
        return lambda application: make_paper(press, application, form, days, shown)

    def draw(self, form: str, maker: Maker, then: Callable[[], None] | None = None) -> None:
        """Draw a paper; the page is shown again when it is there.

        Args:
            form: name of its form.
            maker: makes it.
            then: what follows once it is drawn.
        """
        self.forget()
        self._form, self._maker, self.drawing = form, maker, True
        self._begin("", "", then)

    def print(self) -> None:
        """Print what was drawn; a second copy of the same content asks for its reason first."""
        ready = self._ready
        if self.reprint.ask is not None:
            self.reprint.confirm()
        elif ready is not None and self.printing is None and not self.drawing:
            if self._sent:  # the paper in view is out: the next copy has a number of its own
                self._redraw("", "")
            elif ready.plan.again and not ready.plan.reason:
                self.reprint.about(ready.form)
                self.reprint.begin()
            else:
                self._send(ready)

    def stop(self) -> bool:
        """Esc: leave the question, or cancel the print; return whether there was either."""
        if self.reprint.stop():
            return True
        under_way = self.printing
        if under_way is not None:
            self._serving.prints.take_back(under_way)
        return under_way is not None

    # -- inner

    def _print_again(self, reason: str, words: str) -> None:
        self._redraw(reason, words)

    def _redraw(self, reason: str, words: str) -> None:
        self.drawing, self._sent = True, False
        self._changed()
        self._begin(reason, words, self.print)

    def _begin(self, reason: str, words: str, then: Callable[[], None] | None) -> None:
        form, maker, application = self._form, self._maker, self._serving.application
        counter = self._serving.counter
        press = counter.press()
        if maker is None:
            return

        def draw() -> _Ready:
            made = maker(application)
            plan = to_print(press, application, made, reason=reason, words=words).plan
            return _Ready(application, form, draw_sheet(counter.paper, lambda: made.pdf), plan)

        def drawn(ready: _Ready) -> None:
            if (self._form, self._maker) != (form, maker) or not self._in_hand(application):
                return  # another paper or person by now
            self._ready, self.drawing = ready, False
            self._changed()
            if then is not None:
                then()

        def failed(error: DeskError) -> None:
            if (self._form, self._maker) == (form, maker):
                self.drawing, self.error = False, error
                self._changed()

        self._serving.run(PAPER, draw, drawn, failed)

    def _send(self, ready: _Ready) -> None:
        self._sent = True
        drawn = Drawn(ready.plan, ready.sheet.pdf, len(ready.sheet.pages))
        self._serving.prints.send([drawn], {}, self._serving.tell)
        self._changed()

    def _in_hand(self, application: Application) -> bool:
        dossier = self._serving.dossier
        return dossier is not None and dossier.application.id == application.id


def print_at_once(serving: Serving, application: Application, maker: Maker) -> None:
    """Print a paper of somebody who leaves the page now; what goes wrong is told as a notice, with the paper's name.

    Args:
        serving: the counter.
        application: whose paper.
        maker: makes it.
    """
    counter = serving.counter
    press = counter.press()

    def draw() -> Drawn:
        return to_print(press, application, maker(application))

    serving.run(PAPER, draw, lambda drawn: serving.prints.send([drawn], {}, serving.tell))
