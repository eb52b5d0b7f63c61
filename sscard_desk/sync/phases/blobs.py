"""Pictures and scans: ask which are missing, send several at once; fetch what entries of other desks refer to."""

import time
from collections.abc import Iterable, Iterator

from sscard_desk.domain.ids import BlobId
from sscard_desk.ports.sync import Centre, SyncStore
from sscard_desk.sync.acts import BlobsFetched, BlobsSent
from sscard_desk.sync.pace import Pace
from sscard_desk.wire.messages import MAX_BLOBS


def send_blobs(store: SyncStore, centre: Centre, pace: Pace) -> BlobsSent:
    """Send what the centre has not, up to one group of names; what one request brought through stays there."""
    names = store.pending_blobs(MAX_BLOBS)
    if not names:
        return BlobsSent(0)
    missing = centre.missing_blobs(names)
    store.blob_sent([name for name in names if name not in set(missing)])
    for group in _groups(((name, store.blob(name)) for name in missing), pace):
        begun = time.monotonic()
        centre.put_blobs(list(group.values()))
        pace.carried(sum(map(len, group.values())), time.monotonic() - begun)
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


def _groups(bodies: Iterable[tuple[BlobId, bytes]], pace: Pace) -> Iterator[dict[BlobId, bytes]]:
    group: dict[BlobId, bytes] = {}
    for name, body in bodies:
        if group and sum(map(len, group.values())) + len(body) > pace.blob_bytes:
            yield group
            group = {}
        group[name] = body
    if group:
        yield group
