"""An id reader that is pulled and plugged in again, ten times, under the name that the system gives it each time."""

import os
from pathlib import Path

import pytest

from sscard_desk.devices.id_reader.serial import SerialIdReader
from sscard_desk.devices.id_reader.simulated_sam import Ask, Fault
from sscard_desk.domain.errors.device import IdFrameDamaged, IdReaderMissing
from sscard_desk.ports.devices import Cancel, Health
from sscard_desk.training.id_cards import id_card_of
from sscard_desk.training.persons import persons
from tests.devices.id_reader.cable import Cable

pytestmark = pytest.mark.skipif(os.name != "posix", reason="a pty is what can be pulled here")
ROUNDS = 10
CARDS = [id_card_of(person) for person in persons(ROUNDS)]


def test_ten_rounds_between_readings_and_in_the_middle_of_one(tmp_path: Path) -> None:
    cable = Cable(tmp_path / "id-reader")
    driver = SerialIdReader(str(cable.link))
    for round_, card in enumerate(CARDS):
        state = driver.probe()
        assert (state.health, type(state.trouble)) == (Health.OFF, IdReaderMissing)
        reader = cable.plug()
        assert driver.probe().health is Health.READY
        reader.lay_card(card)
        with driver.open() as session:
            assert session.read(Cancel()) == card
            if round_ % 2:
                reader.lift()
                reader.lay_card(card)
                reader.plan(Fault.UNPLUGGED, Ask.READ)
            cable.pull()
            with pytest.raises(IdReaderMissing):
                session.read(Cancel())


def test_noise_and_cut_frames_in_every_round_cost_one_reading_each(tmp_path: Path) -> None:
    cable = Cable(tmp_path / "id-reader")
    driver = SerialIdReader(str(cable.link))
    for round_, card in enumerate(CARDS[:4]):
        reader = cable.plug()
        reader.lay_card(card)
        with driver.open() as session:
            reader.plan((Fault.CUT, Fault.CHECKSUM)[round_ % 2], Ask.READ)
            with pytest.raises(IdFrameDamaged):
                session.read(Cancel())
            reader.plan(Fault.NOISE, Ask.READ)
            reader.lift()
            reader.lay_card(card)
            assert session.read(Cancel()) == card
        cable.pull()
