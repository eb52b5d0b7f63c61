"""A real encrypted desk whose only way to the centre is a stick."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.stick.answer import export_stick
from sscard_desk.central.stick.receive import Received, import_stick
from sscard_desk.domain import events
from sscard_desk.domain.ids import AccountId, BlobId
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.store.engine import open_engine
from sscard_desk.store.opening import create_folder, open_desk
from sscard_desk.sync.client import HttpCentre
from sscard_desk.sync.identity import DeskIdentity
from sscard_desk.sync.passes import PassReport, run_pass
from sscard_desk.sync.stick import own
from sscard_desk.sync.stick.bring_in import BroughtIn, bring_in
from sscard_desk.sync.stick.export import Exported, export_unsent
from sscard_desk.wire.feed import persons_scope
from sscard_desk.wire.stick.writing import PART_BYTES
from tests.machines.counter import POINT, REGION, Counter, opened, subject

KEY = bytes(range(32))
CLERK = AccountId("c1" * 16)


@dataclass
class StickDesk:
    """A desk, and what its clerk does."""

    folder: Path
    store: DeskStore
    identity: DeskIdentity

    def open_one(self, running: int) -> str:
        key = subject()
        self.record(opened(running), key)
        return key

    def record(self, event: events.Event, key: str) -> None:
        with self.store.work(CLERK) as work:
            work.record(event, subject=key)

    def attach_photo(self, key: str, data: bytes) -> BlobId:
        with self.store.work(CLERK) as work:
            photo = work.put_blob(data)
            work.record(events.PhotoAttached(photo=photo, source="camera", size=len(data)), subject=key)
        return photo

    def export(self, stick: Path, part_bytes: int = PART_BYTES) -> Exported:
        return export_unsent(self.store, self.identity, stick, part_bytes=part_bytes)

    def bring_in(self, path: Path) -> BroughtIn:
        return bring_in(self.store, self.identity, path)

    def at(self, url: str = "") -> DeskIdentity:
        """Who it is, at a centre that is reached somewhere else from now on."""
        if url:
            self.store.set_setting("centre_url", url.encode())
        return DeskIdentity.load(self.store, self.store.desk, training=self.store.training)

    def sync(self, url: str = "") -> PassReport:
        with HttpCentre(self.at(url)) as centre:
            return run_pass(self.store, centre)

    @contextmanager
    def tables(self) -> Iterator[Connection]:
        """The desk's database, as whoever holds its key sees it."""
        engine = open_engine(self.folder / "desk.db", KEY, key_proved=True)
        try:
            with engine.connect() as connection:
                yield connection
        finally:
            engine.dispose()


@contextmanager
def enrolled_desk(counter: Counter, folder: Path, name: str, number: int) -> Iterator[StickDesk]:
    identity = counter.identity(name, POINT)
    create_folder(
        folder,
        desk_id=name,
        service_point=POINT,
        desk_no=number,
        training=True,
        database_key=KEY,
        scopes=(persons_scope(REGION),),
    )
    store = open_desk(folder, KEY)
    try:
        identity.keep(store)
        store.set_setting(own.CENTRE_BOX, counter.open.keys.box.public_key().public_bytes_raw())
        yield StickDesk(folder, store, identity)
    finally:
        store.close()


def noise(seed: int, size: int) -> bytes:
    """Bytes that cannot be packed, as a picture's."""
    return random.Random(seed).randbytes(size)


def take(centre: OpenCentre, exported: Exported) -> list[Received]:
    """Bring all parts of an export in at the centre."""
    return [import_stick(centre, file.path) for file in exported.files]


def there_and_back(centre: OpenCentre, desk: StickDesk, stick: Path, part_bytes: int = PART_BYTES) -> BroughtIn:
    """One walk with the stick: to the centre and back to the desk."""
    take(centre, desk.export(stick, part_bytes))
    answer = export_stick(centre, desk.store.desk, stick, part_bytes=part_bytes)
    return [desk.bring_in(file.path) for file in answer.files][-1]
