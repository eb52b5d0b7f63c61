"""What stands on a list, as lines of the page. No Qt."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sscard_desk.domain.application import Application
from sscard_desk.domain.numbers.shown import masked
from sscard_desk.domain.prints import PrintRecord
from sscard_desk.forms.codes import table
from sscard_desk.ports.store import Store
from sscard_desk.ui.lists.state import SPOILED, ListRow
from sscard_desk.ui.words import Both, say
from sscard_desk.usecases.list_papers import bank_handover, spoiled_register
from sscard_desk.usecases.papers import MadePaper
from sscard_desk.usecases.press import Press
from sscard_desk.usecases.print_lists import cards_for_bank, spoiled_between, staff_names
from sscard_desk.usecases.prints import BEIJING, SPOILED_REASONS


@dataclass(frozen=True)
class ListAsk:
    """Which list is wanted.

    Attributes:
        kind: of `KINDS`.
        first: first day.
        last: last day, included.
        bank: its code, for the hand-over list.
        contents: what is handed over, in words.
    """

    kind: str
    first: date
    last: date
    bank: str = ""
    contents: str = ""

    def rows(self, store: Store) -> tuple[ListRow, ...]:
        """Read what stands on it; runs on the store's lane."""
        if self.kind == SPOILED:
            names = staff_names(store)
            return tuple(_spoiled(each, names) for each in spoiled_between(store, self.first, self.last))
        return tuple(_card(each) for each in cards_for_bank(store, self.bank, self.first, self.last))

    def make(self, press: Press) -> MadePaper:
        """Draw it; runs on the paper lane. It takes a number of its own."""
        if self.kind == SPOILED:
            return spoiled_register(press, self.first, self.last, staff_names(press.store))
        cards = cards_for_bank(press.store, self.bank, self.first, self.last)
        return bank_handover(press, self.bank, "", cards, self.contents)


def _spoiled(record: PrintRecord, names: Mapping[str, str]) -> ListRow:
    row = table(SPOILED_REASONS).row(record.spoiled)
    at = (record.spoiled_at or record.at).astimezone(BEIJING)
    by = names.get(record.spoiled_by or "", record.spoiled_by or "")
    reason = record.spoiled_words or Both(row.words.zh, row.words.en)
    return ListRow(record.serial, reason, say("lists.spoiled_by", day=at.date(), time=at, who=by))


def _card(application: Application) -> ListRow:
    run = application.card
    issued = say("lists.issued", day=run.issue_date, number=run.card_number) if run else ""
    return ListRow(application.name, masked(application.id_number), issued)
