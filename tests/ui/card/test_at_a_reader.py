"""The card page over a real reader: real lanes, a real PC/SC service, a card that misbehaves; the window goes on."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from sscard_desk.cards import ssse
from sscard_desk.cards.iso7816 import Instruction
from sscard_desk.devices.card_reader.card_faults import Fault, FaultKind
from sscard_desk.devices.card_reader.pcsc import PcscCardReader
from sscard_desk.devices.card_reader.pcscd import SOCKET_VARIABLE
from sscard_desk.devices.card_reader.virtual_card import VirtualCard
from sscard_desk.devices.card_reader.virtual_files import CardMemory, blank_card
from sscard_desk.devices.keys.training import TrainingKeys
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.training.card_tray import written
from sscard_desk.training.point import training_point
from sscard_desk.ui.application_flow import Station
from sscard_desk.ui.card import presenter as card_page
from sscard_desk.ui.card import telling
from sscard_desk.ui.card.state import CardPhase, CardState
from sscard_desk.ui.runner import Runner
from sscard_desk.ui.sample_desk.desk import SampleDesk
from sscard_desk.ui.sample_desk.pages import SamplePages
from sscard_desk.ui.sample_desk.people import SUPERVISOR
from sscard_desk.ui.widgets.dialog import Dialog
from sscard_desk.ui.words import Say
from tests.machines.pcsc import CardTable, Tables, table, tables, training_profile
from tests.machines.training_desk import training_desk

__all__ = ["table", "tables"]
pytestmark = [pytest.mark.real, pytest.mark.timeout(120)]

KEY = bytes(range(32))
BLANKS = training_point().blanks
TURN_MS = 20


class BankCard(VirtualCard):
    """A card that knows no social security application."""

    def process(self, apdu: bytes, *, torn: bool = False) -> bytes:
        return b"\x6a\x82" if apdu[1] == Instruction.SELECT else super().process(apdu, torn=torn)


class LockedCard(VirtualCard):
    """A card that takes no key; says how many tries are left, or that there is none."""

    said = b"\x63\xc2"

    def process(self, apdu: bytes, *, torn: bool = False) -> bytes:
        return self.said if apdu[1] == Instruction.EXTERNAL_AUTHENTICATE else super().process(apdu, torn=torn)


class DeadCard(LockedCard):
    """A card whose key is blocked for good."""

    said = b"\x69\x83"


@dataclass
class Window:
    """The card page in front, what it was told to show, and how often the window had a turn."""

    app: QApplication
    pages: SamplePages
    desk: SampleDesk
    store: DeskStore
    runner: Runner
    states: list[CardState] = field(default_factory=list)
    turns: int = 0

    def __post_init__(self) -> None:
        self.clock = QTimer(self.desk.shell)
        self.clock.timeout.connect(self._turn)
        self.clock.start(TURN_MS)

    @property
    def page(self) -> card_page.CardPresenter:
        return self.pages.card

    @property
    def state(self) -> CardState:
        return self.states[-1]

    def show_state(self, state: CardState) -> None:
        self.states.append(state)

    def wait(self, *phases: CardPhase) -> CardState:
        self.until(lambda: self.state.phase in phases and self.runner.idle)
        return self.state

    def until(self, what: Callable[[], bool]) -> None:
        end = time.monotonic() + 20
        while not what():
            assert time.monotonic() < end, (self.state.phase, self.state.code)
            self.app.processEvents()
            time.sleep(0.002)

    def told(self) -> str:
        """Return the key of what stands in the bar."""
        assert isinstance(self.state.notice, Say)
        return self.state.notice.key

    def _turn(self) -> None:
        self.turns += 1
        self.page.tick()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[DeskStore]:
    made = training_desk(tmp_path / "desk", blanks=3)
    yield made
    made.close()


@contextmanager
def at(app: QApplication, store: DeskStore, reader: PcscCardReader) -> Iterator[Window]:
    desk, runner = SampleDesk(store=store), Runner()
    application = desk.record_until(Station.CARD)
    keys = TrainingKeys(training_profile(), training=True)
    counter = replace(desk.counter, devices=replace(desk.counter.devices, card_reader=reader), keys=keys)
    pages = SamplePages(desk.shell, counter, runner, lambda _account, _password: SUPERVISOR, lambda _: SUPERVISOR)
    window = Window(app, pages, desk, store, runner)
    pages.card.attach(window)
    try:
        pages.serving.open(application.id, Station.CARD)
        window.until(lambda: pages.serving.dossier is not None and window.state.action.enabled)
        yield window
    finally:
        window.clock.stop()
        pages.serving.end()
        runner.close(10)


@pytest.fixture
def window(app: QApplication, store: DeskStore, table: CardTable) -> Iterator[Window]:
    with at(app, store, table.reader) as made:
        yield made


def blank(n: int = 0) -> CardMemory:
    return blank_card(BLANKS[n].identification_code, "2.00")


def ours(memory: CardMemory, kind: type[VirtualCard] = VirtualCard) -> VirtualCard:
    return kind(memory, training_profile())


def take_out(table: CardTable, pull: Callable[[], None]) -> None:
    pull()
    time.sleep(1.0)  # the service looks every 400 ms, and takes a faster change for none


def test_a_card_that_hangs_never_hangs_the_window_and_is_gone_on_with(window: Window, table: CardTable) -> None:
    memory = blank()
    card = table.put_in(ours(memory), Fault(FaultKind.HANG, 3, Instruction.UPDATE_RECORD))
    table.reader._command_s = 3.0
    window.page.write()
    window.until(lambda: window.state.share > 0.1)
    before, begun = window.turns, time.monotonic()
    window.until(lambda: window.state.phase is not CardPhase.RUNNING)
    assert window.turns - before > (time.monotonic() - begun) * 1000 / TURN_MS / 4  # its turns came all the while
    state = window.wait(CardPhase.UNKNOWN)
    assert (state.code, state.can_spoil, state.action.enabled) == ("E307", True, True)
    assert isinstance(state.notice_note, Say)
    assert dict(state.notice_note.values)["number"] == BLANKS[0].card_number
    take_out(table, card.pull)
    table.card(memory)
    window.page.go_on()
    window.wait(CardPhase.WRITTEN)
    assert written(memory)


def test_the_page_says_that_a_card_is_silent_and_esc_lets_go_of_it(
    window: Window, table: CardTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory = blank()
    monkeypatch.setattr(telling, "SILENT_S", -1.0)
    card = table.put_in(ours(memory), Fault(FaultKind.HANG, 2, Instruction.UPDATE_RECORD))
    table.reader._patience_s = 0.2
    window.page.write()
    window.until(lambda: window.told() == "card.notice.silent" and window.state.share > 0.05)
    window.until(lambda: len([header for header in card.commands if header[1] == Instruction.UPDATE_RECORD]) == 2)
    assert window.page.stop()
    assert window.state.phase is CardPhase.STOPPING
    assert not window.state.action.enabled
    state = window.wait(CardPhase.STOPPED)
    assert state.action.enabled
    assert window.store.application(window.pages.serving.application.id).card is not None
    take_out(table, card.pull)
    table.card(memory)
    window.page.go_on()
    window.wait(CardPhase.WRITTEN)


def test_stopping_before_a_card_is_there_leaves_nothing_begun(window: Window) -> None:
    window.page.write()
    window.until(lambda: window.told() == "card.notice.waiting")
    window.page.stop()
    state = window.wait(CardPhase.READY)
    assert (state.action.enabled, state.can_spoil) == (True, False)


@pytest.mark.parametrize(
    ("card", "code", "tries"),
    [(BankCard, "E306", None), (LockedCard, "E308", 2), (DeadCard, "E308", 0)],
    ids=["foreign", "tries_left", "blocked"],
)
def test_a_card_that_cannot_be_written_is_told_in_words_and_stays_as_it_was(
    window: Window, table: CardTable, card: type[VirtualCard], code: str, tries: int | None
) -> None:
    memory = blank()
    table.put_in(ours(memory, card))
    window.page.write()
    state = window.wait(CardPhase.FAILED)
    assert (state.code, window.told(), state.can_spoil) == (code, f"errors.{code}.message", False)
    assert isinstance(state.notice, Say)
    assert dict(state.notice.values).get("tries_left") == tries
    assert not written(memory)
    assert window.pages.serving.application.card is None


def test_a_card_that_did_not_take_the_key_is_tried_again_only_if_somebody_says_so(
    window: Window, table: CardTable
) -> None:
    card = table.put_in(ours(blank(), LockedCard))
    window.page.write()
    window.wait(CardPhase.FAILED)
    asked = len(card.commands)
    window.page.go_on()
    window.until(lambda: window.desk.shell.findChild(Dialog) is not None)
    window.desk.answer_question(act=False)
    window.until(lambda: window.runner.idle)
    assert len(card.commands) == asked


def test_a_card_that_carries_somebodys_data_and_one_of_another_point_are_refused_untouched(
    window: Window, table: CardTable
) -> None:
    somebodys, strange = blank(), blank(7)
    records = somebodys.files[ssse.EF06.file_id].records
    assert records is not None
    records[ssse.BIRTHPLACE.tag] = bytes.fromhex("110101")
    for memory, code in ((strange, "E126"), (somebodys, "E127")):
        card = table.put_in(ours(memory))
        window.page.go_on()
        window.until(lambda code=code: window.state.code == code and window.runner.idle)
        assert Instruction.UPDATE_RECORD not in {header[1] for header in card.commands}
        take_out(table, card.pull)
    assert window.pages.serving.application.card is None


def test_another_card_than_the_one_that_was_begun_is_named_by_its_number(window: Window, table: CardTable) -> None:
    memory = blank()
    table.card(memory, Fault(FaultKind.PULL_AFTER, 3, Instruction.UPDATE_RECORD))
    window.page.write()
    window.wait(CardPhase.UNKNOWN)
    time.sleep(1.0)
    other = blank(1)
    card = table.card(other)
    window.page.go_on()
    state = window.wait(CardPhase.FAILED)
    assert isinstance(state.notice_note, Say)
    assert (state.code, state.notice_note.key) == ("E129", "card.note.other_card")
    assert dict(state.notice_note.values)["number"] == BLANKS[0].card_number
    assert not written(other)
    take_out(table, card.pull)
    table.card(memory)
    window.page.go_on()
    window.wait(CardPhase.WRITTEN)
    assert written(memory)


def test_two_cards_in_two_readers_are_both_left_alone(app: QApplication, store: DeskStore, tables: Tables) -> None:
    with ExitStack() as stack:
        memories = [blank(0), blank(1)]
        for memory in memories:
            table = stack.enter_context(tables.table())
            table.card(memory)
            with table.channel():
                pass  # it is in now
        reader = PcscCardReader()
        stack.callback(reader.close)
        with at(app, store, reader) as window:
            window.page.write()
            assert window.wait(CardPhase.FAILED).code == "E355"
            assert not any(written(memory) for memory in memories)


def test_no_service_and_no_reader_are_told_and_tried_again(
    app: QApplication, store: DeskStore, tables: Tables, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alive = tables.service.environment[SOCKET_VARIABLE]
    with tables.table() as table:
        table.card(blank())
        monkeypatch.setenv(SOCKET_VARIABLE, str(tmp_path / "nobody"))
        reader = PcscCardReader("no such reader")
        try:
            with at(app, store, reader) as window:
                window.page.write()
                assert window.wait(CardPhase.FAILED).code == "E354"
                monkeypatch.setenv(SOCKET_VARIABLE, alive)
                reader.close()  # the library reads the name of the service once a process
                window.page.go_on()
                window.until(lambda: window.state.code == "E301" and window.runner.idle)
                reader._name = table.slot.reader
                window.page.go_on()
                window.wait(CardPhase.WRITTEN)
        finally:
            reader.close()
