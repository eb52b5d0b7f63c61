"""Reading an id card from its scan: compare each field with its place on the card, confirm it, compare the person."""

from collections.abc import Callable
from pathlib import Path
from typing import Final, Protocol, TypeVar

from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.id_scan import IdCardWrongSide, TextReaderMissing
from sscard_desk.domain.errors.operator import ScanUnreadable
from sscard_desk.domain.id_scan import IdScan, ScanWarning
from sscard_desk.ports.devices import Cancel
from sscard_desk.ports.scanner import Colour, ScanOrder
from sscard_desk.ui.id_scan.in_hand import InHand
from sscard_desk.ui.id_scan.person_look import PersonLook
from sscard_desk.ui.id_scan.rows import error_words, field_options, hint_of
from sscard_desk.ui.id_scan.state import PORTRAIT, IdScanState, ScanNotice
from sscard_desk.ui.serving.serving import STORE, Serving
from sscard_desk.ui.states import ActionState, Mark
from sscard_desk.ui.words import Words, advice_of, message_of, say
from sscard_desk.usecases.identify import Identity
from sscard_desk.usecases.identify_scan import compared_scan, identify_scan

ID_SCAN: Final = "id_scan"
"""The page's key."""
SCANNER: Final = "scanner"
ORDER: Final = ScanOrder(dpi=300, colour=Colour.COLOUR)
"""What the recognition reads best, and the portrait in colour, whatever forms are scanned with."""
IMAGING: Final = "imaging"
LARGEST_FILE: Final = 200 * 1024 * 1024

T = TypeVar("T")


class View(Protocol):
    """What shows the page."""

    def show_state(self, state: IdScanState) -> None:
        """Show it."""


class IdScanPresenter:
    """The page of a scanned id card."""

    def __init__(self, serving: Serving) -> None:
        self._serving = serving
        self._views: list[View] = []
        self._state = IdScanState()
        self._cancel: Cancel | None = None
        self._person = PersonLook(serving, self._refresh)
        self._forget()

    def attach(self, view: View) -> None:
        """Show this page in a view."""
        self._views.append(view)
        view.show_state(self._state)

    @property
    def current(self) -> str:
        """The row in hand."""
        return self._hand.current

    # -- the frame's calls

    def opened(self) -> None:
        """The page came into view, or comes back from behind the lock: nothing confirmed is lost there."""
        self._refresh()

    def closed(self) -> None:
        """Another page comes into view: devices are let go, and no picture of a person stays."""
        self._stop_work()
        self._forget()

    def stop(self) -> bool:
        """Esc: stop what runs."""
        running = self._cancel is not None
        self._stop_work()
        self._refresh()
        return running

    def go_on(self) -> None:
        """Ctrl+Enter: hold who was confirmed against the register."""
        if not self._state.action.enabled:
            return
        confirmed = {name: text for name, text in self._hand.confirmed.items() if name != PORTRAIT}
        counter, scan = self._serving.counter, self._hand.scan
        if scan is None:
            return
        compared = compared_scan(scan, confirmed, self._files, with_camera=self._person.picture is not None)
        self._begin(say("id_scan.looking_up"), Cancel())
        self._serving.run(
            STORE,
            lambda: identify_scan(confirmed, counter.persons, counter.store, compared),
            self._identified,
            self._failed,
        )

    # -- the clerk's words

    def scan(self) -> None:
        """F7: scan what lies on the glass; after the front it is the other side."""
        if self._cancel is None:
            cancel, scanner = Cancel(), self._serving.counter.devices.scanner
            self._begin(say("id_scan.scanning"), cancel)
            came = self._mine(self._came)

            def pages() -> tuple[bytes, ...]:
                return tuple(page.content for page in scanner.pages(ORDER, cancel))

            self._serving.run(SCANNER, pages, came, self._mine(self._failed), cancel)

    def take_file(self, path: str) -> None:
        """Read a file in place of what lies on the glass."""
        if self._cancel is None:
            cancel = Cancel()
            self._begin(say("id_scan.reading"), cancel)
            came = self._mine(self._came)
            self._serving.run(IMAGING, lambda: (_read_file(Path(path)),), came, self._mine(self._failed), cancel)

    def again(self) -> None:
        """F5: take another picture of the person, or begin with another scan."""
        if self._hand.current == PORTRAIT:
            self._person.take()
            self._refresh()
        elif self._cancel is None:
            self._forget()
            self._refresh()

    def choose(self, name: str) -> None:
        """A row was chosen."""
        if self._cancel is None and name in self._hand.names:
            self._hand.choose(name)
            self._moved()

    def step(self, by: int) -> None:
        """Up or down: the row before or after."""
        names = self._hand.names
        if self._hand.current in names:
            self.choose(names[max(0, min(len(names) - 1, names.index(self._hand.current) + by))])

    def typed(self, text: str) -> None:
        """A key in the field."""
        self._hand.type(text)
        self._refresh()

    def entered(self) -> None:
        """Enter: what stands in the field is what stands on the card; or, at the portrait, it is this person."""
        if self._hand.scan is None or self._cancel is not None:
            return
        if self._hand.confirm(self._serving.counter.today()):
            self._moved()
        else:
            self._refresh()

    # -- inner

    def _forget(self) -> None:
        self._files: tuple[bytes, ...] = ()
        self._hand = InHand()
        self._person.forget()
        self._notice: ScanNotice | None = None
        self._busy: Words = ""

    def _begin(self, words: Words, cancel: Cancel) -> None:
        self._cancel, self._busy, self._notice = cancel, words, None
        self._refresh()

    def _stop_work(self) -> None:
        if self._cancel is not None:
            self._cancel.set()
        self._cancel, self._busy = None, ""

    def _mine(self, act: Callable[[T], None]) -> Callable[[T], None]:
        """Return an act that happens only while nobody stopped the work that it follows."""
        cancel = self._cancel

        def guarded(result: T) -> None:
            if cancel is not None and cancel is self._cancel:
                act(result)

        return guarded

    def _came(self, files: tuple[bytes, ...]) -> None:
        """Files came: with those of the side before, unless that card is whole."""
        before = self._hand.scan
        whole = before is not None and ScanWarning.FRONT_ONLY not in before.warnings
        together = files if whole else (*self._files, *files)
        reader, cancel = self._serving.counter.id_scans, self._cancel
        if cancel is None:
            return

        def read() -> IdScan:
            if reader is None:
                raise TextReaderMissing
            return reader.read(together, cancel)

        def done(scan: IdScan) -> None:
            self._files = together
            self._read(scan)

        def failed(error: DeskError) -> None:
            if isinstance(error, IdCardWrongSide):
                self._files = together  # its other side comes with the next scan
            self._failed(error)

        self._begin(say("id_scan.reading"), cancel)
        self._serving.run(IMAGING, read, self._mine(done), self._mine(failed), cancel)

    def _read(self, scan: IdScan) -> None:
        self._cancel, self._busy = None, ""
        self._hand.take(scan, self._serving.counter.today())
        self._moved()

    def _moved(self) -> None:
        """Another row is in hand."""
        if self._hand.current == PORTRAIT and self._person.picture is None:
            self._person.take()
        self._refresh()

    def _identified(self, identity: Identity) -> None:
        if self._cancel is None:
            return
        self._serving.receive(identity)

    def _failed(self, error: DeskError) -> None:
        self._stop_work()
        note = say("missing.advice", advice=advice_of(error), code=error.code)
        self._notice = ScanNotice(Mark.WARN, message_of(error), note)
        self._refresh()

    def _refresh(self) -> None:
        hand, field = self._hand, self._hand.field
        hint: Words = hint_of(field) if field is not None else say("id_scan.portrait_hint") if hand.scan else ""
        portrait = hand.scan.portrait if hand.scan is not None else b""
        compared = hand.current == PORTRAIT
        self._state = IdScanState(
            rows=hand.rows,
            current=hand.current,
            value=hand.typed if field is not None else "",
            options=field_options(hand.current),
            error=error_words(hand.trouble),
            hint=hint,
            cut_out=field.cut_out if field is not None else portrait,
            camera=self._person.picture if compared else None,
            camera_note=self._person.note if compared else "",
            notice=self._notice or self._warning(),
            busy=self._busy,
            action=self._action(),
        )
        for view in self._views:
            view.show_state(self._state)

    def _warning(self) -> ScanNotice | None:
        if self._hand.scan is None or not self._hand.scan.warnings:
            return None
        first = self._hand.scan.warnings[0]
        return ScanNotice(Mark.WARN, say(f"id_scan.warning.{first.value}"), say(f"id_scan.warning.{first.value}_note"))

    def _action(self) -> ActionState:
        primary = say("id_scan.act")
        if self._busy:
            return ActionState(primary, enabled=False, reason=self._busy, reason_mark=Mark.BUSY)
        if self._hand.scan is None:
            return ActionState(primary, enabled=False, reason=say("id_scan.first"), reason_mark=Mark.TODO)
        if self._hand.left:
            reason = say("id_scan.left", count=self._hand.left)
            return ActionState(primary, enabled=False, reason=reason, reason_mark=Mark.WARN)
        return ActionState(primary, reason=say("id_scan.ready"), reason_mark=Mark.OK)


def _read_file(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise ScanUnreadable
        return path.read_bytes()
    except OSError:
        raise ScanUnreadable from None
