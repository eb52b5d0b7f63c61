"""The receipt that came back pasted on the form: its number is proposed, once, where nothing was typed. No Qt."""

from collections.abc import Callable
from typing import Final

from sscard_desk.domain.application import Application
from sscard_desk.ui.serving.serving import Serving
from sscard_desk.usecases.studio_photo import pasted_receipt

IMAGING: Final = "imaging"


class PastedReceipt:
    """Reads it for one application.

    Args:
        serving: the counter.
        proposed: gets the number.
    """

    def __init__(self, serving: Serving, proposed: Callable[[str], None]) -> None:
        self._serving, self._proposed = serving, proposed
        self._looked_for = ""

    def forget(self) -> None:
        """Another application came: its receipt has not been looked at."""
        self._looked_for = ""

    def look(self, application: Application) -> None:
        """Look at the receipt, where there is one that was not looked at yet."""
        if application.photo_receipt is None or self._looked_for == application.id:
            return
        self._looked_for = application.id
        counter = self._serving.counter
        codes = counter.photo_sources.receipt_codes

        def read(number: str) -> None:
            if number and self._looked_for == application.id:
                self._proposed(number)

        self._serving.run(IMAGING, lambda: pasted_receipt(counter.store, application, codes), read)
