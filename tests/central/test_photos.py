"""What an operator brings in for portraits."""

from pathlib import Path

import pytest

from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.photos import PhotoImport, import_photos, import_receipt_terms, import_studios
from sscard_desk.central.store import feeds
from sscard_desk.central.store import photos as kept
from sscard_desk.central.store.bodies import PLACES
from sscard_desk.wire.feed import REFERENCE

JPEG = b"\xff\xd8\xff" + bytes(3000)
ONE, TWO = "110101199003074258", "11010119900307425X"


@pytest.fixture(params=PLACES)
def place(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_the_list_of_studios_is_the_whole_list(centre: OpenCentre) -> None:
    rows = [{"code": code, "name": f"照相馆 {code}", "phone": ""} for code in ("S01", "S02")]
    assert import_studios(centre, [*rows, {"code": "", "name": "a line without a code"}]) == 2
    assert import_studios(centre, rows) == 0
    assert import_studios(centre, rows[1:]) == 1
    assert import_receipt_terms(centre, valid_days=180) == 1
    with centre.database.reading() as connection:
        assert feeds.ids_of(connection, REFERENCE, "studio") == {"S02"}
        assert feeds.ids_of(connection, REFERENCE, "photo_receipt") == {"terms"}


def test_a_studios_folder_needs_receipts_and_passes_over_what_is_no_picture(centre: OpenCentre, tmp_path: Path) -> None:
    folder = tmp_path / "pic_S01"
    folder.mkdir()
    (folder / f"{ONE}张三.jpg").write_bytes(JPEG)
    (folder / "R-000077.jpg").write_bytes(JPEG + b"3")
    (folder / "R-000088.jpg").write_bytes(b"no picture")
    (folder / "R-000099.jpg").write_bytes(JPEG + bytes(300_000))
    (folder / "Thumbs.db").write_bytes(b"x")
    receipts = [
        {"receipt": "R-000001", "id_number": ONE, "issued": "2026-11-02", "taken": "soon"},
        {"receipt": "R-000077", "id_number": TWO.lower()},
        {"receipt": "R-000088", "id_number": TWO},
        {"receipt": "R-000099", "id_number": TWO},
    ]
    assert import_photos(centre, folder, studio="S01", receipts=receipts) == PhotoImport(2, 2, 3)
    with centre.database.reading() as connection:
        held = kept.find_studio_photo(connection, "R-000001")
        other = kept.find_studio_photo(connection, "R-000077")
    assert held is not None
    assert (held.id_number, held.body, held.issued, held.taken) == (ONE, JPEG, "2026-11-02", "")
    assert other is not None
    assert other.id_number == TWO
    assert import_photos(centre, folder, studio="S01", receipts=receipts) == PhotoImport(2, 0, 3)


def test_a_receipt_never_changes_hands(centre: OpenCentre, tmp_path: Path) -> None:
    folder = tmp_path / "pic_S01"
    folder.mkdir()
    (folder / "R-000077.jpg").write_bytes(JPEG)
    for number, changed in ((ONE, 1), (TWO, 0)):
        done = import_photos(centre, folder, studio="S01", receipts=[{"receipt": "R-000077", "id_number": number}])
        assert done.changed == changed
    with centre.database.reading() as connection:
        held = kept.find_studio_photo(connection, "R-000077")
    assert held is not None
    assert held.id_number == ONE


def test_a_newer_picture_of_the_register_takes_the_place_of_the_older(centre: OpenCentre, tmp_path: Path) -> None:
    for content, changed in ((JPEG, 1), (JPEG, 0), (JPEG + b"new", 1)):
        (tmp_path / f"{ONE}.jpg").write_bytes(content)
        assert import_photos(centre, tmp_path) == PhotoImport(1, changed, 0)
    with centre.database.reading() as connection:
        held = kept.find_register_photo(connection, ONE)
        assert kept.find_register_photo(connection, TWO) is None
    assert held is not None
    assert held.body == JPEG + b"new"
