"""What PostgreSQL writes in CSV and JSON has the values of a failed statement however terse its log is."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.reading import read_batch
from sscard_desk.central.reception import Reception
from sscard_desk.central.store import desks
from sscard_desk.central.store.asyncpg_line import is_terse
from tests.central._journal import outcomes
from tests.machines.counter import citizen_number, opened, subject
from tests.machines.model_desk import ModelDesk
from tests.machines.postgres import PostgresServer, postgres_server

PERSONS, FIRST = 20, 900
"""More than are sent row by row, and whom they begin with."""
LISTS = "logs"


@pytest.fixture
def listing() -> Iterator[PostgresServer]:
    """A server that keeps its log as lists too."""
    with postgres_server() as server:
        server.say("ALTER SYSTEM SET logging_collector = on", f"ALTER SYSTEM SET log_directory = '{LISTS}'")
        server.restart()
        yield server


@pytest.fixture
def address(listing: PostgresServer) -> str:
    return listing.database()


def pushed(centre: OpenCentre, desk: str, terse: list[bool]) -> list[tuple[str, str]]:
    model = ModelDesk(desk)
    batch = [replace(opened(FIRST + n), number=f"{desk}-{n}") for n in range(PERSONS)]
    read, hopes = read_batch([model.record(event, subject()) for event in batch]), iter((True,))

    def take(connection):
        terse.append(is_terse(connection))
        sender = desks.find_desk(connection, desk, for_update=True)
        receiving = Reception(connection, sender, centre.now_ms(), training=True)
        return receiving.take(read, hopeful=next(hopes, False))

    return outcomes(centre.database.write(take))


def test_a_list_that_the_server_begins_while_connections_stand_gets_no_persons_number(
    centre: OpenCentre, listing: PostgresServer
) -> None:
    terse: list[bool] = []
    assert pushed(centre, "D-0001", terse) == [("stored", "")] * PERSONS
    listing.say("ALTER SYSTEM SET log_destination = 'stderr,csvlog,jsonlog'", "SELECT pg_reload_conf()")
    listing.say("SELECT pg_sleep(0.2)")  # every session reads the new setting before its next statement
    assert pushed(centre, "D-0009", terse) == [("conflict", "already-open")] * PERSONS
    assert terse == [True, False, False]
    lists = {path.suffix: path.read_bytes() for path in Path(listing.folder, LISTS).iterdir()}
    assert lists.keys() == {".log", ".csv", ".json"}
    for said in lists.values():
        assert not any(citizen_number(FIRST + n).encode() in said for n in range(PERSONS))
