"""A desk that knows no seal over a batch works with today's centre, and keeps working when it was updated."""

import ssl
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sscard_desk.sync.client import HttpCentre
from sscard_desk.sync.passes import run_pass
from tests.central._journal import altered
from tests.central._protocol_1 import OldDesk
from tests.machines.counter import Counter, opened, subject
from tests.machines.model_desk import ModelDesk


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    with Counter(tmp_path / "centre") as running:
        yield running


@pytest.fixture
def old(counter: Counter) -> Iterator[OldDesk]:
    identity = counter.identity()
    trusting = ssl.create_default_context(cadata=identity.authority.decode())
    with httpx.Client(verify=trusting, trust_env=False, base_url=identity.url) as http:
        key = Ed25519PrivateKey.from_private_bytes(identity.key)
        yield OldDesk(http, identity.desk, key, identity.receipt_key)


def rows(desk: ModelDesk) -> list[tuple[bytes, bytes | None, bytes | None]]:
    return [(entry.header, entry.payload, entry.salt) for entry in desk.entries]


def test_a_desk_of_protocol_1_gets_a_seal_for_each_entry_also_when_it_asks_again(old: OldDesk) -> None:
    desk = ModelDesk("D-0001")
    for n in range(3):
        desk.record(opened(n), subject())
    desk.entries[2] = altered(desk.entries[2], training=False)
    sent = rows(desk)
    first = old.push(sent)
    assert [answer.outcome for answer in first] == ["stored", "stored", "refused"]
    again = old.push(sent)
    assert [answer.outcome for answer in again] == ["already-stored", "already-stored", "refused"]
    assert [answer.receipt for answer in again] == [answer.receipt for answer in first]


def test_a_desk_that_is_updated_between_two_passes_goes_on_with_the_same_journal(
    counter: Counter, old: OldDesk
) -> None:
    desk = ModelDesk("D-0001")
    for n in range(3):
        desk.record(opened(n), subject())
    before = old.push(rows(desk))
    desk.record(opened(9), subject())
    with HttpCentre(counter.identity()) as centre:
        report = run_pass(desk, centre)
    assert report.up_to_date
    assert [desk.receipts[answer.seq].received_ms for answer in before] == [
        answer.receipt.received_ms for answer in before if answer.receipt is not None
    ]
    assert {bool(receipt.leaves) for receipt in desk.receipts.values()} == {True}
