"""Whatever a card answers, wherever: the end is one of our errors in words, or a card that was read."""

from collections.abc import Callable
from functools import partial

import pytest

from sscard_desk.cards import authentication, personalisation, proof
from sscard_desk.cards.identity import identify
from sscard_desk.cards.iso7816 import Instruction
from sscard_desk.cards.pin import Pin
from sscard_desk.cards.plan import plan
from sscard_desk.cards.status_words import StatusWord
from sscard_desk.devices.card_reader.virtual_card import VirtualCard
from sscard_desk.devices.card_reader.virtual_files import KEY_TRIES, PIN_TRIES, UPDATE_KEY, CardMemory, blank_card
from sscard_desk.devices.keys.training import TrainingKeys
from sscard_desk.domain.card_status import meaning_key
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.device import CardAuthenticationFailed, CardRefused
from sscard_desk.domain.errors.pin import PinBlocked, PinWrong
from sscard_desk.ports.devices import Cancel
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.texts import LANGUAGES, Catalogue, describe
from sscard_desk.training.point import training_point
from sscard_desk.usecases.card_pin import card_for_pin
from sscard_desk.usecases.pin_sending import PinDesk
from sscard_desk.usecases.read_card import WHOLE, read_social_card
from tests.machines.card_in_hand import CONTENT, InHandReader, answers, opened
from tests.machines.pcsc import training_profile

from .conftest import Person

PROFILE = training_profile()
CODE = training_point().blanks[0].identification_code
KNOWN = [word for word in StatusWord if word is not StatusWord.SUCCESS]
WORDS = [*KNOWN, 0x63C0, 0x63C1, 0x63C2, 0x6200, 0x6F00, 0x9A01]
READING = (Instruction.SELECT, Instruction.READ_RECORD)
WRITING = (*READING, Instruction.GET_CHALLENGE, Instruction.EXTERNAL_AUTHENTICATE, Instruction.UPDATE_RECORD)
GIVING = (Instruction.GET_CHALLENGE, Instruction.UNBLOCK_PIN)
PIN = (Instruction.SELECT, Instruction.VERIFY, Instruction.CHANGE_PIN, *GIVING)


class Saying(VirtualCard):
    """A card that gives one answer to every command of a kind, once it has let so many pass."""

    def __init__(self, memory: CardMemory, instruction: int, answer: bytes, spare: int = 0) -> None:
        super().__init__(memory, PROFILE)
        self._instruction, self._answer, self._spare = instruction, answer, spare

    def process(self, apdu: bytes, *, torn: bool = False) -> bytes:
        if apdu[1] == self._instruction:
            if self._spare <= 0:
                return self._answer
            self._spare -= 1
        return super().process(apdu, torn=torn)


def ends_in_words(act: Callable[[], object]) -> DeskError | None:
    """Do it; an error that comes of it is ours, and both languages say what happened and what to do."""
    try:
        act()
    except DeskError as error:
        for language in LANGUAGES:
            said = describe(error, Catalogue(language))
            assert said.message
            assert said.advice
            assert "{" not in said.message + said.advice
        return error
    return None


def read(card: VirtualCard) -> object:
    return read_social_card(InHandReader(card), PROFILE, TrainingKeys(PROFILE, training=True), Cancel(), extent=WHOLE)


def write(card: VirtualCard) -> None:
    with InHandReader(card).open(Cancel()) as channel:
        identity = opened(channel.transmit, channel.atr, PROFILE)
        planned = plan(CONTENT, PROFILE, "2.00")
        personalisation.write(channel.transmit, planned)
        again = identify(channel.transmit, channel.atr)
        authentication.open_for_reading(channel.transmit, again, PROFILE, answers(PROFILE, identity))
        proof.compare(proof.read_back(channel.transmit, planned))


@pytest.mark.parametrize("word", WORDS, ids=lambda word: f"{word:04X}")
@pytest.mark.parametrize("instruction", READING)
@pytest.mark.parametrize("spare", [0, 2])
def test_reading_ends_in_words(instruction: int, word: int, spare: int) -> None:
    error = ends_in_words(lambda: read(Saying(blank_card(CODE), instruction, word.to_bytes(2, "big"), spare)))
    if isinstance(error, CardRefused):
        assert error.status_word == word


@pytest.mark.parametrize("word", WORDS, ids=lambda word: f"{word:04X}")
@pytest.mark.parametrize("instruction", WRITING)
def test_writing_ends_in_words_and_never_in_success(instruction: int, word: int) -> None:
    error = ends_in_words(lambda: write(Saying(blank_card(CODE), instruction, word.to_bytes(2, "big"))))
    assert error is not None
    if instruction == Instruction.EXTERNAL_AUTHENTICATE and word in {0x63C2, 0x6983}:
        assert isinstance(error, CardAuthenticationFailed)
        assert error.tries_left == (0 if word == StatusWord.BLOCKED else word & 0x0F)


@pytest.mark.parametrize("instruction", PIN)
def test_a_pin_ends_in_words_and_is_never_called_right(store: DeskStore, clerk: Person, instruction: int) -> None:
    for word in WORDS:
        card = Saying(blank_card(CODE), instruction, word.to_bytes(2, "big"))
        desk = PinDesk(store, clerk, InHandReader(card), TrainingKeys(PROFILE, training=True), PROFILE)
        error = ends_in_words(partial(pin_act, desk, card, instruction))
        assert error is not None
        if instruction == Instruction.CHANGE_PIN:
            kinds = {0x63C0: PinBlocked, 0x6983: PinBlocked, 0x63C1: PinWrong, 0x63C2: PinWrong}
            assert isinstance(error, kinds.get(word, CardRefused))


def pin_act(desk: PinDesk, card: VirtualCard, instruction: int) -> None:
    """Do the act in which this command is sent."""
    with card_for_pin(desk, Cancel()) as session:
        if instruction in GIVING:
            session.unblock("blocked")
        elif instruction == Instruction.CHANGE_PIN:
            session.change(Pin.of(card.memory.pin), Pin.of("260517"))
        else:
            session.verify(Pin.of(card.memory.pin))


MALFORMED = {
    "nothing but success": "9000",
    "one byte too few": "0110520300D156000005050842704E187F9000",
    "longer than the item": "0120" + "11" * 32 + "9000",
    "length says more": "01FF520300D156000005050842704E187F499000",
    "another tag": "0201339000",
    "no tag at all": "FF9000",
}


@pytest.mark.parametrize("answer", MALFORMED.values(), ids=list(MALFORMED))
@pytest.mark.parametrize("spare", [0, 1, 7, 9])
def test_a_record_of_another_form_than_the_standards_is_told(answer: str, spare: int) -> None:
    card = Saying(blank_card(CODE), Instruction.READ_RECORD, bytes.fromhex(answer), spare)
    error = ends_in_words(lambda: read(card))
    assert error is not None
    card = Saying(blank_card(CODE), Instruction.READ_RECORD, bytes.fromhex(answer), spare)
    assert ends_in_words(lambda: write(card)) is not None


def test_a_card_that_never_stops_announcing_more_is_left() -> None:
    for answer in (b"\x61\x10", b"\x6c\x10"):
        card = Saying(blank_card(CODE), Instruction.SELECT, answer)
        assert ends_in_words(partial(read, card)) is not None


def test_a_blocked_key_is_told_apart_from_a_wrong_one_and_a_blocked_pin_from_both() -> None:
    memory = blank_card(CODE)
    memory.key_tries[UPDATE_KEY] = 0
    error = ends_in_words(lambda: write(VirtualCard(memory, PROFILE)))
    assert isinstance(error, CardAuthenticationFailed)
    assert error.tries_left == 0
    assert (memory.key_tries[UPDATE_KEY], memory.pin_tries) == (0, PIN_TRIES)
    assert KEY_TRIES > 0


def test_every_word_of_the_reference_has_a_meaning_of_its_own() -> None:
    for language in LANGUAGES:
        texts = Catalogue(language)
        meanings = [texts(meaning_key(word), left=1) for word in WORDS]
        known = [texts(meaning_key(word), left=1) for word in KNOWN]
        other = texts("card_status.word.other")
        assert other not in known
        assert len(set(known)) == len(known)
        assert meanings.count(other) == 3  # 6200, 6F00 and 9A01 no source explains
