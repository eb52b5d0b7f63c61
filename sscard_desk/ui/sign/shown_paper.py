"""The paper that is signed: drawn once, kept with the first signature under it, shown again byte for byte. No Qt."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from sscard_desk.domain.application import Application
from sscard_desk.domain.errors import DeskError
from sscard_desk.ui.serving.serving import Serving
from sscard_desk.ui.serving.sheet import Sheet, kept_sheet
from sscard_desk.usecases.issue_form import registration_paper

PAPER: Final = "paper"


class ShownPaper:
    """The paper of one content digest.

    Args:
        serving: who is being served.
        drawn: it is there.
        failed: it cannot be drawn.
    """

    def __init__(self, serving: Serving, drawn: Callable[[], None], failed: Callable[[DeskError], None]) -> None:
        self._serving, self._drawn, self._failed = serving, drawn, failed
        self._digest = ""
        self.sheet: Sheet | None = None

    def forget(self) -> None:
        """Somebody else is in hand."""
        self._digest, self.sheet = "", None

    def to_keep(self, application: Application) -> bytes:
        """Return the document to be kept with the first signature under it; nothing where one is kept already."""
        if self.sheet is None or self._digest != application.digest:
            return b""
        return self.sheet.pdf if application.paper is None or self.sheet.again else b""

    def draw(self, application: Application) -> None:
        """Draw it, unless it stands there."""
        if self.sheet is not None and self._digest == application.digest:
            return
        counter, digest = self._serving.counter, application.digest
        press = counter.press()
        shown = replace(application, copies=max(0, application.copies - 1))  # this copy again, not the next one

        def came(sheet: Sheet) -> None:
            if self._serving.dossier is not None and self._serving.application.digest == digest:
                self._digest, self.sheet = digest, sheet
                self._drawn()

        self._serving.run(
            PAPER,
            lambda: kept_sheet(
                counter.paper,
                counter.store,
                application.paper,
                lambda: registration_paper(press, shown, application.answers, due=application.due),
            ),
            came,
            self._failed,
        )
