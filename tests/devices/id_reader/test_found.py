"""An id reader whose port and speed nobody set: looked for where the data allow, nowhere else, and found again."""

import os
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from sscard_desk.devices.id_reader.found import FoundIdReader
from sscard_desk.devices.id_reader.ports import ListedPort, Search, listed_ports, search_of, shipped_search
from sscard_desk.devices.id_reader.simulated import SimulatedIdReader
from sscard_desk.domain.errors.station import IdReaderNotFound
from sscard_desk.ports.devices import Cancel, Health
from sscard_desk.ports.id_reader import IdReader
from sscard_desk.training.id_cards import id_card_of
from sscard_desk.training.persons import persons

pty = pytest.importorskip("pty", reason="a pty is what has a speed here")
CARD = id_card_of(next(iter(persons(1))))
BRIDGE, OTHER = "1A86:7523", "1111:2222"
SEARCH = Search(frozenset({BRIDGE}), (115200, 9600))


@pytest.fixture
def bystander() -> Iterator[tuple[int, str]]:
    """Another device on a serial line: what reaches it can be looked at."""
    master, slave = pty.openpty()
    os.set_blocking(master, False)
    yield master, os.ttyname(slave)
    os.close(master)
    os.close(slave)


def plugged(stack: ExitStack, speed: int = 115200) -> SimulatedIdReader:
    return stack.enter_context(SimulatedIdReader("pty", speed=speed))


def test_the_reader_is_found_among_ports_and_the_others_are_left_alone(bystander: tuple[int, str]) -> None:
    master, elsewhere = bystander
    with ExitStack() as stack:
        reader = plugged(stack)
        listed = (ListedPort(elsewhere, OTHER), ListedPort("/dev/ttyS0"), ListedPort(reader.port, BRIDGE))
        found: IdReader = FoundIdReader(SEARCH, listing=lambda: listed)
        state = found.probe()
        assert (state.health, state.name, state.facts["line"]) == (Health.READY, reader.port, "115200 8N1")
        reader.lay_card(CARD)
        with found.open() as session:
            assert session.read(Cancel()) == CARD
            assert found.probe().health is Health.BUSY
        with pytest.raises(BlockingIOError):
            os.read(master, 1)


def test_a_reader_of_another_speed_is_found_by_trying() -> None:
    with ExitStack() as stack:
        reader = plugged(stack, 9600)
        found = FoundIdReader(SEARCH, listing=lambda: (ListedPort(reader.port, BRIDGE),))
        assert found.probe().facts["line"] == "9600 8N1"
        reader.lay_card(CARD)
        with found.open() as session:
            assert session.read(Cancel()) == CARD


def test_no_reader_says_how_many_ports_were_looked_at() -> None:
    for listed, looked_at in (((), 0), ((ListedPort("/dev/no-such", BRIDGE),), 1)):
        found = FoundIdReader(SEARCH, listing=lambda listed=listed: listed)
        state = found.probe()
        assert (state.health, type(state.trouble)) == (Health.OFF, IdReaderNotFound)
        assert f"looked_at={looked_at}" in repr(state.trouble)
        with pytest.raises(IdReaderNotFound), found.open():
            pass


def test_ten_rounds_of_a_reader_that_comes_back_under_another_name_each_time() -> None:
    listed: list[ListedPort] = []
    found = FoundIdReader(SEARCH, listing=lambda: tuple(listed))
    before = ""
    for _ in range(10):
        assert isinstance(found.probe().trouble, IdReaderNotFound)
        with ExitStack() as stack:
            held = stack.enter_context(SimulatedIdReader("pty"))  # takes the name that is free again
            reader = plugged(stack)
            if reader.port == before:
                held, reader = reader, held
            assert reader.port != before
            before = reader.port
            listed[:] = [ListedPort(reader.port, BRIDGE)]
            reader.lay_card(CARD)
            with found.open() as session:
                assert session.read(Cancel()) == CARD
        listed.clear()


def test_what_the_shipped_data_allow_and_what_a_setting_puts_in_their_place() -> None:
    shipped = shipped_search()
    assert shipped.bauds[0] == 115200
    assert shipped.allows(ListedPort("COM3", "1a86:7523"))
    assert not shipped.allows(ListedPort("COM1"))
    assert search_of("").usb == shipped.usb
    own = search_of("1234:abcd")
    assert own.allows(ListedPort("COM3", "1234:ABCD"))
    assert not own.allows(ListedPort("COM3", BRIDGE))


def test_the_ports_of_this_computer_are_listed_without_opening_them() -> None:
    assert all(port.device for port in listed_ports())
