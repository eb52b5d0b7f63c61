"""Pulling: the next page of a scope, applied with its cursor in one transaction."""

from dataclasses import replace

from sscard_desk.domain.errors.centre import FeedBroken
from sscard_desk.ports.sync import Centre, SyncStore
from sscard_desk.sync.acts import Applied, Broke, Place
from sscard_desk.wire.messages import MAX_PAGE


def pull_page(store: SyncStore, centre: Centre, place: Place) -> Applied | Broke:
    """Fetch and apply one page; a gap or another epoch is an answer, not an error."""
    try:
        page = centre.pull(place.scope, place.our_epoch, place.our_position, MAX_PAGE)
        if not page.items and page.head > page.after:
            return Broke(place)
        store.apply_page(page)
    except FeedBroken:
        return Broke(place)
    position = page.items[-1].position if page.items else page.after
    now = replace(place, epoch=page.epoch, head=page.head, our_epoch=page.epoch, our_position=position)
    return Applied(now, len(page.items))
