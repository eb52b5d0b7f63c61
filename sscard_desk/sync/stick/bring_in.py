"""From a stick: the centre's answers, its feed and what it holds, applied as if they had come over the line.

A file is gone through whole before anything of it is used. What it brings goes in page by page, each with its cursor in
one transaction; what the line brought meanwhile is passed over. A scope that comes whole lies in an encrypted file
beside the database until all of it is here, and goes to its place block by block: the register of a county is never in
memory. A file that breaks off is simply brought in again.
"""

import hashlib
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, TypeVar

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from sscard_desk.domain.errors.centre import FeedBroken, TrainingRefused
from sscard_desk.domain.errors.stick import StickDamaged, StickFromBefore, StickOtherCentre, StickOtherDesk
from sscard_desk.domain.ids import BlobId
from sscard_desk.ports.sync import Staged
from sscard_desk.sync.identity import DeskIdentity
from sscard_desk.sync.phases.proof import compare_with
from sscard_desk.sync.stick import own
from sscard_desk.sync.stick.export import Steps, StickStore
from sscard_desk.wire.messages import BlobNames, Blobs, EntryAnswer, FeedPage, Hello, Proofs, PushAnswer, SnapshotInfo
from sscard_desk.wire.receipts import TAKEN, holds
from sscard_desk.wire.stick.header import End, Kind
from sscard_desk.wire.stick.reading import StickFile
from sscard_desk.wire.unpacking import unpack_as

LAST_SUCCESS: Final = "last_sync_ms"
_READ_AND_PLACED: Final = 2
Shape = TypeVar("Shape")


@dataclass(frozen=True)
class BroughtIn:
    """What a file from the centre did here.

    Attributes:
        series: number of the centre's export.
        part: which part of it this was.
        again: it, or a later one, was brought in before; nothing was done.
        more: whether another part follows.
        acknowledged: entries that the centre took.
        set_aside: entries that it did not take.
        items: feed items applied.
        blobs: blobs that came.
        behind: scopes that the file does not continue where this desk stands; the next export asks for them.
        unsent: entries without a receipt now.
        blobs_unsent: own blobs that the centre is not known to have now.
        proved: whether both sides were the same; None before the last part.
        differing: scopes that differed; the word `journal` for our own.
    """

    series: int
    part: int
    again: bool = False
    more: bool = False
    acknowledged: int = 0
    set_aside: int = 0
    items: int = 0
    blobs: int = 0
    behind: tuple[str, ...] = ()
    unsent: int = 0
    proved: bool | None = None
    differing: tuple[str, ...] = ()
    blobs_unsent: int = 0

    @property
    def up_to_date(self) -> bool:
        """Whether everything of ours is there and everything of theirs is here, as of the file."""
        return self.proved is True and self.unsent == 0 and self.blobs_unsent == 0


def bring_in(store: StickStore, identity: DeskIdentity, path: Path, steps: Steps | None = None) -> BroughtIn:
    """Bring one file of the centre in.

    Args:
        store: the desk's database.
        identity: who this desk is.
        path: the file.
        steps: progress and cancel.

    Raises:
        StickMissing, StickDamaged, StickNewer: the file.
        StickOtherDesk, StickOtherCentre, TrainingRefused: it is for somebody else.
        StickOrderWrong: a part before it is missing.
        StickFromBefore: the centre was put back to an older copy since.
        StoreTrouble: this computer's disk or database; bring it in again.
    """
    file = StickFile.read(path)
    head = file.header
    if head.way != "to-desk" or head.desk != identity.desk:
        raise StickOtherDesk(desk=head.desk)
    if head.centre != identity.receipt_key:
        raise StickOtherCentre
    if head.training != identity.training:
        raise TrainingRefused
    going = _Counted(steps or Steps(), (1 + _READ_AND_PLACED) * file.size)
    digest = file.check(Ed25519PublicKey.from_public_bytes(identity.receipt_key), going)
    if head.life < store.centre_life():
        raise StickFromBefore
    before = own.brought(store)
    if before.is_known(head, digest):
        return _as_of_now(store, BroughtIn(head.series, head.part, again=True))
    before.need_next(head)
    going.each = _READ_AND_PLACED
    with closing(_Coming(store, identity, going, BroughtIn(head.series, head.part), head.made_ms)) as coming:
        for kind, body in file.records(own.own_box(store), going):
            coming.take(kind, body)
    own.keep_brought(store, before.after(head, digest, more=coming.done.more))
    if head.box:
        store.set_setting(own.CENTRE_BOX, head.box)
    return _as_of_now(store, coming.done)


def _as_of_now(store: StickStore, done: BroughtIn) -> BroughtIn:
    return replace(done, unsent=store.unsent(), blobs_unsent=store.blob_counts().unsent)


@dataclass
class _Counted:
    """Adds up what was read and what is in its place, and asks whether to go on.

    A third of the work is checking the file, a third reading it, a third what is done with it; for all but a snapshot
    that is done as it is read.
    """

    steps: Steps
    work: int
    done: int = 0
    each: int = 1
    """How much of the work a byte that is read is."""

    def __call__(self, count: int) -> None:
        self.steps.check()
        self.done += count * self.each
        self.steps.tell(min(self.done, self.work), self.work)

    def placed(self, size: int, items: int) -> Callable[[int], None]:
        """Return what is called with how many items of a snapshot are in their place.

        Args:
            size: of its file, bytes.
            items: how many it holds.
        """
        before = self.done

        def come(done: int) -> None:
            self.done = before + size * done // max(items, 1)
            self.steps.check()
            self.steps.tell(min(self.done, self.work), self.work)

        return come


@dataclass
class _Coming:
    """One file while it is brought in."""

    store: StickStore
    identity: DeskIdentity
    going: _Counted
    done: BroughtIn
    made_ms: int
    snapshot: Staged | None = None

    def __post_init__(self) -> None:
        self._takers: dict[Kind, tuple[type[Any], Callable[[Any], None]]] = {
            Kind.GREETING: (Hello, self.store.heard),
            Kind.ANSWERS: (PushAnswer, self._settle),
            Kind.HELD: (BlobNames, self._note_held),
            Kind.SNAPSHOT: (SnapshotInfo, self._begin_snapshot),
            Kind.PAGE: (FeedPage, self._apply),
            Kind.BLOBS: (Blobs, self._keep),
            Kind.PROOFS: (Proofs, self._compare),
            Kind.END: (End, self._end),
        }

    def take(self, kind: Kind, body: bytes) -> None:
        """Do what one record says."""
        if kind is Kind.PIECE:
            if self.snapshot is not None:
                self.snapshot.add(body)
            return
        self._end_snapshot()
        if kind in self._takers:
            shape, take = self._takers[kind]
            take(_read(shape, body))

    def close(self) -> None:
        """Leave nothing unfinished behind."""
        snapshot, self.snapshot, self.going.each = self.snapshot, None, _READ_AND_PLACED
        if snapshot is not None:
            with closing(snapshot):
                snapshot.drop()

    def _begin_snapshot(self, info: SnapshotInfo) -> None:
        at = self.store.cursor(info.scope)
        if at.epoch == info.epoch and at.position > info.position:
            return  # the line, or this very file, brought it and more before
        self.snapshot, self.going.each = self.store.stage_carried(info), 1

    def _end_snapshot(self) -> None:
        staged = self.snapshot
        if staged is None:
            return
        if not staged.is_whole():
            raise StickDamaged
        info = staged.info
        self.store.load_snapshot(info, staged.read(), self.going.placed(staged.size, info.count))
        self.done = replace(self.done, items=self.done.items + info.count)
        self.close()

    def _note_held(self, said: BlobNames) -> None:
        self.store.blob_sent([BlobId(name) for name in said.blobs])

    def _end(self, said: End) -> None:
        self.done = replace(self.done, more=said.more)

    def _settle(self, said: PushAnswer) -> None:
        for answer in said.answers:
            self._check(answer)
        self.store.settle(said.answers, said.server_ms)
        taken = sum(answer.outcome in TAKEN for answer in said.answers)
        self.done = replace(
            self.done,
            acknowledged=self.done.acknowledged + taken,
            set_aside=self.done.set_aside + len(said.answers) - taken,
        )

    def _check(self, answer: EntryAnswer) -> None:
        """Believe an acknowledgement only with a receipt that holds for ever; `settle` compares it with the entry."""
        if answer.outcome not in TAKEN:
            return
        receipt = answer.receipt
        key = Ed25519PublicKey.from_public_bytes(self.identity.receipt_key)
        if receipt is None or receipt.desk != self.identity.desk or not holds(key, receipt):
            raise StickDamaged

    def _apply(self, page: FeedPage) -> None:
        at = self.store.cursor(page.scope)
        known = at.epoch in {"", page.epoch}
        behind = at.position if known else -1
        if page.after + len(page.items) <= behind:
            return
        left = tuple(item for item in page.items if item.position > behind)
        if not known or page.after > behind:
            self._note_behind(page.scope)
            return
        try:
            self.store.apply_page(msgspec.structs.replace(page, after=behind, items=left))
        except FeedBroken:
            self._note_behind(page.scope)
            return
        self.done = replace(self.done, items=self.done.items + len(left))

    def _note_behind(self, scope: str) -> None:
        if scope not in self.done.behind:
            self.done = replace(self.done, behind=(*self.done.behind, scope))

    def _keep(self, blobs: Blobs) -> None:
        wanted = set(self.store.wanted_blobs(1 << 31))
        for body in blobs.bodies:
            if hashlib.sha256(body).hexdigest() in wanted:
                self.store.keep_blob(body)
                self.done = replace(self.done, blobs=self.done.blobs + 1)

    def _compare(self, said: Proofs) -> None:
        found = compare_with(self.store, said.scopes)
        names = tuple(place.scope for place in found.differing + found.behind)
        differing = (*names, "journal") if found.journal_differs else names
        self.done = replace(self.done, proved=not differing, differing=differing)
        if self.done.proved:
            heard = int(self.store.setting(LAST_SUCCESS) or b"0")
            self.store.set_setting(LAST_SUCCESS, str(max(heard, self.made_ms)).encode())


def _read(shape: type[Shape], body: bytes) -> Shape:
    try:
        return unpack_as(shape, body)
    except msgspec.MsgspecError as broken:
        raise StickDamaged from broken
