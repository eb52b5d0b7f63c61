"""Onto a stick: where this desk stands, every entry without a receipt, every blob that the centre may miss.

Nothing is marked as sent: only the centre's answer does that. So a stick that is lost loses nothing.
"""

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from sscard_desk.domain.errors.stick import StickMissing
from sscard_desk.domain.errors.store import BlobDamaged, BlobMissing, DiskFull
from sscard_desk.domain.ids import BlobId
from sscard_desk.ports.sync import Settings, Staged, SyncStore
from sscard_desk.sync.identity import DeskIdentity
from sscard_desk.sync.signed_line import wall_clock_ms
from sscard_desk.sync.stick import own
from sscard_desk.wire.entry import Entry
from sscard_desk.wire.messages import (
    MAX_BLOB_BYTES,
    MAX_BLOBS,
    MAX_ENTRIES,
    MAX_PUSH_BYTES,
    PROTOCOL,
    Blobs,
    Push,
    SnapshotInfo,
)
from sscard_desk.wire.stick.header import FORMAT, Kind, Place, Statement, StickHeader
from sscard_desk.wire.stick.writing import PART_BYTES, SeriesWriter, Written

_EVERY = 1 << 31
_ROOM_FOR_HEADS = 2_000_000


class StickStore(SyncStore, Settings, Protocol):
    """The desk's database, as a stick needs it."""

    def unsent_entries(self, after: int, limit: int, max_bytes: int) -> Sequence[Entry]:
        """Return entries after this seq without a receipt that were not set aside, in order of seq."""

    def unsent_runs(self) -> tuple[tuple[int, int], ...]:
        """Return (first, last) of each run of entries without a receipt, set-aside ones included."""

    def centre_life(self) -> int:
        """Return when the centre was last put back to an older copy, as far as this desk has heard, 0 for never."""

    def stage_carried(self, info: SnapshotInfo) -> Staged:
        """Return an empty file for a scope's snapshot that a stick brings, beside the one that the line may be at.

        Raises:
            DiskFull, DiskTrouble: nothing can be kept.
        """

    def waiting_bytes(self) -> int:
        """Return how large pending entries and pending blobs are together."""


@dataclass(frozen=True)
class Exported:
    """What lies on the stick.

    Attributes:
        series: number of the export.
        files: its parts, in the order in which the centre takes them.
        entries: how many entries.
        blobs: how many pictures and scans.
        unreadable: blobs that could not be read here and stayed behind.
        public_key: of this desk, 32 bytes; a centre that was put back may have to be told it.
    """

    series: int
    files: tuple[Written, ...]
    entries: int
    blobs: int
    unreadable: tuple[BlobId, ...]
    public_key: bytes


@dataclass(frozen=True)
class Steps:
    """How far an export or import is, and whether it goes on.

    Attributes:
        check: called between two steps; what it raises ends the work, and nothing unfinished is left.
        tell: is told (bytes done, bytes to do).
    """

    check: Callable[[], None] = lambda: None
    tell: Callable[[int, int], None] = lambda _done, _of: None


def export_unsent(
    store: StickStore,
    identity: DeskIdentity,
    folder: Path,
    steps: Steps | None = None,
    part_bytes: int = PART_BYTES,
) -> Exported:
    """Write a series of files for the centre.

    Args:
        store: the desk's database.
        identity: who this desk is.
        folder: on the stick.
        steps: progress and cancel.
        part_bytes: largest size of a file.

    Raises:
        DeskNotEnrolled: the centre's key was never heard.
        StickMissing: the folder is not there.
        DiskFull, DiskTrouble: the stick; nothing of the series is there.
    """
    going = steps or Steps()
    centre = own.centre_box(store)
    work = store.waiting_bytes()
    need_room(folder, work + _ROOM_FOR_HEADS)
    header = StickHeader(
        format=FORMAT,
        protocol=PROTOCOL,
        way="to-centre",
        centre=identity.receipt_key,
        desk=identity.desk,
        training=identity.training,
        series=own.next_series(store),
        part=1,
        previous=bytes(32),
        made_ms=wall_clock_ms(),
        box=own.own_box(store).public_key().public_bytes_raw(),
        once=b"",
        life=store.centre_life(),
    )
    writer = SeriesWriter(folder, header, centre, identity, part_bytes)
    try:
        offered = tuple(store.pending_blobs(_EVERY))
        writer.add(Kind.STATEMENT, _statement(store, offered))
        entries, done = _entries(store, identity.desk, writer, going, work)
        blobs, unreadable = _blobs(store, offered, writer, going, (done, work))
        files = writer.finish()
    finally:
        writer.drop()
    going.tell(work, work)
    return Exported(header.series, files, entries, blobs, unreadable, identity.public_key)


def need_room(folder: Path, size: int) -> None:
    """Make sure before anything is written that a folder's disk has room.

    Raises:
        StickMissing: it is not there.
        DiskFull: it has not.
    """
    try:
        free = shutil.disk_usage(folder).free
    except OSError as error:
        raise StickMissing from error
    if free < size:
        raise DiskFull


def _statement(store: StickStore, offered: tuple[BlobId, ...]) -> Statement:
    head_seq, head_hash = store.head()
    cursors = [store.cursor(scope) for scope in store.scopes()]
    return Statement(
        head_seq=head_seq,
        head_hash=head_hash,
        unsent=store.unsent_runs(),
        places=tuple(Place(at.scope, at.epoch, at.position) for at in cursors),
        proofs=tuple(store.proof(at.scope) for at in cursors),
        offered=offered,
        wanted=tuple(store.wanted_blobs(_EVERY)),
    )


def _entries(store: StickStore, desk: str, writer: SeriesWriter, steps: Steps, work: int) -> tuple[int, int]:
    after, count, done = 0, 0, 0
    while batch := store.unsent_entries(after, MAX_ENTRIES, MAX_PUSH_BYTES):
        steps.check()
        rows = tuple((entry.header, entry.payload, entry.salt) for entry in batch)
        writer.add(Kind.PUSH, Push(protocol=PROTOCOL, desk=desk, entries=rows))
        after = batch[-1].read_header().seq
        count += len(batch)
        done += sum(len(part or b"") for row in rows for part in row)
        steps.tell(min(done, work), work)
    return count, done


def _blobs(
    store: StickStore, names: tuple[BlobId, ...], writer: SeriesWriter, steps: Steps, so_far: tuple[int, int]
) -> tuple[int, tuple[BlobId, ...]]:
    done, work = so_far
    unreadable: list[BlobId] = []
    group: list[bytes] = []

    def send() -> None:
        nonlocal done
        if group:
            writer.add(Kind.BLOBS, Blobs(bodies=tuple(group)))
            done += sum(map(len, group))
            steps.tell(min(done, work), work)
            group.clear()

    for name in names:
        steps.check()
        try:
            body = store.blob(name)
        except (BlobMissing, BlobDamaged):
            unreadable.append(name)  # `verify` names it; it does not keep the others here
            continue
        if len(group) == MAX_BLOBS or (group and sum(map(len, group)) + len(body) > MAX_BLOB_BYTES):
            send()
        group.append(body)
    send()
    return len(names) - len(unreadable), tuple(unreadable)
