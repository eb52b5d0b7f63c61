"""Personal data end at a desk; the journal's chain does not, and nothing goes before the centre has it."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy.exc import IntegrityError

from sscard_desk.bootstrap.retention import forget_ended, waiting_orders
from sscard_desk.domain import events
from sscard_desk.domain.erasure import Why
from sscard_desk.domain.errors.operator import ApplicationUnknown
from sscard_desk.domain.errors.store import BlobMissing
from sscard_desk.domain.ids import ApplicationId, PrintId
from sscard_desk.store import erasures
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.store.engine import writing
from sscard_desk.wire.entry import Entry
from sscard_desk.wire.messages import EntryAnswer, Receipt, receipt_bytes
from tests.store import _desk as a
from tests.store._pages import decrypted

CENTRE = Ed25519PrivateKey.from_private_bytes(b"c" * 32)
DAY_MS = 86_400_000
AGE = timedelta(days=60)
PHONE = "13912345678"


def received(desk: DeskStore, day: int, only: str = "") -> None:
    """The centre receives what waits, on a day of its own clock; of one subject alone if it is named."""
    desk.set_setting("receipt_key", CENTRE.public_key().public_bytes_raw())
    waiting = desk.pending_entries(10_000, 100_000_000)
    desk.settle([_stored(e, day) for e in waiting if not only or e.read_header().subject == only], day * DAY_MS)


def _stored(entry: Entry, day: int) -> EntryAnswer:
    header, at = entry.read_header(), day * DAY_MS
    seal = CENTRE.sign(receipt_bytes(header.desk, header.seq, entry.hash, at))
    receipt = Receipt(desk=header.desk, seq=header.seq, hash=entry.hash, received_ms=at, seal=seal)
    return EntryAnswer(entry_id=header.entry_id, seq=header.seq, outcome="stored", receipt=receipt)


def ended(desk: DeskStore, picture: bytes = b"picture of somebody") -> ApplicationId:
    """An application with everything personal that ends without a card."""
    subject = a.new_subject()
    with desk.work(a.CLERK) as work:
        event = a.opened(work.next_application_number())
        work.record(replace(event, answers={"name": a.NAME, "phone": PHONE}), subject=subject)
        photo = work.put_blob(picture)
        work.record(replace(a.PHOTO_ATTACHED, photo=photo), subject=subject)
        work.record(a.BANK, subject=subject)
        paper = work.put_blob(b"paper of " + subject.encode())
        order = events.PrintOrdered(
            print=PrintId(subject), form="registration", edition="1", serial="s", copy=1, pages=1, printer="p",
            paper=paper, words=a.NAME,
        )  # fmt: skip
        work.record(order, subject=subject)
    desk.keep_draft(subject, {"phone": PHONE}, "phone")
    a.act(desk, subject, events.Withdrawn(reason="moved away"))
    return subject


def later(desk: DeskStore, day: int) -> None:
    """Something else reaches the centre on a later day."""
    a.act(desk, ApplicationId(a.CLERK), events.SessionNoted(act="signed_in"))
    received(desk, day)


def erase(desk: DeskStore) -> list[str]:
    desk.ask_erasure_of_ended(AGE)
    return list(desk.carry_out_erasures())


def raw(desk: DeskStore, statement: str) -> None:
    with writing(desk._engine) as connection:
        connection.exec_driver_sql(statement)


def file_of(desk: DeskStore) -> Path:
    return desk._folder.path.parent / "desk.db"


def sent_blobs(desk: DeskStore) -> None:
    desk.blob_sent(desk.pending_blobs(100))


def test_what_ended_long_ago_and_was_received_goes_with_everything_that_was_made_of_it(desk: DeskStore) -> None:
    subject = ended(desk)
    photo = desk.application(subject).photo
    assert photo is not None
    received(desk, 100)
    sent_blobs(desk)
    later(desk, 161)
    assert erase(desk) == [subject]
    with pytest.raises(ApplicationUnknown):
        desk.application(subject)
    with pytest.raises(BlobMissing):
        desk.blob(photo)
    assert (list(desk.prints(subject)), desk.draft(subject), list(desk.recent())) == ([], None, [])
    assert desk._folder.files() == set()
    assert next(line.kind for line in desk.history(subject)) == "application.opened"
    found = desk.verify()
    assert (found.sound, found.chain_ok, found.unexplained, found.entries) == (True, True, [], 7)
    assert found.explained_by == dict.fromkeys((1, 2, 3, 4, 5), 7)


def test_the_decrypted_pages_and_the_log_hold_nothing_of_the_person_afterwards(desk: DeskStore) -> None:
    others = [ended(desk, bytes([n]) * 99) for n in range(40)]  # pages part and join
    received(desk, 100)
    sent_blobs(desk)
    later(desk, 161)
    needles = (a.NAME.encode(), PHONE.encode(), a.ID_NUMBER.encode())
    before = decrypted(file_of(desk), a.KEY)
    assert all(needle in before for needle in needles)
    assert sorted(erase(desk)) == sorted(others)
    after = decrypted(file_of(desk), a.KEY)
    assert [needle for needle in needles if needle in after] == []
    assert file_of(desk).with_name("desk.db-wal").stat().st_size == 0


def test_one_day_less_and_nothing_goes(desk: DeskStore) -> None:
    ended(desk)
    received(desk, 100)
    sent_blobs(desk)
    later(desk, 160)
    assert erase(desk) == []
    assert list(desk.erasures()) == []


def test_a_clock_that_runs_years_ahead_ends_nothing(desk: DeskStore, monkeypatch: pytest.MonkeyPatch) -> None:
    ended(desk)
    received(desk, 100)
    sent_blobs(desk)
    monkeypatch.setattr(desk.clock, "now", lambda ago=desk.clock.now: ago() + timedelta(days=4_000))
    assert erase(desk) == []


def test_an_open_application_stays_however_old(desk: DeskStore) -> None:
    subject = a.begin(desk)
    received(desk, 1)
    later(desk, 4_000)
    assert erase(desk) == []
    assert desk.application(subject).id == subject


def test_a_member_of_an_open_batch_stays_until_the_batch_is_closed(desk: DeskStore) -> None:
    subject, batch = ended(desk), "batch:" + "0" * 32
    a.act(desk, ApplicationId(batch), events.BatchOpened("class", (subject,), 3))
    received(desk, 100)
    sent_blobs(desk)
    later(desk, 400)
    assert erase(desk) == []
    a.act(desk, ApplicationId(batch), events.BatchClosed())
    received(desk, 401)
    assert erase(desk) == [subject]
    later(desk, 500)
    assert erase(desk) == [batch]
    assert list(desk.batches()) == []


def test_an_erasure_waits_for_what_was_not_received_and_verify_says_so(desk: DeskStore) -> None:
    subject = ended(desk)
    with writing(desk._engine) as connection:
        erasures.ask(connection, [subject], Why.REQUEST, "order", desk.clock.now())
    assert list(desk.carry_out_erasures()) == []
    assert desk.application(subject).name == a.NAME
    assert desk.verify().erasures_waiting == [(subject, 5)]
    told = waiting_orders(desk)
    assert told is not None
    assert (told.count, told.unsent) == (1, 5)
    received(desk, 100)
    with pytest.raises(ApplicationUnknown):
        desk.application(subject)
    assert (desk.verify().erasures_waiting, desk.verify().sound) == ([], True)
    assert waiting_orders(desk) is None


def test_by_days_alone_a_picture_goes_only_after_the_centre_has_it(desk: DeskStore) -> None:
    subject = ended(desk)
    received(desk, 100)
    later(desk, 161)
    assert erase(desk) == []
    assert len(desk.pending_blobs(10)) == 2
    sent_blobs(desk)
    assert erase(desk) == [subject]


def test_a_picture_that_another_application_has_stays_readable(desk: DeskStore) -> None:
    gone, stays = ended(desk, b"one picture"), a.begin(desk)
    with desk.work(a.CLERK) as work:
        photo = work.put_blob(b"one picture")
        work.record(replace(a.PHOTO_ATTACHED, photo=photo), subject=stays)
    received(desk, 100)
    sent_blobs(desk)
    later(desk, 161)
    assert erase(desk) == [gone]
    assert desk.blob(photo) == b"one picture"
    assert desk.verify().sound


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM payload WHERE seq = 1",
        "DELETE FROM payload",
        "UPDATE payload SET payload = x''",
        "DELETE FROM entry",
        "UPDATE entry SET header = x''",
        "INSERT OR REPLACE INTO entry SELECT seq, entry_id, kind, subject, x'00', hash, size, 1 FROM entry",
    ],
)
def test_the_database_itself_keeps_what_has_no_receipt(desk: DeskStore, statement: str) -> None:
    subject = a.begin(desk)
    with pytest.raises(IntegrityError):
        raw(desk, statement)
    assert desk.application(subject).name == a.NAME
    assert desk.verify().sound


def test_a_received_entry_does_not_become_unreceived(desk: DeskStore) -> None:
    a.begin(desk)
    received(desk, 1)
    with pytest.raises(IntegrityError):
        raw(desk, "UPDATE entry SET received_ms = NULL")


@pytest.mark.parametrize("hours", [-1, 0, 1, 23])
def test_no_number_that_was_left_out_erases_everything(desk: DeskStore, hours: int) -> None:
    with pytest.raises(ValueError, match="today"):
        desk.ask_erasure_of_ended(timedelta(hours=hours))


def test_an_erasure_of_which_the_program_was_killed_is_carried_out_by_the_next_one(desk: DeskStore) -> None:
    subject = ended(desk)
    received(desk, 100)
    sent_blobs(desk)
    later(desk, 161)
    desk.ask_erasure_of_ended(AGE)  # and here it ended
    assert list(desk.carry_out_erasures()) == [subject]
    assert list(desk.carry_out_erasures()) == []


def test_after_an_exchange_the_rule_of_the_centre_is_asked_once_in_an_hour(desk: DeskStore) -> None:
    ended(desk)
    received(desk, 100)
    sent_blobs(desk)
    later(desk, 130)
    assert forget_ended(desk).erased == ()
    desk.keep_local_reference("keeping", "desk", {"days": "20"})
    assert forget_ended(desk).erased == ()
    assert len(forget_ended(desk, now=True).erased) == 1
    other = ended(desk)
    received(desk, 140)
    sent_blobs(desk)
    later(desk, 161)
    assert forget_ended(desk).erased == (other,)


def test_what_was_typed_ends_with_its_application(desk: DeskStore) -> None:
    subject = ended(desk)
    assert desk.draft(subject) is None
