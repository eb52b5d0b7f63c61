"""Pictures and scans: ask which are missing, send several at once; fetch what entries of other desks refer to."""

from collections.abc import Iterable, Iterator

from sscard_desk.ports.sync import Centre, SyncStore
from sscard_desk.sync.acts import BlobsFetched, BlobsSent
from sscard_desk.wire.messages import MAX_BLOB_BYTES, MAX_BLOBS


def send_blobs(store: SyncStore, centre: Centre) -> BlobsSent:
    """Send what the centre has not, up to one group of names."""
    names = store.pending_blobs(MAX_BLOBS)
    if not names:
        return BlobsSent(0)
    for group in _groups(store.blob(name) for name in centre.missing_blobs(names)):
        centre.put_blobs(group)
    store.blob_sent(names)
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


def _groups(bodies: Iterable[bytes]) -> Iterator[list[bytes]]:
    group: list[bytes] = []
    for body in bodies:
        if group and sum(map(len, group)) + len(body) > MAX_BLOB_BYTES:
            yield group
            group = []
        group.append(body)
    if group:
        yield group
