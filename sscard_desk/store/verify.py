"""Whether what this desk keeps still is what was kept: journal chain, receipts, sign-offs, drafts, blobs.

The chain alone proves nothing against whoever holds the database key; together with the centre's receipts it does,
so far as the centre's key for receipts is known here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final

import msgspec
from sqlalchemy import Connection, Engine, select

from sscard_desk.domain.errors import StoreTrouble
from sscard_desk.domain.errors.store import BlobDamaged, BlobMissing, JournalBroken
from sscard_desk.domain.events import PayloadErased
from sscard_desk.domain.ids import BlobId
from sscard_desk.store import acknowledgement, blobs, drafts, erasure_orders, journal, proofs, staff, stock_book, tables
from sscard_desk.store.blobs import BlobFolder
from sscard_desk.store.erasing import waiting_for_receipts
from sscard_desk.store.salvage import Salvage
from sscard_desk.wire.entry import decode_event

PAGE: Final = "page"
UNREAD: Final = "unread"


@dataclass(frozen=True)
class Verified:
    """What was found; `sound` says whether all of it is as it should be.

    Attributes:
        entries: entries of the own journal.
        chain_ok: numbers, links, hashes and payloads hold throughout.
        broken_at: first entry that does not hold, None if all do or the journal cannot be read.
        broken_why: `gap`, `link`, `hash`, `payload` or `header`; `page` for a journal that a damaged page keeps from
            being read.
        erased: entries whose payload was erased and explained by an erasure entry.
        unexplained: entries without payload and without explanation.
        explained_by: for each erased entry the entry that explains it.
        erasures_waiting: subjects of which something has to be received before it is erased, with how many entries.
        erasures_refused: subjects of orders to erase that did not bear the centre's seal; nothing of them was erased.
        unsent: entries without receipt.
        receipts: receipts kept.
        receipts_wrong: entries whose receipt does not fit hash or seal.
        seals_checked: whether the centre's key was there to check the receipts' seals with.
        sign_offs: seals of staff over signatures and approvals that hold.
        sign_offs_wrong: (desk, seq) of those that do not.
        staff_wrong: accounts whose row does not bear the centre's seal though it was taken with one.
        drafts: drafts that can be read.
        drafts_ok: whether all can.
        stock_wrong: numbers of blank cards that are in another state than list and journal come to.
        blobs: blobs kept.
        blobs_missing: those whose file is not there.
        blobs_damaged: those whose file was changed.
        stray_files: files in the blob folder that no blob names.
        pages_damaged: what the database's own checks found, in words of SQLite; then `unread: <part>` for each part
            that a damaged page keeps from being read, whose numbers here are 0 and say nothing.
    """

    entries: int = 0
    chain_ok: bool = True
    broken_at: int | None = None
    broken_why: str = ""
    erased: Sequence[int] = ()
    unexplained: Sequence[int] = ()
    explained_by: Mapping[int, int] = field(default_factory=dict)
    erasures_waiting: Sequence[tuple[str, int]] = ()
    erasures_refused: Sequence[str] = ()
    unsent: int = 0
    receipts: int = 0
    receipts_wrong: Sequence[int] = ()
    seals_checked: bool = False
    sign_offs: int = 0
    sign_offs_wrong: Sequence[tuple[str, int]] = ()
    staff_wrong: Sequence[str] = ()
    drafts: int = 0
    drafts_ok: bool = True
    stock_wrong: Sequence[str] = ()
    blobs: int = 0
    blobs_missing: Sequence[str] = ()
    blobs_damaged: Sequence[str] = ()
    stray_files: int = 0
    pages_damaged: Sequence[str] = field(default=())

    @property
    def sound(self) -> bool:
        """Whether everything is as it was kept; files that nobody names do no harm."""
        unproved = (
            self.unexplained,
            self.receipts_wrong,
            self.sign_offs_wrong,
            self.staff_wrong,
            self.stock_wrong,
        )
        lost = (self.blobs_missing, self.blobs_damaged, self.pages_damaged)
        return self.chain_ok and self.drafts_ok and not any((*unproved, *lost))


def verify(engine: Engine, desk: str, folder: BlobFolder) -> Verified:
    """Go through everything. Takes seconds for a year's journal; blobs are read whole, one after another.

    Each part is read for itself, so that a damaged page is reported beside whatever can still be read.

    Raises:
        FolderInUse, DiskTrouble: the database cannot be reached at all.
    """
    salvage = Salvage(engine)
    pages = salvage.part("pages", _pages) or []
    entries, broken_at, broken_why = salvage.part("chain", _chain) or (0, None, PAGE)
    explained_by, unexplained = salvage.part("erasures", _erasures) or ({}, [])
    waiting = salvage.part("erasures waiting", waiting_for_receipts) or []
    refused = salvage.part("orders to erase", erasure_orders.refused) or []
    receipts, wrong, checked = salvage.part("receipts", lambda c: proofs.receipts(c, desk)) or (0, [], False)
    sign_offs, sign_offs_wrong = salvage.part("sign-offs", proofs.sign_offs) or (0, [])
    staff_wrong = salvage.part("staff", staff.wrong) or []
    draft_count, drafts_ok = salvage.part("drafts", _drafts) or (0, False)
    stock_wrong = salvage.part("stock", partial(stock_book.wrong, desk=desk)) or []
    unsent = salvage.part("unsent", acknowledgement.unsent) or 0
    kept = salvage.part("blobs", _kept_blobs) or {}
    missing, damaged = _blobs(salvage, folder, list(kept))
    return Verified(
        entries=entries,
        chain_ok=not broken_why,
        broken_at=broken_at,
        broken_why=broken_why,
        erased=sorted(explained_by),
        unexplained=unexplained,
        explained_by=explained_by,
        erasures_waiting=waiting,
        erasures_refused=refused,
        unsent=unsent,
        receipts=receipts,
        receipts_wrong=wrong,
        seals_checked=checked,
        sign_offs=sign_offs,
        sign_offs_wrong=sign_offs_wrong,
        staff_wrong=staff_wrong,
        drafts=draft_count,
        drafts_ok=drafts_ok,
        stock_wrong=stock_wrong,
        blobs=len(kept),
        blobs_missing=missing,
        blobs_damaged=damaged,
        stray_files=len(folder.files() - set(kept.values())),
        pages_damaged=[*pages, *(f"{UNREAD}: {part}" for part in salvage.unread)],
    )


def _pages(connection: Connection) -> list[str]:
    """Return what SQLCipher (a MAC per page) and SQLite (the shape of trees) find wrong.

    SQLCipher reads the file itself, past the write-ahead log. A program that was ended while it carried pages over, or
    one that does so now, leaves a page half written there that the log has whole; everybody reads it from the log. So
    what looks damaged is looked at again once the log's pages have been carried over.
    """
    found = _torn(connection)
    if found:
        _carry_over(connection.engine)
        found = _torn(connection)
    if not found:
        found = [line for line in connection.exec_driver_sql("PRAGMA quick_check").scalars() if line != "ok"]
    return [str(line) for line in found]


def _torn(connection: Connection) -> list[str]:
    return list(connection.exec_driver_sql("PRAGMA cipher_integrity_check").scalars())


def _carry_over(engine: Engine) -> None:
    """Carry over what no reader keeps in the log; waits for nobody."""
    with engine.connect() as connection:
        raw = connection.connection.driver_connection
        if raw is not None:
            raw.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()


def _chain(connection: Connection) -> tuple[int, int | None, str]:
    try:
        return journal.check_chain(connection), None, ""
    except JournalBroken as broken:
        seq, _ = journal.head(connection)
        return seq, broken.seq, broken.reason


def _erasures(connection: Connection) -> tuple[dict[int, int], list[int]]:
    explained: dict[int, int] = {}
    rows = connection.execute(
        select(tables.payload.c.seq, tables.payload.c.payload)
        .join(tables.entry, tables.entry.c.seq == tables.payload.c.seq)
        .where(tables.entry.c.kind == PayloadErased.kind)
        .order_by(tables.payload.c.seq)
    )
    for seq, payload in rows:
        try:
            event = decode_event(PayloadErased.kind, payload)
        except msgspec.MsgspecError:
            continue  # the chain check reports it
        if isinstance(event, PayloadErased):
            explained.update(dict.fromkeys(event.entries, seq))
    without = connection.execute(
        select(tables.entry.c.seq)
        .outerjoin(tables.payload, tables.payload.c.seq == tables.entry.c.seq)
        .where(tables.payload.c.seq.is_(None))
        .order_by(tables.entry.c.seq)
    ).scalars()
    empty = list(without)
    return {seq: explained[seq] for seq in empty if seq in explained}, [seq for seq in empty if seq not in explained]


def _drafts(connection: Connection) -> tuple[int, bool]:
    try:
        return drafts.count(connection), True
    except msgspec.MsgspecError:
        return 0, False


def _kept_blobs(connection: Connection) -> dict[BlobId, str]:
    return {BlobId(row.id): row.file for row in connection.execute(select(tables.blob.c.id, tables.blob.c.file))}


def _blobs(salvage: Salvage, folder: BlobFolder, kept: Sequence[BlobId]) -> tuple[list[str], list[str]]:
    missing: list[str] = []
    damaged: list[str] = []
    for blob in kept:
        unread = len(salvage.unread)
        sealed = salvage.part(f"key of blob {blob}", partial(blobs.find, blob=blob))
        if len(salvage.unread) > unread:
            damaged.append(blob)  # its key is lost, whatever the file says
        if sealed is None:
            continue  # erased while we were looking
        try:
            folder.read(blob, sealed)
        except BlobMissing:
            missing.append(blob)
        except (BlobDamaged, StoreTrouble):
            damaged.append(blob)
    return missing, damaged
