"""Where desks stand at the centre: revoked ones hear so, allowed again they go on, and the centre says who has what."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.pending_pictures import pending_pictures
from sscard_desk.central.store.desk_status import DeskStatus, desk_statuses, scope_statuses
from sscard_desk.central.store.desks import DeskState, allow_desk, end_desk, enrol_desk, expect_desk, revoke_desk
from sscard_desk.domain import events
from sscard_desk.domain.errors.centre import EnrolmentCodeWrong
from sscard_desk.domain.errors.desk_identity import DeskRevoked, DeskUnknown
from sscard_desk.sync.passes import run_pass
from tests.machines.counter import POINT, Counter, bank_confirmed, opened, subject
from tests.machines.model_desk import ModelDesk

SECRET = b"s" * 15


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    with Counter(tmp_path / "served") as running:
        yield running


def stands(centre: OpenCentre, desk: str) -> DeskStatus:
    with centre.database.reading() as connection:
        return next(one for one in desk_statuses(connection) if one.desk == desk)


def test_a_revoked_desk_keeps_its_unsent_work_and_sends_it_once_it_is_allowed_again(counter: Counter) -> None:
    desk, centre = ModelDesk("D-0001"), counter.open
    desk.record(opened(1), subject())
    with counter.client() as line:
        assert run_pass(desk, line).up_to_date
        centre.database.write(lambda connection: revoke_desk(connection, "D-0001", centre.now_ms(), "stolen"))
        desk.record(opened(2), subject())
        with pytest.raises(DeskRevoked):
            run_pass(desk, line)
        refused = stands(centre, "D-0001")
        assert (desk.unsent(), refused.state, refused.state_reason) == (1, "revoked", "stolen")
        centre.database.write(lambda connection: allow_desk(connection, "D-0001", centre.now_ms()))
        assert run_pass(desk, line).up_to_date
    assert stands(centre, "D-0001").state == "enrolled"


def test_status_says_when_a_desk_was_heard_and_what_it_has_not_sent_by_its_own_word(counter: Counter) -> None:
    desk, centre = ModelDesk("D-0001"), counter.open
    with counter.client() as line:
        silent = stands(centre, "D-0001")
        assert (silent.seen_ms, silent.said_seq, silent.unsent) == (None, None, None)
        for n in range(3):
            desk.record(opened(n), subject())
        line.hello(desk.head()[0])
        heard = stands(centre, "D-0001")
        assert (heard.received_seq, heard.said_seq, heard.unsent) == (0, 3, 3)
        assert heard.seen_ms is not None
        run_pass(desk, line)
    sent = stands(centre, "D-0001")
    assert (sent.received_seq, sent.unsent) == (3, 0)
    with centre.database.reading() as connection:
        heads = {one.scope: (one.head, one.items) for one in scope_statuses(connection)}
        assert desk_statuses(connection, "P-77") == []
    assert heads[f"point:{POINT}"] == (3, 3)


def test_a_code_that_was_not_used_is_worthless_once_its_desk_is_revoked(centre: OpenCentre) -> None:
    with centre.database.writing() as connection:
        expect_desk(connection, "D-0005", POINT, SECRET, centre.now_ms() + 60_000)
        assert revoke_desk(connection, "D-0005", centre.now_ms()) is DeskState.REVOKED
    with pytest.raises(EnrolmentCodeWrong), centre.database.writing() as connection:
        enrol_desk(connection, "D-0005", SECRET, bytes(32), centre.now_ms())
    with centre.database.writing() as connection:
        assert allow_desk(connection, "D-0005", centre.now_ms()) is DeskState.EXPECTED


def test_an_ended_desk_is_neither_revoked_nor_allowed_again_and_an_unknown_one_is_said(centre: OpenCentre) -> None:
    with centre.database.writing() as connection:
        end_desk(connection, "D-0001", centre.now_ms())
        assert revoke_desk(connection, "D-0001", centre.now_ms()) is DeskState.ENDED
        assert allow_desk(connection, "D-0001", centre.now_ms()) is DeskState.ENDED
        for change in (revoke_desk, allow_desk):
            with pytest.raises(DeskUnknown):
                change(connection, "D-7777", centre.now_ms())


def test_pictures_that_entries_name_and_that_have_not_come_are_counted_by_desk(counter: Counter) -> None:
    desk = ModelDesk("D-0001")
    with counter.client() as line:
        case = subject()
        desk.record(opened(1), case)
        desk.record(bank_confirmed(), case)
        photo = desk.take_photo(b"a synthetic portrait")
        desk.record(events.PhotoAttached(photo=photo, source="camera", size=20), case)
        line.push(desk.pending_entries(500, 1_000_000))
        with counter.open.database.reading() as connection:
            assert pending_pictures(connection) == {"D-0001": 1}
        line.put_blobs([b"a synthetic portrait"])
        with counter.open.database.reading() as connection:
            assert pending_pictures(connection)["D-0001"] == 0
