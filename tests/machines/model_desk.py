"""A desk's database as a model in memory: what the contract of `ports.sync.SyncStore` says, without a disk."""

import hashlib
import io
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from sscard_desk.domain import events
from sscard_desk.domain.errors.centre import FeedBroken
from sscard_desk.domain.errors.store import BlobMissing
from sscard_desk.domain.events import Event
from sscard_desk.domain.ids import BlobId
from sscard_desk.ports.sync import BlobCounts, Cursor, Staged
from sscard_desk.wire.entry import GENESIS, Entry, Place, decode_event, write_entry
from sscard_desk.wire.feed import Readable, read_entry_body, read_snapshot
from sscard_desk.wire.messages import (
    EntryAnswer,
    FeedItem,
    FeedPage,
    Hello,
    Receipt,
    ScopeProof,
    SnapshotInfo,
    add_weights,
    item_weight,
)


class MemoryStaged:
    """A snapshot file that comes into memory."""

    def __init__(self, info: SnapshotInfo) -> None:
        self.info = info
        self.body = bytearray()

    @property
    def size(self) -> int:
        return len(self.body)

    def add(self, piece: bytes) -> None:
        self.body += piece

    def clear(self) -> None:
        self.body.clear()

    def is_whole(self) -> bool:
        return hashlib.sha256(self.body).hexdigest() == self.info.sha256

    def read(self) -> Readable:
        return io.BytesIO(self.body)

    def drop(self) -> None:
        self.body.clear()

    def close(self) -> None:
        pass


class ModelDesk:
    """Journal, feed tables and blobs of one desk."""

    def __init__(self, desk: str, *, training: bool = True) -> None:
        self.desk = desk
        self.training = training
        self.entries: list[Entry] = []
        self.receipts: dict[int, Receipt] = {}
        self.aside: dict[int, tuple[str, str]] = {}
        self.cursors: dict[str, Cursor] = {}
        self.tables: dict[str, dict[tuple[str, str], FeedItem]] = {}
        self.blobs: dict[BlobId, bytes] = {}
        self.sent_blobs: set[BlobId] = set()
        self.asked_blobs: dict[BlobId, int] = {}
        self.unread_blobs: set[BlobId] = set()
        self.offset_ms: int | None = None
        self.settings: dict[str, bytes] = {}
        self.snapshots = 0
        self.staged: dict[str, MemoryStaged] = {}
        self.settled_ms = 0

    # what a clerk does

    def record(self, event: Event, subject: str, *, actor: str = "a" * 32, base_version: int = 0) -> Entry:
        seq, prev_hash = self.head()
        entry = write_entry(
            Place(self.desk, seq + 1, prev_hash, self.training),
            event,
            subject=subject,
            base_version=base_version,
            actor=actor,
            now=datetime(2026, 3, 2, 9, tzinfo=UTC) + timedelta(seconds=seq),
            clock_offset=self.offset_ms,
        )
        self.entries.append(entry)
        return entry

    def take_photo(self, data: bytes) -> BlobId:
        blob = BlobId(hashlib.sha256(data).hexdigest())
        self.blobs[blob] = data
        return blob

    # the contract

    def setting(self, name: str) -> bytes | None:
        return self.settings.get(name)

    def set_setting(self, name: str, value: bytes) -> None:
        self.settings[name] = value

    def pending_entries(self, limit: int, max_bytes: int) -> Sequence[Entry]:
        return self.unsent_entries(0, limit, max_bytes)

    def unsent_entries(self, after: int, limit: int, max_bytes: int) -> Sequence[Entry]:
        found: list[Entry] = []
        size = 0
        for seq, entry in enumerate(self.entries, 1):
            if seq <= after or seq in self.receipts or seq in self.aside:
                continue
            size += len(entry.header) + len(entry.payload or b"") + len(entry.salt or b"")
            if found and (len(found) == limit or size > max_bytes):
                break
            found.append(entry)
        return found

    def settle(self, answers: Sequence[EntryAnswer], server_ms: int) -> None:
        self.settled_ms = server_ms
        for answer in answers:
            if answer.outcome in {"stored", "already-stored"}:
                assert answer.receipt is not None
                self.receipts[answer.seq] = answer.receipt
            else:
                self.aside[answer.seq] = (answer.code, answer.reason)

    def unsent(self) -> int:
        return len(self.entries) - len(self.receipts)

    def set_aside(self) -> Sequence[tuple[int, str, str]]:
        return [(seq, code, reason) for seq, (code, reason) in sorted(self.aside.items())]

    def head(self) -> tuple[int, bytes]:
        return (len(self.entries), self.entries[-1].hash) if self.entries else (0, GENESIS)

    def scopes(self) -> Sequence[str]:
        return sorted(self.cursors)

    def cursor(self, scope: str) -> Cursor:
        return self.cursors.get(scope, Cursor(scope, "", 0))

    def apply_page(self, page: FeedPage) -> None:
        cursor = self.cursor(page.scope)
        positions = [item.position for item in page.items]
        fits = cursor.epoch in {"", page.epoch} and cursor.position == page.after <= page.head
        if not fits or positions != list(range(page.after + 1, page.after + 1 + len(positions))):
            raise FeedBroken(scope=page.scope)
        table = self.tables.setdefault(page.scope, {})
        for item in page.items:
            table[item.kind, item.id] = item
        self.cursors[page.scope] = Cursor(page.scope, page.epoch, page.after + len(positions))

    def stage(self, info: SnapshotInfo) -> Staged:
        return self.staged.setdefault(info.sha256, MemoryStaged(info))

    def load_snapshot(
        self, info: SnapshotInfo, body: bytes | Readable, told: Callable[[int], None] = lambda _done: None
    ) -> None:
        table = {(item.kind, item.id): item for block in read_snapshot(body) for item in block}
        if len(table) != info.count:
            raise FeedBroken(scope=info.scope)
        self.tables[info.scope] = table
        self.cursors[info.scope] = Cursor(info.scope, info.epoch, info.position)
        self.snapshots += 1
        told(info.count)

    def proof(self, scope: str) -> ScopeProof:
        items = self.tables.get(scope, {}).values()
        total = add_weights(bytes(32), *(item_weight(item.id, item.version) for item in items))
        cursor = self.cursor(scope)
        return ScopeProof(scope=scope, epoch=cursor.epoch, position=cursor.position, count=len(items), sum=total)

    def pending_blobs(self, limit: int) -> Sequence[BlobId]:
        waiting = [blob for blob in self.blobs if blob not in self.sent_blobs]
        return sorted(waiting, key=lambda blob: blob in self.unread_blobs)[:limit]

    def blob_counts(self) -> BlobCounts:
        return BlobCounts(len(self.blobs.keys() - self.sent_blobs), len(self.wanted_blobs(1_000)))

    def blob(self, blob: BlobId) -> bytes:
        if blob not in self.blobs:
            raise BlobMissing(blob=blob)
        return self.blobs[blob]

    def blob_sent(self, blobs: Sequence[BlobId]) -> None:
        self.sent_blobs.update(blobs)

    def wanted_blobs(self, limit: int) -> Sequence[BlobId]:
        photos = [event.photo for event in self.foreign_events() if isinstance(event, events.PhotoAttached)]
        wanted = [photo for photo in photos if photo not in self.blobs]
        return sorted(wanted, key=lambda photo: self.asked_blobs.get(photo, 0))[:limit]

    def blobs_asked(self, names: Sequence[BlobId]) -> None:
        self.asked_blobs.update(dict.fromkeys(names, max(self.asked_blobs.values(), default=0) + 1))

    def blobs_unread(self, names: Sequence[BlobId]) -> None:
        self.unread_blobs.update(names)

    def keep_blob(self, data: bytes) -> BlobId:
        blob = self.take_photo(data)
        self.sent_blobs.add(blob)
        return blob

    def heard(self, hello: Hello) -> None:
        self.greeting = hello

    def note_server_time(self, offset_ms: int) -> None:
        self.offset_ms = offset_ms

    def came_through(self) -> None:
        self.settings["last_sync_ms"] = str(time.time_ns() // 1_000_000).encode()

    # what tests look at

    def foreign_events(self) -> list[Event]:
        found = []
        for table in self.tables.values():
            for item in sorted(table.values(), key=lambda item: item.position):
                if item.kind == "entry" and item.body:
                    entry = read_entry_body(item.body)
                    if entry.read_header().desk != self.desk and entry.payload is not None:
                        found.append(decode_event(entry.read_header().kind, entry.payload))
        return found
