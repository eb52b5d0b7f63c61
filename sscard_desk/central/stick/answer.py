"""Onto a stick: what became of a desk's entries, its feed from where it stood, the blobs it misses, and the proof."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import msgspec
from sqlalchemy import Connection

from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.routes.hello import greeting
from sscard_desk.central.routes.proof import proofs
from sscard_desk.central.settling import SETTLED
from sscard_desk.central.snapshots import build_snapshot, current_snapshot, snapshot_file
from sscard_desk.central.stick.receive import listened_to
from sscard_desk.central.store import blobs as kept
from sscard_desk.central.store import desks, feeds, recovery, sticks
from sscard_desk.central.store.audit import Record, unrecorded
from sscard_desk.central.store.desks import Desk
from sscard_desk.central.store.sticks import Kept, StickDesk
from sscard_desk.domain.errors.stick import StickNothingYet
from sscard_desk.wire.blob_names import blobs_of
from sscard_desk.wire.entry import decode_event
from sscard_desk.wire.feed import read_entry_body
from sscard_desk.wire.messages import (
    MAX_BLOB_BYTES,
    MAX_BLOBS,
    MAX_PAGE,
    PROTOCOL,
    BlobNames,
    Blobs,
    EntryAnswer,
    FeedItem,
    FeedPage,
    PushAnswer,
    ScopeHead,
    SnapshotInfo,
)
from sscard_desk.wire.receipts import TAKEN, seal_alone
from sscard_desk.wire.stick.header import FORMAT, Kind, Place, StickHeader
from sscard_desk.wire.stick.reading import Tell, say_nothing
from sscard_desk.wire.stick.writing import PART_BYTES, SeriesWriter, Written

SNAPSHOT_FROM: Final = 3_000
"""A scope this many positions ahead is smaller as one file than as pages."""
_PIECE: Final = 1_000_000
_NAMES: Final = 500


@dataclass
class Answered:
    """What lies on the stick for a desk.

    Attributes:
        desk: whom it is for.
        series: number of the answer.
        files: its parts, in the order in which the desk takes them.
        answers: entries that were answered.
        items: feed items in pages.
        snapshots: scopes that go whole.
        blobs: pictures and scans.
    """

    desk: str
    series: int
    files: tuple[Written, ...] = ()
    answers: int = 0
    items: int = 0
    snapshots: int = 0
    blobs: int = 0
    refers: set[str] = field(default_factory=set, repr=False)
    """Blobs that the entries in it refer to."""


def export_stick(
    centre: OpenCentre,
    desk: str,
    folder: Path,
    tell: Tell = say_nothing,
    part_bytes: int = PART_BYTES,
    *,
    record: Record = unrecorded,
) -> Answered:
    """Write a series of files for a desk, from where its newest file said that it stands.

    Args:
        centre: the centre.
        desk: whom it is for.
        folder: on the stick.
        tell: is called with how many bytes were packed since the last call; what it raises ends the work.
        part_bytes: largest size of a file.
        record: notes the series in the transaction that takes its number.

    Raises:
        StickDeskUnknown, DeskEnded: the centre does not listen to this desk.
        StickNothingYet: it has brought nothing.
        StickMissing: the folder is not there.
        DiskFull, DiskTrouble: the stick; nothing of the series is there.
    """
    asking = listened_to(centre, desk)
    with centre.database.reading() as connection:
        known = sticks.find(connection, desk)
        heads = feeds.heads(connection, asking.scopes)
        ours = {proof.scope: proof for proof in feeds.proofs(connection, asking.scopes)}
    if known is None:
        raise StickNothingYet(desk=desk)
    theirs = {proof.scope: proof for proof in known.statement.proofs}
    places = {place.scope: place for place in known.statement.places}
    whole: dict[str, SnapshotInfo] = {}
    for head in heads:
        place = places.get(head.scope, Place(head.scope, "", 0))
        differs = place.position == head.head and head.head > 0 and theirs.get(head.scope) != ours[head.scope]
        if differs or _takes_whole(place, head):
            made = build_snapshot(centre, head.scope) if differs else current_snapshot(centre, head.scope)
            if made is not None:
                whole[head.scope] = made

    def begin(connection: Connection) -> tuple[int, int]:
        number = sticks.next_answer(connection, desk)
        record(connection, f"{desk}/{number}")
        return number, recovery.since_ms(connection)

    number, life = centre.database.write(begin)
    header = msgspec.structs.replace(_header(centre, asking, number), life=life)
    writer = SeriesWriter(folder, header, known.box, centre.keys.receipt, part_bytes)
    answer = _Answer(centre, asking, known, writer, tell, Answered(desk, number))
    try:
        with centre.database.reading() as connection:
            answer.write(connection, places, whole)
        answer.done.files = writer.finish()
    finally:
        writer.drop()
    return answer.done


def _takes_whole(place: Place, head: ScopeHead) -> bool:
    if place.epoch and place.epoch != head.epoch:
        return True
    if not head.compacted <= place.position <= head.head:
        return True
    return head.head - place.position >= SNAPSHOT_FROM


def _header(centre: OpenCentre, desk: Desk, number: int) -> StickHeader:
    return StickHeader(
        format=FORMAT,
        protocol=PROTOCOL,
        way="to-desk",
        centre=centre.keys.receipt_key,
        desk=desk.id,
        training=centre.training,
        series=number,
        part=1,
        previous=bytes(32),
        made_ms=centre.now_ms(),
        box=centre.keys.box.public_key().public_bytes_raw(),
        once=b"",
    )


@dataclass
class _Answer:
    """One answer while it is written."""

    centre: OpenCentre
    desk: Desk
    known: StickDesk
    writer: SeriesWriter
    tell: Tell
    done: Answered

    def write(self, connection: Connection, places: dict[str, Place], whole: dict[str, SnapshotInfo]) -> None:
        """Write everything, as of one moment."""
        now = desks.find_desk(connection, self.desk.id) or self.desk
        self._add(Kind.GREETING, greeting(self.centre, connection, now))
        for first, last in self.known.statement.unsent:
            for rows in sticks.entries(connection, self.desk.id, first, last):
                said = tuple(self._answered(row) for row in rows)
                self._add(Kind.ANSWERS, PushAnswer(server_ms=self.centre.now_ms(), answers=said))
                self.done.answers += len(said)
        for names in _some(self.known.statement.offered):
            there = kept.at_point(connection, self.desk.point, names)
            self._add(Kind.HELD, BlobNames(blobs=tuple(name for name in names if name in there)))
        for head in feeds.heads(connection, self.desk.scopes):
            place = places.get(head.scope, Place(head.scope, "", 0))
            info = whole.get(head.scope)
            if info is not None:
                self._snapshot(info)
                place = Place(head.scope, info.epoch, info.position)
            self._pages(connection, head, place.position)
        self._blobs(connection)
        self._add(Kind.PROOFS, proofs(self.centre, connection, self.desk))

    def _add(self, kind: Kind, message: msgspec.Struct) -> None:
        body = msgspec.msgpack.encode(message)
        self.writer.add(kind, body)
        self.tell(len(body))

    def _answered(self, row: Kept) -> EntryAnswer:
        receipt = None
        outcome = "already-stored" if row.outcome in {"stored", SETTLED} else row.outcome
        if outcome in TAKEN:
            receipt = seal_alone(self.centre.keys.receipt, self.desk.id, row.seq, row.hash, row.received_ms)
        return msgspec.convert(
            {
                "entry_id": row.entry_id,
                "seq": row.seq,
                "outcome": outcome,
                "receipt": receipt,
                "code": row.code,
                "reason": row.reason,
                "current": row.current,
            },
            EntryAnswer,
        )

    def _snapshot(self, info: SnapshotInfo) -> None:
        path = snapshot_file(self.centre, info.scope, info.sha256)
        if path is None:
            return  # another one was made meanwhile; the desk asks again
        self.writer.add(Kind.SNAPSHOT, info, together=path.stat().st_size)
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                self.writer.add(Kind.PIECE, piece, stay=True)
                self.tell(len(piece))
        self.done.snapshots += 1

    def _pages(self, connection: Connection, head: ScopeHead, after: int) -> None:
        while after < head.head:
            items = feeds.page(connection, head.scope, after, MAX_PAGE, self.desk.id)
            if not items:
                return
            page = FeedPage(
                scope=head.scope,
                epoch=head.epoch,
                after=after,
                head=head.head,
                server_ms=self.centre.now_ms(),
                items=items,
            )
            self._add(Kind.PAGE, page)
            self._note_blobs(items)
            self.done.items += len(items)
            after = items[-1].position

    def _note_blobs(self, items: Iterable[FeedItem]) -> None:
        for item in items:
            if item.kind != feeds.ENTRY or not item.body:
                continue
            try:
                entry = read_entry_body(item.body)
                self.done.refers.update(blobs_of(decode_event(entry.read_header().kind, entry.payload or b"")))
            except (msgspec.MsgspecError, KeyError):
                continue  # a later kind, or an erased one: the desk asks for what it then misses

    def _blobs(self, connection: Connection) -> None:
        group: list[bytes] = []
        wanted = sorted({*self.known.statement.wanted, *self.done.refers})
        for body in self._bodies(connection, wanted):
            if len(group) == MAX_BLOBS or (group and sum(map(len, group)) + len(body) > MAX_BLOB_BYTES):
                self._add(Kind.BLOBS, Blobs(bodies=tuple(group)))
                group = []
            group.append(body)
            self.done.blobs += 1
        if group:
            self._add(Kind.BLOBS, Blobs(bodies=tuple(group)))

    def _bodies(self, connection: Connection, names: Sequence[str]) -> Iterator[bytes]:
        for name in names:
            body = kept.find(connection, self.desk.point, name)
            if body is not None:
                yield body


def _some(names: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(names), _NAMES):
        yield names[start : start + _NAMES]
