"""Pictures and scans: ask which are missing, send several at once or a large one in parts; fetch what entries name."""

import time
from collections.abc import Iterable, Iterator
from typing import Final

from sscard_desk.domain.errors.centre import AnswerMalformed
from sscard_desk.domain.ids import BlobId
from sscard_desk.ports.sync import Centre, SyncStore
from sscard_desk.sync.acts import BlobsFetched, BlobsSent
from sscard_desk.sync.pace import Pace
from sscard_desk.wire.messages import MAX_BLOBS

MOST_SETBACKS: Final = 3


def send_blobs(store: SyncStore, centre: Centre, pace: Pace) -> BlobsSent:
    """Send what the centre has not, up to one group of names; what one request brought through stays there."""
    names = store.pending_blobs(MAX_BLOBS)
    if not names:
        return BlobsSent(0)
    missing = centre.missing_blobs(names)
    store.blob_sent([name for name in names if name not in set(missing)])
    for group in _groups(((name, store.blob(name)) for name in missing), pace):
        (name, body), *others = group.items()
        if others or len(body) <= pace.blob_bytes:
            begun = time.monotonic()
            centre.put_blobs(list(group.values()))
            pace.carried(sum(map(len, group.values())), time.monotonic() - begun)
        else:
            _send_in_parts(centre, name, body, pace)
        store.blob_sent(list(group))
    return BlobsSent(len(names))


def fetch_blobs(store: SyncStore, centre: Centre) -> BlobsFetched:
    """Fetch wanted blobs that the centre has by now; the others come with a later pass."""
    names = store.wanted_blobs(MAX_BLOBS)
    if not names:
        return BlobsFetched(0)
    pending = set(centre.missing_blobs(names))
    there = [name for name in names if name not in pending]
    for name in there:
        store.keep_blob(centre.get_blob(name))
    return BlobsFetched(len(there))


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
