"""What a pass does next: a pure step function from what was done so far and the last answer. No I/O, no clock.

Order: greet, push entries, send blobs (upload never waits for a download), take a certificate where one is due,
follow each scope by snapshot or pages, fetch blobs, compare. Where the centre went on meanwhile the pass follows
again, a few times; where both sides differ at the same position the scope is taken whole, once.
"""

from dataclasses import dataclass, replace
from typing import Final

from sscard_desk.sync.acts import (
    Act,
    Applied,
    BlobsFetched,
    BlobsSent,
    Broke,
    CertificateTaken,
    Compare,
    Compared,
    FetchBlobs,
    Finish,
    Greeted,
    Held,
    Place,
    PullPage,
    PushBatch,
    Pushed,
    Result,
    SayHello,
    SendBlobs,
    TakeCertificate,
    TakeSnapshot,
)

SNAPSHOT_FROM: Final = 3_000
"""A scope this many positions ahead is cheaper as one file than as pages."""

ROUNDS: Final = 3
DIFFERS: Final = "differs"
"""In place of our epoch: no centre gives it out."""


@dataclass(frozen=True)
class Pass:
    """One pass so far.

    Attributes:
        follow: scopes still to be followed, with our place in each.
        certificate_due: whether a certificate is still to be asked for.
        taken_whole: scopes that this pass took by snapshot; none is taken twice.
        held: scopes whose file waits; this pass follows them no further.
        rounds: how often both sides were compared.
        acknowledged: entries that the centre took.
        aside: entries that it did not take.
        waiting: entries that do not follow on what the centre holds.
        items: feed items applied.
        blobs_sent: blobs the centre is now known to have.
        blobs_fetched: blobs that came.
        differing: scopes that differed at the end; the word `journal` for our own.
        proved: whether both sides were the same at the end.
    """

    follow: tuple[Place, ...] = ()
    certificate_due: bool = False
    taken_whole: frozenset[str] = frozenset()
    held: frozenset[str] = frozenset()
    rounds: int = 0
    acknowledged: int = 0
    aside: int = 0
    waiting: int = 0
    items: int = 0
    blobs_sent: int = 0
    blobs_fetched: int = 0
    differing: tuple[str, ...] = ()
    proved: bool = False


def begin() -> tuple[Pass, Act]:
    """Return a fresh pass and its first act."""
    return Pass(), SayHello()


def step(so_far: Pass, result: Result) -> tuple[Pass, Act]:  # noqa: C901, PLR0911 - one case per kind of answer
    """Return the pass after an act's result, and the next act."""
    match result:
        case Greeted(places, certificate_due):
            return replace(so_far, follow=places, certificate_due=certificate_due), PushBatch()
        case Pushed():
            after = replace(
                so_far,
                acknowledged=so_far.acknowledged + result.acknowledged,
                aside=so_far.aside + result.aside,
                waiting=result.waiting,
            )
            went_on = result.acknowledged + result.aside > 0
            return after, PushBatch() if went_on else SendBlobs()
        case BlobsSent(count):
            after = replace(so_far, blobs_sent=so_far.blobs_sent + count)
            if count:
                return after, SendBlobs()
            return (after, TakeCertificate()) if after.certificate_due else _follow(after)
        case CertificateTaken():
            return _follow(replace(so_far, certificate_due=False))
        case Applied():
            return _follow(_moved(so_far, result))
        case Broke(place):
            return _take_whole(so_far, place)
        case Held(place):
            return _follow(_without(replace(so_far, held=so_far.held | {place.scope}), place.scope))
        case BlobsFetched(count):
            after = replace(so_far, blobs_fetched=so_far.blobs_fetched + count)
            return after, FetchBlobs() if count else Compare()
        case Compared():
            return _compared(so_far, result)


def _follow(so_far: Pass) -> tuple[Pass, Act]:
    for place in so_far.follow:
        if place.our_epoch != place.epoch and place.our_epoch:
            return _take_whole(so_far, place)
        if place.our_position > place.head:
            return _take_whole(so_far, place)
        if place.head - place.our_position >= SNAPSHOT_FROM and place.scope not in so_far.taken_whole:
            return _take_whole(so_far, place)
        if place.our_position < place.head:
            return so_far, PullPage(place)
    return replace(so_far, follow=()), FetchBlobs()


def _moved(so_far: Pass, applied: Applied) -> Pass:
    follow = tuple(applied.place if place.scope == applied.place.scope else place for place in so_far.follow)
    return replace(so_far, follow=follow, items=so_far.items + applied.items)


def _take_whole(so_far: Pass, place: Place) -> tuple[Pass, Act]:
    if place.scope in so_far.taken_whole:
        return _follow(_without(so_far, place.scope))
    return replace(so_far, taken_whole=so_far.taken_whole | {place.scope}), TakeSnapshot(place)


def _without(so_far: Pass, scope: str) -> Pass:
    return replace(so_far, follow=tuple(place for place in so_far.follow if place.scope != scope))


def _compared(so_far: Pass, result: Compared) -> tuple[Pass, Act]:
    after = replace(so_far, rounds=so_far.rounds + 1)
    mendable = tuple(place for place in result.differing if place.scope not in so_far.taken_whole)
    behind = tuple(place for place in result.behind if place.scope not in so_far.held)
    if (mendable or behind) and after.rounds < ROUNDS:
        # what differs at the same position cannot be mended by following: only the whole scope helps
        broken = tuple(replace(place, our_epoch=DIFFERS) for place in mendable)
        return _follow(replace(after, follow=behind + broken))
    names = tuple(place.scope for place in result.differing + result.behind)
    differing = (*names, "journal") if result.journal_differs else names
    return replace(after, follow=(), differing=differing, proved=not differing), Finish()
