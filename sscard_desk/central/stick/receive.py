"""From a stick: a desk's entries and blobs, taken by the code that takes them over the line."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import Connection

from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.exchange import Answer, Question
from sscard_desk.central.failures import RequestFailed
from sscard_desk.central.routes import blobs, push
from sscard_desk.central.signed import OLDEST_PROTOCOL
from sscard_desk.central.store import compaction, desks, feeds, sticks
from sscard_desk.central.store.audit import Record, unrecorded
from sscard_desk.central.store.desks import Desk, DeskState
from sscard_desk.domain.errors.backup import DeskEnded
from sscard_desk.domain.errors.centre import ProtocolTooOld, TrainingRefused
from sscard_desk.domain.errors.stick import (
    StickDamaged,
    StickDeskUnknown,
    StickOrderWrong,
    StickOtherCentre,
    StickOtherDesk,
)
from sscard_desk.wire import messages
from sscard_desk.wire.messages import BlobNames, PushAnswer
from sscard_desk.wire.receipts import TAKEN
from sscard_desk.wire.stick.header import End, Kind, Statement, StickHeader
from sscard_desk.wire.stick.reading import StickFile, Tell, say_nothing
from sscard_desk.wire.unpacking import unpack_as

Shape = TypeVar("Shape")


@dataclass(frozen=True)
class Received:
    """What a desk's file did at the centre.

    Attributes:
        desk: who made it.
        series: number of its export.
        part: which part of it this was.
        again: it, or a later one, was brought in before; nothing was done.
        more: whether another part follows.
        stored: entries that are stored now, those that came before included.
        refused: entries that were not taken; the desk hears why.
        waiting: entries that do not follow on what the centre holds.
        blobs: pictures and scans.
    """

    desk: str
    series: int
    part: int
    again: bool = False
    more: bool = False
    stored: int = 0
    refused: int = 0
    waiting: int = 0
    blobs: int = 0


def import_stick(centre: OpenCentre, path: Path, tell: Tell = say_nothing, record: Record = unrecorded) -> Received:
    """Take one file of a desk.

    The file is gone through whole before anything of it is taken. Each push in it is a transaction of its own; one that
    breaks off is brought in again.

    Args:
        centre: the centre.
        path: the file.
        tell: is called with how many bytes were read since the last call; what it raises ends the work.
        record: notes the file in the transaction that notes that all of it was taken.

    Raises:
        StickMissing, StickDamaged, StickNewer, ProtocolTooOld: the file.
        StickOtherCentre, StickOtherDesk, TrainingRefused: it is not for this centre.
        StickDeskUnknown, DeskEnded: the centre does not listen to its desk.
        StickOrderWrong: a part before it is missing.
        DatabaseAway: bring it in again.
    """
    file = StickFile.read(path)
    head = file.header
    _check_for_us(centre, head)
    desk = listened_to(centre, head.desk)
    digest = file.check(Ed25519PublicKey.from_public_bytes(desk.public_key), tell)
    if _known(centre, head, digest):
        return Received(head.desk, head.series, head.part, again=True)
    done = Received(head.desk, head.series, head.part)
    try:
        for kind, body in file.records(centre.keys.box, tell):
            done = _TAKERS[kind](centre, desk, head, body, done) if kind in _TAKERS else done
    except RequestFailed as failed:
        raise _in_words(failed, head) from failed

    def note(connection: Connection) -> None:
        sticks.note_file(connection, head, digest, centre.now_ms())
        record(connection, f"{head.desk}/{head.series}/{head.part}")

    centre.database.write(note)
    return done


def listened_to(centre: OpenCentre, name: str) -> Desk:
    """Return a desk that the centre listens to.

    Raises:
        StickDeskUnknown: unknown, not enrolled yet, or revoked.
        DeskEnded: it goes on as another one.
    """
    with centre.database.reading() as connection:
        desk = desks.find_desk(connection, name)
    if desk is not None and desk.state is DeskState.ENDED:
        raise DeskEnded
    if desk is None or desk.state is not DeskState.ENROLLED:
        raise StickDeskUnknown(desk=name)
    return desk


def _check_for_us(centre: OpenCentre, head: StickHeader) -> None:
    if head.way != "to-centre":
        raise StickOtherDesk(desk=head.desk)
    if head.centre != centre.keys.receipt_key:
        raise StickOtherCentre
    if head.training != centre.training:
        raise TrainingRefused
    if head.protocol < OLDEST_PROTOCOL:
        raise ProtocolTooOld(ours=head.protocol, oldest=OLDEST_PROTOCOL)


def _known(centre: OpenCentre, head: StickHeader, digest: bytes) -> bool:
    """Return whether nothing of a file is new; raise StickOrderWrong where a part before it is missing."""
    with centre.database.reading() as connection:
        newest = sticks.find(connection, head.desk)
        there = sticks.parts(connection, head.desk, head.series)
    if digest in there or (newest is not None and head.series < newest.series):
        return True  # a later series holds everything without a receipt, so an older one has nothing to add
    if head.part != len(there) + 1 or (there and head.previous != there[-1]):
        raise StickOrderWrong(part=len(there) + 1)
    return False


def _statement(centre: OpenCentre, desk: Desk, head: StickHeader, body: bytes, done: Received) -> Received:
    said = _read(Statement, body)

    def note(connection: Connection) -> None:
        sticks.note_statement(connection, head, body)
        desks.note_greeting(connection, head.desk, said.head_seq, centre.now_ms())
        epochs = {scope.scope: scope.epoch for scope in feeds.heads(connection, desk.scopes)}
        for place in said.places:
            if place.epoch and epochs.get(place.scope) == place.epoch:
                compaction.note(connection, head.desk, place.scope, place.position)

    centre.database.write(note)
    return done


def _push(centre: OpenCentre, desk: Desk, _head: StickHeader, body: bytes, done: Received) -> Received:
    said = _message(PushAnswer, push.push(centre, desk, Question({}, {}, body)))
    stored = sum(answer.outcome in TAKEN for answer in said.answers)
    waiting = sum(answer.code == "gap" for answer in said.answers)
    refused = len(said.answers) - stored - waiting
    return replace(done, stored=done.stored + stored, refused=done.refused + refused, waiting=done.waiting + waiting)


def _blobs(centre: OpenCentre, desk: Desk, _head: StickHeader, body: bytes, done: Received) -> Received:
    names = _message(BlobNames, blobs.put(centre, desk, Question({}, {}, body))).blobs
    return replace(done, blobs=done.blobs + len(names))


def _end(_centre: OpenCentre, _desk: Desk, _head: StickHeader, body: bytes, done: Received) -> Received:
    return replace(done, more=_read(End, body).more)


_TAKERS: dict[Kind, Callable[[OpenCentre, Desk, StickHeader, bytes, Received], Received]] = {
    Kind.STATEMENT: _statement,
    Kind.PUSH: _push,
    Kind.BLOBS: _blobs,
    Kind.END: _end,
}


def _in_words(failed: RequestFailed, head: StickHeader) -> Exception:
    if failed.reason in {messages.NOT_ENROLLED, messages.DESK_REVOKED}:
        return StickDeskUnknown(desk=head.desk)
    if failed.reason == messages.DESK_ENDED:
        return DeskEnded()
    return StickDamaged()


def _read(shape: type[Shape], body: bytes) -> Shape:
    try:
        return unpack_as(shape, body)
    except msgspec.MsgspecError as broken:
        raise StickDamaged from broken


def _message(shape: type[Shape], answer: Answer) -> Shape:
    if not isinstance(answer.message, shape):
        raise TypeError("the route answers something else")
    return answer.message
