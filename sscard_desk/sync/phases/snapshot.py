"""A scope as one file: the first load of a large list, or the way out of a broken feed."""

from contextlib import closing
from dataclasses import replace

from sscard_desk.domain.errors.centre import AnswerMalformed, FeedBroken
from sscard_desk.ports.sync import Centre, SnapshotGone, Staged, SyncStore
from sscard_desk.sync.acts import Applied, Broke, Held, Place
from sscard_desk.sync.loading import LoadHeld, LoadWatch
from sscard_desk.wire.messages import SnapshotInfo


def take_snapshot(store: SyncStore, centre: Centre, place: Place, watch: LoadWatch) -> Applied | Broke | Held:
    """Fetch a scope's file and put it in place of what was there, unless it waits.

    Raises:
        LoadEnded: the pass was told to end meanwhile; what was there stays.
    """
    if watch.hold():
        return Held(place)
    info = centre.snapshot_info(place.scope)
    try:
        with closing(_fetched(store, centre, info, watch)) as staged:
            info = staged.info
            store.load_snapshot(info, staged.read(), watch.applied(place.scope, info.count))
            staged.drop()
    except LoadHeld:
        return Held(place)
    except FeedBroken:
        return Broke(place)
    head = max(info.position, place.head) if info.epoch == place.epoch else info.position
    now = replace(place, epoch=info.epoch, head=head, our_epoch=info.epoch, our_position=info.position)
    return Applied(now, info.count, whole=True)


def _fetched(store: SyncStore, centre: Centre, info: SnapshotInfo, watch: LoadWatch) -> Staged:
    """Return a scope's file once it is here; what had come of an older one is gone on with while the centre has it.

    Raises:
        AnswerMalformed: it is not what the centre named; it is begun anew the next time.
    """
    while True:
        staged = store.stage(info)
        try:
            centre.fetch_snapshot(staged, watch.fetched(info.scope))
            _check(staged)
        except SnapshotGone:
            newest = staged.info == info
            staged.drop()
            staged.close()
            if newest:
                raise AnswerMalformed(reason="snapshot") from None
        except BaseException:
            staged.close()
            raise
        else:
            return staged


def _check(staged: Staged) -> None:
    if not staged.is_whole():
        staged.drop()
        raise AnswerMalformed(reason="snapshot")
