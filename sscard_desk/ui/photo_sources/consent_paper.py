"""The consent's sheet: printed to be signed, scanned when it is, held against the words on the screen. No Qt."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final

from sscard_desk.domain.errors import DeskError
from sscard_desk.forms.photo_consent import ConsentText
from sscard_desk.ports.devices import Cancel
from sscard_desk.ui.serving.case_paper import CasePaper
from sscard_desk.ui.serving.serving import Serving
from sscard_desk.ui.sign.scanned import read_scan
from sscard_desk.usecases.consent_sheet import CONSENT_SHEET, consent_sheet, read_sheet

SCANNER: Final = "scanner"
IMAGING: Final = "imaging"


class ConsentPaper:
    """The sheet of the consent in hand.

    Args:
        serving: the counter.
        changed: shows the page again.
        came: gets the scan on which the sheet was recognised.
    """

    def __init__(self, serving: Serving, changed: Callable[[], None], came: Callable[[bytes], None]) -> None:
        self._serving, self._changed, self._came = serving, changed, came
        self.paper = CasePaper(serving, changed)
        self._cancel: Cancel | None = None
        self._drawn_for: ConsentText | None = None

    @property
    def scanning(self) -> bool:
        """Whether a sheet is being scanned or checked."""
        return self._cancel is not None

    @property
    def busy(self) -> bool:
        """Whether anything is under way with it."""
        return self.scanning or self.paper.drawing or self.paper.printing is not None

    def forget(self) -> None:
        """Other words, another way or another person: nothing is wanted any more."""
        self._leave_scan()
        self.paper.forget()
        self._drawn_for = None

    def stop(self) -> bool:
        """Esc: leave the scan, the question or the print; return whether there was any."""
        if self._leave_scan():
            self._changed()
            return True
        return self.paper.stop()

    def print(self, text: ConsentText) -> None:
        """Print the words to be signed; a second copy of the same words asks for its reason."""
        if self.busy:
            return
        if self._drawn_for == text and self.paper.pages:
            self.paper.print()
            return
        press = replace(self._serving.counter.press(), language=text.language)
        self._drawn_for = text
        self.paper.draw(CONSENT_SHEET, lambda application: consent_sheet(press, application, text), self.paper.print)
        self._changed()

    def scan(self, text: ConsentText) -> None:
        """Scan the signed sheet."""
        if self.scanning:
            return
        cancel, scanner = Cancel(), self._serving.counter.devices.scanner
        self._cancel = cancel
        self._changed()

        def scanned(pages: tuple[bytes, ...]) -> None:
            if self._cancel is cancel:
                self._check(text, lambda: pages, cancel)

        self._serving.run(SCANNER, lambda: scanner.scan(cancel), scanned, lambda e: self._not_read(e, cancel), cancel)

    def take(self, text: ConsentText, path: str) -> None:
        """Take the scan of the signed sheet from a file."""
        if not self.scanning:
            cancel = self._cancel = Cancel()
            self._changed()
            self._check(text, lambda: (read_scan(Path(path)),), cancel)

    # -- inner

    def _check(self, text: ConsentText, scans: Callable[[], tuple[bytes, ...]], cancel: Cancel) -> None:
        """Hold what came against the words that are shown; only their own sheet is a consent."""
        counter, application = self._serving.counter, self._serving.application
        press = replace(counter.press(), language=text.language)

        def checked(scan: bytes) -> None:
            if self._cancel is cancel:
                self._cancel = None
                self._came(scan)

        self._serving.run(
            IMAGING,
            lambda: read_sheet(press, counter.form_reader, application, text, scans()),
            checked,
            lambda error: self._not_read(error, cancel),
            cancel,
        )

    def _not_read(self, error: DeskError, cancel: Cancel) -> None:
        if self._cancel is cancel:
            self._cancel = None
            self._changed()
            self._serving.tell(error)

    def _leave_scan(self) -> bool:
        cancel, self._cancel = self._cancel, None
        if cancel is not None:
            cancel.set()
        return cancel is not None
