"""What was compared with the scan of a document, and the scan itself, are kept with the application that opens."""

import hashlib

import pytest

from sscard_desk.domain.events import IdentityScanned, Opened, ScanConfirmed
from sscard_desk.domain.id_scan import IdScan, ScannedField, ScanVerdict
from sscard_desk.store import journal
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.usecases.identify_scan import compared_scan, identify_scan
from sscard_desk.usecases.open_application import open_application
from sscard_desk.wire.entry import decode_event

from .conftest import Person
from .test_counter_operations import TODAY, identity

FILES = (b"front of the card", b"back of the card")


def entries(store: DeskStore) -> list[object]:
    with store._engine.connect() as connection:
        return [
            decode_event(each.read_header().kind, each.payload) for each in journal.entries(connection) if each.payload
        ]


@pytest.fixture
def scan(store: DeskStore) -> IdScan:
    known = identity(store, moved=False).answers
    fields = tuple(
        ScannedField(name, known[name], known[name], 0.99, verdict)
        for name, verdict in (
            ("id_number", ScanVerdict.CHECKED),
            ("name", ScanVerdict.UNCHECKED),
            ("sex", ScanVerdict.CHECKED),
            ("birth", ScanVerdict.CHECKED),
        )
    )
    return IdScan("citizen", fields, ("front",), b"portrait")


@pytest.mark.parametrize(("with_camera", "person"), [(True, "camera"), (False, "seen")])
def test_the_comparison_and_the_scan_are_kept_with_the_application(
    store: DeskStore, clerk: Person, scan: IdScan, with_camera: bool, person: str
) -> None:
    confirmed = {field.name: field.text for field in scan.fields} | {"name": "欧阳文静"}
    compared = compared_scan(scan, confirmed, FILES, with_camera=with_camera)
    who = identify_scan(confirmed, store.persons, store, compared)
    open_application(store, clerk, who, today=TODAY)
    opened, scanned = entries(store)[-2:]
    assert isinstance(opened, Opened)
    assert isinstance(scanned, IdentityScanned)
    assert scanned.person == person
    assert scanned.fields == (
        ScanConfirmed("id_number", "checked", changed=False),
        ScanConfirmed("name", "unchecked", changed=True),
        ScanConfirmed("sex", "checked", changed=False),
        ScanConfirmed("birth", "checked", changed=False),
    )
    assert [hashlib.sha256(file).hexdigest() for file in FILES] == list(scanned.scans)
    assert [store.blob(blob) for blob in scanned.scans] == list(FILES)


def test_nothing_of_a_scan_is_said_where_there_was_none(store: DeskStore, clerk: Person) -> None:
    open_application(store, clerk, identity(store, moved=False), today=TODAY)
    assert isinstance(entries(store)[-1], Opened)


def test_a_comparison_shows_nothing_personal_of_itself(scan: IdScan) -> None:
    confirmed = {field.name: field.text for field in scan.fields}
    said = repr(compared_scan(scan, confirmed, FILES, with_camera=True))
    assert not any(text in said for text in confirmed.values() if len(text) > 1)
