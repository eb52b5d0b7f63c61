"""Specimens of every kind, read by the real recognition in its own process."""

import io
import os
import signal
import threading
import time
from collections.abc import Iterator

import numpy as np
import pytest
from PIL import Image

from sscard_desk.bootstrap.id_scans import ROOM
from sscard_desk.domain.errors.id_scan import (
    IdCardCutOff,
    IdCardWrongSide,
    NoIdCardInPicture,
    ScanBlank,
    SeveralIdCards,
    TextReaderCrashed,
    TextReaderHung,
)
from sscard_desk.domain.errors.operator import ScanUnreadable
from sscard_desk.domain.id_scan import ScanVerdict, ScanWarning
from sscard_desk.imaging.id_scan.reader import ChildIdScanReader
from sscard_desk.ports.devices import Cancel
from sscard_desk.training import id_card_pictures as specimens
from sscard_desk.training.id_cards import id_card_of
from sscard_desk.training.persons import persons

pytestmark = pytest.mark.real
PEOPLE = list(persons(20))
CARD = id_card_of(PEOPLE[5])
FRONT, BACK = specimens.front(CARD), specimens.back(CARD)


def png(picture: Image.Image) -> bytes:
    file = io.BytesIO()
    picture.save(file, "PNG", compress_level=1)
    return file.getvalue()


@pytest.fixture(scope="module")
def reader() -> Iterator[ChildIdScanReader]:
    reader = ChildIdScanReader(ROOM, within_s=100.0)
    yield reader
    reader.close()


def read(reader: ChildIdScanReader, *pictures: Image.Image):
    return reader.read([png(picture) for picture in pictures], Cancel())


def test_both_sides_on_one_page_upside_down_give_every_field(reader):
    scan = read(reader, specimens.turned(specimens.on_page(FRONT, BACK, dpi=200), 180))
    assert (scan.kind, set(scan.sides), scan.warnings) == ("citizen", {"front", "back"}, ())
    assert {field.name: field.text for field in scan.fields} == {
        "id_number": CARD.number,
        "name": CARD.name,
        "sex": CARD.sex,
        "ethnic": CARD.ethnic,
        "birth": CARD.birth.isoformat(),
        "address": CARD.address,
        "authority": CARD.authority,
        "valid_from": CARD.valid_from.isoformat(),
        "valid_to": CARD.valid_to.isoformat() if CARD.valid_to else "长期",
    }
    assert scan.field("id_number").verdict is ScanVerdict.CHECKED
    assert scan.field("name").verdict is ScanVerdict.UNCHECKED


def test_two_files_in_the_wrong_order_and_turned_are_one_card(reader):
    scan = read(reader, BACK, specimens.turned(specimens.worn(FRONT), 90))
    assert (scan.field("id_number").text, scan.field("authority").text) == (CARD.number, CARD.authority)
    assert scan.warnings == ()


def test_the_parts_that_a_clerk_compares_are_cut_out_upright(reader):
    scan = read(reader, specimens.turned(FRONT, 185))
    portrait = Image.open(io.BytesIO(scan.portrait)).convert("RGB")
    x, y, width, height = (round(part * specimens.PX_MM) for part in (54.0, 8.0, 26.0, 34.0))
    printed = FRONT.crop((x, y, x + width, y + height))
    small, same = (np.asarray(picture.resize((26, 34)), np.int16) for picture in (portrait, printed))
    assert np.abs(small - same).mean() < 30 < np.abs(small[::-1, ::-1] - same).mean()
    cut_out = np.asarray(Image.open(io.BytesIO(scan.field("id_number").cut_out)).convert("L"))
    assert cut_out.shape[1] > 600
    assert (cut_out < 90).any()
    assert scan.warnings == (ScanWarning.FRONT_ONLY,)
    assert scan.field("authority").cut_out == b""


def test_glare_on_the_name_leaves_it_to_the_clerk_and_says_so(reader):
    scan = read(reader, specimens.glaring(FRONT, (25, 11), 10))
    assert ScanWarning.GLARE in scan.warnings
    assert scan.field("name").verdict in {ScanVerdict.MISSING, ScanVerdict.DOUBTFUL}
    assert scan.field("id_number").text == CARD.number


def test_the_permit_of_hmt_residents_is_read_too(reader):
    card = id_card_of(next(person for person in persons(300) if person.document_kind == "hmt_resident"))
    scan = read(reader, specimens.front(card))
    assert (scan.kind, scan.field("name").text) == ("hmt_resident", card.name)
    assert scan.field("id_number").text == card.number


def test_a_rare_character_is_never_given_out_as_certain(reader):
    scan = read(reader, specimens.front(id_card_of(PEOPLE[7])))
    assert scan.field("name").verdict in {ScanVerdict.UNCHECKED, ScanVerdict.DOUBTFUL}


@pytest.mark.parametrize(
    ("picture", "error"),
    [
        (specimens.on_page(FRONT, specimens.front(id_card_of(PEOPLE[1])), dpi=150), SeveralIdCards),
        (BACK, IdCardWrongSide),
        (FRONT.crop((0, 0, FRONT.width, FRONT.height * 3 // 4)), IdCardCutOff),
        (Image.new("RGB", (1200, 1600), (250, 250, 250)), ScanBlank),
        (Image.effect_noise((800, 600), 60).convert("RGB"), NoIdCardInPicture),
        (specimens.blurred(FRONT, 9), NoIdCardInPicture),
    ],
    ids=["two-cards", "wrong-side", "cut", "blank", "not-a-card", "blurred"],
)
def test_what_cannot_be_read_is_told_by_its_own_code(reader, picture, error):
    with pytest.raises(error):
        read(reader, picture)


@pytest.mark.parametrize("content", [b"", b"not a picture", png(FRONT)[:5000]], ids=["empty", "text", "cut-short"])
def test_a_file_that_is_no_picture_is_told(reader, content):
    with pytest.raises(ScanUnreadable):
        reader.read([content], Cancel())


def test_a_picture_that_claims_a_hundred_million_pixels_is_not_decoded(reader):
    bomb = png(Image.new("L", (12_000, 9_000)))
    with pytest.raises(ScanUnreadable):
        reader.read([b"no picture"], Cancel())
    before = reader.process_id
    with pytest.raises(ScanUnreadable):
        reader.read([bomb], Cancel())
    assert reader.process_id == before


def test_a_killed_recognition_costs_one_scan():
    reader = ChildIdScanReader(ROOM)
    with pytest.raises(ScanUnreadable):
        reader.read([b"x"], Cancel())
    killer = threading.Thread(target=lambda: (time.sleep(0.05), os.kill(reader.process_id, signal.SIGKILL)))
    killer.start()
    with pytest.raises(TextReaderCrashed):
        read(reader, FRONT)
    killer.join()
    assert read(reader, FRONT).field("id_number").text == CARD.number
    reader.close()


def test_a_recognition_that_takes_too_long_is_ended():
    reader = ChildIdScanReader(ROOM, within_s=0.3)
    with pytest.raises(TextReaderHung):
        read(reader, FRONT)
    assert reader.process_id is None
