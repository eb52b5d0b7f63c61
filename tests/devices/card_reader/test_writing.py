"""A blank written through the real pcscd, vpcd and the worker process, undisturbed and broken off."""

import itertools
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest

from sscard_desk.cards import authentication, personalisation, proof, ssse
from sscard_desk.cards.iso7816 import Instruction
from sscard_desk.cards.plan import plan
from sscard_desk.devices.card_reader.card_faults import Fault, FaultKind
from sscard_desk.devices.card_reader.pcsc_channel import PcscChannel
from sscard_desk.devices.card_reader.virtual_files import CardMemory, blank_card, kept_card
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.device import CardAuthenticationFailed, CardOutcomeUnknown, CardReaderSilent, CardRemoved
from sscard_desk.domain.errors.operator import CardAlreadyWritten
from tests.machines.card_in_hand import CONTENT, answers, opened
from tests.machines.pcsc import CardTable, Tables, table, tables, training_profile

__all__ = ["table", "tables"]
pytestmark = pytest.mark.real

PROFILE = training_profile()
PLAN = plan(CONTENT, PROFILE, "2.00")
KINDS = [FaultKind.PULL_BEFORE, FaultKind.PULL_HALF, FaultKind.PULL_AFTER]


def stored(memory: CardMemory) -> dict[str, bytes]:
    return {
        f"{file.name} {tag:02X}": value
        for file in ssse.FILES.values()
        for tag, value in (memory.files[file.file_id].records or {}).items()
    }


PLANNED = {write.name: write.value for write in PLAN}


@pytest.mark.parametrize("version", ["2.00", "3.00"])
def test_every_byte_of_a_written_card_is_as_planned(table: CardTable, version: str) -> None:
    memory = blank_card(spec_version=version)
    before = stored(memory)
    card = table.card(memory)
    with table.channel() as channel:
        identity = opened(channel.transmit, channel.atr, PROFILE)
        personalisation.check_blank(channel.transmit, identity, PROFILE, expected_code=memory.identification_code)
        assert personalisation.write(channel.transmit, PLAN) == 10
        proof.compare(proof.read_back(channel.transmit, PLAN))
        assert channel.commands == len(card.commands)
    assert stored(memory) == before | PLANNED


def test_an_answer_that_waits_is_fetched(table: CardTable) -> None:
    card = table.card(blank_card())
    with table.channel() as channel:
        data, status_word = channel.transmit(bytes.fromhex("00A404000F") + ssse.NAME + b"\x00")
    assert status_word == 0x9000
    assert data[:1] == b"\x6f"
    assert [header[1] for header in card.commands] == [Instruction.SELECT, Instruction.GET_RESPONSE]


def test_a_wrong_le_is_put_right(table: CardTable) -> None:
    table.card(blank_card())
    with table.channel() as channel:
        channel.transmit(bytes.fromhex("00A404000F") + ssse.NAME)
        assert channel.transmit(bytes.fromhex("00B2032800")) == (b"\x03\x042.00", 0x9000)


def test_a_written_card_is_not_taken_for_a_blank(table: CardTable) -> None:
    memory = blank_card()
    table.card(memory)
    with table.channel() as channel:
        identity = opened(channel.transmit, channel.atr, PROFILE)
        personalisation.write(channel.transmit, PLAN)
        with pytest.raises(CardAlreadyWritten):
            personalisation.check_blank(channel.transmit, identity, PROFILE, expected_code=memory.identification_code)


def test_a_wrong_key_writes_nothing(table: CardTable) -> None:
    memory = blank_card()
    before = stored(memory)
    table.card(memory)
    with table.channel() as channel:
        opened_with = opened(channel.transmit, channel.atr, PROFILE)
        right = answers(PROFILE, opened_with)
        with pytest.raises(CardAuthenticationFailed) as caught:
            authentication.authenticate(
                channel.transmit, PROFILE.update_key, lambda _key, challenge: right(0x0A, challenge)
            )
    assert caught.value.tries_left == 4
    assert stored(memory) == before


def test_letting_go_of_a_card_ends_what_was_authenticated(table: CardTable) -> None:
    table.card(blank_card())
    with table.channel() as channel:
        opened(channel.transmit, channel.atr, PROFILE)
    with table.channel() as channel:
        assert channel.transmit(bytes.fromhex("00DC050006050420261122"))[1] != 0x9000


BROKEN_OFF = list(zip(range(1, 11), itertools.cycle(KINDS), strict=False))


@pytest.mark.parametrize("some", [BROKEN_OFF[:5], BROKEN_OFF[5:]], ids=["first half", "second half"])
def test_a_card_pulled_at_any_record_is_taken_up_again(tables: Tables, some: list[tuple[int, FaultKind]]) -> None:
    # side by side in slots of their own: the service needs half a second to believe that a card has gone
    with ExitStack() as stack, ThreadPoolExecutor(len(some)) as hands:
        running = [
            hands.submit(pulled_and_taken_up_again, stack.enter_context(tables.table()), at, kind) for at, kind in some
        ]
        for one in running:
            assert PLANNED.items() <= one.result().items()


def pulled_and_taken_up_again(table: CardTable, at: int, kind: FaultKind) -> dict[str, bytes]:
    """Return what stands on the card in the end."""
    memory = blank_card()
    card = table.card(memory, Fault(kind, at, Instruction.UPDATE_RECORD))
    with table.channel() as channel:
        opened(channel.transmit, channel.atr, PROFILE)
        with pytest.raises(CardOutcomeUnknown):
            personalisation.write(channel.transmit, PLAN)
        with pytest.raises(CardRemoved):
            proof.how_far(channel.transmit, PLAN)
    assert card.insert()
    with table.channel() as channel:
        identity = opened(channel.transmit, channel.atr, PROFILE)
        proof.need_same_card(identity, memory.identification_code)
        todo = proof.unfinished(proof.how_far(channel.transmit, PLAN))
        assert PLAN.items[at - 1] not in todo or kind is not FaultKind.PULL_AFTER
        personalisation.write(channel.transmit, PLAN, only=todo)
        proof.compare(proof.read_back(channel.transmit, PLAN))
    return stored(memory)


def test_a_card_pulled_while_it_is_read_changed_nothing(table: CardTable) -> None:
    memory = blank_card()
    before = stored(memory)
    table.card(memory, Fault(FaultKind.PULL_AFTER, 3, Instruction.READ_RECORD))
    with table.channel() as channel, pytest.raises(CardRemoved):
        opened(channel.transmit, channel.atr, PROFILE)
    assert stored(memory) == before


def write_all(channel: PcscChannel) -> None:
    opened(channel.transmit, channel.atr, PROFILE)
    personalisation.write(channel.transmit, PLAN)


@pytest.mark.parametrize(
    ("instruction", "error"),
    [(Instruction.UPDATE_RECORD, CardOutcomeUnknown), (Instruction.READ_RECORD, CardReaderSilent)],
)
def test_a_hung_card_is_left_in_time_and_the_next_card_is_served(
    table: CardTable, instruction: Instruction, error: type[DeskError]
) -> None:
    memory = blank_card()
    card = table.card(memory, Fault(FaultKind.HANG, 1, instruction))
    table.reader._command_s = 0.3
    with table.channel() as channel, pytest.raises(error):
        write_all(channel)
    assert card.insert()
    with table.channel() as channel:
        assert opened(channel.transmit, channel.atr, PROFILE).public.identification_code == memory.identification_code


def test_a_card_survives_its_own_process(tmp_path: Path, table: CardTable) -> None:
    memory = blank_card(kept_in=tmp_path / "card.json")
    table.card(memory)
    with table.channel() as channel:
        opened(channel.transmit, channel.atr, PROFILE)
        personalisation.write(channel.transmit, PLAN)
    again = kept_card(tmp_path / "card.json")
    assert stored(again) == stored(memory)
    assert again.atr == memory.atr
