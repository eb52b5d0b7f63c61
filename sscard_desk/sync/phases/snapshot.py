"""A scope as one file: the first load of a large list, or the way out of a broken feed."""

from dataclasses import replace

from sscard_desk.domain.errors.centre import FeedBroken
from sscard_desk.ports.sync import Centre, SyncStore
from sscard_desk.sync.acts import Applied, Broke, Place
from sscard_desk.sync.loading import LoadWatch


def take_snapshot(store: SyncStore, centre: Centre, place: Place, watch: LoadWatch) -> Applied | Broke:
    """Fetch a scope's file and put it in place of what was there.

    Raises:
        LoadEnded: the pass was told to end meanwhile; what was there stays.
    """
    info, body = centre.snapshot(place.scope, watch.fetched(place.scope))
    try:
        store.load_snapshot(info, body, watch.applied(place.scope, info.count))
    except FeedBroken:
        return Broke(place)
    head = max(info.position, place.head) if info.epoch == place.epoch else info.position
    now = replace(place, epoch=info.epoch, head=head, our_epoch=info.epoch, our_position=info.position)
    return Applied(now, info.count, whole=True)
