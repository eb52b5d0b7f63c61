"""Documents whose places no source shows: read by their printed words by the real recognition, and never called sure.

The drawings are our own; they show that the words lead to the values wherever these stand, not that cards look so.
"""

import io
from collections.abc import Iterator

import pytest
from PIL import Image

from sscard_desk.bootstrap.id_scans import ROOM
from sscard_desk.domain.document_kind import DocumentKind
from sscard_desk.domain.errors.id_scan import IdCardIllegible
from sscard_desk.domain.id_scan import IdScan, ScanVerdict, ScanWarning
from sscard_desk.imaging.id_scan.reader import ChildIdScanReader
from sscard_desk.imaging.id_scan.worded import worded_documents
from sscard_desk.imaging.pictures import decode_picture
from sscard_desk.ports.devices import Cancel
from sscard_desk.training import id_card_pictures as specimens
from tests.imaging.centerface import faces

pytestmark = pytest.mark.real
FOREIGN = ("外国人永久居留身份证", "FOREIGN PERMANENT RESIDENT ID CARD")
LINES_2023 = (
    ("姓名/Name", "SMITH, JOHN PAUL"),
    ("性别/Sex", "男/M"),
    ("出生日期/Date of Birth", "1985.01.01"),
    ("国籍/Nationality", "加拿大/CAN"),
    ("有效期限/Period of Validity", "2024.03.05-2034.03.05"),
    ("签发机关/Issuing Authority", "国家移民管理局"),
    ("证件号码/Card No.", "932682198501010017"),
)
LINES_2017 = (*LINES_2023[:-1], ("证件号码/Card No.", "CAN110085010112"))
TEMPORARY = (
    ("姓名", "欧阳文静"),
    ("性别", "女"),
    ("民族", "汉"),
    ("出生日期", "1990年3月7日"),
    ("住址", "示例市城关区和平路18号"),
    ("有效期限", "2026.09.01-2026.12.01"),
    ("签发机关", "示例市公安局城关分局"),
    ("公民身份号码", "11010119900307002X"),
)


@pytest.fixture(scope="module")
def reader() -> Iterator[ChildIdScanReader]:
    reader = ChildIdScanReader(ROOM, within_s=100.0)
    yield reader
    reader.close()


def read(reader: ChildIdScanReader, picture: Image.Image) -> IdScan:
    file = io.BytesIO()
    picture.save(file, "PNG", compress_level=1)
    return reader.read([file.getvalue()], Cancel())


def texts(scan: IdScan) -> dict[str, str]:
    return {field.name: field.text for field in scan.fields}


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_a_foreigners_card_of_2023_is_read_however_it_lies(reader: ChildIdScanReader, degrees: int) -> None:
    card = specimens.worded(FOREIGN[0], LINES_2023, FOREIGN[1])
    scan = read(reader, specimens.turned(specimens.on_page(card, dpi=200), degrees))
    assert (scan.kind, scan.warnings) == (DocumentKind.FOREIGN_2023, (ScanWarning.UNSURE_LAYOUT,))
    found = texts(scan)
    assert found["id_number"] == "932682198501010017"
    assert (found["sex"], found["birth"], found["nationality"]) == ("1", "1985-01-01", "CAN")
    assert (found["valid_from"], found["valid_to"]) == ("2024-03-05", "2034-03-05")
    assert found["name"] == "SMITH, JOHN PAUL"
    assert len(faces(decode_picture(scan.portrait))) == 1
    assert scan.field("id_number").verdict is ScanVerdict.CHECKED
    assert all(field.cut_out.startswith(b"\xff\xd8") for field in scan.fields)


def test_a_number_of_15_characters_has_no_check_digit_and_is_never_called_checked(reader: ChildIdScanReader) -> None:
    scan = read(reader, specimens.on_page(specimens.worded(FOREIGN[0], LINES_2017, FOREIGN[1]), dpi=200))
    assert scan.kind == DocumentKind.FOREIGN_2017
    assert scan.field("id_number").text == "CAN110085010112"
    assert {scan.field(name).verdict for name in ("id_number", "birth", "sex")} == {ScanVerdict.UNCHECKED}


def test_the_old_permit_is_told_by_its_title(reader: ChildIdScanReader) -> None:
    scan = read(reader, specimens.on_page(specimens.worded("外国人永久居留证", LINES_2017), dpi=200))
    assert (scan.kind, texts(scan)["id_number"]) == (DocumentKind.FOREIGN_2004, "CAN110085010112")


def test_a_temporary_card_holds_three_months_and_its_number_bears_the_rest_out(reader: ChildIdScanReader) -> None:
    scan = read(reader, specimens.on_page(specimens.worded("中华人民共和国临时居民身份证", TEMPORARY), dpi=200))
    assert (scan.kind, scan.warnings) == (DocumentKind.CITIZEN, (ScanWarning.UNSURE_LAYOUT,))
    assert texts(scan) == {
        "id_number": "11010119900307002X",
        "name": "欧阳文静",
        "sex": "2",
        "ethnic": "01",
        "birth": "1990-03-07",
        "address": "示例市城关区和平路18号",
        "authority": "示例市公安局城关分局",
        "valid_from": "2026-09-01",
        "valid_to": "2026-12-01",
    }
    checked = {field.name for field in scan.fields if field.verdict is ScanVerdict.CHECKED}
    assert checked == {"id_number", "sex", "ethnic", "birth", "valid_from", "valid_to"}


def test_values_below_their_words_are_found_too(reader: ChildIdScanReader) -> None:
    lines = [line for word, value in LINES_2023[:1] + LINES_2023[-1:] for line in ((word, ""), ("", value))]
    scan = read(reader, specimens.on_page(specimens.worded(FOREIGN[0], lines, FOREIGN[1]), dpi=200))
    assert texts(scan)["id_number"] == "932682198501010017"


def test_a_title_alone_is_illegible(reader: ChildIdScanReader) -> None:
    with pytest.raises(IdCardIllegible):
        read(reader, specimens.on_page(specimens.worded(FOREIGN[0], [("", "")]), dpi=200))


def test_each_document_says_how_sure_its_words_are() -> None:
    assert {each.certainty for each in worded_documents()} <= {"memory", "single source", "confirmed"}
    assert {each.kind for each in worded_documents()} >= {"foreign_2004", "foreign_2017", "foreign_2023", "citizen"}
