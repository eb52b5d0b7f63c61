from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sscard_desk.central import imports
from sscard_desk.central.blob_moving import move
from sscard_desk.central.centre import OpenCentre, init_centre
from sscard_desk.central.imports import enrolment_code, import_point
from sscard_desk.central.store.bodies import DATABASE
from sscard_desk.central.store.desks import enrol_desk
from tests.central._card_office import CLERK, SUPERVISOR, Office
from tests.machines.counter import POINT, REGION
from tests.machines.key_places import give_keys
from tests.machines.model_desk import ModelDesk
from tests.machines.postgres import PostgresServer, postgres_server


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
def place() -> str:
    """Where pictures and scans lie; modules that are about them are tried with both."""
    return DATABASE


@pytest.fixture
def centre(tmp_path: Path, address: str, place: str) -> Iterator[OpenCentre]:
    """A centre with two desks at one service point and one at another; no server."""
    for made in _begun(tmp_path, address):
        move(made, place)
        yield made


@pytest.fixture
def embedded(tmp_path: Path) -> Iterator[OpenCentre]:
    """The same on the embedded database alone."""
    yield from _begun(tmp_path, "")


def _begun(tmp_path: Path, address: str) -> Iterator[OpenCentre]:
    made = init_centre(tmp_path / "centre", training=True, name="示例中心", address=address)
    import_point(made, POINT, "示例街道服务站", REGION)
    import_point(made, "P-02", "另一个服务站", REGION)
    for desk, point in (("D-0001", POINT), ("D-0002", POINT), ("D-0009", "P-02")):
        code = enrolment_code(made, desk, point)
        with made.database.writing() as connection:
            enrol_desk(connection, desk, code.secret, bytes(32), made.now_ms())
    yield made
    made.close()


@pytest.fixture
def office(centre: OpenCentre) -> Office:
    supervisor, clerk = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    staff = [
        imports.StaffMember(account, "训练", role, key.public_key().public_bytes_raw())
        for account, role, key in ((SUPERVISOR, "supervisor", supervisor), (CLERK, "clerk", clerk))
    ]
    imports.import_staff(centre, POINT, staff)
    give_keys(centre, "vault")
    return Office(centre, ModelDesk("D-0001"), supervisor, clerk)
