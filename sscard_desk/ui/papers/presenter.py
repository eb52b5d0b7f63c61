"""Every paper of the case in hand: print receipts and notices, look at what was printed, mark what is spoiled."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.portrait import Preview
from sscard_desk.domain.prints import PrintRecord
from sscard_desk.ui.papers.state import PaperLine, PapersState
from sscard_desk.ui.serving.case_paper import PAPER, CasePaper
from sscard_desk.ui.serving.print_words import kept_words, state_words, trouble_words
from sscard_desk.ui.serving.prints import PrintChange
from sscard_desk.ui.serving.serving import STORE, Serving
from sscard_desk.ui.serving.sheet import Sheet, draw_sheet
from sscard_desk.ui.serving.side_panel import PAPERS
from sscard_desk.ui.serving.spoiling import Spoiling
from sscard_desk.ui.states import ActionState, Mark
from sscard_desk.ui.words import Words, say
from sscard_desk.usecases.case_papers import paper_offers


class View(Protocol):
    """What shows the page."""

    def show_state(self, state: PapersState) -> None:
        """Show it."""


class PapersPresenter:
    """The page of a case's papers."""

    def __init__(self, serving: Serving) -> None:
        self._serving = serving
        self._state = PapersState()
        self._views: list[View] = []
        self._records: tuple[PrintRecord, ...] = ()
        self._kept: Sheet | None = None
        self._whole = False
        self._error: DeskError | None = None
        self.paper = CasePaper(serving, self._refresh)
        self.spoiling = Spoiling(serving, self._refresh, self._read)
        serving.prints.listen(self._print_changed)

    def attach(self, view: View) -> None:
        """Show this page in a view."""
        self._views.append(view)
        view.show_state(self._state)

    # -- the path's calls

    def opened(self) -> None:
        """The page came into view: the first paper that can be made is drawn."""
        self._forget()
        self._records = ()
        offers = paper_offers(self._serving.application)
        first = next((each.form for each in offers if not each.why_not), "")
        self._state = PapersState(chosen=first)
        self._read()
        if first:
            self.paper.draw(first, self.paper.take(first))
        self._refresh()

    def closed(self) -> None:
        """Another page comes into view; what is at the printer goes on."""
        self._forget()

    def stop(self) -> bool:
        """Esc: close the document or a question, or cancel the print."""
        if self._whole:
            self.close_document()
            return True
        return self.spoiling.stop() or self.paper.stop()

    def go_on(self) -> None:
        """Ctrl+Enter: print the paper in view, or answer the question that stands open."""
        if self.spoiling.ask is not None:
            self.spoiling.confirm()
        elif self._state.action.enabled:
            self.paper.print()

    # -- the clerk's words

    def choose(self, key: str) -> None:
        """Look at another paper."""
        if key == self._state.chosen or not key:
            return
        self._forget()
        self._state = replace(self._state, chosen=key)
        record = self._record()
        if record is not None:
            self._show_kept(record)
        elif self._why_not() == "":
            self.paper.draw(key, self.paper.take(key))
        self._refresh()

    def open_document(self) -> None:
        """Ctrl+P: the whole paper, page by page."""
        if self._pages():
            self._whole = True
            self._refresh()

    def close_document(self) -> None:
        """Back to the list."""
        self._whole = False
        self._refresh()

    def spoil(self) -> None:
        """Del: mark the printed sheet in view as spoiled."""
        record = self._record()
        if record is not None and self._state.can_spoil:
            self.spoiling.begin(record)

    # -- inner

    def _seen(self) -> bool:
        return self._serving.in_view(PAPERS)

    def _forget(self) -> None:
        self.paper.forget()
        self.spoiling.stop()
        self._kept, self._whole, self._error = None, False, None

    def _read(self) -> None:
        store, application = self._serving.counter.store, self._serving.application

        def found(records: Sequence[PrintRecord]) -> None:
            dossier = self._serving.dossier
            if self._seen() and dossier is not None and dossier.application.id == application.id:
                self._records = tuple(records)
                self._refresh()

        self._serving.run(STORE, lambda: store.prints(application.id), found)

    def _show_kept(self, record: PrintRecord) -> None:
        """Show the very bytes that were printed."""
        counter, blob = self._serving.counter, record.paper
        if blob is None:
            return

        def drawn(sheet: Sheet) -> None:
            if self._state.chosen == record.id:
                self._kept = sheet
                self._refresh()

        def failed(error: DeskError) -> None:
            if self._state.chosen == record.id:
                self._error = error
                self._refresh()

        self._serving.run(PAPER, lambda: draw_sheet(counter.paper, lambda: counter.store.blob(blob)), drawn, failed)

    def _print_changed(self, change: PrintChange) -> bool:
        """News of a print: the list says how far it is."""
        dossier = self._serving.dossier
        if not self._seen() or dossier is None or change.record.application != dossier.application.id:
            return False
        self._error = change.trouble
        self._read()
        self._refresh()
        return True

    def _record(self) -> PrintRecord | None:
        return next((each for each in self._all() if each.id == self._state.chosen), None)

    def _all(self) -> tuple[PrintRecord, ...]:
        """The prints as they are kept, with those under way as far as they are."""
        moving = {each.id: each for each in self._serving.prints.under_way(self._serving.application.id)}
        return tuple(moving.get(each.id, each) for each in self._records)

    def _why_not(self) -> str:
        offers = {each.form: each.why_not for each in paper_offers(self._serving.application)}
        return offers.get(self._state.chosen, "")

    def _pages(self) -> tuple[Preview, ...]:
        return self._kept.pages if self._kept is not None else self.paper.pages

    def _refresh(self) -> None:
        if not self._seen() or self._serving.dossier is None:
            return
        pages, record = self._pages(), self._record()
        error = self._error or self.paper.error
        trouble, note, mark = trouble_words(error) if error is not None else ("", "", Mark.WARN)
        self._state = PapersState(
            offers=self._offers(),
            printed=tuple(_printed(each) for each in reversed(self._all())),
            chosen=self._state.chosen,
            page=pages[0] if pages else None,
            page_note=self._page_note(record),
            pages=pages if self._whole else (),
            can_open=bool(pages),
            can_spoil=record is not None and record.counts and not record.spoiled and record.state.ended,
            ask=self.paper.reprint.ask,
            spoiling=self.spoiling.ask,
            trouble=trouble,
            trouble_note=note,
            trouble_mark=mark,
            action=self._action(record),
        )
        for view in self._views:
            view.show_state(self._state)

    def _offers(self) -> tuple[PaperLine, ...]:
        out = [each for each in self._all() if each.counts and not each.spoiled]
        lines = []
        for offer in paper_offers(self._serving.application):
            newest = next((each for each in reversed(out) if each.form == offer.form), None)
            note, mark = kept_words(newest) if newest is not None else (say("papers.not_printed"), Mark.TODO)
            if offer.why_not:
                note, mark = say(f"papers.not_now.{offer.why_not}"), Mark.OFF
            name = say(f"printing.form.{offer.form}")
            lines.append(PaperLine(offer.form, name, note, mark, usable=not offer.why_not))
        return tuple(lines)

    def _page_note(self, record: PrintRecord | None) -> Words:
        if self.paper.drawing:
            return say("papers.drawing")
        if record is not None:
            return say("papers.as_printed", copy=record.copy) if record.paper else say("papers.not_kept")
        return say("papers.as_it_will_be") if self.paper.pages else ""

    def _action(self, record: PrintRecord | None) -> ActionState:
        asked = self.spoiling.action() or self.paper.reprint.action()
        if asked is not None:
            return asked
        primary = say("papers.print")
        why_not = self._why_not()
        if record is not None or not self._state.chosen:
            return ActionState(primary, enabled=False, reason=say("papers.choose"), reason_mark=Mark.TODO)
        if why_not:
            reason = say(f"papers.not_now.{why_not}")
            return ActionState(primary, enabled=False, reason=reason, reason_mark=Mark.TODO)
        under_way = self.paper.printing
        if under_way is not None:
            words, mark = state_words(under_way)
            return ActionState(primary, enabled=False, reason=words, reason_mark=mark)
        if self.paper.drawing or not self.paper.pages:
            return ActionState(primary, enabled=False, reason=say("papers.drawing"), reason_mark=Mark.BUSY)
        return ActionState(primary)


def _printed(record: PrintRecord) -> PaperLine:
    note, mark = kept_words(record)
    return PaperLine(record.id, say(f"printing.form.{record.form}"), note, mark, record.serial)
