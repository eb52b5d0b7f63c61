"""Nine days of one desk: its encrypted journal and photos over a line, beside the time that the line itself needs."""

import secrets
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from sscard_desk.domain import events
from sscard_desk.domain.ids import AccountId, ApplicationId, BlobId
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.store.opening import create_folder, open_desk
from sscard_desk.sync.client import HttpCentre
from sscard_desk.sync.identity import DeskIdentity
from sscard_desk.sync.pace import Pace
from sscard_desk.sync.passes import run_pass
from sscard_desk.sync.phases.push import push_journal
from sscard_desk.wire.feed import persons_scope
from tests.benchmarks.centre.setting import Setting
from tests.machines.counter import REGION
from tests.machines.line import Line

POINTS = {"B-0001": "0231", "B-wide": "0232", "B-narrow": "0233"}
"""Each desk has a service point of its own: what it waits for is its own work, not another desk's."""
APPLICATIONS, EACH, PHOTOS, PHOTO_BYTES = 600, 5, 700, 20_000
ENTRIES = APPLICATIONS * EACH
WIDE, NARROW = 1_250_000, 4_000
"""10 Mbit/s and 32 kbit/s, in bytes a second."""
_ACTOR = AccountId("be" * 16)


class CountedLine(Line):
    """A line that says how much it carried towards the centre."""

    def __init__(self, port: int) -> None:
        super().__init__(port)
        self.up = 0

    async def _carry(self, size: int, *, answers: bool) -> None:
        if not answers:
            self.up += size
        await super()._carry(size, answers=answers)


class _PhotosBegin(Exception):
    """The journal is through: the pass asks for the first photo."""


class _JournalOnly(HttpCentre):
    """A line that is given up where the pass turns to photos."""

    def missing_blobs(self, blobs: Sequence[BlobId]) -> Sequence[BlobId]:  # noqa: ARG002 - the shape of the line
        raise _PhotosBegin


def measure(setting: Setting, *, full: bool) -> dict[str, object]:
    """Deliver a backlog without a limit, at 10 Mbit/s, and with `full` at 32 kbit/s until it asks for a photo."""
    setting.points(list(POINTS.values()))
    return {
        **_fast(setting),
        **_over_a_line(setting, "wide", WIDE, photos=True),
        **(_over_a_line(setting, "narrow", NARROW, photos=False) if full else {}),
    }


def _fast(setting: Setting) -> dict[str, object]:
    """Read, send and acknowledge from a desk's own encrypted store, without anything between it and the centre."""
    with _desk(setting, "B-0001") as (store, identity), HttpCentre(identity) as centre:
        pace, begun = Pace(entries=500), time.perf_counter()
        while push_journal(store, centre, pace, lambda: 0).sent:
            pass
        seconds = time.perf_counter() - begun
        assert store.unsent() == 0
    return {"desk_push_and_settle_per_s": round(ENTRIES / seconds)}


def _over_a_line(setting: Setting, name: str, rate: int, *, photos: bool) -> dict[str, object]:
    with _desk(setting, f"B-{name}", photos=PHOTOS) as (store, identity):
        port = urlsplit(setting.url).port
        assert port is not None
        with CountedLine(port) as line:
            line.narrow(rate)
            with (HttpCentre if photos else _JournalOnly)(replace(identity, url=line.url)) as centre:
                begun = time.perf_counter()
                with suppress(_PhotosBegin):
                    run_pass(store, centre, Pace())
                seconds = time.perf_counter() - begun
                assert store.unsent() == 0
                left = len(store.pending_blobs(PHOTOS))
            own = line.up / rate
    return {
        f"{name}_kbit_per_s": rate * 8 // 1000,
        f"{name}_seconds": round(seconds, 1),
        f"{name}_line_own_seconds": round(own, 1),
        f"{name}_of_line": round(seconds / own, 2),
        f"{name}_photos_left": left,
    }


@contextmanager
def _desk(setting: Setting, name: str, photos: int = 0) -> Iterator[tuple[DeskStore, DeskIdentity]]:
    (identity,) = setting.enrol([name], POINTS[name])
    with tempfile.TemporaryDirectory() as folder:
        key, path = secrets.token_bytes(32), Path(folder) / "desk"
        scopes, number = (persons_scope(REGION),), sum(name.encode()) % 99
        create_folder(
            path,
            desk_id=name,
            service_point=POINTS[name],
            desk_no=number,
            training=True,
            database_key=key,
            scopes=scopes,
        )
        store = open_desk(path, key)
        try:
            for _ in range(APPLICATIONS):
                _application(store)
            with store.work(_ACTOR) as work:
                for _ in range(photos):
                    work.put_blob(secrets.token_bytes(PHOTO_BYTES))
            yield store, identity
        finally:
            store.close()


def _answers() -> dict[str, str]:
    """Return answers of 1 KB that pack to a half, as addresses and names do."""
    return {f"field_{number}": "示例市示例区" + secrets.token_hex(24) for number in range(12)}


def _application(store: DeskStore) -> None:
    subject = ApplicationId(secrets.token_hex(16))
    with store.work(_ACTOR) as work:
        for event in (
            events.Opened(work.next_application_number(), secrets.token_hex(9), "训练", "citizen", "typed", _answers()),
            events.BankConfirmed("95588", "训练银行", "", "1", "S"),
            events.PhotoExempted("bench"),
            events.FormIssued("1", "S", 1, _answers(), "d1", date(2026, 3, 30)),
            events.FormReturned(_answers(), (), "d2"),
        ):
            work.record(event, subject=subject)
