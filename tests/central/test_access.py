"""Every route x who asks x what for, over real TLS: docs/access.md is the table, the application's routes its rows."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from starlette.routing import BaseRoute, Mount, Route

from sscard_desk.central.access import ACCESS, Access, access_of
from sscard_desk.central.app import make_app
from sscard_desk.central.centre import OpenCentre, init_centre
from sscard_desk.central.imports import enrolment_code, import_point
from sscard_desk.central.server import CentreServer
from sscard_desk.central.store import desks
from sscard_desk.central.store.tables import desk as desk_table
from sscard_desk.resources import root
from tests.machines.counter import POINT, REGION
from tests.machines.everything_asked import OTHER_POINT, OTHER_REGION, Ask, enrolment, everything, first_entry
from tests.machines.key_places import give_keys
from tests.machines.tls_desk import Shown, TlsDesk, enrolled_key, given

TABLE: Final = (root() / "docs" / "access.md").read_text(encoding="utf-8")
DESKS: Final = {
    "the first point": ("D-0001", POINT),
    "another point": ("D-0002", OTHER_POINT),
    "revoked": ("D-0003", POINT),
    "ended": ("D-0004", POINT),
    "expired": ("D-0005", POINT),
    "replaced": ("D-0006", POINT),
    "none shown": ("D-0007", POINT),
    "another desk's": ("D-0008", POINT),
}
WHO: Final = ("nobody", "never enrolled", *DESKS)
"""The columns, in order; the last four are about certificates of desks of the first point."""


@dataclass
class World:
    """A served centre and everybody who asks, each on a connection of its own."""

    centre: OpenCentre
    lines: dict[str, TlsDesk]


@pytest.fixture
def world(tmp_path: Path, address: str) -> Iterator[World]:
    centre = init_centre(tmp_path / "centre", training=True, name="示例中心", address=address)
    import_point(centre, POINT, "示例街道服务站", REGION)
    import_point(centre, OTHER_POINT, "另一个服务站", OTHER_REGION)
    give_keys(centre, "vault")
    keys = {who: enrolled_key(centre, name, point) for who, (name, point) in DESKS.items()}
    server = CentreServer(centre)
    server.start()

    def line(who: str, shown: Shown) -> TlsDesk:
        return TlsDesk(server.port, centre.keys.authority, DESKS[who][0], keys[who], shown)

    shown = {who: given(centre, name, days_ago=200 if who == "expired" else 0) for who, (name, _) in DESKS.items()}
    lines = {who: line(who, shown[who]) for who in DESKS}
    for who in ("replaced", "none shown"):  # both have shown a newer one than they show now
        with line(who, given(centre, DESKS[who][0])) as newest:
            assert newest.word("GET", "/v1/proof") == "ok"
    lines["none shown"].shown = Shown()
    lines["another desk's"].shown = shown["the first point"]
    for who in ("never enrolled", "nobody"):
        lines[who] = TlsDesk(server.port, centre.keys.authority, "D-7777", Ed25519PrivateKey.generate())
    lines["nobody"].signs = False
    with ExitStack() as connections:
        for each in lines.values():
            connections.enter_context(each)
        yield World(centre, lines)
    server.stop()
    centre.close()


def test_every_route_answers_everybody_as_the_table_says(world: World) -> None:
    asks = everything(world.centre)
    with world.centre.database.writing() as connection:
        connection.execute(desk_table.update().where(desk_table.c.certificate != "").values(certificate_since_ms=0))
        desks.revoke_desk(connection, DESKS["revoked"][0], world.centre.now_ms())
        desks.end_desk(connection, DESKS["ended"][0], world.centre.now_ms())
    seen = {}
    for ask in asks:
        lines = {who: world.lines[who] for who in WHO}
        answers = {who: line.ask(ask.method, ask.target, ask.bytes_for(line.desk)) for who, line in lines.items()}
        seen[ask.route, ask.what] = {who: ask.word(*answer) for who, answer in answers.items()}
    said = {(route, what): dict(zip(WHO, words, strict=True)) for route, what, *words in rows()}
    assert seen == said


def test_every_route_of_the_application_has_a_row_and_says_what_it_asks(centre: OpenCentre) -> None:
    served = set(_routes(make_app(centre).routes))
    assert served == {route for route, *_ in rows()}
    assert {route for route, *_ in rows()} == ACCESS.keys()


def test_a_route_without_a_row_is_for_desks_in_good_standing_alone() -> None:
    assert access_of("GET", "/v1/new") is Access.READ
    assert access_of("HEAD", "/v1/health") is Access.ANYBODY


def test_a_training_desk_gets_nothing_of_a_production_centre(tmp_path: Path, address: str) -> None:
    centre = init_centre(tmp_path / "centre", training=False, name="示例中心", address=address)
    import_point(centre, POINT, "示例街道服务站", REGION)
    server, key = CentreServer(centre), enrolled_key(centre, "D-0001")
    server.start()
    real = TlsDesk(server.port, centre.keys.authority, "D-0001", key, given(centre, "D-0001"))
    training = TlsDesk(server.port, centre.keys.authority, "D-9001", Ed25519PrivateKey.generate())
    with training:
        asked = {route: training.word(*route.split()) for route, asks in ACCESS.items() if asks is not Access.ANYBODY}
        assert set(asked.values()) == {"not-enrolled"}
        enrolling = Ask("POST /v1/enrol", "", body=enrolment(enrolment_code(centre, "D-0100", POINT).secret))
        assert training.word("POST", enrolling.target, enrolling.bytes_for("D-9001")) == "training-differs"
    with real:
        assert real.word("GET", "/v1/hello?training=1") == "training-differs"
        assert real.word("GET", "/v1/hello?training=0") == "ok"
        push = Ask("POST /v1/push", "an entry of training", body=first_entry)
        assert push.word(*real.ask("POST", "/v1/push", push.bytes_for("D-0001"))) == "training"
    server.stop()
    centre.close()


def rows(title: str = "Routes for desks") -> list[list[str]]:
    """The rows of a table: route, for desks what is asked for, and a word for each who asks."""
    part = TABLE.split(f"## {title}\n")[1].split("\n## ")[0]
    return [_cells(line) for line in part.splitlines() if re.match(r"\| `", line)]


def _cells(line: str) -> list[str]:
    return [cell.strip().strip("`") for cell in line.strip().strip("|").split("|")]


def _routes(routes: list[BaseRoute], before: str = "") -> Iterator[str]:
    for route in routes:
        if isinstance(route, Mount) and route.routes:
            yield from _routes(list(route.routes), before + route.path)
        elif isinstance(route, Route):
            yield from (f"{method} {before}{route.path}" for method in (route.methods or set()) - {"HEAD"})
        else:
            yield f"ANY {before}{getattr(route, 'path', '?')}"
