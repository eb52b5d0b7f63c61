"""What desks of November 2026 wrote and sent, byte for byte, at today's centre: taken once, sealed, and given on.

The journal was recorded with one entry of each kind that there was. It is not recorded anew: later programs take it.
"""

import hashlib
import json
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import select

from sscard_desk.central.store.tables import entry as entries
from sscard_desk.wire.entry import decode_event
from sscard_desk.wire.feed import point_scope
from tests.central._protocol_1 import OldDesk
from tests.central._protocol_2 import BatchDesk
from tests.machines.counter import POINT, Counter

RECORDED = json.loads((Path(__file__).parent / "recorded" / "journal_2026_11.json").read_text(encoding="ascii"))
Kind = TypeVar("Kind", bound=OldDesk)
ROWS = [(bytes.fromhex(row["header"]), bytes.fromhex(row["payload"]), bytes.fromhex(row["salt"])) for row in RECORDED]
UNREAD = {"malformed", "unknown-kind", "digest", "chain", "gap", "other-content", "foreign-desk", "training"}
"""What the centre says of entries that it cannot read; all else is about the application, not about the program."""


@pytest.fixture
def counter(tmp_path: Path, address: str) -> Iterator[Counter]:
    with Counter(tmp_path / "centre", address=address) as running:
        yield running


@contextmanager
def old_desk(counter: Counter, kind: type[Kind], desk: str = "D-0001") -> Iterator[Kind]:
    identity = counter.identity(desk)
    trusting = ssl.create_default_context(cadata=identity.authority.decode())
    with httpx.Client(verify=trusting, trust_env=False, base_url=identity.url) as http:
        yield kind(http, identity.desk, Ed25519PrivateKey.from_private_bytes(identity.key), identity.receipt_key)


@pytest.mark.parametrize("row", RECORDED, ids=lambda row: row["kind"])
def test_today_reads_what_was_written_then(row: dict[str, str]) -> None:
    assert hashlib.sha256(bytes.fromhex(row["header"])).hexdigest() == row["hash"]
    assert decode_event(row["kind"], bytes.fromhex(row["payload"])).kind == row["kind"]


@pytest.mark.parametrize("kind", [OldDesk, BatchDesk], ids=["protocol 1", "protocol 2"])
def test_the_whole_journal_is_taken_once_and_again_changes_nothing(counter: Counter, kind: type[OldDesk]) -> None:
    with old_desk(counter, kind) as desk:
        push = desk.send if isinstance(desk, BatchDesk) else desk.push
        first = [(answer.outcome, answer.code) for answer in push(ROWS)]
        again = [(answer.outcome.removeprefix("already-"), answer.code) for answer in push(ROWS)]
    assert {code for _, code in first} & UNREAD == set()
    assert [outcome for outcome, _ in first].count("stored") > len(ROWS) // 3
    assert again == first
    with counter.open.database.reading() as connection:
        held = connection.execute(select(entries.c.header, entries.c.payload).order_by(entries.c.seq)).all()
    assert [(row.header, row.payload) for row in held] == [(header, payload) for header, payload, _ in ROWS]


def test_a_desk_of_protocol_2_beside_it_reads_the_feed(counter: Counter) -> None:
    with old_desk(counter, BatchDesk) as writer, old_desk(counter, BatchDesk, "D-0002") as reader:
        taken = [row for row, answer in zip(ROWS, writer.send(ROWS), strict=True) if answer.outcome == "stored"]
        page = reader.pull(point_scope(POINT), 0, "")
    assert [item.position for item in page.items] == list(range(1, page.head + 1))
    bodies = b"".join(item.body for item in page.items if item.kind == "entry")
    assert all(header in bodies for header, _, _ in taken[:3])
