"""Erasing at the centre: one subject in one transaction, with a sealed record and an order to each desk that has it."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection

from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.snapshots import forget_snapshots
from sscard_desk.central.store import applications, erasures, feeds, subject_rows, turns
from sscard_desk.central.store.audit import Record, unrecorded
from sscard_desk.domain.erasure import Why
from sscard_desk.domain.steps import ENDED
from sscard_desk.wire.blob_names import names_in
from sscard_desk.wire.erasure import ANSWER_KIND, KIND, ErasureOrder, digest_of
from sscard_desk.wire.feed import write_row


@dataclass(frozen=True)
class Erased:
    """What went.

    Attributes:
        subjects: what was erased now.
        open: what was left because it has not ended.
        entries: how many entries lost what they said.
        blobs: how many pictures and scans went.
    """

    subjects: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    entries: int = 0
    blobs: int = 0


@dataclass(frozen=True)
class Reason:
    """Why something is erased.

    Attributes:
        why: the reason.
        rule: the period or the request, in words without personal data.
        operator: who decides; empty for the rule.
        open_too: whether applications that have not ended go as well.
    """

    why: Why
    rule: str
    operator: str = ""
    open_too: bool = False


def erase(centre: OpenCentre, subjects: Collection[str], reason: Reason, record: Record = unrecorded) -> Erased:
    """Erase subjects here and order every desk that may hold them to do the same.

    Args:
        centre: where.
        subjects: keys of applications, lists or batches; those erased before are passed over.
        reason: why.
        record: notes each subject in the transaction that erases it.

    Raises:
        DatabaseAway: what was erased before that stays so; calling it again goes on.
    """
    gone, left, entries, blobs = list[str](), list[str](), 0, 0
    scopes = set[str]()
    try:
        for subject in sorted(set(subjects)):
            done = centre.database.write(_erasing(centre, subject, reason, _others_of(centre, subject), record))
            (left if done.open else gone).extend([subject] if done.open or done.entries else [])
            entries, blobs = entries + done.entries, blobs + done.blobs
            scopes.update(done.scopes)
    finally:
        forget_snapshots(centre, scopes)
        if gone:
            centre.database.forget_freed()
    return Erased(tuple(gone), tuple(left), entries, blobs)


def repeat(centre: OpenCentre, operator: str, record: Record = unrecorded) -> Erased:
    """Erase again what desks erased by orders of a centre that was put back to an older copy since.

    Args:
        centre: where.
        operator: who decides.
        record: as for `erase`.
    """
    with centre.database.reading() as connection:
        missing = erasures.missing(connection)
    return erase(
        centre, missing, Reason(Why.REQUEST, "again, after the centre was put back", operator, open_too=True), record
    )


def refuse(centre: OpenCentre, subject: str, words: str, operator: str, record: Record = unrecorded) -> bool:
    """Answer a request with no, and tell its desks why; return whether there is such a request.

    Args:
        centre: where.
        subject: whose application.
        words: the reason, as the person is told it; no personal data.
        operator: who decided.
        record: notes it in its transaction.
    """

    def work(connection: Connection) -> bool:
        now = centre.now_ms()
        if not erasures.decide(connection, subject, erasures.REFUSED, now, words=words, operator=operator):
            return False
        body = write_row({"state": erasures.REFUSED, "words": words, "at_ms": str(now)})
        ids = [row.entry_id for row in subject_rows.entries_of(connection, subject)]
        for scope in sorted(subject_rows.items_of(connection, ids)):
            answer = feeds.changed_rows(connection, scope, ANSWER_KIND, {subject: lambda _version: body})
            feeds.publish(connection, scope, answer)
        record(connection, subject)
        return True

    return centre.database.write(work)


@dataclass(frozen=True)
class _Others:
    """Which pictures of a subject others name too, and up to which seq of each desk that was looked for."""

    shared: frozenset[str] = frozenset()
    points: frozenset[str] = frozenset()
    after: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class _Done:
    scopes: tuple[str, ...] = ()
    entries: int = 0
    blobs: int = 0
    open: bool = False


def _others_of(centre: OpenCentre, subject: str) -> _Others:
    """Look through what the service points wrote that brought the pictures; before anything is locked."""
    with centre.database.reading() as connection:
        names = _names(subject_rows.entries_of(connection, subject, hold=False))
        points = frozenset(subject_rows.points_of_blobs(connection, names))
        after = dict[str, int]()
        return _Others(_shared(connection, subject, names, points, after), points, after)


def _erasing(
    centre: OpenCentre, subject: str, reason: Reason, others: _Others, record: Record
) -> Callable[[Connection], _Done]:
    def work(connection: Connection) -> _Done:
        applications.find_all(connection, [subject])
        turns.take(connection, turns.SUBJECT, [subject])
        if erasures.among(connection, [subject]):
            return _Done()
        # read now: a push that was under way may have begun it
        standing = applications.find_all(connection, [subject]).get(subject)
        rows = subject_rows.entries_of(connection, subject)
        # one that was never taken may still be, by somebody's decision
        going = standing.state.step not in ENDED if standing else any(not row.taken for row in rows)
        if going and not reason.open_too:
            return _Done(open=True)
        if not rows:
            return _Done()
        now, names = centre.now_ms(), _names(rows)
        shared = others.shared | _shared(connection, subject, names, others.points, dict(others.after))
        digest = digest_of(row.hash for row in rows)
        order = ErasureOrder(subject, reason.why.value, reason.rule, now, len(rows), digest)
        seal = centre.keys.receipt.sign(order.sealed_bytes())
        dropped = subject_rows.drop_blobs(connection, names - shared, now)
        subject_rows.erase_rows(connection, subject)
        erasures.note(connection, order, seal, reason.operator, dropped)
        scopes = subject_rows.items_of(connection, [row.entry_id for row in rows])
        for scope in subject_rows.scopes_of_writers(connection, subject):
            scopes.setdefault(scope, [])  # what was never taken stands in no feed, and at its desk all the same
        body = write_row(order.row(seal))
        for scope in sorted(scopes):
            # the order comes first: what follows is then known to belong to it
            changes = [feeds.Change(KIND, subject, 1, body)]
            changes += [_tombstone(key, version) for key, version in sorted(scopes[scope])]
            changes += feeds.gone_rows(connection, scope, ANSWER_KIND, [subject])
            changes += subject_rows.hide_words(connection, scope, subject)
            feeds.publish(connection, scope, changes)
        record(connection, subject)
        return _Done(tuple(scopes), len(rows), dropped)

    return work


def _tombstone(entry_id: str, version: int) -> feeds.Change:
    return feeds.Change(feeds.ENTRY, entry_id, version + 1, b"", deleted=True, before=version)


def _names(rows: Sequence[subject_rows.KeptEntry]) -> set[str]:
    return set().union(*(names_in(row.payload) for row in rows))


def _shared(
    connection: Connection, subject: str, names: set[str], points: Collection[str], after: dict[str, int]
) -> frozenset[str]:
    """Return which names entries of other subjects have, of those after a seq of each desk; moves `after` on."""
    if not names:
        return frozenset()
    found = set[str]()
    for other, payload in subject_rows.payloads_at(connection, points, after):
        if other != subject:
            found |= names & names_in(payload)
    return frozenset(found)
