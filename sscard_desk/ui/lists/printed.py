"""Lists that were printed: which, what became of each, the very bytes again, what came back signed. No Qt."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.operator import NoFormOnPage
from sscard_desk.domain.prints import PrintRecord
from sscard_desk.ports.form_reader import ScanReading
from sscard_desk.ui.papers.state import PaperLine
from sscard_desk.ui.serving.form_pile import FormPile
from sscard_desk.ui.serving.print_words import kept_words
from sscard_desk.ui.serving.serving import STORE, Serving
from sscard_desk.ui.serving.sheet import Sheet, draw_sheet
from sscard_desk.ui.serving.spoiling import Spoiling
from sscard_desk.ui.states import Mark, ToastState
from sscard_desk.ui.words import say
from sscard_desk.usecases.keep_returned import KeptPapers, keep_returned_lists

PAPER: Final = "paper"


class PrintedLists:
    """The lists of a period that are out.

    Args:
        serving: the counter.
        changed: shows the page again.
        marked: a sheet was marked as spoiled or came back signed: what is shown has to be read again.
        failed: the kept document cannot be shown, or nothing can be scanned.
    """

    def __init__(
        self,
        serving: Serving,
        changed: Callable[[], None],
        marked: Callable[[], None],
        failed: Callable[[DeskError], None],
    ) -> None:
        self._serving, self._changed, self._failed = serving, changed, failed
        self._records: tuple[PrintRecord, ...] = ()
        self.chosen = ""
        self.sheet: Sheet | None = None
        self.spoiling = Spoiling(serving, changed, marked)
        self._read, self.pile = marked, FormPile(serving, changed, self._came, failed)

    def show(self, records: Sequence[PrintRecord]) -> None:
        """These were printed, oldest first; the newest is chosen where none is."""
        self._records = tuple(reversed(records))
        if self._record() is None:
            self.chosen = self._records[0].id if self._records else ""

    def forget(self) -> None:
        """Another list or area comes into view."""
        self._records, self.chosen, self.sheet = (), "", None
        self.pile.stop()
        self.spoiling.stop()

    @property
    def lines(self) -> tuple[PaperLine, ...]:
        """One line a print, newest first."""
        return tuple(self._line(record) for record in self._now())

    @property
    def can_look(self) -> bool:
        """Whether the chosen one's document is kept."""
        record = self._record()
        return record is not None and record.paper is not None

    @property
    def can_spoil(self) -> bool:
        """Whether the chosen one can be marked as spoiled."""
        record = self._record()
        return record is not None and record.counts and not record.spoiled and record.state.ended

    def choose(self, key: str) -> None:
        """Another one."""
        if key != self.chosen and any(record.id == key for record in self._records):
            self.chosen, self.sheet = key, None
            self.spoiling.stop()
            self._changed()

    def look(self) -> None:
        """Show what came back signed, if it did, and the very bytes that were printed."""
        record, counter = self._record(), self._serving.counter
        if record is None or record.paper is None:
            return
        blob, signed = record.paper, record.returned

        def drawn(sheet: Sheet) -> None:
            if self.chosen == record.id:
                self.sheet = sheet
                self._changed()

        def draw() -> Sheet:
            sheet = draw_sheet(counter.paper, lambda: counter.store.blob(blob))
            if signed is None:
                return sheet
            return replace(
                sheet, pages=(*draw_sheet(counter.paper, lambda: counter.store.blob(signed)).pages, *sheet.pages)
            )

        self._serving.run(PAPER, draw, drawn, self._failed)

    def close(self) -> bool:
        """Close the document; return whether it stood open."""
        was_open, self.sheet = self.sheet is not None, None
        return was_open

    def spoil(self) -> None:
        """Del: ask why the chosen sheet is no good."""
        record = self._record()
        if record is not None and self.can_spoil:
            self.spoiling.begin(record)

    def _came(self, reading: ScanReading, _files: tuple[bytes, ...]) -> None:
        """A pile was read: keep the lists in it."""
        counter = self._serving.counter

        def kept(papers: KeptPapers) -> None:
            for error in papers.refused:
                if not (isinstance(error, NoFormOnPage) and papers.kept):  # the back of a sheet is blank
                    self._serving.tell(error)
            if papers.kept:
                self.chosen = papers.kept[-1].id
                serials = tuple(each.serial for each in papers.kept)
                self._serving.notify(ToastState(say("lists.returned", serials=serials), say("lists.returned_note")))
            self._read()

        self._serving.run(
            STORE,
            lambda: keep_returned_lists(counter.store, counter.session, counter.paper, reading),
            kept,
            self._failed,
        )

    def _now(self) -> tuple[PrintRecord, ...]:
        """The records, with those under way as far as they are."""
        prints = self._serving.prints
        moving = {each.id: each for record in self._records for each in prints.under_way(record.application)}
        return tuple(moving.get(each.id, each) for each in self._records)

    def _record(self) -> PrintRecord | None:
        return next((each for each in self._now() if each.id == self.chosen), None)

    def _line(self, record: PrintRecord) -> PaperLine:
        note, mark = kept_words(record)
        if record.returned_at is not None and not record.spoiled:
            at = record.returned_at.astimezone()
            note, mark = say("lists.came_back", day=at.date(), time=at), Mark.OK
        return PaperLine(record.id, say(f"printing.form.{record.form}"), note, mark, record.serial)
