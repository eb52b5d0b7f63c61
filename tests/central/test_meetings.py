"""Two workers on PostgreSQL that touch one thing at one moment: nothing outlives its erasure, no picture is lost."""

import hashlib
from pathlib import Path

import pytest
from sqlalchemy import select

from sscard_desk.central import reception
from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.erasing import Reason, erase
from sscard_desk.central.reading import read_batch
from sscard_desk.central.reception import Reception
from sscard_desk.central.store import applications, blobs, desks, erasures, subject_rows
from sscard_desk.central.store.tables import entry
from sscard_desk.domain import events
from sscard_desk.domain.erasure import Why
from sscard_desk.domain.ids import BlobId
from sscard_desk.wire.entry import Entry
from tests.machines.counter import POINT, citizen_number, opened, subject
from tests.machines.meeting import meet
from tests.machines.model_desk import ModelDesk
from tests.machines.postgres import PostgresServer

ELSEWHERE = "P-02"
BODY = b"\xff\xd8brought late" * 40
NAME = BlobId(hashlib.sha256(BODY).hexdigest())
ASKED = Reason(Why.REQUEST, "asked", "operator")
NOBODY = "张三三"


@pytest.fixture
def address(postgres: PostgresServer) -> str:
    return postgres.database()


def push(centre: OpenCentre, desk: str, *batch: Entry) -> list[tuple[str, str]]:
    def take(connection):
        sender = desks.find_desk(connection, desk, for_update=True)
        answers = Reception(connection, sender, centre.now_ms(), training=True).take(read_batch(batch))
        return [(answer.outcome, answer.code) for answer in answers]

    return centre.database.write(take)


def printed(words: str) -> events.PrintOrdered:
    return events.PrintOrdered(
        print="a" * 32, form="f", edition="1", serial="S", copy=1, pages=1, printer="p", words=words
    )


def kept(centre: OpenCentre, about: str) -> list[bytes]:
    with centre.database.reading() as connection:
        mine = select(entry.c.payload).where(entry.c.subject == about, entry.c.payload.is_not(None))
        return list(connection.execute(mine).scalars())


def readers(centre: OpenCentre) -> set[str]:
    with centre.database.reading() as connection:
        return {point for point in (POINT, ELSEWHERE) if blobs.find(connection, point, NAME) is not None}


def test_what_a_push_brings_about_a_list_while_it_is_erased_is_erased_too(centre: OpenCentre, address: str) -> None:
    desk = ModelDesk("D-0001")
    push(centre, "D-0001", desk.record(printed("first"), "list-1"))
    late = desk.record(printed(NOBODY), "list-1")
    stop = (reception, "insert_rows")  # judged, and not written yet
    meet(
        address,
        lambda: push(centre, "D-0001", late),
        lambda: erase(centre, ["list-1"], ASKED),
        stop,
        before=True,
    )
    assert kept(centre, "list-1") == []


def test_what_a_push_brings_about_a_list_that_is_being_erased_is_not_kept(centre: OpenCentre, address: str) -> None:
    desk = ModelDesk("D-0001")
    push(centre, "D-0001", desk.record(printed("first"), "list-1"))
    late = desk.record(printed(NOBODY), "list-1")
    meet(
        address,
        lambda: erase(centre, ["list-1"], ASKED),
        lambda: push(centre, "D-0001", late),
        (subject_rows, "erase_rows"),
    )
    assert kept(centre, "list-1") == []


def test_an_application_that_is_begun_while_it_is_erased_is_whole_or_gone(centre: OpenCentre, address: str) -> None:
    desk, about = ModelDesk("D-0001"), subject()
    batch = [desk.record(event, about) for event in (opened(1), events.Withdrawn(reason="moved"))]
    meet(
        address,
        lambda: push(centre, "D-0001", *batch),
        lambda: erase(centre, [about], ASKED),
        (applications, "keep_all"),
    )
    with centre.database.reading() as connection:
        erased, found = erasures.among(connection, [about]), applications.find_all
        assert bool(erased) is (kept(centre, about) == [])
    assert not (erased and centre.database.write(lambda connection: found(connection, [about])))


def test_a_picture_that_comes_while_its_application_goes_elsewhere_goes_there(centre: OpenCentre, address: str) -> None:
    desk, about = ModelDesk("D-0002"), subject()
    push(centre, "D-0002", desk.record(opened(1), about), desk.record(events.PhotoAttached(NAME, "camera", 1), about))
    given = desk.record(events.Transferred(ELSEWHERE, "b", "moved"), about)
    meet(
        address,
        lambda: centre.database.write(lambda connection: blobs.keep_all(connection, POINT, [BODY])),
        lambda: push(centre, "D-0002", given),
        (blobs, "_moved"),
    )
    assert readers(centre) == {ELSEWHERE}


def test_numbers_of_persons_and_cards_that_two_enter_at_once_stand_in_no_log_of_the_server(
    centre: OpenCentre, address: str, postgres: PostgresServer
) -> None:
    one, two = ModelDesk("D-0001"), ModelDesk("D-0002")
    # more than are sent row by row: COPY would tell the whole row
    for start, count in ((400, 1), (500, 20)):
        batches = [[desk.record(opened(start + n), subject()) for n in range(count)] for desk in (one, two)]
        answers = meet(
            address,
            lambda mine=batches[0]: push(centre, "D-0001", *mine),
            lambda mine=batches[1]: push(centre, "D-0002", *mine),
            (applications, "open_for_all"),
        )
        taken = [outcome for each in answers for outcome in each]  # type: ignore[attr-defined] # it has one
        assert sorted(taken) == [("conflict", "already-open")] * count + [("stored", "")] * count
    logs = [path for path in Path(postgres.folder).rglob("*log*") if path.is_file() and "pg_wal" not in path.parts]
    said = b"".join(path.read_bytes() for path in logs)
    assert b"database system is ready" in said
    assert not any(citizen_number(start + n).encode() in said for start, n in ((400, 0), (500, 0), (500, 7)))
