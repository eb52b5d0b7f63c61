"""What a card says of itself, whole and damaged."""

import pytest

from sscard_desk.cards import ssse
from sscard_desk.cards.algorithm import Algorithm
from sscard_desk.cards.identity import CardPublic, identify
from sscard_desk.devices.card_reader.virtual_card import VirtualCard
from sscard_desk.devices.card_reader.virtual_files import blank_card
from sscard_desk.domain.errors.device import CardItemDamaged, CardRefused, ForeignCard
from tests.machines.card_in_hand import CardInHand
from tests.machines.pcsc import training_profile


def card(version: str = "2.00") -> VirtualCard:
    return VirtualCard(blank_card("639900D15600000500BF7C7A48FB4966", version), training_profile())


def put(virtual: VirtualCard, tag: int, value: str) -> None:
    records = virtual.memory.files[ssse.EF05.file_id].records
    assert records is not None
    records[tag] = bytes.fromhex(value)


def test_a_blank_tells_who_made_it_and_nothing_of_a_holder() -> None:
    blank = card()
    identity = identify(CardInHand(blank).transmit, blank.atr)
    public = identity.public
    assert (public.identification_code, public.card_class, public.spec_version) == (
        "639900D15600000500BF7C7A48FB4966",
        "3",
        "2.00",
    )
    assert (public.issue_date, public.valid_until, public.card_number, public.damaged) == (None, None, "", ())
    assert (identity.region, identity.algorithm) == ("639900", Algorithm.TRIPLE_DES)
    assert identity.historical[-4:] == bytes.fromhex("00BF7C7A")
    assert not public.card_number_doubtful


def test_an_issued_card_gives_its_dates_and_number() -> None:
    issued = card()
    put(issued, 0x05, "20191120")
    put(issued, 0x06, "20291120")
    put(issued, 0x07, b"BA0010547".hex())
    public = identify(CardInHand(issued).transmit, issued.atr).public
    assert (public.issue_date and public.issue_date.isoformat(), public.card_number) == ("2019-11-20", "BA0010547")


@pytest.mark.parametrize(("number", "doubtful"), [("B22451259", False), ("W20798392", True), ("", False)])
def test_a_card_number_with_a_wrong_check_is_a_warning_only(number: str, doubtful: bool) -> None:
    public = CardPublic("639900D15600000500BF7C7A48FB4966", "3", "2.00", "", None, None, number)
    assert public.card_number_doubtful is doubtful


@pytest.mark.parametrize(("tag", "value"), [(0x05, "2026FFFF"), (0x06, "20361399"), (0x07, "FF8180808080808080")])
def test_a_half_written_item_leaves_the_card_identified(tag: int, value: str) -> None:
    torn = card()
    put(torn, tag, value)
    public = identify(CardInHand(torn).transmit, torn.atr).public
    assert public.damaged == (f"{tag:02X}",)
    assert public.identification_code == torn.memory.identification_code


@pytest.mark.parametrize(("tag", "value"), [(0x01, "FF" * 16), (0x03, "FF81"), (0x02, "3333")])
def test_a_damaged_item_of_the_maker_is_refused(tag: int, value: str) -> None:
    broken = card()
    put(broken, tag, value)
    with pytest.raises(CardItemDamaged) as caught:
        identify(CardInHand(broken).transmit, broken.atr)
    assert caught.value.item == f"{tag:02X}"


def test_a_card_without_records_is_refused() -> None:
    with pytest.raises(CardRefused):
        identify(lambda apdu: (b"", 0x9000 if apdu[1] == 0xA4 else 0x6A83), card().atr)


@pytest.mark.parametrize("status_word", [0x6283, 0x6A81, 0x9303])
def test_a_blocked_card_is_not_taken_for_a_foreign_one(status_word: int) -> None:
    with pytest.raises(CardRefused) as caught:
        identify(lambda _apdu: (b"", status_word), card().atr)
    assert caught.value.status_word == status_word


def test_a_card_with_a_malformed_answer_to_reset_is_foreign() -> None:
    with pytest.raises(ForeignCard):
        identify(CardInHand(card()).transmit, b"\x00")


def test_the_representation_holds_no_code_of_the_card() -> None:
    virtual = card()
    identity = identify(CardInHand(virtual).transmit, virtual.atr)
    assert "639900" not in repr(identity)
