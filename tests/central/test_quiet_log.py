"""PostgreSQL's own log has no number of a person or card, whatever the centre's role may set on the server."""

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
from tests.machines.postgres import PostgresServer

PERSONS = 20
"""More than are sent row by row."""


@pytest.fixture(params=["superuser", "owner", "granted"])
def role(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def address(postgres: PostgresServer, role: str) -> Iterator[str]:
    """A database as the superuser sees it, as its owner does, and as an owner that may quieten the log."""
    found = postgres.database()
    if role == "superuser":
        yield found
        return
    name, database = f"quiet_{role}", found.split("?")[0].rsplit("/", 1)[1]
    postgres.say(f"CREATE ROLE {name} LOGIN", f"ALTER DATABASE {database} OWNER TO {name}")
    if role == "granted":
        postgres.say(f"GRANT SET ON PARAMETER log_error_verbosity TO {name}")
    yield found.replace("postgres@", f"{name}@")
    postgres.say(f"DROP DATABASE {database} WITH (FORCE)", f"DROP OWNED BY {name}", f"DROP ROLE {name}")


def log_of(postgres: PostgresServer) -> bytes:
    logs = [path for path in Path(postgres.folder).rglob("*log*") if path.is_file() and "pg_wal" not in path.parts]
    said = b"".join(path.read_bytes() for path in sorted(logs))
    assert b"database system is ready" in said
    return said


@pytest.mark.parametrize("hopeful", [True, False])
def test_a_person_that_has_an_application_open_stands_in_no_log_of_the_server(
    centre: OpenCentre, postgres: PostgresServer, role: str, hopeful: bool
) -> None:
    start = 600 + 100 * ["superuser", "owner", "granted"].index(role) + 50 * hopeful
    before, terse = len(log_of(postgres)), []

    def pushed(desk: str) -> list[tuple[str, str]]:
        model = ModelDesk(desk)
        batch = [replace(opened(start + n), number=f"{desk}-{n}") for n in range(PERSONS)]
        read = read_batch([model.record(event, subject()) for event in batch])
        hopes = iter((hopeful,))

        def take(connection):
            terse.append(is_terse(connection))
            sender = desks.find_desk(connection, desk, for_update=True)
            receiving = Reception(connection, sender, centre.now_ms(), training=True)
            return receiving.take(read, hopeful=next(hopes, False))

        return outcomes(centre.database.write(take))

    assert pushed("D-0001") == [("stored", "")] * PERSONS
    assert pushed("D-0009") == [("conflict", "already-open")] * PERSONS
    assert set(terse) == {role != "owner"}
    said = log_of(postgres)[before:]
    # where the log is terse the server may say that a key was there; it says nowhere which
    assert (b"duplicate key value violates unique constraint" in said) == (hopeful and role != "owner")
    assert not any(citizen_number(start + n).encode() in said for n in range(PERSONS))
    assert b"DETAIL" not in said
