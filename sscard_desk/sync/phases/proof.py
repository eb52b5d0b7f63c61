"""The end of a pass: both sides hold count and order-free sum of every scope against each other, and the journal."""

from collections.abc import Sequence

from sscard_desk.ports.sync import Centre, SyncStore
from sscard_desk.sync.acts import Compared, Place
from sscard_desk.wire.messages import ScopeProof, journal_scope

JOURNAL_PREFIX = journal_scope("")


def compare(store: SyncStore, centre: Centre) -> Compared:
    """Say where the centre went on meanwhile and where both sides differ."""
    return compare_with(store, centre.proofs())


def compare_with(store: SyncStore, proofs: Sequence[ScopeProof]) -> Compared:
    """Hold what stands here against what the centre said of itself, over the line or on a stick."""
    behind: list[Place] = []
    differing: list[Place] = []
    journal_differs = False
    for theirs in proofs:
        if theirs.scope.startswith(JOURNAL_PREFIX):
            journal_differs = not _journal_agrees(store, theirs)
            continue
        ours = store.proof(theirs.scope)
        place = Place(theirs.scope, theirs.epoch, theirs.position, ours.epoch, ours.position)
        if ours == theirs or _both_empty(ours, theirs):
            continue
        if ours.epoch == theirs.epoch and ours.position < theirs.position:
            behind.append(place)
        else:
            differing.append(place)
    return Compared(tuple(behind), tuple(differing), journal_differs)


def _both_empty(ours: ScopeProof, theirs: ScopeProof) -> bool:
    """A scope that never held anything was never followed, so we know no epoch of it."""
    return theirs.position == 0 and ours.position == 0 and ours.count == 0


def _journal_agrees(store: SyncStore, theirs: ScopeProof) -> bool:
    """The centre's end is our end, or lies before it and the rest is known to be unsent."""
    seq, entry_hash = store.head()
    if theirs.position < seq:
        return seq - theirs.position <= store.unsent()
    return (theirs.position, theirs.sum) == (seq, entry_hash)
