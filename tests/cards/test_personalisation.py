"""Writing a blank, broken off at every command and taken up again; on the model itself, without a reader."""

from collections.abc import Callable

import pytest

from sscard_desk.cards import authentication, personalisation, proof, ssse
from sscard_desk.cards.holder import read_holder
from sscard_desk.cards.identity import identify
from sscard_desk.cards.iso7816 import Instruction
from sscard_desk.cards.plan import CardPlan, plan
from sscard_desk.cards.proof import Standing
from sscard_desk.devices.card_reader.card_faults import FaultKind
from sscard_desk.devices.card_reader.virtual_card import VirtualCard
from sscard_desk.devices.card_reader.virtual_files import blank_card
from sscard_desk.domain.errors.device import (
    CardAuthenticationFailed,
    CardContentDiffers,
    CardItemDamaged,
    CardOutcomeUnknown,
    CardRefused,
    ForeignCard,
)
from sscard_desk.domain.errors.operator import CardAlreadyWritten, NotOurBlank, WrongCardPutBack
from tests.machines.card_in_hand import CONTENT, CardInHand, answers, opened
from tests.machines.pcsc import training_profile

PROFILE = training_profile()
VERSIONS = ["2.00", "3.00"]


def blank(version: str = "2.00") -> VirtualCard:
    return VirtualCard(blank_card(spec_version=version), PROFILE)


def stored(card: VirtualCard) -> dict[str, bytes]:
    return {
        f"{file.name} {tag:02X}": value
        for file in ssse.FILES.values()
        for tag, value in (card.memory.files[file.file_id].records or {}).items()
    }


def planned(version: str = "2.00") -> CardPlan:
    return plan(CONTENT, PROFILE, version)


@pytest.mark.parametrize("version", VERSIONS)
def test_a_whole_card_stands_byte_for_byte_as_planned(version: str) -> None:
    card = blank(version)
    before = stored(card)
    hand = CardInHand(card)
    told: list[tuple[int, int, str]] = []
    identity = identify(hand.transmit, card.atr)
    answer = answers(PROFILE, identity)
    authentication.open_for_reading(hand.transmit, identity, PROFILE, answer)
    personalisation.check_blank(hand.transmit, identity, PROFILE, expected_code=card.memory.identification_code)
    authentication.authenticate(hand.transmit, PROFILE.update_key, answer)
    todo = planned(version)
    done = personalisation.write(hand.transmit, todo, lambda n, total, one: told.append((n, total, one.name)))
    proof.compare(proof.read_back(hand.transmit, todo))
    assert stored(card) == before | {write.name: write.value for write in todo}
    assert done == len(todo) == 10
    assert told == [(n, 10, name) for n, name in enumerate(todo.items, start=1)]
    holder = read_holder(hand.transmit)
    assert (holder.name, holder.birth_date) == (CONTENT.name, CONTENT.birth_date)
    public = identify(hand.transmit, card.atr).public
    assert (public.issue_date, public.valid_until) == (CONTENT.issue_date, CONTENT.valid_until)
    assert not public.card_number_doubtful


@pytest.mark.parametrize("kind", [FaultKind.PULL_BEFORE, FaultKind.PULL_HALF, FaultKind.PULL_AFTER])
@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("at", range(1, 11))
def test_a_card_pulled_at_any_record_is_taken_up_again(at: int, version: str, kind: FaultKind) -> None:
    card = blank(version)
    hand = CardInHand(card, kind, at, Instruction.UPDATE_RECORD)
    opened(hand.transmit, card.atr, PROFILE)
    todo = planned(version)
    with pytest.raises(CardOutcomeUnknown):
        personalisation.write(hand.transmit, todo)

    again = hand.put_back()
    opened(again.transmit, card.atr, PROFILE)
    results = proof.how_far(again.transmit, todo)
    standings = [result.standing for result in results]
    assert standings[: at - 1] == [Standing.AS_PLANNED] * (at - 1)
    # from the broken one on: as planned only where the last record was stored whole, or nothing is planned
    assert (standings[at - 1] is Standing.AS_PLANNED) >= (kind is FaultKind.PULL_AFTER)
    assert Standing.OTHER not in standings[at:]
    personalisation.write(again.transmit, todo, only=proof.unfinished(results))
    proof.compare(proof.read_back(again.transmit, todo))
    assert {write.name: write.value for write in todo}.items() <= stored(card).items()


def test_only_unfinished_records_are_written_again() -> None:
    card = blank()
    hand = CardInHand(card)
    opened(hand.transmit, card.atr, PROFILE)
    personalisation.write(hand.transmit, planned(), only=("EF05 05", "EF06 0D"))
    results = proof.how_far(hand.transmit, planned())
    assert proof.unfinished(results) == tuple(name for name in planned().items if name not in ("EF05 05", "EF06 0D"))


def test_a_half_written_record_is_neither_blank_nor_as_planned() -> None:
    card = blank()
    hand = CardInHand(card, FaultKind.PULL_HALF, 3, Instruction.UPDATE_RECORD)
    opened(hand.transmit, card.atr, PROFILE)
    with pytest.raises(CardOutcomeUnknown):
        personalisation.write(hand.transmit, planned())
    again = hand.put_back()
    opened(again.transmit, card.atr, PROFILE)
    results = {r.name: r.standing for r in proof.how_far(again.transmit, planned())}
    assert results["EF05 07"] is Standing.OTHER
    with pytest.raises(CardContentDiffers) as caught:
        proof.compare(proof.how_far(again.transmit, planned()))
    assert caught.value.items[0] == "EF05 07"


@pytest.mark.parametrize("name", planned().items)
def test_one_wrong_byte_anywhere_is_found(name: str) -> None:
    card = blank()
    hand = CardInHand(card)
    opened(hand.transmit, card.atr, PROFILE)
    personalisation.write(hand.transmit, planned())
    records = card.memory.files[ssse.FILES[name[:4]].file_id].records
    assert records is not None
    tag = int(name[5:], 16)
    records[tag] = records[tag][:-1] + bytes((records[tag][-1] ^ 0x01,))
    with pytest.raises(CardContentDiffers) as caught:
        proof.compare(proof.read_back(hand.transmit, planned()))
    assert caught.value.items == (name,)


def write_one(tag: int, value: bytes) -> Callable[[VirtualCard], None]:
    def change(card: VirtualCard) -> None:
        for file in card.memory.files.values():
            if file.records and tag in file.records:
                file.records[tag] = value

    return change


@pytest.mark.parametrize("tag", [0x05, 0x07, 0x08, 0x09])
@pytest.mark.parametrize("version", VERSIONS)
def test_a_card_with_anything_on_it_is_no_blank(tag: int, version: str) -> None:
    card = blank(version)
    item = next(item for file in ssse.FILES.values() for item in file.items if item.tag == tag)
    write_one(tag, b"\x20\x19\x11\x20".ljust(item.length, b"1"))(card)
    hand = CardInHand(card)
    identity = opened(hand.transmit, card.atr, PROFILE)
    with pytest.raises(CardAlreadyWritten):
        personalisation.check_blank(hand.transmit, identity, PROFILE, expected_code=card.memory.identification_code)


def test_a_card_that_stock_has_not_reserved_is_no_blank_of_ours() -> None:
    card = blank()
    hand = CardInHand(card)
    identity = identify(hand.transmit, card.atr)
    with pytest.raises(NotOurBlank):
        personalisation.check_blank(hand.transmit, identity, PROFILE, expected_code="0" * 32)
    with pytest.raises(WrongCardPutBack):
        proof.need_same_card(identity, "0" * 32)


def test_a_card_of_another_kind_is_foreign() -> None:
    with pytest.raises(ForeignCard):
        identify(lambda _apdu: (b"", 0x6A82), bytes.fromhex("3B00"))


def test_a_card_with_a_wrong_identification_code_is_damaged() -> None:
    card = blank()
    write_one(0x01, bytes(16))(card)
    with pytest.raises(CardItemDamaged) as caught:
        identify(CardInHand(card).transmit, card.atr)
    assert caught.value.item == "01"


def test_a_wrong_key_is_counted_down_and_writes_nothing() -> None:
    card = blank()
    before = stored(card)
    hand = CardInHand(card)
    identify(hand.transmit, card.atr)
    for left in (4, 3, 2, 1, 0, 0):
        with pytest.raises(CardAuthenticationFailed) as caught:
            authentication.authenticate(hand.transmit, PROFILE.update_key, lambda _key_id, _challenge: bytes(16))
        assert caught.value.tries_left == left
    with pytest.raises(CardRefused) as refused:
        personalisation.write(hand.transmit, planned())
    assert refused.value.status_word == 0x6982
    assert stored(card) == before


def test_a_version_3_card_gives_its_holder_only_to_who_has_the_read_key() -> None:
    card = blank("3.00")
    hand = CardInHand(card)
    identity = identify(hand.transmit, card.atr)
    with pytest.raises(CardRefused) as refused:
        read_holder(hand.transmit)
    assert refused.value.status_word == 0x6982
    authentication.open_for_reading(hand.transmit, identity, PROFILE, answers(PROFILE, identity))
    assert read_holder(hand.transmit).name == ""


def test_a_version_1_card_is_read_by_tag_without_extension() -> None:
    card = blank("1.00")
    hand = CardInHand(card)
    identify(hand.transmit, card.atr)
    assert read_holder(hand.transmit).sex == ""
