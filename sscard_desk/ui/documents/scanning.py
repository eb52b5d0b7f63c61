"""One scan that runs: sides come on the scanner's lane, become pages on the imaging lane, and go to whom wants them.

No Qt. What came is given on although the scan was stopped, jammed or lost its line after it.
"""

from collections.abc import Callable
from typing import Final

from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.scanned_document import DocumentPage
from sscard_desk.forms.document_kinds import DocumentKind
from sscard_desk.ports.devices import Cancel
from sscard_desk.ports.scanner import Colour, ScannedPage, ScanOrder, Source
from sscard_desk.ui.serving.serving import Serving

SCANNER: Final = "scanner"
IMAGING: Final = "imaging"
STEP: Final = 0.1
"""Progress is told in steps of this share."""
Came = Callable[[tuple[DocumentPage, ...]], None]


class Scanning:
    """The scanner and the pages that are being made of what it gave.

    Args:
        serving: the counter.
        changed: called on the window's thread after each change.

    Attributes:
        running: whether the scanner works.
        share: how much of the page in hand has come, None where the scanner does not say.
        trouble: what went wrong last.
    """

    def __init__(self, serving: Serving, changed: Callable[[], None]) -> None:
        self._serving, self._changed = serving, changed
        self.running = False
        self.share: float | None = None
        self.trouble: DeskError | None = None
        self._reading = 0
        self._cancel: Cancel | None = None

    @property
    def busy(self) -> bool:
        """Whether the scanner works or a page is being made."""
        return self.running or self._reading > 0

    def begin(self, kind: DocumentKind, source: Source, came: Came) -> None:
        """Scan; `came` gets the pages as they come, on the window's thread."""
        cancel = Cancel()
        self._cancel, self.running, self.share, self.trouble = cancel, True, None, None
        self._changed()
        colour = Colour.GREY if kind.grey else Colour.COLOUR
        order = ScanOrder(source, kind.dpi, colour, kind.width, kind.height)
        scanner, serving, told = self._serving.counter.devices.scanner, self._serving, [0.0]

        def progress(share: float | None) -> None:
            if share is not None and not told[0] <= share < told[0] + STEP:
                told[0] = share
                serving.post(lambda: self._moved(cancel, share))

        def give(page: ScannedPage) -> None:
            serving.post(lambda: self._make(page, kind, came))

        def work() -> None:
            for page in scanner.pages(order, cancel, progress):
                give(page)

        serving.run(SCANNER, work, lambda _: self._ended(cancel, None), lambda e: self._ended(cancel, e), cancel)

    def stop(self) -> bool:
        """Stop the scan; return whether one ran."""
        if self._cancel is None:
            return False
        self._cancel.set()
        self._cancel, self.running, self.share = None, False, None
        self._changed()
        return True

    def turn(self, page: DocumentPage, kind: DocumentKind, done: Callable[[DocumentPage], None]) -> None:
        """Turn a page by a quarter."""
        desk = self._serving.counter.documents
        self._read(lambda: (desk.turn(page, kind),), lambda pages: done(pages[0]))

    def forget(self) -> None:
        """What went wrong is over."""
        self.trouble = None

    # -- inner

    def _make(self, page: ScannedPage, kind: DocumentKind, came: Came) -> None:
        desk = self._serving.counter.documents
        self._read(lambda: desk.pages(page.content, page.dpi, kind), came)

    def _read(self, work: Callable[[], tuple[DocumentPage, ...]], came: Came) -> None:
        def done(pages: tuple[DocumentPage, ...]) -> None:
            self._reading -= 1
            came(pages)
            self._changed()

        self._reading += 1
        self._serving.run(IMAGING, work, done, self._unread)

    def _moved(self, cancel: Cancel, share: float) -> None:
        if cancel is self._cancel:
            self.share = share
            self._changed()

    def _ended(self, cancel: Cancel, trouble: DeskError | None) -> None:
        if cancel is self._cancel:
            self._cancel, self.running, self.share, self.trouble = None, False, None, trouble
            self._changed()

    def _unread(self, error: DeskError) -> None:
        self._reading -= 1
        self.trouble = error
        self._changed()
