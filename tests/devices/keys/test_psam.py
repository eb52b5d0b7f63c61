"""Keys in a PSAM in a second slot, through a real reader service: it answers, or is told apart from the card."""

from dataclasses import replace

import pytest

from sscard_desk.cards.algorithm import Algorithm
from sscard_desk.devices.card_reader.card_faults import Fault, FaultKind
from sscard_desk.devices.card_reader.pcsc import PcscCardReader
from sscard_desk.devices.card_reader.simulated import SimulatedCard
from sscard_desk.devices.card_reader.virtual_files import blank_card
from sscard_desk.devices.card_reader.virtual_psam import PsamFault, VirtualPsam
from sscard_desk.devices.keys.psam import PsamKeys
from sscard_desk.devices.keys.training import TrainingKeys
from sscard_desk.domain.errors.device import KeyHolderRefused, NoCard
from sscard_desk.domain.errors.psam import PsamMissing, PsamUnfit
from sscard_desk.ports.devices import Cancel
from sscard_desk.ports.keys import CardFactors, KeyAct, KeyUse, PinOrder
from sscard_desk.texts import LANGUAGES, Catalogue, describe
from tests.machines.pcsc import CardTable, Tables, table, tables, training_profile, until_empty

__all__ = ["table", "tables"]
pytestmark = pytest.mark.real

PROFILE = training_profile()
FACTORS = CardFactors("110101D1560000050000000112345678", "110101", bytes(range(13)))
CHALLENGE = bytes(range(8))


def in_slot(table: CardTable, fault: PsamFault = PsamFault.NONE, *faults: Fault) -> PsamKeys:
    simulated = SimulatedCard(VirtualPsam(PROFILE, fault), table.slot.port, faults=faults)
    assert simulated.insert()
    table.stack.callback(simulated.pull)
    with table.channel():
        pass  # the service has seen it
    return PsamKeys(table.reader, PROFILE, training=True)


def test_a_psam_answers_as_the_master_keys_would(table: CardTable) -> None:
    keys = in_slot(table)
    training = TrainingKeys(PROFILE, training=True)
    for key_id in (0x04, 0x0A):
        assert keys.external_authentication(key_id, FACTORS, CHALLENGE) == training.external_authentication(
            key_id, FACTORS, CHALLENGE
        )


@pytest.mark.parametrize("fault", [PsamFault.ALGORITHM, PsamFault.KEY, PsamFault.LEVEL])
def test_what_a_psam_cannot_is_told_by_its_name(table: CardTable, fault: PsamFault) -> None:
    with pytest.raises(PsamUnfit) as unfit:
        in_slot(table, fault).external_authentication(0x04, FACTORS, CHALLENGE)
    assert unfit.value.reason == fault.value
    for language in LANGUAGES:
        assert Catalogue(language)(f"psam.reason.{fault.value}") in describe(unfit.value, Catalogue(language)).message


def test_a_psam_that_is_gone_is_never_taken_for_a_lost_answer_of_the_card(table: CardTable) -> None:
    keys = PsamKeys(table.reader, PROFILE, training=True)
    with pytest.raises(PsamMissing):
        keys.external_authentication(0x04, FACTORS, CHALLENGE)
    keys = in_slot(table, PsamFault.NONE, Fault(FaultKind.PULL_AFTER, 1, 0xDE))
    with pytest.raises(PsamMissing) as gone:
        keys.external_authentication(0x04, FACTORS, CHALLENGE)
    assert not gone.value.may_have_changed


def test_a_card_is_no_psam(table: CardTable) -> None:
    table.card(blank_card())
    with table.channel():
        pass
    with pytest.raises(PsamUnfit) as unfit:
        PsamKeys(table.reader, PROFILE, training=True).external_authentication(0x04, FACTORS, CHALLENGE)
    assert unfit.value.reason == "application"


def test_the_slot_of_the_psam_is_no_place_for_a_card(tables: Tables) -> None:
    with tables.table() as psam:
        both = PcscCardReader(psam.slot.reader[:-3])
        until_empty(both)  # what another test had in the slot beside is still being noticed
        both.close()
        in_slot(psam)
        reader = PcscCardReader(psam.slot.reader[:-3], besides=psam.slot.reader)
        try:
            with pytest.raises(NoCard), reader.open(Cancel()):
                pass
        finally:
            reader.close()


@pytest.mark.parametrize(
    ("profile", "training", "key_id", "challenge", "reason"),
    [
        (PROFILE, False, 0x04, CHALLENGE, "not_training"),
        (replace(PROFILE, psam=None), True, 0x04, CHALLENGE, "no_psam"),
        (PROFILE, True, 0x0D, CHALLENGE, "key_id"),
        (PROFILE, True, 0x04, CHALLENGE[:4], "challenge"),
    ],
)
def test_everything_else_is_refused_before_the_psam_is_asked(
    profile: object, training: bool, key_id: int, challenge: bytes, reason: str
) -> None:
    keys = PsamKeys(PcscCardReader("nowhere"), profile, training=training)  # type: ignore[arg-type] # as good as one here
    with pytest.raises(KeyHolderRefused) as refused:
        keys.external_authentication(key_id, FACTORS, challenge)
    assert refused.value.reason == reason


def test_neither_another_cipher_nor_a_pin_is_asked_of_a_psam() -> None:
    keys = PsamKeys(PcscCardReader("nowhere"), replace(PROFILE, algorithm=Algorithm.SM4), training=True)
    with pytest.raises(PsamUnfit):
        keys.external_authentication(0x04, FACTORS, CHALLENGE * 2)
    with pytest.raises(KeyHolderRefused):
        keys.protected_pin(PinOrder(b"\x84\x24\0\0"), FACTORS, CHALLENGE, KeyUse(KeyAct.UNBLOCK_PIN, reason="x"))
