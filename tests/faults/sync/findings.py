"""What has to be true between desks and centre, whatever broke: nothing lost, nothing twice, nothing unequal."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import select

from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.store import blobs, tables
from tests.faults.sync.look import Kept, Look


@dataclass
class Found:
    """What a cell came to; sums of cells are what the run prints.

    Attributes:
        rounds: faults that fell and were looked at.
        acknowledged: entries that a desk holds a receipt for.
        lost: acknowledged entries that the centre has not, and committed ones that the desk has not any more.
        twice: entries that the centre has, or gave out, more than once.
        unequal: entries that differ between desk and centre.
        wrong: everything else that was not as it has to be, in words.
    """

    rounds: int = 0
    acknowledged: int = 0
    lost: int = 0
    twice: int = 0
    unequal: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        return not (self.lost or self.twice or self.unequal or self.wrong)


@dataclass(frozen=True)
class There:
    """What the centre holds of some desks.

    Attributes:
        entries: per (desk, seq): hash and outcome.
        ids: how often each entry id stands in the journals.
        given_out: how often each entry id stands in the feeds.
        gaps: scopes whose positions have a gap or a double.
        blobs: names of blobs that the desks' point has, whole.
    """

    entries: dict[tuple[str, int], tuple[str, str]]
    ids: Counter[str]
    given_out: Counter[str]
    gaps: tuple[str, ...]
    blobs: frozenset[str]


def read_centre(centre: OpenCentre, point: str, names: Sequence[str]) -> There:
    """Read what the centre holds, past its routes.

    Args:
        centre: open on the same database as the server.
        point: the desks' service point.
        names: blobs to look for.
    """
    entry, feed, scope = tables.entry.c, tables.feed.c, tables.scope.c
    with centre.database.reading() as connection:
        rows = connection.execute(select(entry.desk, entry.seq, entry.entry_id, entry.hash, entry.outcome)).all()
        given = connection.execute(select(feed.scope, feed.position, feed.kind, feed.id)).all()
        heads = {row.id: row.head for row in connection.execute(select(scope.id, scope.head))}
        held = blobs.at_point(connection, point, names) if names else set()
        whole = {n for n in held if hashlib.sha256(blobs.find(connection, point, n) or b"").hexdigest() == n}
    positions: dict[str, list[int]] = {}
    for row in given:
        positions.setdefault(row.scope, []).append(row.position)
    gaps = [name for name, found in positions.items() if max(found) != heads[name] or len(set(found)) != len(found)]
    return There(
        entries={(row.desk, row.seq): (row.hash.hex(), row.outcome) for row in rows},
        ids=Counter(row.entry_id for row in rows),
        given_out=Counter(row.id for row in given if row.kind == "entry"),
        gaps=tuple(gaps),
        blobs=frozenset(whole),
    )


def compare(look: Look, there: There, found: Found, *, settled: bool, known: frozenset[str] = frozenset()) -> None:
    """Hold a desk against the centre and add what is wrong.

    Args:
        look: the desk.
        there: the centre, read after the desk.
        found: is added to.
        settled: whether both sides were proved the same before, so that everything must be everywhere.
        known: blobs that were found at the centre earlier.
    """
    for kept in look.journal:
        _compare_entry(look.desk, kept, there, found, known=kept.acknowledged or settled)
    own = {kept.seq for kept in look.journal}
    unknown = [seq for desk, seq in there.entries if desk == look.desk and seq not in own]
    missing = look.sent_blobs - there.blobs - known
    waits = settled and (look.unsent or look.pending_blobs)
    checks = {
        f"the centre has entries {unknown} of {look.desk}, which the desk has not": unknown,
        f"verify: {look.unsound}": look.unsound,
        f"set aside: {look.aside}": look.aside,
        f"gaps in {there.gaps}": there.gaps,
        f"{len(missing)} blobs are believed to be there and are not": missing,
        f"after a pass {look.unsent} entries and {len(look.pending_blobs)} blobs wait": waits,
    }
    found.wrong += [what for what, is_so in checks.items() if is_so]


def _compare_entry(desk: str, kept: Kept, there: There, found: Found, *, known: bool) -> None:
    centre = there.entries.get((desk, kept.seq))
    given_out = there.given_out[kept.entry_id]
    if known and (centre is None or centre[1] != "stored" or given_out < 1):
        found.lost += 1
    if given_out > 1 or there.ids[kept.entry_id] > 1:
        found.twice += 1
    if centre is not None and centre[0] != kept.hash:
        found.unequal += 1


def went_back(before: Look, after: Look) -> list[str]:
    """Return what a desk had before and has not any more: entries, receipts, cursors."""
    wrong: list[str] = []
    now = {kept.seq: kept for kept in after.journal}
    for kept in before.journal:
        same = now.get(kept.seq)
        if same is None or same.hash != kept.hash:
            wrong.append(f"entry {kept.seq} is gone")
        elif kept.acknowledged and not same.acknowledged:
            wrong.append(f"the receipt of entry {kept.seq} is gone")
    for scope, (epoch, position) in before.cursors.items():
        epoch_now, position_now = after.cursors.get(scope, ("", 0))
        if epoch == epoch_now and position_now < position:
            wrong.append(f"the cursor of {scope} went back from {position} to {position_now}")
        if epoch and not epoch_now:
            wrong.append(f"the cursor of {scope} is gone")
    return wrong
