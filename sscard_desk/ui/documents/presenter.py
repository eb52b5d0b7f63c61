"""Scan a material for the file: sides come one by one, are looked at, put in order, and kept."""

from dataclasses import replace
from typing import Final, Protocol

from sscard_desk.domain.application import Application, KeptDocument
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.ids import ApplicationId
from sscard_desk.domain.portrait import Preview
from sscard_desk.domain.scanned_document import DocumentPage
from sscard_desk.forms.document_kinds import DocumentKind, kind_for
from sscard_desk.forms.materials import material_words
from sscard_desk.ports.scanner import Source
from sscard_desk.ui.application_flow import can_change
from sscard_desk.ui.documents.pile import Pile
from sscard_desk.ui.documents.scanning import IMAGING, Scanning
from sscard_desk.ui.documents.shown import action_of, advice_of_page, lines_of, next_words
from sscard_desk.ui.documents.state import DOCUMENTS, DocumentsState
from sscard_desk.ui.serving.material_words import both
from sscard_desk.ui.serving.serving import STORE, Serving
from sscard_desk.ui.states import Mark, ToastState
from sscard_desk.ui.words import advice_of, message_of, say
from sscard_desk.usecases.keep_document import Scanned, keep_document, take_back_document

PREVIEW: Final = 900
"""Height of a page in the preview, px."""


class View(Protocol):
    """What shows the page."""

    def show_state(self, state: DocumentsState) -> None:
        """Show it."""


class DocumentsPresenter:
    """The page for scanning a material. What was scanned stays until it is kept or another person is served."""

    def __init__(self, serving: Serving) -> None:
        self._serving = serving
        self._views: list[View] = []
        self._state = DocumentsState()
        self._of: tuple[ApplicationId | str, str] = ("", "")
        self._piles: dict[str, Pile] = {}
        self._source = Source.GLASS
        self._scanning = Scanning(serving, self._refresh)
        self._keeping = False
        self._shown: tuple[Preview, ...] = ()

    def attach(self, view: View) -> None:
        """Show this page in a view."""
        self._views.append(view)
        view.show_state(self._state)

    # -- the path's calls

    def open_for(self, material: str) -> None:
        """F7 at a material: scan it at once."""
        application = self._serving.application
        if not material or not can_change(application, "document.kept"):
            return
        if self._of[0] != application.id:
            self._piles = {}
        self._of, self._shown = (application.id, material), ()
        self._scanning.forget()
        self._serving.turn_aside(DOCUMENTS)
        if not self._pile.pages and not self._kept_before(application):
            self.scan()

    def opened(self) -> None:
        """The page came into view, or the application changed."""
        self._keeping = False
        self._refresh()

    def closed(self) -> None:
        """Another page comes into view: the scanner is let go, what came is kept for coming back."""
        self._shown = ()
        self._scanning.stop()

    def stop(self) -> bool:
        """Esc: close the preview, or stop the scan; return whether there was either."""
        if self._shown:
            self.close_preview()
            return True
        return self._scanning.stop()

    def go_on(self) -> None:
        """Ctrl+Enter: keep the sides as the copy of this material."""
        if self._keeping or not self._state.action.enabled:
            return
        counter, application, pile = self._serving.counter, self._serving.application, self._pile
        scanned = Scanned(self._of[1], self._kind, pile.pages)
        self._keeping = True
        self._refresh()
        self._serving.run(
            STORE,
            lambda: keep_document(counter.store, counter.session, application, scanned, counter.documents),
            self._kept,
            self._failed,
        )

    # -- the clerk's words

    def scan(self) -> None:
        """F7: scan the next side, or the pile."""
        self._order(again=None)

    def scan_again(self) -> None:
        """F5: scan the chosen side anew, in its place."""
        if self._pile.pages:
            self._order(again=self._pile.current)

    def set_source(self, source: str) -> None:
        """Where the paper lies, for this session."""
        self._source = Source(source)
        self._refresh()

    def choose(self, number: int) -> None:
        """A side was chosen."""
        self._put(self._pile.choosing(number - 1))

    def move(self, by: int) -> None:
        """The chosen side goes further left or right."""
        self._put(self._pile.moved(by))

    def drop(self) -> None:
        """Del: the chosen side is not wanted."""
        self._put(self._pile.dropped())

    def turn(self) -> None:
        """R: turn the chosen side by a quarter."""
        page, of = self._pile.chosen, self._of

        def turned(now: DocumentPage) -> None:
            if of == self._of and self._pile.chosen is page:
                self._put(self._pile.with_chosen(now))

        if page is not None and not self._scanning.busy:
            self._scanning.turn(page, self._kind, turned)

    def look(self) -> None:
        """Ctrl+P: look at the document as it would be kept, or at what was kept last."""
        counter, of, pages, kind = self._serving.counter, self._of, self._pile.pages, self._kind
        before = self._kept_before(self._serving.application)
        if self._scanning.busy or not (pages or before):
            return

        def render() -> tuple[Preview, ...]:
            desk = counter.documents
            pdf = desk.bind(pages, kind, kind.words.zh) if pages else counter.store.blob(before[-1].document)
            return desk.look(pdf, PREVIEW)

        def rendered(shown: tuple[Preview, ...]) -> None:
            if of == self._of:
                self._shown = shown
                self._refresh()

        self._serving.run(IMAGING, render, rendered)

    def close_preview(self) -> None:
        """Back to the sides."""
        self._shown = ()
        self._refresh()

    def take_back(self) -> None:
        """What was kept of this material before does not count any more."""
        counter, application = self._serving.counter, self._serving.application
        kept = self._kept_before(application)
        if self._keeping or not kept or not can_change(application, "document.taken_back"):
            return
        document = kept[-1].document
        self._keeping = True
        self._refresh()
        self._serving.run(
            STORE,
            lambda: take_back_document(counter.store, counter.session, application, document),
            self._taken_back,
            self._failed,
        )

    # -- inner

    @property
    def _pile(self) -> Pile:
        return self._piles.get(self._of[1], Pile())

    @property
    def _kind(self) -> DocumentKind:
        return kind_for(self._of[1])

    def _put(self, pile: Pile) -> None:
        self._piles[self._of[1]] = pile
        self._refresh()

    def _order(self, *, again: int | None) -> None:
        if self._scanning.running or self._keeping or not self._state.can_change:
            return
        of = self._of
        self._piles[of[1]] = replace(self._pile, again=again)

        def came(pages: tuple[DocumentPage, ...]) -> None:
            if of == self._of:
                self._put(self._pile.added(pages))

        self._scanning.begin(self._kind, self._source, came)

    def _kept(self, application: Application) -> None:
        self._keeping = False
        self._piles.pop(self._of[1], None)
        words = say("documents.done", name=both(material_words(self._of[1])))
        self._serving.notify(ToastState(words, mark=Mark.OK))
        self._serving.keep(application, go_on=False)

    def _taken_back(self, application: Application) -> None:
        self._keeping = False
        self._serving.notify(ToastState(say("documents.taken_back"), mark=Mark.WARN))
        self._serving.keep(application, go_on=False)

    def _failed(self, error: DeskError) -> None:
        self._keeping = False
        self._refresh()
        self._serving.tell(error)

    def _kept_before(self, application: Application) -> list[KeptDocument]:
        return [each for each in application.documents if each.material == self._of[1]]

    def _refresh(self) -> None:
        if not self._of[1] or self._serving.dossier is None:
            return
        application, pile, kind = self._serving.application, self._pile, self._kind
        before = self._kept_before(application)
        trouble = self._scanning.trouble
        self._state = DocumentsState(
            material=both(material_words(self._of[1])),
            kind=both(kind.words),
            source=self._source.value,
            lines=lines_of(pile.pages, kind),
            current=pile.current + 1 if pile.pages else 0,
            advice=advice_of_page(pile.chosen),
            next=next_words(len(pile.pages), kind, self._source),
            scanning=self._scanning.running,
            share=self._scanning.share,
            trouble=message_of(trouble) if trouble else "",
            trouble_note=say("missing.advice", advice=advice_of(trouble), code=trouble.code) if trouble else "",
            kept=say("documents.kept_before", pages=sum(each.pages for each in before)) if before else "",
            can_take_back=bool(before) and can_change(application, "document.taken_back"),
            can_change=can_change(application, "document.kept"),
            action=action_of(pile.pages, kind, busy=self._scanning.busy or self._keeping),
            preview=self._shown,
        )
        for view in self._views:
            view.show_state(self._state)
