"""The PIN page over real lanes: tries before typing, a card that is taken out burns none, the end is said."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from sscard_desk.devices.card_reader.virtual_card import VirtualCard
from sscard_desk.devices.card_reader.virtual_files import PIN_TRIES, CardMemory, blank_card
from sscard_desk.devices.keys.training import TrainingKeys
from sscard_desk.ports.card_reader import CardReader
from sscard_desk.training.point import training_point
from sscard_desk.ui.card_pin import talk
from sscard_desk.ui.card_pin.presenter import PinPresenter
from sscard_desk.ui.card_pin.state import PinPhase
from sscard_desk.ui.keypad.presenter import KeypadPresenter
from sscard_desk.ui.keypad.state import KeypadState
from sscard_desk.ui.language import text
from sscard_desk.ui.runner import Runner
from sscard_desk.ui.sample_desk.desk import SampleDesk
from sscard_desk.ui.serving.serving import Serving
from sscard_desk.ui.states import ToastState
from sscard_desk.ui.words import Say
from tests.machines.card_in_hand import InHandReader
from tests.machines.pcsc import CardTable, table, tables, training_profile
from tests.machines.training_desk import training_desk

__all__ = ["table", "tables"]

PROFILE = training_profile()
BLANKS = training_point().blanks


class Counter:
    """The page, its keypad, and a holder who types."""

    def __init__(self, app: QApplication, reader: CardReader, folder: Path) -> None:
        self.store = training_desk(folder / "desk", blanks=0)
        desk = SampleDesk(store=self.store)
        devices = replace(desk.counter.devices, card_reader=reader)
        counter = replace(desk.counter, devices=devices, keys=TrainingKeys(PROFILE, training=True))
        self._app, self.lanes, self.keypad = app, Runner(), KeypadPresenter()
        self.notices: list[ToastState] = []
        serving = Serving(counter, self.lanes, desk.pages)
        serving.notify = self.notices.append  # type: ignore[method-assign] # stands in for it
        self.page = PinPresenter(serving, self.keypad)
        self.page.opened()
        self.asked: list[KeypadState] = []

    def until(self, what: Callable[[], bool]) -> None:
        end = time.monotonic() + 20
        while not what():
            assert time.monotonic() < end, (self.page.state.phase, self.page.state.code)
            self._app.processEvents()
            time.sleep(0.002)

    def types(self, pin: str) -> None:
        """Wait for the question and answer it."""
        self.until(lambda: self.keypad.state is not None)
        assert self.keypad.state is not None
        self.asked.append(self.keypad.state)
        for digit in pin:
            self.keypad.digit(int(digit))
        self.keypad.finish()

    def begin(self, act: str, reason: str = "") -> None:
        self.page.choose(act)
        self.page.reason_typed(reason)
        self.page.go_on()

    def ended(self) -> PinPhase:
        self.until(lambda: not self.page.state.phase.running and self.lanes.idle)
        assert self.keypad.state is None
        return self.page.state.phase

    @property
    def questions(self) -> list[str]:
        return [one.question.key.rpartition(".")[2] for one in self.asked if isinstance(one.question, Say)]


Make = Callable[[CardReader], Counter]


@pytest.fixture
def counter(app: QApplication, tmp_path: Path) -> Iterator[Make]:
    all_of_them: list[Counter] = []

    def make(reader: CardReader) -> Counter:
        all_of_them.append(Counter(app, reader, tmp_path))
        return all_of_them[-1]

    yield make
    for made in all_of_them:
        made.page.closed()
        made.lanes.close(10)
        made.store.close()


def memory(pin: str = "730518", tries: int = PIN_TRIES, n: int = 0) -> CardMemory:
    made = blank_card(BLANKS[n].identification_code)
    made.pin, made.pin_tries = pin, tries
    return made


def in_hand(card: CardMemory) -> InHandReader:
    return InHandReader(VirtualCard(card, PROFILE))


def test_the_tries_are_on_the_screen_before_the_holder_is_asked(counter: Make) -> None:
    card = memory(tries=2)
    desk = counter(in_hand(card))
    desk.begin("verify")
    desk.until(lambda: desk.keypad.state is not None)
    assert text(desk.page.state.chips[0].words) == "还可以试 2 次"
    assert "2" in text(desk.keypad.state.note)  # type: ignore[union-attr] # it is there
    desk.types("730519")
    assert desk.ended() is PinPhase.FAILED
    assert (desk.page.state.code, card.pin_tries) == ("E217", 1)
    assert text(desk.page.state.chips[0].words) == "还可以试 1 次"
    desk.page.go_on()
    desk.types("730518")
    assert desk.ended() is PinPhase.DONE
    assert card.pin_tries == PIN_TRIES


def test_a_new_pin_is_asked_for_again_with_the_reason_until_it_is_taken(counter: Make) -> None:
    card = memory()
    desk = counter(in_hand(card))
    desk.begin("change")
    for pin in ("730518", "123456", "260517", "260518", "260517", "260517"):
        desk.types(pin)
    assert (desk.ended(), desk.page.state.code) == (PinPhase.DONE, "")
    assert desk.questions == ["old", "new", "new", "again", "new", "again"]
    assert [bool(one.trouble) for one in desk.asked] == [False, False, True, False, True, False]
    assert "初始密码" in text(desk.asked[2].trouble)
    assert (card.pin, card.pin_tries) == ("260517", PIN_TRIES)


def test_stopping_at_the_keypad_or_at_the_desk_sends_nothing(counter: Make) -> None:
    card = memory()
    desk = counter(in_hand(card))
    desk.begin("verify")
    desk.until(lambda: desk.keypad.state is not None)
    desk.keypad.stop()
    assert desk.ended() is PinPhase.FAILED
    assert desk.page.state.code == "E222"
    desk.page.go_on()
    desk.until(lambda: desk.keypad.state is not None)
    assert desk.page.stop()
    assert desk.ended() is PinPhase.READY
    assert not desk.page.stop()
    assert desk.page.state.action.enabled
    assert card.pin_tries == PIN_TRIES


def test_a_holder_who_types_nothing_for_long_ends_it(counter: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(talk, "ENTRY_S", 0.3)
    desk = counter(in_hand(memory()))
    desk.begin("verify")
    desk.until(lambda: desk.keypad.state is not None)
    assert desk.ended() is PinPhase.FAILED
    assert desk.page.state.code == "E222"


def test_another_card_laid_in_while_the_holder_types_is_sent_nothing(
    counter: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(talk, "LOOK_S", 60.0)  # nobody looks before the PIN is typed
    right, other = memory(), memory(n=1)
    reader = in_hand(right)
    desk = counter(reader)
    desk.begin("verify")
    desk.until(lambda: desk.keypad.state is not None)
    reader.change(VirtualCard(other, PROFILE))
    desk.types("000000")
    assert desk.ended() is PinPhase.FAILED
    assert desk.page.state.code == "E225"
    assert (right.pin_tries, other.pin_tries) == (PIN_TRIES, PIN_TRIES)


def test_unblocking_asks_the_clerk_for_a_reason_and_the_holder_for_nothing(counter: Make) -> None:
    card = memory(tries=0)
    desk = counter(in_hand(card))
    desk.begin("verify")
    assert desk.ended() is PinPhase.FAILED
    assert (desk.page.state.code, desk.asked) == ("E218", [])
    desk.page.choose("unblock")
    assert not desk.page.state.action.enabled
    desk.begin("unblock", "记起来了")
    assert desk.ended() is PinPhase.DONE
    assert desk.asked == []
    desk.begin("reset", "忘记了")
    for pin in ("260517", "260517"):
        desk.types(pin)
    assert desk.ended() is PinPhase.DONE
    assert (card.pin, card.pin_tries) == ("260517", PIN_TRIES)


def test_a_card_at_work_ends_in_a_notice_for_whoever_went_on(counter: Make) -> None:
    card = memory()
    desk = counter(in_hand(card))
    desk.begin("verify")
    desk.until(lambda: desk.keypad.state is not None)
    desk.page.working()  # what was typed is on its way
    desk.page.closed()
    for digit in "730518":
        desk.keypad.digit(int(digit))
    desk.keypad.finish()
    desk.until(lambda: bool(desk.notices) and desk.lanes.idle)
    assert text(desk.notices[0].title) == "密码正确"
    assert desk.page.state.phase is PinPhase.READY


@pytest.mark.real
def test_a_card_pulled_out_of_the_reader_while_the_holder_types_puts_the_keypad_away(
    counter: Make, table: CardTable
) -> None:
    card = memory()
    desk = counter(table.reader)
    simulated = table.card(card)
    desk.begin("change")
    desk.types("730518")
    desk.until(lambda: desk.keypad.state is not None)
    simulated.pull()
    assert desk.ended() is PinPhase.FAILED
    assert desk.page.state.code == "E225"
    assert (card.pin, card.pin_tries) == ("730518", PIN_TRIES)


@pytest.mark.real
def test_a_first_pin_is_set_over_a_real_reader(counter: Make, table: CardTable) -> None:
    card = memory("123456")
    desk = counter(table.reader)
    table.card(card)
    desk.begin("set")
    for pin in ("730518", "730518"):
        desk.types(pin)
    assert desk.ended() is PinPhase.DONE
    assert table.slot.reader in desk.page.state.reader  # type: ignore[operator] # both are texts here
    assert card.pin == "730518"
