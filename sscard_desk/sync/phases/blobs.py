"""Pictures and scans: ask which are missing, send several at once or a large one in parts; fetch what entries name."""

import time
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from sscard_desk.domain.errors.centre import AnswerMalformed
from sscard_desk.domain.errors.store import BlobDamaged, BlobMissing
from sscard_desk.domain.ids import BlobId
from sscard_desk.ports.sync import Centre, SyncStore
from sscard_desk.sync.acts import BlobsFetched, BlobsSent
from sscard_desk.sync.pace import Pace
from sscard_desk.wire.messages import MAX_BLOBS

MOST_SETBACKS: Final = 3
NAMES_ASKED: Final = 50
"""Wanted blobs that are asked for at once: some 2 KB on the line."""


def send_blobs(store: SyncStore, centre: Centre, pace: Pace) -> BlobsSent:
    """Send what the centre has not, up to one group of names; what one request brought through stays there.

    What cannot be read here keeps nobody else waiting: it stays pending, and `verify` names it.
    """
    unread = set[BlobId]()
    while names := [name for name in store.pending_blobs(MAX_BLOBS) if name not in unread]:
        left = _send_group(store, centre, names, pace)
        if len(left) < len(names):
            return BlobsSent(len(names) - len(left))
        unread.update(left)
    return BlobsSent(0)


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


def _send_group(store: SyncStore, centre: Centre, names: Sequence[BlobId], pace: Pace) -> list[BlobId]:
    """Send those of a group that the centre misses; return those that cannot be read here."""
    unread: list[BlobId] = []

    def bodies(missing: Iterable[BlobId]) -> Iterator[tuple[BlobId, bytes]]:
        for name in missing:
            try:
                yield name, store.blob(name)
            except (BlobMissing, BlobDamaged):
                unread.append(name)

    missing = centre.missing_blobs(names)
    store.blob_sent([name for name in names if name not in set(missing)])
    for group in _groups(bodies(missing), pace):
        (name, body), *others = group.items()
        if others or len(body) <= pace.blob_bytes:
            begun = time.monotonic()
            centre.put_blobs(list(group.values()))
            pace.carried(sum(map(len, group.values())), time.monotonic() - begun)
        else:
            _send_in_parts(centre, name, body, pace)
        store.blob_sent(list(group))
    if unread:
        store.blobs_unread(unread)
    return unread


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


def _groups(bodies: Iterable[tuple[BlobId, bytes]], pace: Pace) -> Iterator[dict[BlobId, bytes]]:
    group: dict[BlobId, bytes] = {}
    for name, body in bodies:
        if group and sum(map(len, group.values())) + len(body) > pace.blob_bytes:
            yield group
            group = {}
        group[name] = body
    if group:
        yield group
