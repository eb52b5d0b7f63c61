"""A scope as one file: the first load of a large list, or the way out of a broken feed."""

from dataclasses import replace

from sscard_desk.domain.errors.centre import FeedBroken
from sscard_desk.ports.sync import Centre, SyncStore
from sscard_desk.sync.acts import Applied, Broke, Held, Place
from sscard_desk.sync.loading import LoadHeld, LoadWatch


def take_snapshot(store: SyncStore, centre: Centre, place: Place, watch: LoadWatch) -> Applied | Broke | Held:
    """Fetch a scope's file and put it in place of what was there, unless it waits.

    Raises:
        LoadEnded: the pass was told to end meanwhile; what was there stays.
    """
    if watch.hold():
        return Held(place)
    try:
        info, body = centre.snapshot(place.scope, watch.fetched(place.scope))
    except LoadHeld:
        return Held(place)
    try:
        store.load_snapshot(info, body, watch.applied(place.scope, info.count))
    except FeedBroken:
        return Broke(place)
    head = max(info.position, place.head) if info.epoch == place.epoch else info.position
    now = replace(place, epoch=info.epoch, head=head, our_epoch=info.epoch, our_position=info.position)
    return Applied(now, info.count, whole=True)
