"""Erasing at the centre, on both databases: the data go, headers, sums and the record stay, and nothing comes back."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import Connection, select
from sqlalchemy.exc import DBAPIError

from sscard_desk.central import keeping
from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.erasing import Reason, erase, refuse, repeat
from sscard_desk.central.late_blobs import keep_wanted
from sscard_desk.central.photos import import_photos
from sscard_desk.central.snapshots import current_snapshot, snapshot_file
from sscard_desk.central.store import blobs, desks, erasures, feeds
from sscard_desk.central.store.bodies import PLACES
from sscard_desk.central.store.tables import application
from sscard_desk.central.store.tables import entry as entries
from sscard_desk.domain import events
from sscard_desk.domain.erasure import Why
from sscard_desk.domain.ids import BlobId
from sscard_desk.wire.erasure import ErasureOrder, digest_of
from sscard_desk.wire.feed import point_scope, read_row
from sscard_desk.wire.messages import FeedItem, ScopeProof, add_weights, item_weight
from tests.central._journal import outcomes, receive
from tests.machines.counter import POINT, bank_confirmed, citizen_number, opened, subject
from tests.machines.model_desk import ModelDesk

PHOTO = b"\xff\xd8portrait of one" * 40
ASKED = Reason(Why.REQUEST, "asked", "operator")
DAY_MS = 86_400_000


@pytest.fixture(params=PLACES)
def place(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def named(body: bytes) -> BlobId:
    return BlobId(hashlib.sha256(body).hexdigest())


def taken(centre: OpenCentre, desk: ModelDesk, *, end: bool = True, running: int = 1, photo: bytes = PHOTO) -> str:
    """An application with a portrait, as the centre has taken it."""
    about, before = subject(), len(desk.entries)
    desk.record(opened(running), about)
    desk.record(events.PhotoAttached(named(photo), "camera", 1), about)
    desk.record(bank_confirmed(), about)
    if end:
        desk.record(events.Withdrawn(reason="moved"), about)
    assert {outcome for outcome, _ in outcomes(receive(centre, desk.desk, desk.entries[before:]))} == {"stored"}
    keep(centre, desk.desk, [photo])
    return about


def keep(centre: OpenCentre, desk: str, bodies: Sequence[bytes]) -> None:
    def work(connection: Connection) -> None:
        found = desks.find_desk(connection, desk)
        assert found is not None
        keep_wanted(connection, found, bodies)

    centre.database.write(work)


def blob_there(centre: OpenCentre, body: bytes) -> bool:
    with centre.database.reading() as connection:
        return blobs.find(connection, POINT, named(body)) is not None


def items(centre: OpenCentre, point: str = POINT) -> list[FeedItem]:
    with centre.database.reading() as connection:
        return list(feeds.whole(connection, point_scope(point)))


def said(centre: OpenCentre, about: str) -> list[tuple[bytes | None, bytes | None, bytes]]:
    with centre.database.reading() as connection:
        rows = connection.execute(
            select(entries.c.payload, entries.c.salt, entries.c.current).where(entries.c.subject == about)
        )
        return [tuple(row) for row in rows]


def proof(centre: OpenCentre) -> ScopeProof:
    with centre.database.reading() as connection:
        return feeds.proofs(connection, [point_scope(POINT)])[0]


def test_what_was_said_goes_and_headers_hashes_and_sums_stay_right(centre: OpenCentre) -> None:
    desk = ModelDesk("D-0001")
    about = taken(centre, desk)
    done = erase(centre, [about], ASKED)
    assert (done.subjects, done.entries, done.blobs) == ((about,), 4, 1)
    assert said(centre, about) == [(None, None, b"")] * 4
    assert not blob_there(centre, PHOTO)
    with centre.database.reading() as connection:
        assert not connection.execute(select(application).where(application.c.subject == about)).all()
        kept = connection.execute(select(entries.c.hash).order_by(entries.c.seq)).scalars().all()
    assert [bytes(each) for each in kept] == [entry.hash for entry in desk.entries]
    now = proof(centre)
    total = add_weights(bytes(32), *(item_weight(item.id, item.version) for item in items(centre)))
    assert (now.sum, now.count, now.position) == (total, 5, 9)


def test_the_feed_orders_it_under_the_centres_seal_and_names_nobody(centre: OpenCentre) -> None:
    desk = ModelDesk("D-0001")
    about = taken(centre, desk)
    erase(centre, [about], ASKED)
    (order_item,) = [item for item in items(centre) if item.kind == "erasure"]
    row = read_row(order_item.body)
    order = ErasureOrder.of(order_item.id, row)
    Ed25519PublicKey.from_public_bytes(centre.keys.receipt_key).verify(bytes.fromhex(row["seal"]), order.sealed_bytes())
    assert (order.why, order.entries, order.digest) == ("request", 4, digest_of(entry.hash for entry in desk.entries))
    gone = [item for item in items(centre) if item.kind == "entry"]
    assert all(item.deleted and not item.body for item in gone)
    assert all(item.position > order_item.position for item in gone)
    with centre.database.reading() as connection:
        late = feeds.page(connection, point_scope(POINT), 0, 100, "D-0002")
    held = b"".join(item.body for item in late)
    assert citizen_number(1).encode() not in held
    assert "训练1".encode() not in held


def test_it_is_on_record_for_ever_and_once(centre: OpenCentre) -> None:
    about = taken(centre, ModelDesk("D-0001"))
    erase(centre, [about], ASKED)
    assert erase(centre, [about], ASKED).subjects == ()
    with centre.database.reading() as connection:
        (recorded,) = erasures.every(connection)
    assert (recorded.order.subject, recorded.operator, recorded.blobs, recorded.carried_out) == (
        about,
        "operator",
        1,
        (),
    )
    for statement in ("UPDATE erasure SET operator = ''", "DELETE FROM erasure"):
        with pytest.raises(DBAPIError), centre.database.writing() as connection:
            connection.exec_driver_sql(statement)


def test_an_open_application_stays_unless_that_was_meant(centre: OpenCentre) -> None:
    about = taken(centre, ModelDesk("D-0001"), end=False)
    assert erase(centre, [about], ASKED).open == (about,)
    assert blob_there(centre, PHOTO)
    meant = Reason(Why.REQUEST, "asked", "operator", open_too=True)
    assert erase(centre, [about], meant).subjects == (about,)


def test_what_comes_late_gets_its_receipt_and_is_not_kept(centre: OpenCentre) -> None:
    desk = ModelDesk("D-0001")
    about = taken(centre, desk)
    late_photo = b"\xff\xd8late" * 40
    late = [
        desk.record(events.PhotoAttached(named(late_photo), "camera", 1), about),
        desk.record(opened(2), about),
        desk.record(events.PayloadErased((1, 2), "request"), about),
    ]
    erase(centre, [about], ASKED)
    assert outcomes(receive(centre, "D-0001", late)) == [("stored", "erased"), ("stored", "erased"), ("stored", "")]
    assert outcomes(receive(centre, "D-0001", late[:1])) == [("already-stored", "")]
    assert [payload for payload, _, _ in said(centre, about)].count(None) == 6
    keep(centre, "D-0001", [late_photo, b"another"])
    assert (blob_there(centre, late_photo), blob_there(centre, b"another")) == (False, True)
    with centre.database.reading() as connection:
        assert not connection.execute(select(application).where(application.c.subject == about)).all()
        assert erasures.every(connection)[0].carried_out == ("D-0001",)


def test_the_same_picture_for_another_application_is_taken_again(centre: OpenCentre) -> None:
    desk = ModelDesk("D-0001")
    erase(centre, [taken(centre, desk)], ASKED)
    keep(centre, "D-0001", [PHOTO])
    assert not blob_there(centre, PHOTO)
    taken(centre, desk, running=1)
    assert blob_there(centre, PHOTO)


def test_a_picture_that_another_application_names_stays(centre: OpenCentre) -> None:
    desk = ModelDesk("D-0001")
    gone, other = taken(centre, desk), taken(centre, desk, running=2)
    assert erase(centre, [gone], ASKED).blobs == 0
    assert blob_there(centre, PHOTO)
    assert erase(centre, [other], ASKED).blobs == 1
    assert not blob_there(centre, PHOTO)


def test_all_of_a_person_goes_by_the_number_and_nothing_of_anybody_else(centre: OpenCentre, tmp_path: Path) -> None:
    first, second = ModelDesk("D-0001"), ModelDesk("D-0009")
    mine = taken(centre, first)
    other = taken(centre, first, running=2, photo=b"\xff\xd8other" * 30)
    again = subject()
    receive(centre, "D-0001", [first.record(opened(1), again)])
    refused = second.record(opened(1), subject())  # a second open application, which was never taken
    assert outcomes(receive(centre, "D-0009", [refused]))[0][0] == "conflict"
    (tmp_path / "register").mkdir()
    for running in (1, 2):
        (tmp_path / "register" / f"{citizen_number(running)}.jpg").write_bytes(b"\xff\xd8\xffregister%d" % running)
    assert import_photos(centre, tmp_path / "register").changed == 2
    undecided = refused.read_header().subject
    assert set(keeping.erase_person(centre, citizen_number(1), ASKED).open) == {again, undecided}
    meant = Reason(Why.REQUEST, "asked", "operator", open_too=True)
    done = keeping.erase_person(centre, citizen_number(1), meant)
    assert set(done.subjects) == {again, undecided}
    with centre.database.reading() as connection:
        assert keeping.subjects_of(connection, citizen_number(1)) == set()
        assert keeping.subjects_of(connection, citizen_number(2)) == {other}
    assert said(centre, mine)[0][0] is None
    assert import_photos(centre, tmp_path / "register").changed == 1  # the other one's is still there


def test_a_snapshot_made_before_is_not_served_any_more(centre: OpenCentre) -> None:
    about = taken(centre, ModelDesk("D-0001"))
    before = current_snapshot(centre, point_scope(POINT))
    assert before is not None
    file = snapshot_file(centre, point_scope(POINT), before.sha256)
    assert file is not None
    old, note = file.read_bytes(), (file.parent / "made").read_bytes()
    erase(centre, [about], ASKED)
    assert snapshot_file(centre, point_scope(POINT), before.sha256) is None
    file.write_bytes(old)  # as another instance would still have it
    (file.parent / "made").write_bytes(note)
    after = current_snapshot(centre, point_scope(POINT))
    assert after is not None
    assert (after.position, snapshot_file(centre, point_scope(POINT), before.sha256)) == (9, None)


def test_by_rule_goes_what_is_older_than_its_period_and_nothing_by_a_clock(
    centre: OpenCentre, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = ModelDesk("D-0001")
    about = taken(centre, desk)
    start = centre.now_ms()
    at = {"now": start + 20_000 * DAY_MS}
    monkeypatch.setattr(type(centre), "now_ms", lambda _self: at["now"])
    assert keeping.due(centre) == {}  # no desk has said anything since
    at["now"] = start + 3_650 * DAY_MS
    receive(centre, "D-0001", [desk.record(events.SessionNoted("signed_in"), "a" * 32)])
    assert keeping.due(centre) == {}
    at["now"] = start + 3_655 * DAY_MS
    receive(centre, "D-0001", [desk.record(events.SessionNoted("signed_in"), "a" * 32)])
    assert keeping.due(centre) == {about: "withdrawn"}
    assert keeping.erase_due(centre).subjects == (about,)
    with centre.database.reading() as connection:
        assert erasures.every(connection)[0].order.rule == "withdrawn 3653 days"
    assert keeping.due(centre) == {}


@pytest.mark.parametrize(("kind", "days"), [("desk", 0), ("desk", -5), ("withdrawn", 30), ("nothing", 9_999)])
def test_a_period_that_would_erase_by_mistake_is_not_set(centre: OpenCentre, kind: str, days: int) -> None:
    with pytest.raises(ValueError, match=r"keeping period|least"):
        keeping.set_period(centre, kind, days)


def test_a_period_that_is_set_goes_to_every_desk(centre: OpenCentre) -> None:
    assert keeping.set_period(centre, "desk", 90)
    assert not keeping.set_period(centre, "desk", 90)
    assert keeping.rules_of(centre).desk_days == 90
    with centre.database.reading() as connection:
        assert [i.id for i in feeds.whole(connection, "reference") if i.kind == "keeping"] == ["desk"]


def test_a_request_waits_for_an_operator_and_its_answer_goes_to_the_desks(centre: OpenCentre) -> None:
    desk = ModelDesk("D-0001")
    one, two = taken(centre, desk), taken(centre, desk, running=2)
    asked = [desk.record(events.ErasureAsked("applicant", "no more"), about) for about in (one, two)]
    assert outcomes(receive(centre, "D-0001", asked)) == [("stored", "")] * 2
    assert refuse(centre, one, "kept by law", "operator")
    assert not refuse(centre, subject(), "-", "operator")
    erase(centre, [two], ASKED)
    with centre.database.reading() as connection:
        states = {each.subject: each.state for each in erasures.requests(connection)}
    assert states == {one: "refused", two: "granted"}
    (answer,) = [item for item in items(centre) if item.kind == "erasure_answer"]
    assert (answer.id, read_row(answer.body)["words"]) == (one, "kept by law")


def test_after_the_centre_was_put_back_what_desks_had_erased_is_erased_again(centre: OpenCentre) -> None:
    desk = ModelDesk("D-0001")
    about, kept = taken(centre, desk), taken(centre, desk, running=2)
    told = [
        desk.record(events.PayloadErased((1, 2, 3, 4), "request", "by an order"), about),
        desk.record(events.PayloadErased((5,), "desk-days", "60 days"), kept),
    ]
    receive(centre, "D-0001", told)
    with centre.database.reading() as connection:
        assert erasures.missing(connection) == [about]
    assert repeat(centre, "operator").subjects == (about,)
    with centre.database.reading() as connection:
        assert erasures.missing(connection) == []
    assert all(payload is not None for payload, _, _ in said(centre, kept))


def test_the_embedded_database_holds_nothing_of_the_person_afterwards(embedded: OpenCentre) -> None:
    centre = embedded  # PostgreSQL keeps old row versions until its own vacuum (docs/sync.md)
    desk = ModelDesk("D-0001")
    for running in range(1, 30):
        taken(centre, desk, running=running, photo=b"\xff\xd8p%d" % running * 50)
    needles = [citizen_number(n).encode() for n in range(1, 30)] + ["训练7".encode(), b"\xff\xd8p7" * 50]
    held = b"".join(file.read_bytes() for file in centre.folder.glob("centre.db*"))
    assert all(needle in held for needle in needles)
    with centre.database.reading() as connection:
        all_of_them = connection.execute(select(entries.c.subject).distinct()).scalars().all()
    assert len(erase(centre, all_of_them, ASKED).subjects) == 29
    held = b"".join(file.read_bytes() for file in centre.folder.glob("centre.db*"))
    assert [needle for needle in needles if needle in held] == []


def test_nobody_has_the_open_application_of_another_point_erased_by_saying_that_it_was(centre: OpenCentre) -> None:
    about = taken(centre, ModelDesk("D-0001"))
    stranger = ModelDesk("D-0009")
    claim = events.PayloadErased((), Why.REQUEST.value, "by an order")
    assert outcomes(receive(centre, "D-0009", [stranger.record(claim, about)]))[0][0] == "stored"
    with centre.database.reading() as connection:
        assert erasures.missing(connection) == []
    assert repeat(centre, "operator").subjects == ()
