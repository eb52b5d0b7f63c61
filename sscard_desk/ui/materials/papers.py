"""The papers of the materials page: the notice of everything missing, and the receipt of what was shown. No Qt."""

from collections.abc import Callable
from dataclasses import dataclass

from sscard_desk.domain.application import OUTSTANDING
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.events import Material
from sscard_desk.domain.portrait import Preview
from sscard_desk.ui.serving.case_paper import CasePaper
from sscard_desk.ui.serving.print_words import trouble_words
from sscard_desk.ui.serving.prints import PrintChange
from sscard_desk.ui.serving.reprint import ReprintAsk
from sscard_desk.ui.serving.serving import Serving
from sscard_desk.ui.states import Mark
from sscard_desk.ui.words import Words, say
from sscard_desk.usecases.check_materials import checklist_of
from sscard_desk.usecases.papers import MATERIALS_RECEIPT, MISSING_NOTICE


@dataclass(frozen=True)
class PapersPart:
    """What the page shows of its papers; see `MaterialsState`."""

    notice: Words = ""
    receipt: Words = ""
    pages: tuple[Preview, ...] = ()
    ask: ReprintAsk | None = None
    trouble: Words = ""
    trouble_note: Words = ""
    trouble_mark: Mark = Mark.WARN


class MaterialsPapers:
    """Prints both papers, and shows before what will be printed.

    Args:
        serving: who is being served.
        marked: how the materials stand on the page, recorded or not.
        changed: shows the page again.
    """

    def __init__(
        self, serving: Serving, marked: Callable[[], tuple[Material, ...]], changed: Callable[[], None]
    ) -> None:
        self._serving, self._marked, self._changed = serving, marked, changed
        self.paper = CasePaper(serving, changed)
        self._looking = False
        self._error: DeskError | None = None
        serving.prints.listen(self._print_changed)

    def state(self) -> PapersPart:
        """Return what the page shows."""
        error = self._error or self.paper.error
        trouble, note, mark = trouble_words(error) if error is not None else ("", "", Mark.WARN)
        return PapersPart(
            notice=say("materials.notice") if self._lacks() else "",
            receipt=say("materials.receipt") if self._serving.application.materials else "",
            pages=self.paper.pages if self._looking else (),
            ask=self.paper.reprint.ask,
            trouble=trouble,
            trouble_note=note,
            trouble_mark=mark,
        )

    def print_notice(self) -> None:
        """Print the notice that names everything missing at once."""
        self._print(MISSING_NOTICE)

    def print_receipt(self) -> None:
        """Print the receipt of the materials that were recorded."""
        self._print(MATERIALS_RECEIPT)

    def look(self) -> None:
        """Ctrl+P: the notice while something is missing, else the receipt, as it will be printed."""
        part = self.state()
        if part.notice or part.receipt:
            self._looking = True
            self._draw(MISSING_NOTICE if part.notice else MATERIALS_RECEIPT)

    def stop(self) -> bool:
        """Esc: close the paper or the question, or cancel the print; return whether there was any."""
        if self._looking:
            self._looking = False
            self._changed()
            return True
        return self.paper.stop()

    def forget(self) -> None:
        """Another page or person comes."""
        self._looking, self._error = False, None
        self.paper.forget()

    # -- inner

    def _lacks(self) -> bool:
        """Whether the notice can be made: everything was looked at, and something has not come."""
        marked, application = self._marked(), self._serving.application
        looked_at = len(marked) == len(checklist_of(application))
        return looked_at and any(each.state in OUTSTANDING for each in marked)

    def _print(self, form: str) -> None:
        if self._serving.prints.now(self._serving.application.id, form) is None and not self.paper.drawing:
            self._looking, self._error = False, None
            self._draw(form, self.paper.print)

    def _draw(self, form: str, then: Callable[[], None] | None = None) -> None:
        shown = self._marked() if form == MISSING_NOTICE else None
        self.paper.draw(form, self.paper.take(form, shown), then)
        self._changed()

    def _print_changed(self, change: PrintChange) -> bool:
        dossier, record = self._serving.dossier, change.record
        if dossier is None or record.application != dossier.application.id:
            return False
        if record.form not in {MISSING_NOTICE, MATERIALS_RECEIPT}:
            return False
        self._error = change.trouble
        if self._serving.in_view("materials"):
            self._changed()
            return True
        return False
