"""The log of a centre that serves: one object a line, and nothing that anybody said in any of them."""

import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sscard_desk.central.centre import OpenCentre, init_centre
from sscard_desk.central.imports import import_point
from sscard_desk.central.log import JsonLines, begin_log
from sscard_desk.central.store import desks
from sscard_desk.domain.errors.centre_database import LogUnwritable
from sscard_desk.domain.steps import Step
from sscard_desk.wire import messages
from tests.domain.standing import events_at, standing_at
from tests.machines.counter import POINT, REGION, citizen_number, opened, person, subject
from tests.machines.everything_asked import OTHER_POINT, OTHER_REGION, everything
from tests.machines.key_places import give_keys
from tests.machines.model_desk import ModelDesk
from tests.machines.served_centre import served_centre
from tests.machines.tls_desk import TlsDesk, enrolled_key, given

FIELDS = {"time", "level", "worker", "logger", "event", "request", "desk", "route", "status", "ms", "code"}
SHORTEST = 3
"""A value of fewer characters stands in any text by chance."""


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[OpenCentre]:
    made = init_centre(tmp_path / "centre", training=True, name="示例中心")
    import_point(made, POINT, "示例街道服务站", REGION)
    import_point(made, OTHER_POINT, "另一个服务站", OTHER_REGION)
    give_keys(made, "vault")
    yield made
    made.close()


def whole_application(desk: str) -> list[messages.Push]:
    """The journal of a desk with an application and every event that any step of one knows."""
    journal = ModelDesk(desk)
    application = subject()
    journal.record(opened(1), application)
    for step in Step:
        for event in events_at(standing_at(step)):
            journal.record(event, application)
    batches = [journal.entries[at : at + 100] for at in range(0, len(journal.entries), 100)]
    return [
        messages.Push(protocol=2, desk=desk, entries=tuple((each.header, each.payload, each.salt) for each in batch))
        for batch in batches
    ]


def values_in(said: Any) -> set[str]:
    """Every text of a message, with the values of its fields and without their names."""
    if isinstance(said, str):
        return {said}
    if isinstance(said, dict):
        return set().union(*map(values_in, said.values()))
    if isinstance(said, list | tuple):
        return set().union(*map(values_in, said))
    return set()


def test_a_whole_application_leaves_no_value_in_the_log(tmp_path: Path, centre: OpenCentre) -> None:
    keys = {name: enrolled_key(centre, name) for name in ("D-0001", "D-0002", "D-0003")}
    asks, pushes = everything(centre), whole_application("D-0002")
    shown = {name: given(centre, name) for name in keys}
    with centre.database.writing() as connection:
        desks.revoke_desk(connection, "D-0003", centre.now_ms())
    log = tmp_path / "centre.log"
    with served_centre(tmp_path / "centre", "--log", str(log)) as served:
        lines = {n: TlsDesk(served.port, centre.keys.authority, n, keys[n], shown[n]) for n in keys}
        with lines["D-0001"] as line:
            statuses = [line.ask(ask.method, ask.target, ask.bytes_for("D-0001"))[0] for ask in asks]
        with lines["D-0002"] as line:
            assert [line.word("POST", "/v1/push", msgspec.msgpack.encode(push)) for push in pushes] == ["ok"] * len(
                pushes
            )
        with lines["D-0003"] as line:
            assert line.word("GET", "/v1/proof") == messages.DESK_REVOKED
        hostile = TlsDesk(served.port, centre.keys.authority, citizen_number(1), Ed25519PrivateKey.generate())
        with hostile as line:
            line.ask("GET", f"/v1/persons/{citizen_number(1)}?name={citizen_number(1)}")
            line.ask("DELETE", f"/{citizen_number(1)}")
            line.ask("POST", "/v1/push", citizen_number(1).encode())
        with hostile as line:
            assert line.ask(citizen_number(1), f"/{citizen_number(1)}")[0] == 400  # no HTTP: the server's own words
        assert (served.end(), served.said) == (0, "")
    text = log.read_text(encoding="utf-8")
    *noted, no_http = [json.loads(each) for each in text.splitlines()]
    assert (no_http["logger"], no_http["level"]) == ("uvicorn.error", "warning")
    assert all(each.keys() == FIELDS for each in noted)
    routes = [ask.route for ask in asks] + ["POST /v1/push"] * len(pushes)
    assert [each["route"] for each in noted] == [*routes, "GET /v1/proof", "other", "other", "POST /v1/push"]
    assert [each["status"] for each in noted[: len(asks)]] == statuses
    assert [(each["desk"], each["code"]) for each in noted[-4:]] == [
        ("D-0003", "desk-revoked"),
        ("", ""),
        ("", ""),
        ("", "not-enrolled"),
    ]
    assert len({each["request"] for each in noted}) == len(noted)
    payloads = [msgspec.msgpack.decode(p) for push in pushes for _, p, _ in push.entries if p]
    said = set().union(*map(values_in, payloads)) | values_in(msgspec.to_builtins(person(1)))
    said |= {citizen_number(1), "R-1"}
    assert len(said) > 50
    kept = text.replace(messages.TRAINING_DIFFERS, "")  # a word of the protocol that holds a value of its own
    assert {value for value in said if len(value) >= SHORTEST and value in kept} == set()


def test_a_defect_is_noted_by_its_place_without_its_words() -> None:
    with pytest.raises(ValueError) as raised:
        int(f"no such person: {citizen_number(1)}")
    found = (raised.type, raised.value, raised.tb)
    record = logging.LogRecord("uvicorn.error", logging.ERROR, "p", 1, "Exception in %s", (citizen_number(1),), found)
    text = JsonLines().format(record)
    said = json.loads(text)
    assert citizen_number(1) not in text
    assert (said["event"], said["defect"]) == ("Exception in %s", "builtins.ValueError")
    assert said["where"][-1].startswith("test_log.py:")


def test_a_librarys_finished_message_is_left_out() -> None:
    record = logging.LogRecord("asyncio", logging.ERROR, "p", 1, f"task of {citizen_number(1)}", (), None)
    assert citizen_number(1) not in JsonLines().format(record)


def test_a_log_that_cannot_be_written_is_said_before_anything_is_served(tmp_path: Path) -> None:
    with pytest.raises(LogUnwritable, match="nowhere"):
        begin_log(str(tmp_path / "nowhere" / "centre.log"))
