"""Two instances on one PostgreSQL database, and desks that write at the same time."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from sscard_desk.central.app import make_app
from sscard_desk.central.centre import OpenCentre, open_centre
from sscard_desk.central.reading import read_batch
from sscard_desk.central.reception import Reception
from sscard_desk.central.store import applications, desks, feeds
from sscard_desk.central.store.applications import Standing
from sscard_desk.central.store.choice import ADDRESS
from sscard_desk.domain.errors.centre_database import DatabaseAddressWrong, DatabaseAway
from sscard_desk.domain.steps import Step
from sscard_desk.wire import messages
from sscard_desk.wire.entry import Entry
from sscard_desk.wire.feed import point_scope
from sscard_desk.wire.messages import EntryAnswer
from tests.central._journal import outcomes
from tests.central.test_requests import Web, enrolled, reason
from tests.domain.standing import At, standing_at
from tests.machines.counter import POINT, opened, subject
from tests.machines.model_desk import ModelDesk
from tests.machines.postgres import PostgresServer


@pytest.fixture
def address(postgres: PostgresServer) -> str:
    return postgres.database()


@pytest.fixture
def other(centre: OpenCentre, address: str) -> Iterator[OpenCentre]:
    second = open_centre(centre.folder, address)
    yield second
    second.close()


def push(centre: OpenCentre, desk: str, batch: list[Entry]) -> tuple[EntryAnswer, ...]:
    def take(connection):
        sender = desks.find_desk(connection, desk, for_update=True)
        return Reception(connection, sender, centre.now_ms(), training=True).take(read_batch(batch))

    return centre.database.write(take)


def at_once(*works: Callable[[], object]) -> list[Any]:
    start, done = threading.Barrier(len(works)), list[object]([None] * len(works))

    def run(at: int, work: Callable[[], object]) -> None:
        start.wait()
        done[at] = work()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return done


def test_positions_stay_gapless_while_two_instances_take_from_two_desks_of_a_point(
    centre: OpenCentre, other: OpenCentre
) -> None:
    journals = {name: ModelDesk(name) for name in ("D-0001", "D-0002")}
    for at, desk in enumerate(journals.values()):
        for n in range(60):
            desk.record(opened(1000 * at + n), subject())

    def send(at: OpenCentre, name: str) -> Callable[[], object]:
        entries = journals[name].entries
        return lambda: [push(at, name, entries[start : start + 5]) for start in range(0, len(entries), 5)]

    answered = at_once(send(centre, "D-0001"), send(other, "D-0002"))
    assert {answer.outcome for batches in answered for batch in batches for answer in batch} == {"stored"}
    with centre.database.reading() as connection:
        items = feeds.page(connection, point_scope(POINT), 0, 1000, "")
        proof = feeds.proofs(connection, [point_scope(POINT)])[0]
    assert [item.position for item in items] == list(range(1, 121))
    assert proof.count == 120
    assert proof.sum == messages.add_weights(bytes(32), *(messages.item_weight(i.id, i.version) for i in items))


def test_of_two_openings_for_one_person_at_the_same_moment_one_is_taken_and_one_is_a_conflict(
    centre: OpenCentre, other: OpenCentre
) -> None:
    near, far = ModelDesk("D-0001"), ModelDesk("D-0009")
    for n in range(12):
        batches = [[desk.record(opened(n), subject())] for desk in (near, far)]
        answers = at_once(
            lambda mine=batches[0]: push(centre, "D-0001", mine), lambda mine=batches[1]: push(other, "D-0009", mine)
        )
        assert sorted(outcomes([*answers[0], *answers[1]])) == [("conflict", "already-open"), ("stored", "")]


@pytest.mark.parametrize("same", ["code", "card_number"])
def test_of_two_applications_that_take_one_card_at_the_same_moment_one_has_it(
    centre: OpenCentre, other: OpenCentre, same: str
) -> None:
    desks_here = (("D-0001", POINT, ModelDesk("D-0001")), ("D-0009", "P-02", ModelDesk("D-0009")))
    for n in range(12):
        batches = []
        for at, (name, point, desk) in enumerate(desks_here):
            code, number = (n, 2 * n + at) if same == "code" else (2 * n + at, n)
            card = At(f"{code:032X}", f"B{number:08d}")
            application = standing_at(Step.APPROVED, running=100 * n + at)
            with centre.database.writing() as connection:
                applications.keep_all(connection, [Standing(application, point, name, 0, name)], {application.id})
            batches.append([desk.record(card.intended, application.id)])
        answers = at_once(
            lambda mine=batches[0]: push(centre, "D-0001", mine), lambda mine=batches[1]: push(other, "D-0009", mine)
        )
        assert sorted(outcomes([*answers[0], *answers[1]])) == [("refused", "card-taken"), ("stored", "")]


def test_one_desks_batch_that_reaches_both_instances_at_once_is_kept_once(
    centre: OpenCentre, other: OpenCentre
) -> None:
    desk = ModelDesk("D-0001")
    for n in range(10):
        desk.record(opened(n), subject())
    first, second = at_once(*(lambda at=at: push(at, "D-0001", desk.entries) for at in (centre, other)))
    assert sorted([first[0].outcome, second[0].outcome]) == ["already-stored", "stored"]
    assert [answer.received_ms for answer in first] == [answer.received_ms for answer in second]
    with centre.database.reading() as connection:
        assert feeds.heads(connection, [point_scope(POINT)])[0].head == 10


def test_a_push_that_one_instance_has_seen_is_refused_by_the_other(centre: OpenCentre, other: OpenCentre) -> None:
    here, there = Web(make_app(centre)), Web(make_app(other))
    asker = enrolled(centre, here, "D-0005", POINT)
    body = b"\x81\xa5blobs\x90"
    headers = asker.headers("POST", "/v1/blobs/missing", body)
    answers = [web.request("POST", "/v1/blobs/missing", content=body, headers=headers) for web in (here, there)]
    assert answers[0].status_code == 200
    assert reason(answers[1]) == (401, messages.REPLAYED)


def test_an_address_holds_no_password_and_stands_in_the_folder(centre: OpenCentre, address: str) -> None:
    assert (centre.folder / ADDRESS).read_text().strip() == address
    for wrong in ("postgresql://a:secret@localhost/b", "mysql://a@localhost/b", "nonsense"):
        with pytest.raises(DatabaseAddressWrong) as refused:
            open_centre(centre.folder, wrong)
        assert "secret" not in str(refused.value) + repr(refused.value)


def test_a_server_that_does_not_answer_is_said_to_be_away(centre: OpenCentre, tmp_path: Path) -> None:
    with pytest.raises(DatabaseAway):
        open_centre(centre.folder, f"postgresql://postgres@/centre?host={tmp_path}")


def test_a_lost_connection_is_an_answer_that_asks_to_come_again(
    centre: OpenCentre, postgres: PostgresServer, address: str
) -> None:
    web = Web(make_app(centre))
    assert web.request("GET", "/v1/health").status_code == 200
    name = address.split("?", maxsplit=1)[0].rpartition("/")[2]
    postgres.cut(name)
    statuses = [web.request("GET", "/v1/health") for _ in range(12)]
    assert {answer.status_code for answer in statuses} <= {200, 503}
    assert statuses[-1].status_code == 200
    assert all(answer.headers["retry-after"] for answer in statuses if answer.status_code == 503)
