"""The model keeps the access conditions, counters and answers of the domain reference (A.3, A.8, A.9)."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sscard_desk.cards import key_chain, secure_messaging, ssse
from sscard_desk.cards.algorithm import Algorithm
from sscard_desk.cards.answer_to_reset import historical_bytes, is_contactless
from sscard_desk.cards.bank_application import read_bank_card_number
from sscard_desk.cards.profile import CardProfile
from sscard_desk.devices.card_reader.virtual_card import VirtualCard
from sscard_desk.devices.card_reader.virtual_files import blank_card, kept_card
from tests.machines.card_in_hand import CardInHand
from tests.machines.pcsc import sm4_profile, training_profile

PROFILE = training_profile()
SELECT_SSSE = "00A404000F" + ssse.NAME.hex()


class Bench:
    """A card on the bench, spoken to in hex."""

    def __init__(self, version: str = "2.00", kept_in: Path | None = None, profile: CardProfile = PROFILE) -> None:
        self.memory = blank_card(spec_version=version, kept_in=kept_in, bank_card_number="6217000000000000007")
        self.profile = profile
        self.card = VirtualCard(self.memory, profile)

    def say(self, apdu: str) -> str:
        return self.card.process(bytes.fromhex(apdu)).hex().upper()

    def key(self, key_id: int) -> bytes:
        return key_chain.card_key(
            self.profile.training_keys[key_id],
            ("city", "card"),
            self.memory.identification_code[:6],
            self.memory.historical,
            self.profile.algorithm,
        )

    def challenge(self) -> bytes:
        length = key_chain.challenge_length(self.profile.algorithm)
        return bytes.fromhex(self.say(f"00840000{length:02X}")[: 2 * length])

    def authenticate(self, key_id: int, challenge: bytes | None = None) -> str:
        challenge = self.challenge() if challenge is None else challenge
        answer = key_chain.answer_to_challenge(self.key(key_id), challenge, self.profile.algorithm)
        return self.say(f"008200{key_id:02X}10" + answer.hex())


@pytest.fixture
def bench() -> Bench:
    bench = Bench()
    assert bench.say(SELECT_SSSE) == "611B"
    return bench


def test_nothing_is_to_be_had_before_the_application_is_selected() -> None:
    bench = Bench()
    assert bench.say("00A4020002EF05") == "6A82"
    assert bench.say("00B2010012") == "6986"
    assert bench.say("00B2012812") == "6A82"
    assert bench.authenticate(0x04) == "6985"


def test_another_application_is_not_found() -> None:
    assert Bench().say("00A4040008A000000333010106") == "6A82"


def test_with_le_the_file_control_information_comes_at_once() -> None:
    answer = Bench().say(SELECT_SSSE + "00")
    assert answer.startswith("6F")
    assert answer.endswith("9F0C038601019000")


def test_a_waiting_answer_is_there_once(bench: Bench) -> None:
    assert bench.say("00C000001B").endswith("9000")
    assert bench.say("00C000001B") == "6985"


def test_records_are_reached_by_tag_and_number_with_and_without_short_identifier(bench: Bench) -> None:
    version = "0304322E30309000"
    assert bench.say("00B2032806") == version
    assert bench.say("00B2032C06") == version
    assert bench.say("00A4020002EF05") == "9000"
    assert bench.say("00B2030006") == version
    assert bench.say("00B2030406") == version
    assert bench.say("00B2080400") == "6A83"
    assert bench.say("00B2550006") == "6A83"
    assert bench.say("00B2030000") == "6C06"


def test_record_numbers_shift_where_there_is_no_name_extension() -> None:
    for version, sex_is_record in (("1.00", 3), ("2.00", 4)):
        bench = Bench(version)
        bench.say(SELECT_SSSE)
        assert bench.say(f"00B2{sex_is_record:02X}3403") == "0A01009000"


@pytest.mark.parametrize("file", ["EF05", "EF06"])
def test_nobody_writes_without_the_update_key(bench: Bench, file: str) -> None:
    tag = {"EF05": "05", "EF06": "0D"}[file]
    update = f"00DC{tag}0006{tag}0420261122"
    bench.say(f"00A4020002{file}")
    assert bench.say(update) == "6982"
    assert bench.authenticate(0x0A) == "9000"
    assert bench.say(update) == "6982"
    assert bench.authenticate(0x04) == "9000"
    assert bench.say(update) == "9000"
    assert bench.say(f"00B2{tag}0006") == f"{tag}0420261122" + "9000"


@pytest.mark.parametrize(
    "broken", ["00DC0500060604202611", "00DC05000505032026" + "11", "00DC050007050520261122" + "00", "00DC0500"]
)
def test_a_record_that_does_not_fit_is_refused(bench: Bench, broken: str) -> None:
    bench.say("00A4020002EF05")
    bench.authenticate(0x04)
    assert bench.say(broken) in {"6A80", "6700"}


def test_version_3_holder_data_needs_the_read_key() -> None:
    bench = Bench("3.00")
    bench.say(SELECT_SSSE)
    assert bench.say("00B2083014") == "6982"
    assert bench.authenticate(0x0A) == "9000"
    assert bench.say("00B2083014").endswith("9000")


def test_fingerprint_and_photo_are_for_keys_alone(bench: Bench) -> None:
    bench.say("00A4020002EF08")
    assert bench.say("00B0000010") == "6982"
    assert bench.say("00B2010010") == "6981"
    bench.authenticate(0x0A)
    assert bench.say("00B0000004") == "000000009000"
    assert bench.say("00B003E804") == "6B00"
    assert bench.say("00D600000401020304") == "6982"
    bench.authenticate(0x04)
    assert bench.say("00D600000401020304") == "9000"
    assert bench.say("00B0000004") == "010203049000"


def test_a_challenge_is_good_for_one_command(bench: Bench) -> None:
    challenge = bytes.fromhex(bench.say("0084000008")[:16])
    assert bench.authenticate(0x04, challenge) == "9000"
    assert bench.authenticate(0x04, challenge) == "6984"
    challenge = bytes.fromhex(bench.say("0084000008")[:16])
    bench.say("00B2032806")
    assert bench.authenticate(0x04, challenge) == "6984"


def test_wrong_cryptograms_are_counted_down_until_the_key_is_blocked(tmp_path: Path) -> None:
    bench = Bench(kept_in=tmp_path / "card.json")
    bench.say(SELECT_SSSE)
    for left in ("63C4", "63C3"):
        bench.say("0084000008")
        assert bench.say("0082000410" + "00" * 16) == left
    assert bench.authenticate(0x04) == "9000"
    for left in ("63C4", "63C3", "63C2", "63C1", "63C0", "6983"):
        bench.say("0084000008")
        assert bench.say("0082000410" + "00" * 16) == left
    assert bench.authenticate(0x04) == "6983"
    assert kept_card(tmp_path / "card.json").key_tries[0x04] == 0


def test_an_unknown_key_is_named_as_missing(bench: Bench) -> None:
    bench.say("0084000008")
    assert bench.say("0082000D10" + "00" * 16) == "6A88"


def test_selecting_again_or_reset_ends_an_authentication(bench: Bench) -> None:
    for forget in (lambda: bench.say(SELECT_SSSE), bench.card.reset):
        bench.say(SELECT_SSSE)
        bench.authenticate(0x04)
        forget()
        bench.say(SELECT_SSSE)
        bench.say("00A4020002EF05")
        assert bench.say("00DC050006050420261122") == "6982"


def test_the_pin_is_counted_down_and_blocked(tmp_path: Path) -> None:
    bench = Bench(kept_in=tmp_path / "card.json")
    assert bench.say("0020000003123456") == "9000"
    assert [bench.say("0020000003000000") for _ in range(4)] == ["63C2", "63C1", "63C0", "6983"]
    assert (
        VirtualCard(kept_card(tmp_path / "card.json"), PROFILE).process(bytes.fromhex("0020000003123456"))
        == b"\x69\x83"
    )


@pytest.mark.parametrize(
    ("apdu", "answer"), [("80B20100", "6E00"), ("00FF0000", "6D00"), ("00B2", "6700"), ("00A40400", "6700")]
)
def test_malformed_commands_get_the_standards_status_words(apdu: str, answer: str) -> None:
    assert Bench().say(apdu) == answer


def test_an_interrupted_store_keeps_the_first_half(bench: Bench) -> None:
    bench.say("00A4020002EF05")
    bench.authenticate(0x04)
    bench.card.process(bytes.fromhex("00DC050006050420261122"), torn=True)
    assert bench.say("00B2050006") == "05042026FFFF9000"


@given(st.binary(max_size=30))
def test_no_command_breaks_the_card(apdu: bytes) -> None:
    bench = Bench()
    bench.say(SELECT_SSSE)
    bench.say("00A4020002EF06")
    answer = bench.card.process(apdu)
    assert len(answer) >= 2
    assert answer[-2] in {0x90, 0x94, *range(0x61, 0x70)}


@pytest.mark.parametrize("version", ["2.01", "3.00"])
def test_a_card_of_the_sm4_profile_says_so_and_takes_no_other_cipher(version: str) -> None:
    bench = Bench(version, profile=sm4_profile())
    assert bench.say(SELECT_SSSE + "00").endswith("9F0C038601039000")
    assert bench.authenticate(0x04) == "9000"
    bench.say("0084000008")
    assert bench.say("0082000410" + "00" * 16) == "6984"
    assert bench.profile.algorithm is Algorithm.SM4


def test_a_file_of_df01_opens_with_its_key_or_the_pin_after_its_application_was_selected(bench: Bench) -> None:
    assert bench.say("00A4000002DF01") == "9000"
    bench.say("00A4020002EF05")
    assert bench.say("00B2200004") == "6982"
    assert bench.authenticate(0x0B) == "9000"
    assert bench.say("00B2200004") == "200200009000"
    bench.say(SELECT_SSSE)
    assert bench.say("0020000003123456") == "9000"
    bench.say("00A4000002DF01")
    bench.say("00A4020002EF05")
    assert bench.say("00B2200004") == "200200009000"
    assert bench.say("00A4000002DF09") == "6A82"


def test_the_bank_card_number_is_read_from_the_debit_application(bench: Bench) -> None:
    assert read_bank_card_number(CardInHand(bench.card).transmit) == "6217000000000000007"
    assert bench.say("00A4020002EF05") == "6A82", "SSSE has to be selected again"
    bench.say(SELECT_SSSE)
    assert bench.say("00A4020002EF05") == "9000"


def test_a_card_without_a_bank_has_no_bank_card_number() -> None:
    assert read_bank_card_number(CardInHand(VirtualCard(blank_card(), PROFILE)).transmit) == ""


def test_a_contactless_card_has_the_answer_that_its_reader_makes_up() -> None:
    memory = blank_card(contactless=True)
    assert is_contactless(memory.atr)
    assert historical_bytes(memory.atr) == memory.historical == blank_card().historical
    assert not is_contactless(blank_card().atr)


@pytest.mark.parametrize("profile", [PROFILE, sm4_profile()], ids=lambda profile: profile.name)
def test_a_card_with_secure_messaging_takes_a_record_only_with_its_mac(profile: CardProfile) -> None:
    bench = Bench(profile=replace(profile, secure_messaging=True))
    bench.say(SELECT_SSSE)
    bench.say("00A4020002EF05")
    bench.authenticate(0x04)
    record = "05000605" + "0420261122"
    assert bench.say("00DC" + record) == "9406"
    covered = secure_messaging.to_be_protected(bytes.fromhex("00DC" + record))
    assert bench.say(covered.hex() + "00000000") == "6984"
    bench.challenge()
    assert bench.say(covered.hex() + "00000000") == "6988"
    mac = secure_messaging.mac(profile.algorithm, bench.key(0x04), bench.challenge(), covered)
    assert bench.say((covered + mac).hex()) == "9000"
    assert bench.say("00B2050006") == "050420261122" + "9000"


def test_a_kept_card_keeps_every_application(tmp_path: Path) -> None:
    bench = Bench(kept_in=tmp_path / "card.json")
    bench.memory.applications["DF01"][0xEF05].records = {0x20: b"10", 0x21: bytes(80), 0x0E: b"\x52\x03\x00"}
    bench.memory.keep()
    again = kept_card(tmp_path / "card.json")
    assert again.applications["DF01"][0xEF05].records == bench.memory.applications["DF01"][0xEF05].records
    assert again.bank_card_number == "6217000000000000007"
