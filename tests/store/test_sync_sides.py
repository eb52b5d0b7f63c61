import secrets
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sscard_desk.central.sealing import sealed_answer
from sscard_desk.domain import events
from sscard_desk.domain.errors.centre import FeedBroken
from sscard_desk.domain.seals import sealed_bytes
from sscard_desk.domain.steps import Step
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.wire.entry import Entry
from sscard_desk.wire.feed import write_entry_body, write_row, write_snapshot
from sscard_desk.wire.messages import (
    PROTOCOL,
    EntryAnswer,
    FeedItem,
    FeedPage,
    Push,
    Receipt,
    SnapshotInfo,
    add_weights,
    item_weight,
    receipt_bytes,
)
from sscard_desk.wire.receipts import read_receipts
from tests.store import _desk as a

POINT = "point:4201"
CENTRE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
ALL = (1_000, 10_000_000)


def stored(entry: Entry, *, outcome: str = "stored") -> EntryAnswer:
    header = entry.read_header()
    seal = CENTRE.sign(receipt_bytes(header.desk, header.seq, entry.hash, 99))
    receipt = Receipt(desk=header.desk, seq=header.seq, hash=entry.hash, received_ms=99, seal=seal)
    return EntryAnswer(entry_id=header.entry_id, seq=header.seq, outcome=outcome, receipt=receipt)  # type: ignore[arg-type] # as good as one here


def stored_together(entries: Sequence[Entry]) -> tuple[EntryAnswer, ...]:
    """The answers to a batch, as they come from the line: its seal and its leaves in each receipt."""
    headers = [entry.read_header() for entry in entries]
    answers = [EntryAnswer(entry_id=h.entry_id, seq=h.seq, outcome="stored", received_ms=90 + h.seq) for h in headers]
    batch, hashes = Push(protocol=PROTOCOL, desk="D-0001", entries=()), [each.hash for each in entries]
    sent = sealed_answer(CENTRE, batch, hashes, answers, 99)
    return read_receipts(CENTRE.public_key(), "D-0001", entries, sent)


def refused(entry: Entry, outcome: str = "refused") -> EntryAnswer:
    header = entry.read_header()
    return EntryAnswer(entry_id=header.entry_id, seq=header.seq, outcome=outcome, code="step-not-allowed", reason="r")  # type: ignore[arg-type] # as good as one here


def entry_items(entries: Sequence[Entry], first: int = 1) -> tuple[FeedItem, ...]:
    return tuple(
        FeedItem(
            position=position, kind="entry", id=entry.read_header().entry_id, version=1, body=write_entry_body(entry)
        )
        for position, entry in enumerate(entries, first)
    )


def page(items: Sequence[FeedItem], after: int = 0, scope: str = POINT, epoch: str = "e") -> FeedPage:
    return FeedPage(scope=scope, epoch=epoch, after=after, head=after + len(items) + 5, server_ms=0, items=tuple(items))


def row(position: int, kind: str, row_id: str, version: int = 1, **texts: str) -> FeedItem:
    return FeedItem(position=position, kind=kind, id=row_id, version=version, body=write_row(texts))


@pytest.fixture
def neighbour(tmp_path: Path) -> DeskStore:
    return a.make_desk(tmp_path / "neighbour", desk="D-0002", desk_no=2)


def test_entries_are_pending_in_order_and_within_the_limits(desk: DeskStore) -> None:
    for _ in range(5):
        a.begin(desk)
    pending = desk.pending_entries(*ALL)
    assert [entry.read_header().seq for entry in pending] == [1, 2, 3, 4, 5]
    assert desk.head() == (5, pending[-1].hash)
    assert len(desk.pending_entries(3, 10_000_000)) == 3
    sizes = [len(e.header) + len(e.payload or b"") + len(e.salt or b"") for e in pending]
    assert len(desk.pending_entries(1_000, sum(sizes[:2]))) == 2
    assert len(desk.pending_entries(1_000, 1)) == 1


def test_only_a_receipt_that_names_the_entry_acknowledges_it(desk: DeskStore) -> None:
    subject = a.begin(desk)
    (entry,) = desk.pending_entries(*ALL)
    answer = stored(entry)
    assert answer.receipt is not None
    without = EntryAnswer(entry_id=answer.entry_id, seq=1, outcome="stored")
    other_hash = Receipt(desk="D-0001", seq=1, hash=bytes(32), received_ms=9, seal=b"")
    for wrong in (
        without,
        EntryAnswer(entry_id=answer.entry_id, seq=1, outcome="stored", receipt=other_hash),
        EntryAnswer(entry_id="f" * 32, seq=1, outcome="stored", receipt=answer.receipt),
        EntryAnswer(entry_id=answer.entry_id, seq=2, outcome="stored", receipt=answer.receipt),
    ):
        desk.settle([wrong], 1)
        assert desk.unsent() == 1
    desk.settle([answer], 1)
    desk.settle([answer], 2)
    assert desk.unsent() == 0
    assert [line.sent for line in desk.history(subject)] == [True]


def test_one_bad_entry_is_set_aside_and_the_others_go_on(desk: DeskStore) -> None:
    for _ in range(3):
        a.begin(desk)
    one, two, three = desk.pending_entries(*ALL)
    desk.settle([stored(one), refused(two), stored(three, outcome="already-stored")], 5)
    assert list(desk.set_aside()) == [(2, "step-not-allowed", "r")]
    assert desk.unsent() == 1
    assert list(desk.pending_entries(*ALL)) == []
    desk.send_again(2)
    (again,) = desk.pending_entries(*ALL)
    assert again == two
    desk.settle([refused(two, "conflict")], 6)
    desk.settle([stored(two)], 7)
    assert (desk.unsent(), list(desk.set_aside())) == (0, [])


def test_another_desks_application_is_approved_here_and_its_echo_changes_nothing(
    desk: DeskStore, neighbour: DeskStore
) -> None:
    a.keep_staff(desk)
    a.keep_staff(neighbour)
    subject = a.begin(neighbour)
    a.sign(neighbour, subject)
    theirs = neighbour.pending_entries(*ALL)
    desk.apply_page(page(entry_items(theirs)))
    assert desk.application(subject) == neighbour.application(subject)
    assert [w.id for w in desk.waiting_for_approval()] == [subject]
    assert desk.wanted_blobs(10) == [a.PHOTO]
    with desk.work(a.SUPERVISOR) as work:
        work.record(a.approved(subject), subject=subject)
    mine = desk.pending_entries(*ALL)
    neighbour.apply_page(page(entry_items(theirs)))
    neighbour.apply_page(page(entry_items(mine, 9), after=len(theirs)))
    assert neighbour.application(subject).step is Step.APPROVED
    assert neighbour.application(subject) == desk.application(subject)
    desk.apply_page(page(entry_items(mine, 9), after=len(theirs)))
    assert desk.application(subject).version == neighbour.application(subject).version
    assert desk.proof(POINT) == neighbour.proof(POINT)
    assert {line.desk for line in neighbour.history(subject)} == {"D-0001", "D-0002"}
    assert [line.sent for line in neighbour.history(subject)][-1]
    neighbour.close()


def test_an_illegal_act_of_another_desk_is_listed_and_the_page_goes_on(desk: DeskStore, neighbour: DeskStore) -> None:
    subject = a.begin(neighbour)
    good = a.begin(neighbour, id_number="110101199003074549")
    with neighbour.work(a.CLERK) as work:
        work.record(a.BANK, subject=subject)
    _, second, third = neighbour.pending_entries(*ALL)
    strange = FeedItem(position=3, kind="entry", id="?", version=1, body=b"\xc1")
    wrong_salt = Entry(header=third.header, payload=third.payload, salt=bytes(32))
    items = (*entry_items([wrong_salt, second]), strange)
    desk.apply_page(page(items))
    assert desk.application(good).step is Step.OPENED
    assert [(c.desk, c.seq, c.subject, c.reason) for c in desk.conflicts()] == [("D-0002", 3, subject, "digest")]
    assert desk.cursor(POINT).position == 3
    with neighbour.work(a.CLERK) as work:
        work.record(a.PHOTO_ATTACHED, subject=subject)
    desk.apply_page(page(entry_items([neighbour.pending_entries(*ALL)[-1]], 4), after=3))
    assert [c.reason for c in desk.conflicts()] == ["digest", "E125"]
    neighbour.close()


def test_reference_rows_come_in_their_order_and_go_with_their_tombstone(desk: DeskStore) -> None:
    desk.apply_page(page([row(1, "bank", "02", name="乙"), row(2, "bank", "01", name="甲"), row(3, "notice", "n")]))
    assert [(r["id"], r["name"]) for r in desk.reference("bank")] == [("02", "乙"), ("01", "甲")]
    gone = FeedItem(position=4, kind="bank", id="02", version=2, deleted=True)
    desk.apply_page(page([gone, row(5, "bank", "01", 2, name="甲二")], after=3))
    assert [(r["id"], r["name"]) for r in desk.reference("bank")] == [("01", "甲二")]
    weights = [item_weight("02", 2), item_weight("01", 2), item_weight("n", 1)]
    proof = desk.proof(POINT)
    assert (proof.count, proof.sum) == (3, add_weights(bytes(32), *weights))


def test_a_local_staff_row_fills_only_what_the_centre_leaves_empty(desk: DeskStore) -> None:
    desk.keep_local_reference("staff", a.CLERK, {"name": "旧", "public_key": "aa", "role": "supervisor"})
    before = desk.proof(POINT)
    assert desk.reference("staff")[0]["role"] == "supervisor"
    a.know_centre(desk)
    desk.apply_page(page([row(1, "staff", a.CLERK, **a.sealed_row(a.staff_of(a.CLERK, "clerk")))]))
    (staff,) = desk.reference("staff")
    assert (staff["name"], staff["public_key"], staff["role"]) == ("训练", "aa", "clerk")
    assert before.count == 0


def test_blanks_lent_to_this_desk_fill_the_stock_and_a_used_one_stays_used(desk: DeskStore) -> None:
    texts = {"card_number": "A00000001", "stock_no": "1", "desk": "D-0001"}
    other = texts | {"desk": "D-0002"}
    desk.apply_page(page([row(1, "blank", a.CODE, **texts), row(2, "blank", "E" * 32, **other)]))
    with desk.work(a.CLERK) as work:
        assert work.blank("E" * 32) is None
        work.record(events.StockSpoiled(a.CODE, "damaged"), subject=a.CODE)
    gone = FeedItem(position=4, kind="blank", id=a.CODE, version=3, deleted=True)
    desk.apply_page(page([row(3, "blank", a.CODE, 2, **texts), gone], after=2))
    with desk.work(a.CLERK) as work:
        blank = work.blank(a.CODE)
    assert blank is not None
    assert blank.state == "spoiled"


def test_a_page_that_does_not_follow_is_refused_whole(desk: DeskStore) -> None:
    desk.apply_page(page([row(1, "bank", "01", name="甲")]))
    before = desk.proof(POINT)
    for wrong in (
        page([row(3, "bank", "02")], after=2),
        page([row(3, "bank", "02")], after=1),
        page([row(2, "bank", "02")], after=1, epoch="f"),
        page([row(2, "bank", "02"), row(4, "bank", "03")], after=1),
        page([row(2, "person", "02")], after=1),
        FeedPage(scope=POINT, epoch="e", after=1, head=1, server_ms=0, items=(row(2, "bank", "02"),)),
    ):
        with pytest.raises(FeedBroken):
            desk.apply_page(wrong)
    assert desk.proof(POINT) == before
    assert len(desk.reference("bank")) == 1
    assert desk.cursor("reference").epoch == ""


def test_a_snapshot_takes_the_place_of_a_scope(desk: DeskStore, neighbour: DeskStore) -> None:
    subject = a.begin(neighbour)
    texts = {"card_number": "A00000001", "stock_no": "1"}
    desk.apply_page(page([row(1, "bank", "01", name="甲"), row(2, "blank", a.CODE, **texts)]))
    items = [row(7, "bank", "09", name="癸"), *entry_items(neighbour.pending_entries(*ALL), 8)]
    info = SnapshotInfo(scope=POINT, epoch="f", position=8, count=2, sha256="")
    with pytest.raises(FeedBroken):
        desk.load_snapshot(
            SnapshotInfo(scope=POINT, epoch="f", position=8, count=3, sha256=""), b"".join(write_snapshot(items))
        )
    assert [r["id"] for r in desk.reference("bank")] == ["01"]
    desk.load_snapshot(info, b"".join(write_snapshot(items)))
    assert [r["id"] for r in desk.reference("bank")] == ["09"]
    assert desk.application(subject).step is Step.OPENED
    assert desk.free_blanks() == 0
    assert (desk.cursor(POINT).epoch, desk.cursor(POINT).position, desk.proof(POINT).count) == ("f", 8, 2)
    neighbour.close()


def test_the_scopes_of_a_desk_stand_in_order(desk: DeskStore) -> None:
    assert list(desk.scopes()) == ["persons:420106", "point:4201", "reference"]
    desk.follow(["reference", "point:4201"])
    assert list(desk.scopes()) == ["point:4201", "reference"]


def test_the_offset_heard_last_stands_in_the_next_entry(desk: DeskStore) -> None:
    a.begin(desk)
    desk.note_server_time(-1_500)
    a.begin(desk)
    offsets = [entry.read_header().clock_offset for entry in desk.pending_entries(*ALL)]
    assert offsets == [None, -1_500]
    assert desk.clock.offset_ms() == -1_500


def test_settings_are_kept_inside(desk: DeskStore) -> None:
    secret = secrets.token_bytes(32)
    assert desk.setting("desk_key") is None
    desk.set_setting("desk_key", secret)
    desk.set_setting("desk_key", secret[::-1])
    assert desk.setting("desk_key") == secret[::-1]


def test_verify_names_what_was_tampered_with(desk: DeskStore) -> None:
    for _ in range(4):
        a.begin(desk)
    desk.set_setting("receipt_key", CENTRE.public_key().public_bytes_raw())
    desk.settle([stored(entry) for entry in desk.pending_entries(*ALL)], 1)
    assert desk.verify().sound
    assert desk.verify().seals_checked

    def tamper(statement: str) -> None:
        with desk._engine.connect() as connection:
            for trigger in ("entry_unchanged", "payload_unchanged"):  # who holds the key takes them off
                connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {trigger}")
            connection.exec_driver_sql(statement)
            connection.commit()

    tamper("UPDATE receipt SET received_ms = 7 WHERE seq = 2")
    assert desk.verify().receipts_wrong == [2]
    tamper("DELETE FROM payload WHERE seq = 3")
    found = desk.verify()
    assert (found.unexplained, found.chain_ok, found.sound) == ([3], True, False)
    tamper("UPDATE payload SET payload = x'80' WHERE seq = 4")
    assert (desk.verify().broken_at, desk.verify().broken_why) == (4, "payload")
    tamper("UPDATE entry SET header = (SELECT header FROM entry WHERE seq = 1) WHERE seq = 2")
    assert (desk.verify().broken_at, desk.verify().broken_why) == (2, "gap")


def test_receipts_of_a_batch_hold_each_by_itself_and_verify_names_those_that_do_not(desk: DeskStore) -> None:
    for _ in range(6):
        a.begin(desk)
    desk.set_setting("receipt_key", CENTRE.public_key().public_bytes_raw())
    entries = desk.pending_entries(*ALL)
    desk.settle([stored(entries[0])], 1)
    desk.settle(stored_together(entries[1:4])[:2], 2)
    desk.settle(stored_together(entries[3:]), 3)
    found = desk.verify()
    assert (found.sound, found.receipts, found.unsent, found.seals_checked) == (True, 6, 0, True)

    def tamper(statement: str) -> list[int]:
        with desk._engine.connect() as connection:
            connection.exec_driver_sql(statement)
            connection.commit()
        return list(desk.verify().receipts_wrong)

    assert tamper("UPDATE receipt SET received_ms = 7 WHERE seq = 2") == [2]
    assert tamper("DELETE FROM receipt WHERE seq = 5") == [2, 5]
    assert tamper("UPDATE receipt SET batch = 1 WHERE seq = 6") == [2, 6, 5]
    assert tamper("UPDATE receipt_batch SET leaves = CAST(leaves || leaves AS BLOB) WHERE id = 2") == [2, 4, 6, 5]
    assert tamper("UPDATE receipt_batch SET seal = zeroblob(64) WHERE id = 1") == [2, 3, 4, 6, 5]


def test_verify_holds_the_seals_of_sign_offs_against_the_staff_list(desk: DeskStore, neighbour: DeskStore) -> None:
    key = Ed25519PrivateKey.generate()
    subject = a.begin(desk)
    digest = a.CLERK_SIGNED.digest
    right = key.sign(sealed_bytes("application.signed", subject, digest))
    other_act = key.sign(sealed_bytes("application.approved", subject, digest))
    for event in a.CLERKS_WAY[:-1]:
        with desk.work(a.CLERK) as work:
            work.record(event, subject=subject)
    for seal in (right, other_act):
        with desk.work(a.CLERK) as work:
            work.record(replace(a.CLERK_SIGNED, seal=seal), subject=subject)
    assert (desk.verify().sign_offs, desk.verify().sound) == (0, True)
    desk.keep_local_reference("staff", a.CLERK, {"public_key": key.public_key().public_bytes_raw().hex()})
    found = desk.verify()
    seq, _ = desk.head()
    assert (found.sign_offs, list(found.sign_offs_wrong), found.sound) == (1, [("D-0001", seq)], False)
    neighbour.apply_page(page(entry_items(desk.pending_entries(*ALL))))
    neighbour.keep_local_reference("staff", a.CLERK, {"public_key": key.public_key().public_bytes_raw().hex()})
    assert list(neighbour.verify().sign_offs_wrong) == [("D-0001", seq)]
    neighbour.close()
