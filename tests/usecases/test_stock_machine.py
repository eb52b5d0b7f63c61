"""Any order of acts on blanks and cards, pulled and killed anywhere: the book stays exact, and no number goes twice."""

import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from sscard_desk.cards.iso7816 import Instruction
from sscard_desk.devices.card_reader.card_faults import FaultKind
from sscard_desk.devices.card_reader.virtual_card import VirtualCard
from sscard_desk.devices.card_reader.virtual_files import blank_card
from sscard_desk.devices.keys.training import TrainingKeys
from sscard_desk.domain.application import Application
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.events import ReceivedBlank, StockSpoiled
from sscard_desk.domain.steps import Step
from sscard_desk.domain.stock import BOOKED, NEXT, BlankState
from sscard_desk.ports.devices import Cancel, DeviceState, Health
from sscard_desk.store.opening import open_desk
from sscard_desk.training.card_tray import written
from sscard_desk.training.point import training_point
from sscard_desk.usecases import stock
from sscard_desk.usecases.card_desk import CardDesk
from sscard_desk.usecases.card_progress import CardProgress
from sscard_desk.usecases.resume_card import resume_card
from sscard_desk.usecases.write_card import write_card
from tests.machines import training_desk
from tests.machines.approved_class import approved_class
from tests.machines.card_in_hand import CardInHand
from tests.machines.pcsc import training_profile
from tests.machines.training_desk import KEY

BLANKS = training_point().blanks[:6]
NUMBERS = st.sampled_from([blank.stock_no for blank in BLANKS])
CARDS = st.integers(0, len(BLANKS) - 1)
PEOPLE = 3
PULLS = st.none() | st.tuples(
    st.sampled_from([FaultKind.PULL_BEFORE, FaultKind.PULL_HALF, FaultKind.PULL_AFTER]), st.integers(1, 9)
)


class _Killed(Exception):
    """The program ends here."""


class _Channel:
    def __init__(self, card: VirtualCard, pull: tuple[FaultKind, int] | None) -> None:
        self.atr, self.commands = card.atr, 0
        kind, at = pull or (None, 0)
        self._hand = CardInHand(card, kind, at, Instruction.UPDATE_RECORD)

    def transmit(self, apdu: bytes) -> tuple[bytes, int]:
        self.commands += 1
        return self._hand.transmit(apdu)


class _Reader:
    """Serves `ports.card_reader.CardReader` for a card that is pulled at one record, once."""

    def __init__(self, card: VirtualCard, pull: tuple[FaultKind, int] | None) -> None:
        self._card, self._pull = card, pull

    def probe(self) -> DeviceState:
        return DeviceState(Health.READY)

    @contextmanager
    def open(self, cancel: Cancel, wait_s: float = 0.0) -> Iterator[_Channel]:
        del cancel, wait_s
        self._card.reset()
        pull, self._pull = self._pull, None
        yield _Channel(self._card, pull)


class StockMachine(RuleBasedStateMachine):
    """One desk, six blanks, three applicants, two people behind the counter."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.store = training_desk.training_desk(self.folder / "desk", blanks=0)
        self.clerk, self.second = training_desk.clerk(), training_desk.supervisor()
        self.people = [each.id for each in approved_class(self.store, self.clerk, self.second, PEOPLE)]
        self.profile = training_profile()
        self.cards = [VirtualCard(blank_card(each.identification_code, "2.00"), self.profile) for each in BLANKS]
        self.before: dict[str, BlankState | None] = {each.identification_code: None for each in BLANKS}
        self.received: set[str] = set()

    @initialize()
    def a_delivery(self) -> None:
        self.receive(0, 3)

    @rule(first=CARDS, last=CARDS)
    def receive(self, first: int, last: int) -> None:
        blanks = [ReceivedBlank(b.identification_code, b.card_number, b.stock_no) for b in BLANKS[first : last + 1]]
        if not blanks:
            return
        known = {blank.stock_no for blank in blanks} & self.received
        try:
            stock.receive(self.store, self.clerk, blanks, "file")
        except DeskError:
            assert known
        else:
            assert not known
            self.received |= {blank.stock_no for blank in blanks}

    @rule(number=NUMBERS, second=st.booleans())
    def spoil(self, number: str, second: bool) -> None:
        with suppress(DeskError):
            stock.spoil(self.store, self.second if second else self.clerk, number, "damaged")

    @rule(number=NUMBERS, second=st.booleans())
    def confirm(self, number: str, second: bool) -> None:
        with suppress(DeskError):
            stock.confirm(self.store, self.second if second else self.clerk, number)

    @rule(numbers=st.lists(NUMBERS, min_size=1, max_size=3))
    def give_back(self, numbers: list[str]) -> None:
        with suppress(DeskError):
            stock.give_back(self.store, self.clerk, numbers, "back")

    @rule(free=st.integers(0, 6), reason=st.sampled_from(["", "said so"]))
    def count(self, free: int, reason: str) -> None:
        with suppress(DeskError):
            stock.count(self.store, self.clerk, free=free, spoiled=0, reason=reason)

    @rule(person=st.integers(0, PEOPLE - 1), card=CARDS, pull=PULLS)
    def write(self, person: int, card: int, pull: tuple[FaultKind, int] | None) -> None:
        with suppress(DeskError):
            write_card(self._desk(card, pull), self.people[person], Cancel(), _nothing)

    @rule(card=CARDS, pull=PULLS)
    def resume(self, card: int, pull: tuple[FaultKind, int] | None) -> None:
        with suppress(DeskError):
            resume_card(self._desk(card, pull), Cancel(), _nothing)

    @rule(person=st.integers(0, PEOPLE - 1), card=CARDS, at=st.integers(0, 9))
    def kill_while_writing(self, person: int, card: int, at: int) -> None:
        def die(progress: CardProgress) -> None:
            if progress.done >= at:
                raise _Killed

        with suppress(DeskError, _Killed):
            write_card(self._desk(card, None), self.people[person], Cancel(), die)
        self.store.close()
        self.store = open_desk(self.folder / "desk", KEY)

    @rule(number=NUMBERS)
    def kill_inside_an_act(self, number: str) -> None:
        with suppress(DeskError, _Killed), self.store.work(self.clerk.account) as work:
            blank = self.store.find_blank(number)
            if blank is not None:
                work.record(StockSpoiled(blank.identification_code, "damaged"), subject=blank.identification_code)
            raise _Killed

    @invariant()
    def every_received_card_is_in_one_state(self) -> None:
        book = self.store.stock_book()
        assert book.exact
        assert book.received == len(self.received) == sum(book.of(state) for state in BOOKED)

    @invariant()
    def a_card_only_goes_on(self) -> None:
        for blank in BLANKS:
            found = self.store.find_blank(blank.identification_code)
            now = found.state if found else None
            was = self.before[blank.identification_code]
            assert now is was or was is None or now in _reachable(was)
            self.before[blank.identification_code] = now

    @invariant()
    def no_number_goes_to_two_people(self) -> None:
        people = [self.store.application(each) for each in self.people]
        codes = Counter(code for each in people for code in _codes(each))
        assert all(count == 1 for count in codes.values())
        for each in people:
            if each.step is Step.CARD_WRITTEN and each.card is not None:
                blank = self.store.find_blank(each.card.identification_code)
                assert blank is not None
                assert (blank.state, blank.application) == (BlankState.ISSUED, each.id)
                at = [b.identification_code for b in BLANKS].index(each.card.identification_code)
                assert written(self.cards[at].memory)

    def teardown(self) -> None:
        assert self.store.verify().sound
        self.store.close()
        shutil.rmtree(self.folder)

    def _desk(self, card: int, pull: tuple[FaultKind, int] | None) -> CardDesk:
        keys = TrainingKeys(self.profile, training=True)
        return CardDesk(self.store, self.clerk, _Reader(self.cards[card], pull), keys, self.profile, date(2026, 11, 23))


def _codes(application: Application) -> tuple[str, ...]:
    mine = (application.card.identification_code,) if application.card else ()
    return (*application.spoiled, *mine)


def _reachable(state: BlankState) -> set[BlankState]:
    found: set[BlankState] = set()
    todo = [state]
    while todo:
        for after in NEXT[todo.pop()]:
            if after not in found:
                found.add(after)
                todo.append(after)
    return found


def _nothing(_progress: CardProgress) -> None:
    return


TestStock = StockMachine.TestCase
TestStock.settings = settings(
    max_examples=20, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
)
