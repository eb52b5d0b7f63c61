"""Receiving a batch of entries: each gets its own answer, the chain goes on, nothing is taken twice."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection, select, update

from sscard_desk.central import blanks, staff, staff_keys
from sscard_desk.central.aftermath import Aftermath
from sscard_desk.central.batch import Applications
from sscard_desk.central.judgement import Judgement, judge
from sscard_desk.central.reading import NUL, Read
from sscard_desk.central.settling import SETTLED
from sscard_desk.central.store import desks, erasures, feeds
from sscard_desk.central.store import staff as accounts
from sscard_desk.central.store.desks import Desk
from sscard_desk.central.store.rows import among, insert_rows
from sscard_desk.central.store.tables import entry as entries
from sscard_desk.domain.events import ErasureAsked, Event, SlotGiven
from sscard_desk.domain.ids import AccountId
from sscard_desk.wire.blob_names import names_in
from sscard_desk.wire.entry import Entry, Header
from sscard_desk.wire.erasure import ERASED
from sscard_desk.wire.feed import point_scope
from sscard_desk.wire.messages import EntryAnswer
from sscard_desk.wire.receipts import TAKEN
from sscard_desk.wire.refusals import Refusal

LARGEST_SEQ: Final = 1 << 53
ID_LENGTH: Final = 32
SUBJECT_LENGTH: Final = 64


class Reception:
    """One batch of one desk inside one transaction."""

    def __init__(
        self,
        connection: Connection,
        desk: Desk,
        now_ms: int,
        *,
        training: bool,
        receipt: Ed25519PrivateKey | None = None,
    ) -> None:
        """Begin.

        Args:
            connection: a writing transaction.
            desk: who sends, as read inside this transaction.
            now_ms: the centre's time.
            training: whether this is a training centre.
            receipt: seals the rows of staff whose keys the batch brought; without it they are published later.
        """
        self._receipt = receipt
        self._given: set[str] = set()
        """Accounts of staff that got a key with this batch."""
        self._connection = connection
        self._desk = desk
        self._head_seq, self._head_hash = desk.head_seq, desk.head_hash
        self._now_ms = now_ms
        self._training = training
        self._applications = Applications(connection, ())
        self._aftermath = Aftermath(connection, desk, now_ms)
        self._ids: set[str] = set()
        """Entry ids of the batch that the centre holds, of this desk or another."""
        self._rows: list[dict[str, Any]] = []
        self._acts: list[tuple[Event, str, AccountId]] = []
        """What the batch did with cards of the stock."""
        self._mended: list[dict[str, Any]] = []
        """Rows of entries that were turned away before and are taken now."""
        self._late: set[str] = set()
        """Names of pictures of subjects that were erased meanwhile."""

    def take(self, batch: Sequence[Read], *, hopeful: bool = False) -> tuple[EntryAnswer, ...]:
        """Answer each entry in order and keep what is new; the feed's counter moves last.

        Receipts are sealed once all of it is committed (`sealing`).

        Args:
            batch: the entries.
            hopeful: take for new what mostly is: entries, and applications with nothing but their opening in the
                batch. Nobody looks for them then; the unique keys of the tables say where one is not new, and the
                batch is to be taken again without hope.

        Raises:
            Met: hope failed.
            sqlalchemy.exc.IntegrityError: as `Met`, told by the database.
        """
        new = {read.header.subject for read in batch if read.begun and read.header} if hopeful else frozenset[str]()
        known = [read.header for read in batch if read.header is not None]
        openings = [made for read in batch if (made := read.opening) and not (hopeful and read.begun)]
        giving = [gift for read in batch if (gift := read.giving) is not None]
        subjects = {_text(header.subject) for header in known}
        accounts.hold(self._connection, {name for each in known if each.kind == SlotGiven.kind for name in _both(each)})
        self._applications = Applications(self._connection, subjects, openings, giving, new)
        if not hopeful:
            ids = select(entries.c.entry_id).where(
                among(self._connection, entries.c.entry_id, {_text(header.entry_id) for header in known})
            )
            self._ids = set(self._connection.execute(ids).scalars())
        answers = tuple(map(self._take_one, batch))
        self._applications.write()
        if self._rows:
            insert_rows(self._connection, entries, self._rows)
            desks.move_head(self._connection, self._desk.id, self._head_seq, self._head_hash)
        for row in self._mended:
            at = (entries.c.desk == row["desk"]) & (entries.c.seq == row["seq"])
            self._connection.execute(update(entries).where(at).values(**row))
        if self._late:
            erasures.note_names(self._connection, self._late, self._now_ms)
        self._ask_erasures()
        told = blanks.note(self._connection, self._desk, self._acts)
        stored = [row for row in (*self._mended, *self._rows) if row["outcome"] == "stored"]
        entered = [feeds.Change(feeds.ENTRY, row["entry_id"], 1, b"") for row in stored if self._aftermath.stays(row)]
        followed = self._aftermath.changes(stored)
        own = point_scope(self._desk.point)
        for scope in sorted({own, *told, *followed}):
            keys = self._keys() if scope == own else ()  # before the entries that they sealed
            further = [*told.get(scope, ()), *followed.get(scope, ())]
            plain = not keys and not further and not self._mended and len(entered) == len(stored)
            if scope == own and entered and plain:
                # nothing but new entries, one after another: the common case
                told_of = {row["seq"]: row["entry_id"] for row in stored}
                feeds.publish_entries(self._connection, own, self._desk.id, told_of)
                continue
            changes = [*keys, *(entered if scope == own else ()), *further]
            if changes:
                feeds.publish(self._connection, scope, changes)
        return answers

    def _ask_erasures(self) -> None:
        """Keep the requests that persons made at the desk, for an operator to decide."""
        rows = [row for row in (*self._mended, *self._rows) if row["kind"] == ErasureAsked.kind]
        asked = [row for row in rows if row["outcome"] == "stored" and row["payload"] is not None]
        erasures.ask(self._connection, [(row["subject"], self._desk.id, self._now_ms) for row in asked])

    def _keys(self) -> Sequence[feeds.Change]:
        if self._receipt is None or not self._given:
            return ()
        return staff.changed(self._connection, point_scope(self._desk.point), self._receipt, self._given)

    def _take_one(self, read: Read) -> EntryAnswer:  # noqa: PLR0911 - one return per rule
        header = read.header
        if header is None:
            return EntryAnswer(entry_id="", seq=0, outcome="refused", code=Refusal.MALFORMED.value)
        if header.desk != self._desk.id:
            return _turned_away(header, Refusal.FOREIGN_DESK)
        if (
            not 1 <= header.seq <= LARGEST_SEQ
            or len(header.entry_id) != ID_LENGTH
            or len(header.subject) > SUBJECT_LENGTH
            or NUL in header.entry_id + header.subject + header.kind
        ):
            return _turned_away(header, Refusal.MALFORMED)
        if header.seq <= self._head_seq:
            return self._again(read, header)
        if header.seq > self._head_seq + 1:
            return _turned_away(header, Refusal.GAP)
        if header.prev_hash != self._head_hash:
            return _turned_away(header, Refusal.CHAIN)
        if header.entry_id in self._ids:
            return _turned_away(header, Refusal.OTHER_CONTENT)
        return self._new(read, header)

    def _new(self, read: Read, header: Header) -> EntryAnswer:
        verdict = self._judge(read, header)
        self._rows.append(
            {
                "desk": self._desk.id,
                "seq": header.seq,
                "entry_id": header.entry_id,
                "subject": header.subject,
                "kind": header.kind,
                "hash": read.hash,
                "header": read.entry.header,
                **_said(read.entry, verdict),
                "received_ms": self._now_ms,
                "outcome": verdict.outcome,
                "code": verdict.code,
                "reason": verdict.reason,
                "current": verdict.current,
            }
        )
        if verdict.outcome != "stored":
            self._applications.turned_away.append(self._rows[-1])
        self._ids.add(header.entry_id)
        self._head_seq, self._head_hash = header.seq, read.hash
        return _answer(header, self._now_ms, verdict)

    def _again(self, read: Read, header: Header) -> EntryAnswer:
        """Answer an entry that came before: its answer may have been lost, or what kept it out may be mended."""
        known = self._known(header.seq)
        if known is None or known["hash"] != read.hash:
            return _turned_away(header, Refusal.OTHER_CONTENT)
        if known["outcome"] in {"stored", SETTLED}:
            return _answer(header, known["received_ms"], Judgement("already-stored"))
        verdict = self._judge(read, header)
        if verdict.outcome == "stored":
            row = dict(known) | {"received_ms": self._now_ms, "outcome": "stored", "code": "", "reason": ""}
            self._mended.append(row | _said(read.entry, verdict) | {"current": b""})
        return _answer(header, self._now_ms, verdict)

    def _judge(self, read: Read, header: Header) -> Judgement:
        verdict = judge(self._connection, self._applications, self._desk, read, header, training=self._training)
        if verdict.code == ERASED:
            self._late |= names_in(read.entry.payload)
        if isinstance(verdict.event, SlotGiven):
            staff_keys.take(self._connection, self._desk, header, verdict.event, self._now_ms)
            self._given.add(header.subject)
        elif verdict.event is not None:
            self._acts.append((verdict.event, header.subject, AccountId(header.actor)))
            self._aftermath.note(self._applications, header, verdict)
        if verdict.taken is not None:
            row = dict(verdict.taken) | {"received_ms": self._now_ms, "outcome": "stored", "code": "", "reason": ""}
            self._mended.append(row | {"current": b""})
        return verdict

    def _known(self, seq: int) -> Mapping[str, Any] | None:
        here = next((row for row in (*self._rows, *self._mended) if row["seq"] == seq), None)
        if here is not None:
            return here
        query = select(entries).where(entries.c.desk == self._desk.id, entries.c.seq == seq)
        there = self._connection.execute(query).mappings().first()
        return None if there is None else dict(there)


def _answer(header: Header, received_ms: int, verdict: Judgement) -> EntryAnswer:
    return EntryAnswer(
        entry_id=header.entry_id,
        seq=header.seq,
        outcome=verdict.outcome,
        code=verdict.code,
        reason=verdict.reason,
        current=verdict.current,
        received_ms=received_ms if verdict.outcome in TAKEN else 0,
    )


def _said(entry: Entry, verdict: Judgement) -> dict[str, bytes | None]:
    """Return what is kept of what an entry says: nothing, if everything of its subject was erased."""
    if verdict.code == ERASED:
        return {"payload": None, "salt": None}
    return {"payload": entry.payload, "salt": entry.salt}


def _both(header: Header) -> tuple[str, str]:
    """Return the account that gets a key and the one that gives it."""
    return _text(header.subject), _text(header.actor)


def _text(word: str) -> str:
    """Return a word that a database can be asked for; one with a NUL character is refused later."""
    return word if NUL not in word else ""


def _turned_away(header: Header, code: Refusal) -> EntryAnswer:
    return EntryAnswer(entry_id=header.entry_id, seq=header.seq, outcome="refused", code=code.value)
