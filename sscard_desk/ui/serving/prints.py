"""Every print of a session, followed to its end behind whatever page is in view. No Qt."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from threading import Lock
from typing import Final, Protocol, TypeVar

from sscard_desk.domain.application import Application
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.ids import ApplicationId, PrintId
from sscard_desk.domain.prints import PrintRecord, PrintState
from sscard_desk.ports.devices import Cancel
from sscard_desk.ui.serving.print_words import about_print, toast_of
from sscard_desk.ui.states import ToastState
from sscard_desk.usecases.counter import Counter
from sscard_desk.usecases.follow_prints import PrintNews, recover, wait_for_news
from sscard_desk.usecases.print_trouble import trouble_of
from sscard_desk.usecases.prints import Drawn, note_state, order_prints

T = TypeVar("T")
STORE: Final = "store"
PRINTER: Final = "printer"
PRINTS: Final = "prints"

Finish = Callable[[PrintRecord], Application | None]
"""Runs on the store's lane when the printer said that a paper is out: records that, and what follows from it."""


class Run(Protocol):
    """Does long work on a lane; `Serving.run`."""

    def __call__(
        self,
        lane: str,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[DeskError], None] | None = None,
        cancel: Cancel | None = None,
    ) -> None: ...


@dataclass(frozen=True)
class PrintChange:
    """One print in another state.

    Attributes:
        record: as it stands now.
        trouble: what to tell, None where all goes well.
        application: where it stands now, if something followed from the paper that came out.
    """

    record: PrintRecord
    trouble: DeskError | None = None
    application: Application | None = None


class Prints:
    """Orders papers, hands them over, follows them, and keeps what the printer says."""

    def __init__(
        self,
        counter: Counter,
        run: Run,
        notify: Callable[[ToastState], None],
        take_notice_away: Callable[[str], None],
    ) -> None:
        self._counter, self._run, self._notify, self._take_notice_away = counter, run, notify, take_notice_away
        self._open: dict[PrintId, PrintRecord] = {}
        self._lock = Lock()
        self._finish: dict[PrintId, Finish] = {}
        self._troubles: dict[PrintId, DeskError | None] = {}
        self._listeners: list[Callable[[PrintChange], bool]] = []
        self._following = False
        self._cancel = Cancel()

    def listen(self, listener: Callable[[PrintChange], bool]) -> None:
        """Tell somebody of every change; who shows it in full returns True, and no notice is needed then."""
        self._listeners.append(listener)

    def begin(self, came_out: Callable[[PrintRecord], Application | None]) -> None:
        """Take up what was under way when the program ended last.

        Args:
            came_out: as `Finish`, for papers whose page is not in view any more.
        """
        counter = self._counter

        def look() -> list[PrintNews]:
            return recover(counter.store, counter.session, counter.devices.printer, came_out)

        def found(news: list[PrintNews]) -> None:
            for one in news:
                if one.state.ended:
                    self._tell(PrintChange(one.record, one.trouble))
                else:
                    self._finish[one.record.id] = came_out
                    self._keep(one.record)
                    self._troubles[one.record.id] = one.trouble
                    self._tell(PrintChange(one.record, one.trouble))
            self._follow()

        self._run(PRINTS, look, found)  # after the last session's follower has come to its end

    def close(self) -> None:
        """The session ends: the printer goes on, and the next session takes up what is open."""
        self._cancel.set()
        self._listeners.clear()

    def send(
        self,
        papers: Sequence[Drawn],
        finish: Mapping[str, Finish],
        failed: Callable[[DeskError], None],
    ) -> None:
        """Order papers in one transaction and print them one after the other.

        Args:
            papers: in the order in which they are to come.
            finish: by form, what follows when its paper is out.
            failed: gets why nothing was ordered.
        """
        store, session = self._counter.store, self._counter.session
        printer = self._counter.devices.printer

        def ordered(records: list[PrintRecord]) -> None:
            for record in records:
                if record.form in finish:
                    self._finish[record.id] = finish[record.form]
                self._keep(record)
                self._tell(PrintChange(record))
            self._follow()

        self._run(STORE, lambda: order_prints(store, session, printer.name, papers), ordered, failed)

    def follow(self, record: PrintRecord) -> None:
        """Hand over and follow what was ordered elsewhere, such as the papers of a class."""
        self._keep(record)
        self._tell(PrintChange(record))
        self._follow()

    def now(self, application: ApplicationId, form: str) -> PrintRecord | None:
        """Return the print of a form that is under way, or None."""
        mine = (each for each in self._under_way() if (each.application, each.form) == (application, form))
        return next(mine, None)

    def under_way(self, application: ApplicationId) -> tuple[PrintRecord, ...]:
        """Return the prints of an application that are under way, each as far as it is."""
        return tuple(each for each in self._under_way() if each.application == application)

    def trouble(self, record: PrintRecord) -> DeskError | None:
        """Return what to tell of a print that is under way."""
        return self._troubles.get(record.id)

    def take_back(self, record: PrintRecord) -> None:
        """Cancel a print as far as that goes; one at a printer that vanished ends as not known."""
        printer = self._counter.devices.printer
        if record.job and record.state is not PrintState.VANISHED:
            self._run(PRINTER, lambda: printer.take_back(record.job), lambda _none: None)
            return
        state = PrintState.UNKNOWN if record.job else PrintState.CANCELED
        self._note(PrintNews(record, state, trouble=trouble_of(state)))

    # -- inner

    def _under_way(self) -> list[PrintRecord]:
        with self._lock:
            return list(self._open.values())

    def _keep(self, record: PrintRecord) -> None:
        with self._lock:
            if record.state.ended:
                self._open.pop(record.id, None)
            else:
                self._open[record.id] = record

    def _follow(self) -> None:
        if self._following or not self._under_way() or self._cancel.is_set():
            return
        self._following = True
        printer, store = self._counter.devices.printer, self._counter.store

        def document(record: PrintRecord) -> bytes:
            return store.blob(record.paper) if record.paper else b""

        def broke(error: DeskError) -> None:
            self._following = False
            self._notify(toast_of(None, error))

        self._run(
            PRINTS, lambda: wait_for_news(printer, self._under_way, document, self._cancel), self._heard, broke,
            self._cancel,
        )  # fmt: skip

    def _heard(self, news: list[PrintNews]) -> None:
        self._following = False
        for one in news:
            self._note(one)
        self._follow()

    def _note(self, news: PrintNews) -> None:
        known = self._open.get(news.record.id)
        if known is None:  # taken back while it was being handed over
            printer = self._counter.devices.printer
            if news.job:
                self._run(PRINTER, lambda: printer.take_back(news.job), lambda _none: None)
            return
        record = replace(known, state=news.state, job=news.job or known.job)
        self._keep(record)
        self._troubles[record.id] = news.trouble
        store, session, finish = self._counter.store, self._counter.session, self._finish.get(record.id)
        if news.state is PrintState.COMPLETED:

            def came_out() -> Application | None:
                if finish is not None:
                    return finish(known)
                note_state(store, session, known, news.state)
                return None

            self._run(STORE, came_out, lambda after: self._tell(PrintChange(record, application=after)))
            return
        if news.state.ended or news.job:
            self._run(STORE, lambda: note_state(store, session, known, news.state, news.job), lambda _kept: None)
        self._tell(PrintChange(record, news.trouble))

    def _tell(self, change: PrintChange) -> None:
        shown = [listener(change) for listener in self._listeners]
        if change.trouble is None:  # a printer that had no paper goes on: nobody is asked to refill it any more
            self._take_notice_away(about_print(change.record))
        if change.record.state is PrintState.COMPLETED or (change.trouble is not None and not any(shown)):
            self._notify(toast_of(change.record, change.trouble, change.application, self._counter.time_limit.days))
