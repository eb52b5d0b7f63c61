"""A trace shows what a reader's fault is looked for by, and nothing of a person, a PIN or a key."""

from dataclasses import replace
from secrets import token_bytes

import pytest

from sscard_desk.cards import personalisation, pin_commands, psam_commands
from sscard_desk.cards.apdu_mask import Mask
from sscard_desk.cards.iso7816 import Instruction, select_name
from sscard_desk.cards.plan import plan
from sscard_desk.devices.card_reader.virtual_card import VirtualCard
from sscard_desk.devices.card_reader.virtual_files import blank_card
from sscard_desk.devices.card_reader.virtual_psam import VirtualPsam
from sscard_desk.devices.keys.training import TrainingKeys
from sscard_desk.domain.errors import DeskError
from sscard_desk.ports.devices import Cancel
from sscard_desk.ports.keys import CardFactors, KeyAct, KeyUse, PinOrder
from sscard_desk.training.point import training_point
from sscard_desk.usecases.read_card import WHOLE, read_social_card
from tests.machines.card_in_hand import CONTENT, InHandReader, opened
from tests.machines.pcsc import sm4_profile, training_profile

PIN, NEW_PIN = b"730518", b"902746"
CODE = training_point().blanks[0].identification_code


class Listening:
    """A card whose every exchange is kept, bare and masked."""

    def __init__(self, card: VirtualCard) -> None:
        self.card = card
        self.atr = card.atr
        self.mask = Mask()
        self.bare: list[tuple[bytes, bytes]] = []
        self.lines: list[str] = []

    def reset(self) -> None:
        self.card.reset()

    def process(self, apdu: bytes, *, torn: bool = False) -> bytes:
        answer = self.card.process(apdu, torn=torn)
        self.bare.append((apdu, answer))
        self.lines.append(self.mask.command(apdu))
        self.lines.append(self.mask.answer(answer[:-2], int.from_bytes(answer[-2:], "big")))
        return answer

    @property
    def said(self) -> str:
        return "\n".join(self.lines)


def secrets_of(listening: Listening) -> list[bytes]:
    """Everything that went over the line and is nobody's business, found in the bare bytes."""
    found: list[bytes] = []
    for apdu, answer in listening.bare:
        data = apdu[5 : 5 + apdu[4]] if len(apdu) > 5 else b""
        if apdu[1] in {
            Instruction.EXTERNAL_AUTHENTICATE,
            Instruction.VERIFY,
            Instruction.CHANGE_PIN,
            Instruction.RELOAD_PIN,
            Instruction.UNBLOCK_PIN,
        }:
            found.append(data)
        if apdu[1] == Instruction.GET_CHALLENGE:
            found.append(answer[:-2])
        if apdu[1] == Instruction.UPDATE_RECORD:
            found.append(data[2:])
        if apdu[1] == Instruction.READ_RECORD and apdu[2] not in {2, 3}:
            found.append(answer[2:-2])
    # less than three bytes stand in a header by chance
    return [each for each in found if len(each) > 2 and any(each)]


def shows(said: str, secret: bytes) -> bool:
    bare = said.replace(" ", "").replace("\n", "").upper()
    return secret.hex().upper() in bare


@pytest.mark.parametrize(
    ("profile", "version"),
    [
        (training_profile(), "1.00"),
        (training_profile(), "2.00"),
        (training_profile(), "3.00"),
        (sm4_profile(), "3.00"),
    ],
    ids=["1.00", "2.00", "3.00", "SM4"],
)
def test_no_command_of_writing_reading_and_pins_shows_a_secret(profile, version: str) -> None:
    listening = Listening(VirtualCard(blank_card(CODE, version), profile))
    with InHandReader(listening).open(Cancel()) as channel:  # type: ignore[arg-type] # listens as a card does
        transmit = channel.transmit
        identity = opened(transmit, channel.atr, profile)
        content = replace(CONTENT, name="训练一") if version == "1.00" else CONTENT
        planned = plan(content, profile, version)
        personalisation.write(transmit, planned)
        select_name(transmit, b"1PAY.SYS.DDF01")
        pins(transmit, identity, profile)
    keys = TrainingKeys(profile, training=True)
    reading = read_social_card(InHandReader(listening), profile, keys, Cancel(), extent=WHOLE)  # type: ignore[arg-type] # as good as one here
    assert reading.holder is not None
    asked = {apdu[1] for apdu, _ in listening.bare}
    assert asked >= set(Instruction) - {
        Instruction.INTERNAL_AUTHENTICATE,
        Instruction.READ_BINARY,
        Instruction.UPDATE_BINARY,
        Instruction.GET_RESPONSE,
    }
    secrets = secrets_of(listening)
    assert len(secrets) > 30
    assert [each for each in secrets if shows(listening.said, each)] == []
    for text in (content.name, content.social_security_number, content.card_number):
        assert not shows(listening.said, text.encode("gbk"))
    assert not shows(listening.said, bytes.fromhex(CODE))
    assert shows(listening.said, version.encode())  # what helps is there


def pins(transmit, identity, profile) -> None:
    keys = TrainingKeys(profile, training=True)
    factors = CardFactors(CODE, CODE[:6], identity.historical)
    select_name(transmit, bytes.fromhex("7378312E73682EC9E7BBE1B1A3D5CF"))
    for header, block in (
        (pin_commands.RELOAD, bytes(pin_commands.block(PIN, profile.algorithm))),
        (pin_commands.UNBLOCK, b""),
    ):
        length = profile.pin_key.challenge_length
        challenge, _ = transmit(bytes((0, Instruction.GET_CHALLENGE, 0, 0, length)))
        use = KeyUse(KeyAct.RESET_PIN, reason="forgotten")
        data = keys.protected_pin(PinOrder(header, block), factors, challenge, use)
        pin_commands.give_back(transmit, header, data)
    pin_commands.verify(transmit, PIN)
    pin_commands.change(transmit, PIN, NEW_PIN)
    for wrong in (b"111111", b"12345"):
        try:
            pin_commands.verify(transmit, wrong)
        except DeskError:
            continue
    assert pin_commands.tries(transmit) is not None


def test_what_a_psam_is_asked_shows_neither_factors_nor_cryptogram() -> None:
    mask, psam = Mask(), VirtualPsam(training_profile())
    said: list[str] = []
    bare: list[bytes] = []

    def transmit(apdu: bytes) -> tuple[bytes, int]:
        answer = psam.process(apdu)
        word = int.from_bytes(answer[-2:], "big")
        said.extend((mask.command(apdu), mask.answer(answer[:-2], word)))
        bare.extend((apdu[5 : 5 + apdu[4]] if len(apdu) > 5 else b"", answer[:-2]))
        return answer[:-2], word

    rules = training_profile().psam
    assert rules is not None
    random = bytes.fromhex("A1B2C3D4E5F60718")
    select_name(transmit, rules.application)
    for apdu in (
        psam_commands.diversify(rules.keys[0x04], [b"110101sx", bytes(range(8))], random),
        psam_commands.encipher(random),
        bytes.fromhex("00C0000008"),
    ):
        transmit(apdu)
    secrets = [each for each in bare[2:] if len(each) > 2]
    assert len(secrets) >= 3
    assert not any(shows("\n".join(said), each) for each in secrets)


@pytest.mark.parametrize("instruction", range(256))
def test_a_command_that_nobody_knows_shows_its_header_alone(instruction: int) -> None:
    secret, mask = token_bytes(24), Mask()
    for cla in (0x00, 0x04, 0x80, 0x84, 0xBF):
        if (cla, instruction) == (0x00, Instruction.SELECT):
            continue
        said = [
            mask.command(bytes((cla, instruction, 1, 2, 24)) + secret + b"\x10"),
            mask.answer(secret, 0x9000),
            mask.command(bytes((cla, instruction, 1, 2, 8)) + secret),  # Lc is not true
            mask.command(bytes.fromhex("00C0000018")),
            mask.answer(secret, 0x6110),
        ]
        assert not any(shows(line, secret[at : at + 4]) for line in said for at in range(0, 24, 4))


def test_the_lines_say_what_was_asked_and_what_came() -> None:
    mask = Mask()
    assert mask.command(bytes.fromhex("00A404000F7378312E73682EC9E7BBE1B1A3D5CF00")).startswith(
        "00 A4 04 00 0F 73 78 31"
    )
    assert mask.answer(bytes(20), 0x9000) == "<20> 90 00"
    mask.command(bytes.fromhex("00A4020002EF05"))
    assert mask.command(bytes.fromhex("00B2030006")) == "00 B2 03 00 06"
    assert mask.answer(bytes.fromhex("0304322E3030"), 0x9000) == "03 04 32 2E 30 30 90 00"
    assert mask.command(bytes.fromhex("00B207000B")) == "00 B2 07 00 0B"
    assert mask.answer(bytes.fromhex("0709") + b"A00000001", 0x9000) == "07 09 <9> 90 00"
    assert mask.command(bytes.fromhex("00DC05000605 0420261126".replace(" ", ""))) == "00 DC 05 00 06 05 04 <4>"
    assert mask.answer(b"", 0x6982) == "69 82"
    assert mask.command(bytes.fromhex("00840000 08".replace(" ", ""))) == "00 84 00 00 08"
    assert mask.answer(bytes(8), 0x9000) == "<8> 90 00"
    assert mask.command(bytes.fromhex("0020000000")) == "00 20 00 00 00"
    assert mask.command(bytes.fromhex("0020000003730518")) == "00 20 00 00 03 <3>"
    # another application's EF05
    mask.command(bytes.fromhex("00A4000002DF01"))
    mask.command(bytes.fromhex("00A4020002EF05"))
    mask.command(bytes.fromhex("00B2030006"))
    assert mask.answer(bytes.fromhex("0304322E3030"), 0x9000) == "03 04 <4> 90 00"
