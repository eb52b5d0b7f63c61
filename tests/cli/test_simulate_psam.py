"""`simulate psam` as a process of its own: its keys open a card, and its faults are told by their names."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from sscard_desk.devices.keys.psam import PsamKeys
from sscard_desk.devices.keys.training import TrainingKeys
from sscard_desk.domain.errors.psam import PsamMissing, PsamUnfit
from sscard_desk.ports.keys import CardFactors
from tests.machines.pcsc import CardTable, table, tables, training_profile, until_empty

__all__ = ["table", "tables"]
pytestmark = [pytest.mark.real, pytest.mark.timeout(60)]

PROFILE = training_profile()
FACTORS = CardFactors("110101D1560000050000000112345678", "110101", bytes(range(13)))
CHALLENGE = bytes(range(8))


@contextmanager
def simulated(table: CardTable, *words: str) -> Iterator[list[dict[str, str]]]:
    """Run the verb; what it says is read up to the line that it is in the reader."""
    command = [sys.executable, "-m", "sscard_desk", "simulate", "psam", "--port", str(table.slot.port), *words]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    said: list[dict[str, str]] = []
    try:
        while not said or said[-1]["state"] != "inserted":
            said.append(json.loads(process.stdout.readline()))
        yield said
    finally:
        process.terminate()
        assert process.wait(10) == 0
        process.stdout.close()


def test_a_psam_in_a_process_of_its_own_answers_as_the_master_keys_would(table: CardTable) -> None:
    keys = PsamKeys(table.reader, PROFILE, training=True)
    with simulated(table) as said:
        assert said[-1] == {"device": "psam", "state": "inserted", "vpcd": f"127.0.0.1:{table.slot.port}"}
        with table.channel():
            pass  # the service has seen it
        for key_id in (0x04, 0x0A):
            expected = TrainingKeys(PROFILE, training=True).external_authentication(key_id, FACTORS, CHALLENGE)
            assert keys.external_authentication(key_id, FACTORS, CHALLENGE) == expected
    until_empty(table.reader)
    with pytest.raises(PsamMissing):
        keys.external_authentication(0x04, FACTORS, CHALLENGE)


@pytest.mark.parametrize("fault", ["algorithm", "key", "level"])
def test_a_fault_that_was_asked_for_is_the_fault_that_is_told(table: CardTable, fault: str) -> None:
    with simulated(table, "--fault", fault):
        with table.channel():
            pass
        with pytest.raises(PsamUnfit) as unfit:
            PsamKeys(table.reader, PROFILE, training=True).external_authentication(0x04, FACTORS, CHALLENGE)
    assert unfit.value.reason == fault
