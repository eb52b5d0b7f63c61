"""Folding an application anew from its entries: without what somebody dropped, in the order of the centre.

What stands in the table is a fold in the order in which this desk heard of things. Where that is another order than
the centre's, and after a conflict was settled, the centre's holds, so that all desks come to the same.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import msgspec
from sqlalchemy import Connection, delete, literal_column, select, update

from sscard_desk.domain.application import Application
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.events import KINDS, Event, Opened
from sscard_desk.domain.folding import apply, open_application
from sscard_desk.domain.ids import AccountId, ApplicationId, BlobId
from sscard_desk.domain.steps import ENDED
from sscard_desk.ports.conflicts import ThreeWay
from sscard_desk.store import applications, blobs, centre_order, drafts, journal, prints, sign_off, stock, tables
from sscard_desk.store.clock import moment
from sscard_desk.wire.blob_names import blobs_of
from sscard_desk.wire.entry import Entry, Header, decode_event
from sscard_desk.wire.refusals import Refusal

NUMBER_TAKEN = "number-taken"
"""Why an application of another desk waits: one here has its number."""
DIGEST = "digest"
TRAINING = "training"
_NEVER = frozenset({DIGEST, TRAINING})
"""Why an entry of another desk is never folded, in whatever order."""


def refold_waiting(connection: Connection, here: str) -> None:
    """Fold what waited for a number that an application here has given up."""
    table = tables.foreign_entry.c
    waiting = select(table.subject).where((table.conflict != literal_column("''")) & (table.conflict == NUMBER_TAKEN))
    for subject in connection.execute(waiting).scalars().all():
        refold(connection, ApplicationId(subject), here)


@dataclass(frozen=True)
class Said:
    """One entry of an application, own or foreign.

    Attributes:
        header: its header.
        event: what it says.
        own: whether this desk wrote it.
        heard: its place in the order in which this desk heard of it.
        position: its place in the centre's order, None while the centre has not told it.
        conflict: why a foreign one is not folded, empty where it is.
    """

    header: Header
    event: Event
    own: bool
    heard: int
    position: int | None
    conflict: str = ""


def three_way(connection: Connection, subject: ApplicationId, aside: Collection[int]) -> ThreeWay:
    """Return an application as both sides saw it last, as it is here, and as the centre has it.

    Args:
        connection: any transaction.
        subject: the application.
        aside: numbers of the own entries that the centre did not take.
    """
    said = _said(connection, subject)
    mine = [each for each in said if each.own and each.header.seq in aside]
    first = min((each.heard for each in mine), default=0)
    before = sorted((each for each in said if each.heard < first), key=lambda each: each.heard)
    taken = [each for each in _in_order(said) if each not in mine]
    events = tuple(each.event for each in mine)
    return ThreeWay(_fold(before)[0], _fold([*before, *mine])[0], _fold(taken)[0], events)


def refold(connection: Connection, subject: ApplicationId, here: str) -> Application | None:
    """Fold an application anew and keep it; return it, or None where nothing opens it any more.

    Own contents that the centre turned away because another desk's stand there wait for a decision, and until then
    the other desk's stand here too: nobody signs or writes on a card what the centre does not have.
    """
    turned_away = _turned_away(connection, subject)
    said = [
        each for each in _in_order(_said(connection, subject)) if not each.own or each.header.seq not in turned_away
    ]
    sealed = [each for each in said if each.own or _stands(connection, each)]
    after, unfit = _fold(sealed)
    for each in sealed:
        if not each.own:
            _note(connection, each, unfit.get(each.heard, ""))
    if after is not None and applications.number_taken(connection, after):
        return None  # it waits until one of the two has another number
    if after is None:
        connection.execute(delete(tables.application).where(tables.application.c.id == subject))
        return None
    applications.keep(connection, after, journal.last_act(connection, subject), here)
    if after.step in ENDED:
        drafts.drop(connection, subject)
    return after


def _turned_away(connection: Connection, subject: ApplicationId) -> set[int]:
    aside, own = tables.aside.c, tables.entry.c
    mine = select(aside.seq).join(tables.entry, own.seq == aside.seq).where(own.subject == subject)
    undecided = (aside.code == Refusal.CHANGED_ELSEWHERE.value) & aside.mended_by.is_(None)
    return set(connection.execute(mine.where(undecided)).scalars())


def _stands(connection: Connection, said: Said) -> bool:
    """Return whether another desk's entry is to be folded at all: it is whole, and its seals hold."""
    return said.conflict not in _NEVER and not sign_off.objection(connection, said.header, said.event)


def _note(connection: Connection, said: Said, conflict: str) -> None:
    """Keep whether another desk's entry is folded now; what it refers to is fetched once it is."""
    if said.conflict == conflict:
        return
    header = said.header
    same = tables.foreign_entry.c.entry_id == header.entry_id
    connection.execute(update(tables.foreign_entry).where(same).values(conflict=conflict))
    if conflict:
        return
    for blob in blobs_of(said.event):
        blobs.want(connection, blob)
    at, by = moment(header.recorded_at), AccountId(header.actor)
    prints.note(connection, header.subject, said.event, at=at, by=by, desk=header.desk)
    stock.note_elsewhere(connection, header.subject, said.event, stock.By(at, by, header.desk))


def _fold(said: Sequence[Said]) -> tuple[Application | None, dict[int, str]]:
    """Return the application after these entries, and why some of them did not fit, by their place."""
    state: Application | None = None
    unfit: dict[int, str] = {}
    for each in said:
        actor = AccountId(each.header.actor)
        if isinstance(each.event, Opened):
            state = state or open_application(ApplicationId(each.header.subject), each.event, actor)
        elif state is not None:
            try:
                state = apply(state, each.event, actor)
            except DeskError as error:
                unfit[each.heard] = error.code
    return state, unfit


def _in_order(said: Sequence[Said]) -> list[Said]:
    """Return entries in the centre's order; own ones that it has not told yet come last, as they were heard of.

    One of another desk that stood in the feed and stands there no more was lost with a centre that was put back. It
    counts again when it is sent again; until then only where the centre lost the whole application.
    """
    if any(each.position is not None for each in said):
        said = [each for each in said if each.own or each.position is not None]
    return sorted(said, key=_place)


def _place(said: Said) -> tuple[bool, int, int]:
    return said.position is None, said.position or 0, said.heard


def _said(connection: Connection, subject: ApplicationId) -> list[Said]:
    """Return what is known of an application, without what was dropped or erased."""
    act = tables.act.c
    own, foreign, payload = tables.entry.c, tables.foreign_entry.c, tables.payload.c
    left_out = select(tables.dropped.c.seq)
    mine = connection.execute(
        select(own.entry_id, own.header, payload.payload, act.id, act.desk)
        .join(tables.payload, payload.seq == own.seq)
        .join(tables.act, (act.seq == own.seq) & (act.subject == own.subject))
        .where((own.subject == subject) & own.seq.not_in(left_out))
    ).all()
    theirs = connection.execute(
        select(foreign.entry_id, foreign.header, foreign.payload, act.id, act.desk, foreign.conflict)
        .join(tables.act, (act.desk == foreign.desk) & (act.seq == foreign.seq))
        .where((act.subject == subject) & foreign.payload.is_not(None))
    ).all()
    placed = centre_order.places(connection, {row.entry_id for row in (*mine, *theirs)})
    found: dict[str, Said] = {}
    for row, is_own in [*((row, True) for row in mine), *((row, False) for row in theirs)]:
        header = Entry(header=row.header, payload=None, salt=None).read_header()
        if row.desk != header.desk:
            continue  # another desk's act of the same number
        event = _event(header.kind, row.payload)
        if event is not None and applications.concerns_application(header.kind):
            conflict = "" if is_own else row.conflict
            found[row.entry_id] = Said(header, event, is_own, int(row.id), placed.get(row.entry_id), conflict)
    return list(found.values())


def _event(kind: str, payload: bytes) -> Event | None:
    if kind not in KINDS:
        return None
    try:
        return decode_event(kind, payload)
    except msgspec.MsgspecError:
        return None


def named_blobs(connection: Connection, subject: ApplicationId) -> set[BlobId]:
    """Return the pictures and scans that an application's entries refer to."""
    return {blob for each in _said(connection, subject) for blob in blobs_of(each.event)}
