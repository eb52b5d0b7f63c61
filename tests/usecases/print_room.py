"""A counter that prints: the store and paper room are real, and prints are followed as the window follows them."""

from dataclasses import dataclass, field, replace
from datetime import date

from sscard_desk.domain.application import Application
from sscard_desk.domain.prints import PrintRecord, PrintState
from sscard_desk.ports.devices import Cancel
from sscard_desk.ports.printer import Printer
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.training.id_cards import id_card_of
from sscard_desk.training.persons import persons
from sscard_desk.usecases.follow_prints import PrintNews, wait_for_news
from sscard_desk.usecases.identify import identify_card
from sscard_desk.usecases.open_application import open_application
from sscard_desk.usecases.prints import Drawn, note_state, order_prints

from .conftest import Person

TODAY = date(2026, 11, 23)
GROWN = next(p for p in persons(50) if p.birth < date(1990, 1, 1) and p.document_kind == "citizen")


def begun(store: DeskStore, clerk: Person) -> Application:
    identity = identify_card(id_card_of(GROWN), store.persons, store)
    return open_application(store, clerk, identity, today=TODAY)


@dataclass
class Follower:
    """Follows prints until they have ended, and keeps every state that was heard."""

    store: DeskStore
    session: Person
    printer: Printer
    heard: list[PrintState] = field(default_factory=list)

    def one(self, paper: Drawn) -> PrintRecord:
        """Order one paper, print it and return its record."""
        return self.to_the_end(order_prints(self.store, self.session, self.printer.name, [paper]))[0]

    def step(self, records: list[PrintRecord]) -> list[PrintRecord]:
        """Wait for news and return the prints as they stand then, ended ones too."""
        news = wait_for_news(
            self.printer,
            lambda: [each for each in records if not each.state.ended],
            lambda each: self.store.blob(each.paper) if each.paper else b"",
            Cancel(),
        )
        return [self._after(each, news) for each in records]

    def to_the_end(self, records: list[PrintRecord]) -> list[PrintRecord]:
        while any(not each.state.ended for each in records):
            records = self.step(records)
        return records

    def _after(self, record: PrintRecord, news: list[PrintNews]) -> PrintRecord:
        mine = next((one for one in news if one.record.id == record.id), None)
        if mine is None:
            return record
        self.heard.append(mine.state)
        noted = note_state(self.store, self.session, record, mine.state, mine.job)
        return replace(noted, state=mine.state)
