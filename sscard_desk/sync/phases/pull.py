"""Pulling: the next page of a scope, applied with its cursor in one transaction."""

import time
from dataclasses import replace

from sscard_desk.domain.errors.centre import FeedBroken
from sscard_desk.ports.sync import Centre, SyncStore
from sscard_desk.sync.acts import Applied, Broke, Place
from sscard_desk.sync.pace import ITEM_BYTES, Pace


def pull_page(store: SyncStore, centre: Centre, place: Place, pace: Pace) -> Applied | Broke:
    """Fetch and apply one page; a gap or another epoch is an answer, not an error."""
    begun = time.monotonic()
    try:
        page = centre.pull(place.scope, place.our_epoch, place.our_position, pace.page)
        if not page.items and page.head > page.after:
            return Broke(place)
        pace.carried(ITEM_BYTES * len(page.items), time.monotonic() - begun)
        store.apply_page(page)
    except FeedBroken:
        return Broke(place)
    position = page.items[-1].position if page.items else page.after
    now = replace(place, epoch=page.epoch, head=page.head, our_epoch=page.epoch, our_position=position)
    return Applied(now, len(page.items))
