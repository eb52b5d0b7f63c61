"""The fields of a photo receipt as they are typed. No Qt."""

import re
from dataclasses import replace
from datetime import date
from typing import Final

from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.photo_sources import ReceiptExpired, ReceiptNotAccepted
from sscard_desk.forms.photo_sources import ReceiptTerms
from sscard_desk.ui.photo_sources.state import StudioState
from sscard_desk.ui.states import Option
from sscard_desk.ui.words import message_of, say
from sscard_desk.usecases.studio_photo import Receipt, StudioEntry

_DAY: Final = re.compile(r"(\d{4})[-./年]?(\d{1,2})[-./月]?(\d{1,2})日?")
_OF_THE_DAY: Final = frozenset({"day", "future", "unreadable_day"})


def read_day(typed: str) -> date | None:
    """Return a day as people type it (20261102, 2026-11-2, 2026年11月2日), None for nothing.

    Raises:
        ReceiptNotAccepted: it is no day.
    """
    typed = typed.strip()
    if not typed:
        return None
    found = _DAY.fullmatch(typed)
    try:
        return date(*(int(part) for part in found.groups())) if found else date.fromisoformat(typed)
    except ValueError:
        raise ReceiptNotAccepted(reason="unreadable_day") from None


class ReceiptFields:
    """What was typed; one studio on the list is chosen by itself."""

    def __init__(self) -> None:
        self.state = StudioState()

    def begin(self, studios: tuple[StudioEntry, ...], terms: ReceiptTerms) -> None:
        """Offer the studios of today; what was typed stays."""
        options = tuple(Option(each.code, each.name, note=each.address) for each in studios)
        only = options[0].code if len(options) == 1 else self.state.studio
        holds = say("photo_sources.holds_from" if terms.day_required else "photo_sources.holds", days=terms.valid_days)
        self.state = replace(self.state, options=options, studio=only, day_required=terms.day_required, holds=holds)

    def forget(self) -> None:
        """Another person: nothing stays."""
        self.state = StudioState(self.state.options, day_required=self.state.day_required, holds=self.state.holds)

    def typed(self, name: str, value: str) -> None:
        """A key in a field: `studio`, `receipt` or `issued`."""
        clean = replace(self.state, receipt_error="", issued_error="")
        match name:
            case "studio":
                self.state = replace(clean, studio=value)
            case "receipt":
                self.state = replace(clean, receipt=value)
            case _:
                self.state = replace(clean, issued=value)

    def receipt(self) -> Receipt:
        """Return what was typed.

        Raises:
            ReceiptNotAccepted: the day is no day.
        """
        return Receipt(self.state.receipt.strip(), self.state.studio, read_day(self.state.issued))

    def take(self, error: DeskError) -> bool:
        """Show an error at the field it is about; return whether it is about one."""
        if isinstance(error, ReceiptExpired):
            self.state = replace(self.state, issued_error=message_of(error))
            return True
        if isinstance(error, ReceiptNotAccepted):
            at_day = error.reason in _OF_THE_DAY
            said = message_of(error)
            self.state = replace(self.state, issued_error=said if at_day else "", receipt_error="" if at_day else said)
            return True
        return False
