"""What a worker remembers is what the database says now, whoever changed it, or nothing."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from sscard_desk.central.app import make_app
from sscard_desk.central.centre import OpenCentre, open_centre
from sscard_desk.central.imports import import_point
from sscard_desk.central.store import desks, feeds
from sscard_desk.central.store.memory import BELIEVED_SECONDS, Memory
from sscard_desk.central.store.transactions import Transactions
from sscard_desk.wire import messages
from sscard_desk.wire.feed import REFERENCE, point_scope
from sscard_desk.wire.messages import ScopeHead
from tests.central._journal import receive
from tests.central.test_requests import Asker, Web, enrolled, push_body, reason
from tests.machines.counter import POINT, opened, subject
from tests.machines.model_desk import ModelDesk
from tests.machines.postgres import PostgresServer

LONGEST = 20.0
SCOPE = point_scope(POINT)


def wait_until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + LONGEST
    while not holds():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.005)


@contextmanager
def told(centre: OpenCentre) -> Iterator[Memory]:
    """Let a centre's memory hear the news, as its server does."""
    news = centre.database.news_for(centre.memory)
    try:
        wait_until(lambda: remembers(centre, REFERENCE))
        yield centre.memory
    finally:
        news.close()


def remembers(centre: OpenCentre, scope: str) -> bool:
    turn = centre.memory.turn()
    with centre.database.reading() as connection:
        (head,) = feeds.heads(connection, [scope])
    centre.memory.keep_head(turn, head)
    return centre.memory.head(scope) == head


@pytest.fixture
def elsewhere(centre: OpenCentre, address: str) -> Iterator[OpenCentre]:
    """Another process on the same database; a command of the administrator, or another worker."""
    other = open_centre(centre.folder, address)
    yield other
    other.close()


def poll(desk: Asker, head: ScopeHead) -> int:
    target = f"/v1/feed?scope={SCOPE}&epoch={head.epoch}&after={head.head}&limit=10"
    return desk.ask("GET", target, **{"if-none-match": f'"{head.epoch}-{head.head}"'}).status_code


def where(database: Transactions) -> ScopeHead:
    with database.reading() as connection:
        return feeds.heads(connection, [SCOPE])[0]


def test_what_another_process_publishes_is_not_hidden_by_a_head_in_memory(
    centre: OpenCentre, elsewhere: OpenCentre
) -> None:
    with told(centre) as memory:
        assert remembers(centre, SCOPE)
        desk = ModelDesk("D-0001")
        for n in range(3):
            desk.record(opened(n), subject())
            receive(elsewhere, "D-0001", desk.entries[-1:])
            wait_until(lambda at=n + 1: (memory.head(SCOPE) or where(centre.database)).head == at)
        if centre.shared:  # PostgreSQL tells the new head with the news
            assert memory.head(SCOPE) == where(centre.database)


def test_an_empty_poll_is_answered_without_the_database_and_only_to_its_desk(
    centre: OpenCentre, monkeypatch: pytest.MonkeyPatch
) -> None:
    web = Web(make_app(centre))
    desk, stranger = enrolled(centre, web, "D-0001", POINT), enrolled(centre, web, "D-0009", "P-02")
    with told(centre):
        head = where(centre.database)
        assert [poll(desk, head), poll(desk, head)] == [304, 304]
        asked: list[str] = []
        reading = centre.database.reading
        monkeypatch.setattr(centre.database, "reading", lambda: (asked.append("read"), reading())[1])
        headers = desk.headers("GET", f"/v1/feed?scope={SCOPE}&epoch={head.epoch}&after={head.head}&limit=10", b"")
        tag = {"if-none-match": f'"{head.epoch}-{head.head}"'}
        target = f"/v1/feed?scope={SCOPE}&epoch={head.epoch}&after={head.head}&limit=10"
        answers = [web.request("GET", target, headers=headers | tag) for _ in range(2)]
        assert answers[0].status_code == 304
        assert reason(answers[1]) == (401, messages.REPLAYED)
        forged = web.request("GET", target, headers=desk.headers("GET", "/v1/feed", b"") | tag)
        assert reason(forged) == (401, messages.SIGNATURE_WRONG)
        assert asked == []
        assert poll(stranger, head) == 404
        assert asked != []


def test_a_desk_that_is_revoked_elsewhere_is_forgotten_at_once_and_the_others_are_not(
    centre: OpenCentre, elsewhere: OpenCentre
) -> None:
    web = Web(make_app(centre))
    desk, other = enrolled(centre, web, "D-0001", POINT), enrolled(centre, web, "D-0002", POINT)
    with told(centre) as memory:
        head = where(centre.database)
        assert [poll(desk, head), poll(other, head)] == [304, 304]
        assert memory.desk("D-0001") is not None
        with elsewhere.database.writing() as connection:
            desks.revoke_desk(connection, "D-0001", elsewhere.now_ms())
        wait_until(lambda: memory.desk("D-0001") is None)
        # SQLite tells that something changed, PostgreSQL what
        assert (memory.desk("D-0002") is not None) == centre.shared
        target = f"/v1/feed?scope={SCOPE}&epoch={head.epoch}&after={head.head}&limit=10"
        assert reason(desk.ask("GET", target)) == (403, messages.DESK_REVOKED)
        assert poll(other, head) == 304


def test_a_push_of_a_revoked_desk_is_refused_even_by_a_worker_that_has_not_heard_of_it(centre: OpenCentre) -> None:
    web = Web(make_app(centre))
    desk = enrolled(centre, web, "D-0001", POINT)
    known = ModelDesk("D-0001")
    entry = known.record(opened(1), subject())
    centre.memory.believe(time.monotonic() + 1_000)  # and nobody tells it anything
    body = push_body("D-0001", (entry.header, entry.payload, entry.salt))
    assert desk.ask("POST", "/v1/push", push_body("D-0001")).status_code == 200
    with centre.database.writing() as connection:
        desks.revoke_desk(connection, "D-0001", centre.now_ms())
    assert centre.memory.desk("D-0001") is not None
    assert reason(desk.ask("POST", "/v1/push", body)) == (403, messages.DESK_REVOKED)


@pytest.mark.parametrize("address", ["postgresql"], indirect=True)
def test_a_desk_whose_journal_goes_on_stays_in_memory(centre: OpenCentre, elsewhere: OpenCentre) -> None:
    with told(centre) as memory:
        with centre.database.reading() as connection:
            known = desks.find_desk(connection, "D-0001")
        assert known is not None
        memory.keep_desk(memory.turn(), known)
        desk = ModelDesk("D-0001")
        desk.record(opened(1), subject())
        receive(elsewhere, "D-0001", desk.entries)
        wait_until(lambda: (memory.head(SCOPE) or ScopeHead(scope=SCOPE, epoch="", head=0)).head == 1)
        assert memory.desk("D-0001") is not None
        import_point(elsewhere, POINT, "示例街道服务站二", "330200")
        wait_until(lambda: memory.desk("D-0001") is None)


@pytest.mark.parametrize("address", ["postgresql"], indirect=True)
def test_a_lost_connection_makes_memory_believe_nothing_until_it_listens_again(
    centre: OpenCentre, postgres: PostgresServer, address: str
) -> None:
    with told(centre) as memory:
        turn = memory.turn()
        postgres.cut(address.split("?", maxsplit=1)[0].rpartition("/")[2])
        wait_until(lambda: memory.turn() > turn)
        assert memory.head(REFERENCE) is None

        def again() -> bool:
            try:
                return remembers(centre, REFERENCE)
            except Exception:  # noqa: BLE001 - connections of the pool that were cut as well
                return False

        wait_until(again)


def test_what_was_read_before_a_change_is_not_kept_after_it() -> None:
    memory = Memory()
    memory.believe(time.monotonic())
    turn = memory.turn()
    before = ScopeHead(scope=SCOPE, epoch="e", head=4)
    memory.hear(f"scope\t{SCOPE}\te\t5")
    memory.keep_head(turn, before)
    assert memory.head(SCOPE) == ScopeHead(scope=SCOPE, epoch="e", head=5)
    memory.hear("all")
    memory.keep_head(turn, before)
    assert memory.head(SCOPE) is None
    memory.keep_head(memory.turn(), before)
    assert memory.head(SCOPE) == before


def test_memory_is_not_believed_without_a_sign_of_life() -> None:
    memory = Memory()
    head = ScopeHead(scope=SCOPE, epoch="e", head=4)
    memory.keep_head(memory.turn(), head)
    assert memory.head(SCOPE) is None
    memory.believe(time.monotonic())
    memory.keep_head(memory.turn(), head)
    assert memory.head(SCOPE) == head
    memory.believe(time.monotonic() - BELIEVED_SECONDS)
    assert memory.head(SCOPE) is None
