from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.machines.counter import Counter
from tests.machines.postgres import PostgresServer, postgres_server
from tests.machines.stick_desk import StickDesk, enrolled_desk


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    with postgres_server() as server:
        yield server


@pytest.fixture(params=["embedded", "postgresql"])
def address(request: pytest.FixtureRequest) -> str:
    """Where a centre's database is: in its folder, or on a PostgreSQL server."""
    if request.param == "embedded":
        return ""
    server: PostgresServer = request.getfixturevalue("postgres")
    return server.database()


@pytest.fixture
def counter(tmp_path: Path, address: str) -> Iterator[Counter]:
    with Counter(tmp_path / "centre", address=address) as running:
        yield running


MakeDesk = Callable[[str], StickDesk]


@pytest.fixture
def make(tmp_path: Path, counter: Counter) -> Iterator[MakeDesk]:
    """Makes desks that were enrolled and never exchanged anything."""
    with ExitStack() as parts:
        numbers = iter(range(1, 99))
        yield lambda name: parts.enter_context(enrolled_desk(counter, tmp_path / name, name, next(numbers)))


@pytest.fixture
def desk(make: MakeDesk) -> StickDesk:
    return make("D-0001")


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder
