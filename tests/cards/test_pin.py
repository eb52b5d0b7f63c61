"""The PIN of a card: what is sent, what is counted, and what nobody may choose."""

import pytest

from sscard_desk.cards import pin_commands
from sscard_desk.cards.algorithm import Algorithm
from sscard_desk.cards.identity import identify
from sscard_desk.cards.iso7816 import get_challenge
from sscard_desk.cards.profile import CardProfile
from sscard_desk.devices.card_reader.virtual_card import VirtualCard
from sscard_desk.devices.card_reader.virtual_files import PIN_TRIES, blank_card
from sscard_desk.devices.keys.training import TrainingKeys
from sscard_desk.domain.errors.device import CardRefused
from sscard_desk.domain.errors.pin import PinBlocked, PinLength, PinWeak, PinWrong
from sscard_desk.ports.keys import CardFactors, KeyAct, KeyUse, PinOrder
from tests.machines.card_in_hand import CardInHand
from tests.machines.pcsc import sm4_profile, training_profile

FIRST = b"123456"
CHOSEN = b"730518"
NUMBER = "11010119900307109X"


def in_hand(profile: CardProfile) -> CardInHand:
    version = "3.00" if profile.algorithm is Algorithm.SM4 else "2.00"
    hand = CardInHand(VirtualCard(blank_card(spec_version=version), profile))
    identify(hand.transmit, hand.card.atr)
    return hand


def give_back(hand: CardInHand, profile: CardProfile, header: bytes, pin: bytes = b"", *, spoil: bool = False) -> None:
    identity = identify(hand.transmit, hand.card.atr)
    assert profile.pin_key
    challenge = get_challenge(hand.transmit, profile.pin_key.challenge_length)
    factors = CardFactors(identity.public.identification_code, identity.region, identity.historical)
    order = PinOrder(header, pin_commands.block(pin, profile.algorithm) if pin else b"")
    holder = TrainingKeys(profile, training=True)
    data = holder.protected_pin(order, factors, challenge, KeyUse(KeyAct.RESET_PIN, reason="forgotten"))
    pin_commands.give_back(hand.transmit, header, data[:-1] + bytes((data[-1] ^ spoil,)))


def test_asking_for_the_tries_costs_none_and_a_wrong_pin_costs_one() -> None:
    hand = in_hand(training_profile())
    assert [pin_commands.tries(hand.transmit) for _ in range(5)] == [PIN_TRIES] * 5
    with pytest.raises(PinWrong) as wrong:
        pin_commands.verify(hand.transmit, CHOSEN)
    assert wrong.value.tries_left == PIN_TRIES - 1 == pin_commands.tries(hand.transmit)
    pin_commands.verify(hand.transmit, FIRST)
    assert hand.card.memory.pin_tries == PIN_TRIES


def test_a_pin_is_changed_only_by_who_knows_the_old_one() -> None:
    hand = in_hand(training_profile())
    with pytest.raises(PinWrong):
        pin_commands.change(hand.transmit, CHOSEN, CHOSEN)
    pin_commands.change(hand.transmit, FIRST, CHOSEN)
    pin_commands.verify(hand.transmit, CHOSEN)


@pytest.mark.parametrize("profile", [training_profile(), sm4_profile()], ids=["3des", "sm4"])
def test_a_blocked_pin_comes_back_with_its_digits_or_with_others(profile: CardProfile) -> None:
    hand = in_hand(profile)
    for _ in range(PIN_TRIES - 1):
        with pytest.raises(PinWrong):
            pin_commands.verify(hand.transmit, CHOSEN)
    with pytest.raises(PinBlocked):
        pin_commands.verify(hand.transmit, CHOSEN)
    with pytest.raises(PinBlocked):
        pin_commands.verify(hand.transmit, FIRST)
    assert pin_commands.tries(hand.transmit) == 0
    give_back(hand, profile, pin_commands.UNBLOCK)
    assert pin_commands.tries(hand.transmit) == PIN_TRIES
    pin_commands.verify(hand.transmit, FIRST)
    give_back(hand, profile, pin_commands.RELOAD, CHOSEN)
    pin_commands.verify(hand.transmit, CHOSEN)


def test_an_order_under_another_key_changes_nothing() -> None:
    hand = in_hand(training_profile())
    with pytest.raises(CardRefused) as refused:
        give_back(hand, training_profile(), pin_commands.RELOAD, CHOSEN, spoil=True)
    assert refused.value.status_word == 0x6988
    pin_commands.verify(hand.transmit, FIRST)


def test_the_block_of_a_pin_is_length_digits_and_padding() -> None:
    assert pin_commands.packed(b"12345") == bytes.fromhex("12345F")
    assert pin_commands.block(b"123456", Algorithm.TRIPLE_DES) == bytes.fromhex("0312345680000000")
    assert pin_commands.block(b"123456", Algorithm.SM4) == bytes.fromhex("03123456800000008000000000000000")


@pytest.mark.parametrize(
    ("pin", "reason"),
    [
        ("123456", "initial"),
        ("888888", "initial"),
        ("777777", "repeated"),
        ("121212", "repeated"),
        ("345345", "repeated"),
        ("234567", "run"),
        ("987654", "run"),
        ("900307", "birth"),
        ("070390", "birth"),
        ("199003", "birth"),
        ("307109", "number"),
    ],
)
def test_a_pin_that_anybody_tries_first_is_refused_by_its_rule(pin: str, reason: str) -> None:
    with pytest.raises(PinWeak) as weak:
        training_profile().pin.check(bytearray(pin.encode()), NUMBER)
    assert weak.value.reason == reason
    assert pin not in str(weak.value)


def test_a_pin_of_six_other_digits_is_taken_and_any_other_length_is_not() -> None:
    rules = training_profile().pin
    rules.check(bytearray(CHOSEN), NUMBER)
    for wrong in (b"", b"73051", b"7305181", b"73o518"):
        with pytest.raises(PinLength):
            rules.check(bytearray(wrong), NUMBER)
