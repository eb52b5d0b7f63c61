"""Desks that arrive together at a server with little room: all is delivered once, and each receipt proves its entry."""

import random
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from sscard_desk.central import exchange
from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.imports import enrolment_code
from sscard_desk.central.server import CentreServer
from sscard_desk.central.store import feeds
from sscard_desk.central.store.tables import entry as entries
from sscard_desk.domain.errors.centre import CentreBusy
from sscard_desk.sync.client import HttpCentre
from sscard_desk.sync.enrolment import enrol
from sscard_desk.sync.identity import DeskIdentity
from sscard_desk.sync.pace import Pace
from sscard_desk.sync.phases.push import push_journal
from sscard_desk.wire.feed import point_scope
from sscard_desk.wire.receipts import holds
from tests.machines.counter import POINT, opened, subject
from tests.machines.model_desk import ModelDesk

DESKS, ENTRIES, SEED = 8, 40, 6


@pytest.fixture
def url(centre: OpenCentre) -> Iterator[str]:
    server = CentreServer(centre)
    server.start()
    yield server.url
    server.stop()


def deliver(desk: ModelDesk, identity: DeskIdentity, size: int) -> int:
    """Send everything in batches of a size; return how often the centre had no room."""
    sent_away = 0
    with HttpCentre(identity) as centre:
        while desk.unsent():
            try:
                push_journal(desk, centre, Pace(entries=size), lambda: 0)
            except CentreBusy:
                sent_away += 1
                assert sent_away < 10_000
    return sent_away


def test_desks_that_arrive_together_deliver_everything_once_through_a_server_with_little_room(
    centre: OpenCentre, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(SEED)
    names = [f"D-1{n:03d}" for n in range(DESKS)]
    desks = [ModelDesk(name) for name in names]
    identities = [enrol(url, enrolment_code(centre, name, POINT).text(), training=True)[0] for name in names]
    for n, desk in enumerate(desks):
        for at in range(ENTRIES):
            desk.record(opened(n * ENTRIES + at), subject())
    sizes = [chance.randint(1, ENTRIES) for _ in desks]
    monkeypatch.setattr(exchange, "MOST_AT_WORK", 1)
    with ThreadPoolExecutor(DESKS) as pool:
        list(pool.map(deliver, desks, identities, sizes))
    with centre.database.reading() as connection:
        kept = connection.execute(select(entries.c.desk, entries.c.seq, entries.c.hash, entries.c.outcome)).all()
        items = feeds.page(connection, point_scope(POINT), 0, 10_000, "")
    assert Counter((row.desk, row.seq, row.hash, row.outcome) for row in kept) == Counter(
        (desk.desk, seq, entry.hash, "stored") for desk in desks for seq, entry in enumerate(desk.entries, 1)
    )
    assert [item.position for item in items] == list(range(1, DESKS * ENTRIES + 1))
    key = centre.keys.receipt.public_key()
    for desk in desks:
        assert sorted(desk.receipts) == list(range(1, ENTRIES + 1))
        assert all(receipt.hash == desk.entries[seq - 1].hash for seq, receipt in desk.receipts.items())
        assert all(holds(key, receipt) for receipt in desk.receipts.values())
