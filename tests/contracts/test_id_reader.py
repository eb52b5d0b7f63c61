"""What every id reader does for the counter: the serial driver over a real pty and over a real socket."""

import os
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from sscard_desk.devices.id_reader.serial import SerialIdReader
from sscard_desk.devices.id_reader.simulated import SimulatedIdReader, run
from sscard_desk.devices.id_reader.simulated_sam import Ask, Fault
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.device import (
    IdCardNotRead,
    IdCardUnreadable,
    IdFrameDamaged,
    IdReaderMissing,
    IdReaderRefused,
    IdReaderSilent,
)
from sscard_desk.domain.errors.operator import UnknownCode
from sscard_desk.domain.id_card import IdCard, IdCardKind
from sscard_desk.ports.devices import Cancel, Cancelled, Health
from sscard_desk.ports.id_reader import IdReader
from sscard_desk.training.id_cards import id_card_of
from sscard_desk.training.persons import CAST, FOREIGN_AT, HMT_AT, persons

PEOPLE = list(persons(FOREIGN_AT + 1))
FOREIGN_2017 = IdCard(
    kind=IdCardKind.FOREIGN_2017,
    number="USA420080010112",
    name="约翰",
    name_latin="SMITH, JOHN FITZGERALD ALEXANDER CHRISTOPHER",
    sex="1",
    nationality="USA",
    birth=date(1980, 1, 1),
    authority="4200",
    valid_from=date(2018, 5, 1),
    valid_to=date(2028, 4, 30),
    photo_wlt=bytes(range(256)) * 4,
)
CARD = id_card_of(PEOPLE[0])


LINES = ["pty", "tcp"] if os.name == "posix" else ["tcp"]
"""Where the system has no ptys, the socket is the same reader."""


@pytest.fixture(params=LINES)
def reader(request: pytest.FixtureRequest) -> Iterator[SimulatedIdReader]:
    with SimulatedIdReader(request.param) as simulated:
        yield simulated


def driver(reader: SimulatedIdReader) -> SerialIdReader:
    return SerialIdReader(reader.port)


def read(reader: SimulatedIdReader, wait_s: float = 0.0) -> IdCard:
    with driver(reader).open() as session:
        return session.read(Cancel(), wait_s)


def test_cards_of_every_kind_are_read_as_they_were_laid(reader: SimulatedIdReader) -> None:
    with driver(reader).open() as session:
        for card in [*(id_card_of(PEOPLE[row]) for row in (*CAST, HMT_AT, FOREIGN_AT)), FOREIGN_2017]:
            reader.lay_card(card)
            assert session.read(Cancel()) == card


def test_the_driver_is_what_the_port_asks_for(reader: SimulatedIdReader) -> None:
    as_port: IdReader = driver(reader)
    reader.lay_card(CARD)
    with as_port.open() as session:
        assert session.read(Cancel()) == CARD


def test_without_a_card_it_says_so(reader: SimulatedIdReader) -> None:
    with pytest.raises(IdCardNotRead):
        read(reader)


def test_it_waits_for_a_card(reader: SimulatedIdReader) -> None:
    threading.Timer(0.4, reader.lay_card, [CARD]).start()
    assert read(reader, wait_s=10.0) == CARD


def test_waiting_can_be_stopped(reader: SimulatedIdReader) -> None:
    cancel = Cancel()
    threading.Timer(0.2, cancel.set).start()
    with driver(reader).open() as session, pytest.raises(Cancelled):
        session.read(cancel, wait_s=30.0)


def test_waiting_for_an_answer_can_be_stopped(reader: SimulatedIdReader) -> None:
    cancel = Cancel()
    reader.lay_card(CARD)
    reader.plan(Fault.SILENT, Ask.READ)
    threading.Timer(0.2, cancel.set).start()
    # not IdReaderSilent, which the answer's own deadline would bring
    with driver(reader).open() as session, pytest.raises(Cancelled):
        session.read(cancel)


def test_a_card_must_be_lifted_before_it_is_found_again(reader: SimulatedIdReader) -> None:
    reader.lay_card(CARD)
    with driver(reader).open() as session:
        assert session.read(Cancel()) == CARD
        with pytest.raises(IdCardNotRead):
            session.read(Cancel())
        reader.lift()
        reader.lay_card(CARD)
        assert session.read(Cancel()) == CARD


def test_a_card_pulled_in_between_is_not_read(reader: SimulatedIdReader) -> None:
    with driver(reader).open() as session:
        for ask in (Ask.SELECT, Ask.READ):
            reader.lay_card(CARD)
            reader.plan(Fault.LIFTED, ask)
            with pytest.raises(IdCardNotRead):
                session.read(Cancel())


def test_noise_before_an_answer_is_passed_over(reader: SimulatedIdReader) -> None:
    with driver(reader).open() as session:
        for ask in (Ask.FIND, Ask.SELECT, Ask.READ):
            reader.lay_card(CARD)
            reader.plan(Fault.NOISE, ask)
            assert session.read(Cancel()) == CARD


def test_a_damaged_answer_is_not_used_and_the_next_reading_works(reader: SimulatedIdReader) -> None:
    with driver(reader).open() as session:
        for fault, reason in ((Fault.CUT, "cut"), (Fault.CHECKSUM, "checksum"), (Fault.LENGTH, "length")):
            reader.lay_card(CARD)
            reader.plan(fault, Ask.READ)
            with pytest.raises(IdFrameDamaged) as caught:
                session.read(Cancel())
            assert caught.value.reason == reason
            reader.lift()
            reader.lay_card(CARD)
            assert session.read(Cancel()) == CARD


def test_one_damaged_answer_while_looking_for_a_card_is_asked_for_again(reader: SimulatedIdReader) -> None:
    reader.lay_card(CARD)
    reader.plan(Fault.CHECKSUM, Ask.FIND)
    assert read(reader) == CARD


def test_a_late_answer_is_not_taken_for_the_next_one(reader: SimulatedIdReader) -> None:
    reader.plan(Fault.LATE, Ask.FIND, seconds=1.0)  # longer than the driver waits
    with driver(reader).open() as session:
        with pytest.raises(IdReaderSilent):
            session.read(Cancel())
        time.sleep(0.5)  # the late "no card" arrives now
        reader.lay_card(CARD)
        assert session.read(Cancel()) == CARD


def test_an_answer_that_takes_its_time_is_waited_for(reader: SimulatedIdReader) -> None:
    reader.lay_card(CARD)
    reader.plan(Fault.LATE, Ask.READ, seconds=0.9)
    assert read(reader) == CARD


def test_fingerprints_that_nobody_asked_for_are_passed_over(reader: SimulatedIdReader) -> None:
    reader.lay_card(CARD)
    reader.plan(Fault.FINGERPRINT, Ask.READ)
    assert read(reader) == CARD


def test_an_error_status_is_handed_on(reader: SimulatedIdReader) -> None:
    with driver(reader).open() as session:
        for status in (0x21, 0x31, 0x33, 0x60, 0x66, 0x77):
            reader.lay_card(CARD)
            reader.plan(Fault.STATUS, Ask.SELECT, status=status)
            with pytest.raises(IdReaderRefused) as caught:
                session.read(Cancel())
            assert caught.value.status == status


def test_a_reader_that_says_nothing_is_silent(reader: SimulatedIdReader) -> None:
    reader.plan(Fault.SILENT, Ask.FIND)
    with pytest.raises(IdReaderSilent):
        read(reader)


def test_a_cable_pulled_during_an_answer_is_missing(reader: SimulatedIdReader) -> None:
    reader.lay_card(CARD)
    reader.plan(Fault.UNPLUGGED, Ask.READ)
    with pytest.raises(IdReaderMissing):
        read(reader)


def test_a_cable_pulled_between_two_readings_is_missing(reader: SimulatedIdReader) -> None:
    with driver(reader).open() as session:
        reader.unplug()
        with pytest.raises(IdReaderMissing):
            session.read(Cancel(), wait_s=2.0)


def test_a_second_program_does_not_get_the_reader(reader: SimulatedIdReader) -> None:
    reader.lay_card(CARD)
    with driver(reader).open() as session:
        assert session.read(Cancel()) == CARD
        with pytest.raises(IdReaderMissing), driver(reader).open() as second:
            second.read(Cancel())
        reader.lift()
        reader.lay_card(CARD)
        assert session.read(Cancel()) == CARD


def test_the_reader_is_free_again_after_use(reader: SimulatedIdReader) -> None:
    for _ in range(2):
        reader.lay_card(CARD)
        assert read(reader) == CARD


@pytest.mark.parametrize("port", ["/dev/no-such-port", "socket://127.0.0.1:9", "nonsense://x"])
def test_a_port_that_is_not_there_is_missing(port: str) -> None:
    with pytest.raises(IdReaderMissing), SerialIdReader(port).open():
        pass
    state = SerialIdReader(port).probe()
    assert (state.health, type(state.trouble)) == (Health.OFF, IdReaderMissing)


def test_a_look_at_the_reader_tells_its_number(reader: SimulatedIdReader) -> None:
    state = driver(reader).probe()
    assert (state.health, state.trouble) == (Health.READY, None)
    assert state.facts["sam"] == "05.03-20230101-0000000001-0000000002"


def test_a_look_does_not_disturb_a_reading(reader: SimulatedIdReader) -> None:
    used = driver(reader)
    with used.open():
        assert used.probe().health is Health.BUSY
    assert used.probe().health is Health.READY


def test_a_look_at_a_sick_reader_says_what_is_wrong(reader: SimulatedIdReader) -> None:
    sick = {Fault.SILENT: Health.SILENT, Fault.CHECKSUM: Health.WARNING, Fault.STATUS: Health.WARNING}
    for fault, health in sick.items():
        reader.plan(fault, Ask.SAM_STATUS, status=0x60)
        state = driver(reader).probe()
        assert state.health is health
        assert state.trouble is not None


def test_the_address_added_later_is_read_where_it_is_asked_for(reader: SimulatedIdReader) -> None:
    moved = replace(CARD, address_added="示例市新城区和平里2号")
    asking = SerialIdReader(reader.port, additional_address=True)
    for card in (moved, CARD):
        reader.lay_card(card)
        with asking.open() as session:
            assert session.read(Cancel()) == card


def test_contents_that_cannot_be_are_refused_without_saying_them(reader: SimulatedIdReader) -> None:
    other_check = "1" if CARD.number[-1] != "1" else "2"
    wrong: list[tuple[IdCard, type[DeskError]]] = [
        (replace(CARD, ethnic="77"), UnknownCode),
        (replace(CARD, sex="5"), UnknownCode),
        (replace(CARD, number=CARD.number[:-1] + other_check), IdCardUnreadable),
        (replace(CARD, name=""), IdCardUnreadable),
    ]
    with driver(reader).open() as session:
        for card, error in wrong:
            reader.lay_card(card)
            with pytest.raises(error) as caught:
                session.read(Cancel())
            shown = f"{caught.value} {caught.value!r}"
            assert CARD.number[:17] not in shown
            assert CARD.name not in shown


def test_the_command_lines_reader_serves_one_card_after_another() -> None:
    told: list[dict[str, str]] = []
    ready, stop = threading.Event(), threading.Event()

    def announce(where: dict[str, str]) -> None:
        told.append(where)
        ready.set()

    cards = [id_card_of(person) for person in PEOPLE[:2]]
    thread = threading.Thread(target=run, args=(announce, cards, stop), kwargs={"transport": "tcp", "rest_s": 0.1})
    thread.start()
    try:
        assert ready.wait(10)
        with SerialIdReader(told[0]["port"]).open() as session:
            assert [session.read(Cancel(), wait_s=10.0) for _ in range(3)] == [*cards, cards[1]]
    finally:
        stop.set()
        thread.join(10)
    assert not thread.is_alive()
