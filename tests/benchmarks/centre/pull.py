"""Pull of a scope by pages, and photos of 20 KB, 25 a request."""

import secrets

from sscard_desk.sync.client import HttpCentre
from sscard_desk.sync.identity import DeskIdentity
from sscard_desk.wire.feed import point_scope
from sscard_desk.wire.messages import MAX_BLOBS, MAX_PAGE
from tests.benchmarks.centre.push import rate
from tests.machines.counter import POINT

PHOTOS, PHOTO_BYTES = 2_000, 20_000


def measure(identity: DeskIdentity, entries: int) -> dict[str, object]:
    """Read everything that other desks of the point have pushed, and bring photos.

    Args:
        identity: a desk that pushed nothing itself.
        entries: how many items the scope has at least.
    """
    photos = [secrets.token_bytes(PHOTO_BYTES) for _ in range(PHOTOS)]
    with HttpCentre(identity) as line:
        return {
            "pull_per_s": round(rate(entries, lambda: _pull(line, entries))),
            "photos_per_s": round(rate(PHOTOS, lambda: _put(line, photos))),
        }


def _pull(line: HttpCentre, entries: int) -> None:
    epoch, after = "", 0
    while True:
        page = line.pull(point_scope(POINT), epoch, after, MAX_PAGE)
        epoch, after = page.epoch, after + len(page.items)
        if after == page.head:
            assert after >= entries
            return


def _put(line: HttpCentre, photos: list[bytes]) -> None:
    for at in range(0, len(photos), MAX_BLOBS):
        line.put_blobs(photos[at : at + MAX_BLOBS])
