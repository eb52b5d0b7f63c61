"""A card that is laid in is read and shown in the window; numbers are masked, and nothing of it stays."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtWidgets import QApplication

from sscard_desk.cards import personalisation, ssse
from sscard_desk.cards.iso7816 import Instruction
from sscard_desk.cards.plan import CardContent, plan
from sscard_desk.devices.card_reader.virtual_card import VirtualCard
from sscard_desk.devices.card_reader.virtual_files import CardMemory, blank_card
from sscard_desk.devices.keys.training import TrainingKeys
from sscard_desk.domain.errors.card_keys import CardKeyReasonMissing
from sscard_desk.ports.card_reader import CardReader
from sscard_desk.ports.keys import READING, CardFactors, KeyHolder, KeyUse
from sscard_desk.ui.card_read.presenter import CardReadPresenter
from sscard_desk.ui.card_read.state import CardReadState, ReadPhase
from sscard_desk.ui.language import text
from sscard_desk.ui.runner import Runner
from sscard_desk.ui.sample_desk.desk import SampleDesk
from sscard_desk.ui.sample_desk.devices import AtOnce
from sscard_desk.ui.serving.ports import Runner as Lanes
from sscard_desk.ui.serving.serving import Serving
from sscard_desk.ui.states import Mark
from sscard_desk.ui.words import Say
from tests.machines.card_in_hand import CONTENT, CardInHand, InHandReader, opened
from tests.machines.pcsc import CardTable, table, tables, training_profile

__all__ = ["table", "tables"]

PROFILE = training_profile()
BANK = "6217000000000001234"


def written(version: str = "2.00", content: CardContent = CONTENT) -> CardMemory:
    memory = blank_card(spec_version=version)
    memory.bank_card_number = BANK
    card = VirtualCard(memory, PROFILE)
    hand = CardInHand(card)
    opened(hand.transmit, card.atr, PROFILE)
    personalisation.write(hand.transmit, plan(content, PROFILE, version))
    return memory


def presenter(
    reader: CardReader, lanes: Lanes, *, training: bool = True, keys: KeyHolder | None = None
) -> CardReadPresenter:
    desk = SampleDesk()
    devices = replace(desk.counter.devices, card_reader=reader)
    counter = replace(desk.counter, devices=devices, keys=keys or TrainingKeys(PROFILE, training=training))
    return CardReadPresenter(Serving(counter, lanes, desk.pages))


def read(memory: CardMemory, *, training: bool = True) -> CardReadState:
    page = presenter(InHandReader(VirtualCard(memory, PROFILE)), AtOnce(), training=training)
    page.opened()
    return page.state


def shown(state: CardReadState) -> str:
    return "\n".join(f"{text(row.name)} {row.file} {row.tag} {text(row.value)}" for row in state.rows)


def told(state: CardReadState) -> set[str]:
    lines = (state.notice, *(line.words for line in state.lines))
    return {words.key.rpartition(".")[2] for words in lines if isinstance(words, Say)}


def test_a_written_card_is_shown_item_by_item_with_its_numbers_masked(app: QApplication) -> None:
    state = read(written())
    assert state.phase is ReadPhase.READ
    everything = shown(state)
    for part in (CONTENT.name, "B22451259", "2026-11-22", "2036-11-22", "DF01EF05", "DF01EF06", "PBOC"):
        assert part in everything
    assert CONTENT.social_security_number not in everything
    assert BANK not in everything
    assert "110101********109X" in everything
    assert "621700*********1234" in everything
    assert told(state) == {"read", "valid"}


def test_a_blank_is_called_blank_and_an_expired_card_expired(app: QApplication) -> None:
    assert text(read(blank_card()).chips[0].words) == "空白卡"
    state = read(written(content=replace(CONTENT, issue_date=date(2016, 1, 1), valid_until=date(2026, 1, 1))))
    assert state.notice_mark is Mark.ERR
    assert "expired" in told(state)
    assert "ends_soon" in told(read(written(content=replace(CONTENT, valid_until=date(2026, 12, 24)))))


def test_without_a_key_the_holder_of_a_card_of_version_3_is_not_shown_and_that_is_said(app: QApplication) -> None:
    state = read(written("3.00"), training=False)
    assert state.phase is ReadPhase.READ
    assert "closed" in told(state)
    assert CONTENT.name not in shown(state)
    assert text(state.chips[0].words) == "已写卡"  # the card number says so
    assert text(read(blank_card(spec_version="3.00"), training=False).chips[0].words) == "是否已写未知"
    assert CONTENT.name in shown(read(written("3.00")))


def test_a_torn_item_and_a_doubtful_number_are_told(app: QApplication) -> None:
    memory = written(content=replace(CONTENT, card_number="W20798392"))
    records = memory.files[ssse.EF05.file_id].records
    assert records is not None
    records[ssse.VALID_UNTIL.tag] = bytes.fromhex("20360000")
    state = read(memory)
    assert state.notice_mark is Mark.ERR
    assert {"damaged", "doubtful"} <= told(state)


class PaymentCard(VirtualCard):
    """A bank's card: no social security application."""

    def process(self, apdu: bytes, *, torn: bool = False) -> bytes:
        ours = apdu[1] == Instruction.SELECT and ssse.NAME in apdu
        return b"\x6a\x82" if ours else super().process(apdu, torn=torn)


def test_a_banks_card_is_called_that_and_a_card_of_neither_kind_foreign(app: QApplication) -> None:
    page = presenter(InHandReader(PaymentCard(written(), PROFILE)), AtOnce())
    page.opened()
    assert (page.state.phase, page.state.code) == (ReadPhase.FAILED, "E395")
    page = presenter(InHandReader(PaymentCard(blank_card(), PROFILE)), AtOnce())
    page.opened()
    assert page.state.code == "E306"


def test_nothing_of_a_card_stays_when_the_page_is_left(app: QApplication) -> None:
    page = presenter(InHandReader(VirtualCard(written(), PROFILE)), AtOnce())
    page.opened()
    assert page.state.rows
    page.closed()
    assert (page.state.rows, page.state.lines, page.state.chips) == ((), (), ())


class Reluctant(TrainingKeys):
    """Holds the training keys as a centre does: for a reason."""

    def __init__(self) -> None:
        super().__init__(PROFILE, training=True)
        self.reasons: list[str] = []

    def external_authentication(
        self, key_id: int, factors: CardFactors, challenge: bytes, use: KeyUse = READING
    ) -> bytes:
        if not use.reason:
            raise CardKeyReasonMissing
        self.reasons.append(use.reason)
        return super().external_authentication(key_id, factors, challenge, use)


def test_a_holder_of_keys_that_wants_a_reason_gets_it_from_the_page_for_this_card_alone(app: QApplication) -> None:
    keys = Reluctant()
    page = presenter(InHandReader(VirtualCard(written("3.00"), PROFILE)), AtOnce(), keys=keys)
    page.opened()
    assert (page.state.phase, page.state.asks_reason) == (ReadPhase.READ, True)
    assert CONTENT.name not in shown(page.state)
    assert page.state.notice_mark is Mark.TODO
    page.reason_typed(" the holder asks ")
    page.go_on()
    assert CONTENT.name in shown(page.state)
    assert set(keys.reasons) == {"the holder asks"}
    assert (page.state.reason.value, page.state.asks_reason) == ("", True)
    page.go_on()  # the next card, for another reason
    assert CONTENT.name not in shown(page.state)
    page.closed()
    assert not page.state.asks_reason


@contextmanager
def running(app: QApplication, reader: CardReader) -> Iterator[tuple[CardReadPresenter, Callable[..., None]]]:
    lanes = Runner()
    page = presenter(reader, lanes)

    def until(*phases: ReadPhase) -> None:
        end = time.monotonic() + 20
        while page.state.phase not in phases or not (ReadPhase.WAITING in phases or lanes.idle):
            assert time.monotonic() < end, page.state.phase
            app.processEvents()
            time.sleep(0.002)

    try:
        yield page, until
    finally:
        page.closed()
        lanes.close(10)


@pytest.mark.real
def test_the_page_waits_for_a_card_reads_it_by_itself_and_esc_stops(app: QApplication, table: CardTable) -> None:
    with running(app, table.reader) as (page, until):
        page.opened()
        until(ReadPhase.WAITING)
        table.card(written())
        until(ReadPhase.READ)
        assert CONTENT.name in shown(page.state)
        assert table.slot.reader in text(page.state.reader)
    with running(app, table.reader) as (page, until):
        table.stack.close()  # the card is taken out
        page.opened()
        assert page.stop()
        assert not page.stop()
        until(ReadPhase.READY)
        assert page.state.action.enabled
