"""The centre held against its own OpenAPI, over real TLS: what it allows, what it does not, and bytes that are nothing.

`--contract-examples N` makes more of each (`make contract`); the few of `make test` are the same in every run.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import pytest
import requests
import schemathesis
import zstandard
from cryptography.hazmat.primitives import serialization
from cryptography.x509 import load_der_x509_certificate
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from sscard_desk.central.access import ACCESS, Access
from sscard_desk.central.app import make_app
from sscard_desk.central.centre import OpenCentre, init_centre
from sscard_desk.central.imports import import_point
from sscard_desk.central.openapi import build, document
from sscard_desk.central.routes.contracts import BYTES, CONTRACTS, MESSAGE
from sscard_desk.central.server import CentreServer
from sscard_desk.resources import root
from sscard_desk.wire import messages
from tests.machines.counter import POINT, REGION
from tests.machines.everything_asked import OTHER_POINT, OTHER_REGION, Ask, everything
from tests.machines.key_places import give_keys
from tests.machines.schema_desk import SignedAs
from tests.machines.tls_desk import Shown, enrolled_key
from tests.machines.tls_desk import given as certificate_of

CHECKS = [
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    response_headers_conformance,
]
SEED = 51
BUSY = 503
SCHEMA = schemathesis.openapi.from_dict(build())
DESKS = [route for route, asks in ACCESS.items() if asks is not Access.ANYBODY]


@dataclass
class World:
    """A served centre, and for each route a desk of its own: one of them may end by what it asks."""

    url: str
    strangers: requests.Session
    desks: dict[str, requests.Session]
    asks: list[Ask]


@pytest.fixture(scope="module", params=["embedded", "postgresql"])
def world(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("contract")
    address = request.getfixturevalue("postgres").database() if request.param == "postgresql" else ""
    centre = init_centre(folder / "centre", training=True, name="示例中心", address=address)
    import_point(centre, POINT, "示例街道服务站", REGION)
    import_point(centre, OTHER_POINT, "另一个服务站", OTHER_REGION)
    give_keys(centre, "vault")
    enrolled_key(centre, "D-0001")
    asks = everything(centre)
    (folder / "authority.pem").write_bytes(centre.keys.authority)
    server = CentreServer(centre)
    server.start()

    def session(shown: Path | None = None) -> requests.Session:
        made = requests.Session()
        made.trust_env = False
        made.verify = str(folder / "authority.pem")
        made.cert = str(shown) if shown else None
        return made

    desks = {}
    for number, route in enumerate(DESKS, 1001):
        name = f"D-{number}"
        key = enrolled_key(centre, name)
        desks[route] = session(_written(folder / f"{name}.pem", certificate_of(centre, name)))
        desks[route].auth = SignedAs(name, key)
    yield World(server.url, session(), desks, asks)
    server.stop()
    centre.close()


def _written(path: Path, shown: Shown) -> Path:
    key = serialization.load_der_private_key(shown.key, None)
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path.write_bytes(load_der_x509_certificate(shown.certificate).public_bytes(serialization.Encoding.PEM) + pem)
    return path


@pytest.fixture
def examples(request: pytest.FixtureRequest) -> Callable[[Any], Any]:
    """Few examples and the same ones, unless more are asked for."""
    most = request.config.getoption("--contract-examples")
    bounded = settings(
        max_examples=most or 8,
        derandomize=not most,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    return lambda test: seed(SEED)(bounded(test))


def operation(route: str) -> Any:
    method, path = route.split()
    return SCHEMA[path][method]


def ask(world: World, case: schemathesis.Case, route: str, session: requests.Session) -> int:
    tls = {"verify": session.verify, "cert": session.cert}
    answer = case.call(base_url=world.url, session=session, auth=session.auth, timeout=60, **tls)
    assert answer.status_code < 500 or answer.status_code == BUSY, (route, answer.status_code, case.as_curl_command())
    case.validate_response(answer, checks=CHECKS)
    return answer.status_code


def test_every_route_of_the_application_is_in_the_document(centre: OpenCentre) -> None:
    served = {
        f"{method} {route.path}"  # type: ignore[attr-defined]  # all are plain routes
        for route in make_app(centre).routes
        for method in route.methods - {"HEAD"}  # type: ignore[attr-defined]  # as above
    }
    written = {f"{method.upper()} {path}" for path, methods in build()["paths"].items() for method in methods}
    assert served == written == set(CONTRACTS) == set(ACCESS)


def test_the_document_in_the_docs_is_what_the_centre_says() -> None:
    assert (root() / "docs" / "openapi.json").read_bytes() == document(), "make docs"


@pytest.mark.parametrize("route", sorted(CONTRACTS))
def test_a_stranger_is_told_what_the_document_says(world: World, examples: Any, route: str) -> None:
    @examples
    @given(operation(route).as_strategy())
    def stranger(case: schemathesis.Case) -> None:
        status = ask(world, case, route, world.strangers)
        assert ACCESS[route] is Access.ANYBODY or status in {400, 403, 426}

    stranger()


@pytest.mark.parametrize("route", sorted(DESKS))
def test_a_desk_that_asks_as_the_document_says_is_answered_so(world: World, examples: Any, route: str) -> None:
    @examples
    @given(operation(route).as_strategy())
    def desk(case: schemathesis.Case) -> None:
        ask(world, case, route, world.desks[route])

    desk()


@pytest.mark.parametrize("route", sorted(DESKS))
def test_a_desk_that_breaks_the_contract_is_refused_in_its_words(world: World, examples: Any, route: str) -> None:
    @examples
    @given(operation(route).as_strategy(generation_mode=schemathesis.GenerationMode.NEGATIVE))
    def hostile(case: schemathesis.Case) -> None:
        ask(world, case, route, world.desks[route])

    hostile()


@pytest.mark.parametrize("route", sorted(route for route in CONTRACTS if route.startswith("POST ")))
def test_a_body_of_any_bytes_is_refused_in_the_documents_words(world: World, examples: Any, route: str) -> None:
    contract = operation(route)
    session = world.desks.get(route, world.strangers)
    kind = BYTES if CONTRACTS[route].takes is bytes else MESSAGE

    @examples
    @given(st.binary(max_size=400), st.sampled_from(["", "whole", "cut", "words"]))
    def bytes_of_any_kind(body: bytes, packing: str) -> None:
        headers = {"content-type": kind} | ({"content-encoding": "zstd"} if packing else {})
        packed = zstandard.ZstdCompressor().compress(body) if packing in {"whole", "cut"} else body
        case = contract.Case(headers=headers, media_type=kind)
        sent = packed[:-3] if packing == "cut" else packed
        answer = session.post(f"{world.url}{route.split()[1]}", data=sent, headers=headers, timeout=60)
        assert answer.status_code < 500 or answer.status_code == BUSY, (route, answer.status_code)
        case.validate_response(answer, checks=CHECKS)

    bytes_of_any_kind()


def unkeepable(message: msgspec.Struct) -> Iterator[msgspec.Struct]:
    """The message with each of its texts and numbers in turn as no database keeps it."""
    for name in message.__struct_fields__:
        value = getattr(message, name)
        if isinstance(value, str):
            yield msgspec.structs.replace(message, **{name: value + "\0"})
        elif isinstance(value, int) and not isinstance(value, bool):
            yield msgspec.structs.replace(message, **{name: 2**64 - 1})
        elif isinstance(value, tuple) and value and isinstance(value[0], str):
            yield msgspec.structs.replace(message, **{name: ("\0",)})


def test_what_no_database_keeps_is_refused_by_every_route(world: World) -> None:
    said = {}
    for each in world.asks:
        session = world.desks.get(each.route, world.strangers)
        name = session.auth.desk if isinstance(session.auth, SignedAs) else "D-0100"
        message = each.body(name) if callable(each.body) else each.body
        for changed in unkeepable(message) if message is not None else ():
            answer = session.post(world.url + each.target, data=msgspec.msgpack.encode(changed), timeout=60)
            said[repr(changed)] = msgspec.msgpack.decode(answer.content, type=messages.Failure).reason
    assert len(said) > 20
    assert set(said.values()) == {"malformed"}
    for route in ("GET /v1/feed", "GET /v1/blobs", "GET /v1/snapshot", "POST /v1/blobs/part"):
        path = f"{route.split()[1]}?scope=%00&blob=%00&epoch=&after=1&limit=1&from=1&size=1"
        answer = world.desks[route].request(route.split()[0], world.url + path, timeout=60)
        assert answer.status_code == 400


def test_everything_that_can_be_asked_for_in_earnest_is_answered_as_the_document_says(world: World) -> None:
    served = Counter[str]()
    for each in world.asks:
        session = world.desks.get(each.route, world.strangers)
        name = session.auth.desk if isinstance(session.auth, SignedAs) else "D-0001"
        headers = {"content-type": BYTES if CONTRACTS[each.route].takes is bytes else MESSAGE}
        answer = session.request(
            each.method, world.url + each.target, data=each.bytes_for(name), headers=headers, timeout=60
        )
        operation(each.route).Case().validate_response(answer, checks=CHECKS)
        served[each.route] += answer.status_code == 200
    # the one that would end the asking desk is refused here
    assert {route for route, count in served.items() if not count} <= {"POST /v1/end"}
    assert served.keys() == CONTRACTS.keys()
    assert msgspec.json.decode(world.strangers.get(f"{world.url}/v1/openapi.json").content) == build()
