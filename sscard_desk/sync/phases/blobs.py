"""Pictures and scans: ask which are missing, send several at once or a large one in parts; fetch what entries name."""

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Final

from sscard_desk.domain.errors.base import CentreTrouble
from sscard_desk.domain.errors.centre import AnswerMalformed
from sscard_desk.domain.errors.store import BlobDamaged, BlobMissing
from sscard_desk.domain.ids import BlobId
from sscard_desk.ports.sync import Centre, SyncStore
from sscard_desk.sync.acts import BlobsFetched, BlobsSent
from sscard_desk.sync.pace import MOST_ABREAST, Pace
from sscard_desk.wire.messages import MAX_BLOBS

MOST_SETBACKS: Final = 3
NAMES_ASKED: Final = 50
"""Wanted blobs that are asked for at once: some 2 KB on the line."""
ALONE: Final = 1.25
"""A blob that is larger than what goes at once by so much at most is not parted for the little that is left."""


def send_blobs(
    store: SyncStore,
    centre: Centre,
    pace: Pace,
    *,
    go_on: Callable[[], bool] = lambda: True,
    moved: Callable[[], None] = lambda: None,
) -> BlobsSent:
    """Send what the centre has not, up to one list of names; what one request brought through stays there.

    In which order they come is all the same, so two requests are under way where the line is quick: while one is
    answered the other is carried, and the next is read, decrypted and packed (ADR 54). What cannot be read here keeps
    nobody else waiting: it stays pending, and `verify` names it.

    Args:
        store: the pictures and scans.
        centre: the centre.
        pace: how much goes at once, and how many requests.
        go_on: asked before each request.
        moved: called whenever something has come through.

    Raises:
        CentreTrouble: a request was not answered; what others brought is noted.
    """
    unread = set[BlobId]()
    while names := [name for name in store.pending_blobs(pace.names) if name not in unread]:
        way = _Way(store, centre, pace)
        count = way.send(names, go_on, moved)
        if count or not way.unread:
            return BlobsSent(count)
        unread.update(way.unread)
    return BlobsSent(0)


class _Way:
    """The way of pictures and scans from the store to the centre."""

    def __init__(self, store: SyncStore, centre: Centre, pace: Pace) -> None:
        self._store, self._centre, self._pace = store, centre, pace
        self.unread: list[BlobId] = []
        """Names of those that could not be read here."""

    def send(self, names: Sequence[BlobId], go_on: Callable[[], bool], moved: Callable[[], None]) -> int:
        """Send what the centre misses of these; return how many of them it is known to have."""
        missing = set(self._centre.missing_blobs(names))
        there = [name for name in names if name not in missing]
        self._store.blob_sent(there)
        count, under_way = len(there), deque[Future[list[BlobId]]]()
        with ThreadPoolExecutor(MOST_ABREAST, thread_name_prefix="blobs") as lanes:
            try:
                for group in self.groups([name for name in names if name in missing]):
                    while len(under_way) >= self._pace.abreast:
                        count += self.arrived(under_way.popleft(), moved)
                    if not go_on():
                        break
                    under_way.append(lanes.submit(self.carry, group))
            finally:
                count += self.last(under_way, moved)
                if self.unread:
                    self._store.blobs_unread(self.unread)
        return count

    def groups(self, names: Iterable[BlobId]) -> Iterator[dict[BlobId, bytes]]:
        """Yield what goes in one request, read and decrypted; a blob that is too large for one stands alone."""
        group: dict[BlobId, bytes] = {}
        for name in names:
            try:
                body = self._store.blob(name)
            except (BlobMissing, BlobDamaged):
                self.unread.append(name)
                continue
            if group and (len(group) == MAX_BLOBS or sum(map(len, group.values())) + len(body) > self._pace.blob_bytes):
                yield group
                group = {}
            group[name] = body
        if group:
            yield group

    def carry(self, group: dict[BlobId, bytes]) -> list[BlobId]:
        """Send a group, or one large blob in parts; return their names once the centre has them."""
        (name, body), *others = group.items()
        if others or len(body) <= self._pace.blob_bytes * ALONE:
            begun = time.monotonic()
            self._centre.put_blobs(list(group.values()))
            self._pace.carried(sum(map(len, group.values())), time.monotonic() - begun)
        else:
            _send_in_parts(self._centre, name, body, self._pace)
        return list(group)

    def arrived(self, carried: Future[list[BlobId]], moved: Callable[[], None]) -> int:
        """Wait for a group, note that the centre has it, and return how many blobs it was."""
        names = carried.result()
        self._store.blob_sent(names)
        moved()
        return len(names)

    def last(self, under_way: Iterable[Future[list[BlobId]]], moved: Callable[[], None]) -> int:
        """Wait for everything under way; what came through is noted, also where the rest of it did not."""
        count, trouble = 0, None
        for carried in under_way:
            try:
                count += self.arrived(carried, moved)
            except CentreTrouble as broken:
                trouble = broken
        if trouble is not None:
            raise trouble
        return count


def fetch_blobs(store: SyncStore, centre: Centre) -> BlobsFetched:
    """Fetch wanted blobs that the centre has by now; the others are asked for again after all that wait as long."""
    names = store.wanted_blobs(NAMES_ASKED)
    if not names:
        return BlobsFetched(0)
    pending = set(centre.missing_blobs(names))
    there = [name for name in names if name not in pending][:MAX_BLOBS]
    store.blobs_asked([name for name in names if name in pending or name in there])
    fetched = 0
    for name in there:
        try:
            store.keep_blob(centre.get_blob(name))
        except AnswerMalformed:
            continue  # what the centre has is not what it is called: there it is named, here the others come
        fetched += 1
    return BlobsFetched(fetched)


def _send_in_parts(centre: Centre, name: BlobId, body: bytes, pace: Pace) -> None:
    """Send a large blob from where the centre has it; what a line carried before it broke is not sent again.

    Raises:
        AnswerMalformed: the centre does not come to have more of it.
    """
    have, setbacks = centre.put_part(name, 0, len(body), b""), 0
    while have < len(body):
        part = body[have : have + pace.blob_bytes]
        begun = time.monotonic()
        now = centre.put_part(name, have, len(body), part)
        pace.carried(len(part), time.monotonic() - begun)
        setbacks += now <= have
        if setbacks > MOST_SETBACKS:
            raise AnswerMalformed(reason="part")
        have = now
