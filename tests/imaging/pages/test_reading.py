"""Forms as they come back: which page it is, how it lies, what is ticked; and everything that is none."""

import io

import cv2
import numpy as np
import pytest
from PIL import Image

from sscard_desk.domain.errors.operator import (
    EditionUnknown,
    FormCodesTorn,
    FormKindUnknown,
    FormNotStraightened,
    NoFormOnPage,
    ScanUnreadable,
)
from sscard_desk.domain.errors.returned import SeveralFormsOnPage
from sscard_desk.domain.form_scan import TickState
from sscard_desk.forms.load import load_form
from sscard_desk.forms.places import field_areas
from sscard_desk.forms.shelf import Shelf
from sscard_desk.imaging.pages.reading import recognise
from sscard_desk.ports.form_reader import Expected
from tests.faults.worn_paper import BAR_PLACE, QR_PLACE, Picture, printed, tear, wear
from tests.imaging.pages.places import ticks_of

SERIAL = "4201-03-26-00123-2-R1"


def png(picture: Picture) -> bytes:
    done, file = cv2.imencode(".png", picture)
    assert done
    return file.tobytes()


def ticked(page) -> set[tuple[str, str]]:
    return {(tick.field, tick.code) for tick in page.ticks if tick.state is TickState.TICKED}


@pytest.mark.parametrize("seed", range(6))
def test_a_worn_page_is_recognised_with_its_ticks(reader, registration, seed) -> None:
    page = seed % 2 + 1
    worn = wear(registration[1][page - 1], page, seed, definition=load_form("registration"))
    (read,) = reader.read(png(worn.picture)).pages
    assert (read.serial, read.form, read.page, read.pages) == (SERIAL, "registration", page, 2)
    assert (read.read_by, read.rotation) == ("qr", worn.rotation)
    assert read.skew == pytest.approx(worn.skew, abs=0.15)
    assert read.dpi == pytest.approx(worn.dpi, rel=0.01)
    assert ticked(read) == worn.penned


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_page_may_lie_any_way_round(reader, registration, rotation) -> None:
    worn = wear(registration[1][0], 1, 31, rotation=rotation)
    (read,) = reader.read(png(worn.picture)).pages
    assert (read.page, read.rotation) == (1, rotation)


@pytest.mark.parametrize("covered", [False, True], ids=["both codes", "one torn"])
def test_two_papers_on_one_side_are_told_and_neither_is_taken(reader, registration, covered) -> None:
    first, second = registration[1][0], printed("confirmation")[1][0]
    if covered:
        second = tear(second, np.array([[300 / 25.4, 0, 0], [0, 300 / 25.4, 0]]), QR_PLACE)
    side = np.hstack([cv2.resize(each, (first.shape[1], first.shape[0])) for each in (first, second)])
    reading = reader.read(png(side))
    assert reading.pages == ()
    assert [type(each.error) for each in reading.unread] == [SeveralFormsOnPage]


@pytest.mark.parametrize(("seed", "page"), [(3, 1), (4, 2), (5, 1)])
def test_without_its_qr_code_a_page_is_known_by_bar_code_and_lines(reader, registration, seed, page) -> None:
    worn = wear(registration[1][page - 1], page, seed, definition=load_form("registration"))
    (read,) = reader.read(png(tear(worn.picture, worn.matrix, QR_PLACE))).pages
    assert (read.serial, read.page, read.read_by, read.digest) == (SERIAL, page, "code128", "")
    assert read.rotation == worn.rotation
    assert ticked(read) == worn.penned


@pytest.mark.parametrize(("seed", "page"), [(6, 1), (9, 2)])
def test_with_both_codes_torn_the_number_is_asked_for_and_then_enough(reader, registration, seed, page) -> None:
    worn = wear(registration[1][page - 1], page, seed, definition=load_form("registration"))
    scan = png(tear(worn.picture, worn.matrix, QR_PLACE, BAR_PLACE))
    (unread,) = reader.read(scan).unread
    assert isinstance(unread.error, FormCodesTorn)
    (read,) = reader.read(scan, Expected(SERIAL)).pages
    assert (read.serial, read.page, read.read_by) == (SERIAL, page, "number")
    assert read.rotation == worn.rotation
    assert ticked(read) == worn.penned


def test_straightened_the_cut_outs_and_fields_show_what_stands_there(reader, registration) -> None:
    """A mark put into the middle of each place is in the middle of its cut-out, within half a millimetre."""
    sheet, per_mm = registration[1][1].copy(), 300 / 25.4
    places = {"signature_applicant": (46, 208), "signature_supervisor": (164.5, 208), "photo_receipt": (105, 105)}
    for x, y in places.values():
        cv2.circle(sheet, (round(x * per_mm), round(y * per_mm)), round(1.2 * per_mm), (0, 0, 255), -1)
    (read,) = reader.read(png(wear(sheet, 2, 12, colour=True, dpi=200).picture)).pages
    corners = {"signature_applicant": (16, 190), "signature_supervisor": (135, 190), "photo_receipt": (16, 73)}
    cuts = {cut.name: cut for cut in read.cut_outs}
    assert cuts.keys() == {*places, "signature_clerk"}
    for name, (x, y) in places.items():
        picture = np.asarray(Image.open(io.BytesIO(cuts[name].jpeg)).convert("RGB")).astype(int)
        red = picture[..., 0] - picture[..., 1:].max(-1) > 90
        at = np.argwhere(red).mean(0)[::-1] / 12.0 + corners[name]
        assert at == pytest.approx((x, y), abs=0.5)
    remarks = read.fields["remarks"]
    (row,) = [area for area in field_areas(load_form("registration").paper, 2) if area.name == "remarks"]
    assert (remarks.width, remarks.height) == (row.width * 8, row.height * 8)


@pytest.mark.parametrize("kind", [".tiff", ".bmp", ".jpg", ".pgm"])
def test_every_usual_kind_of_file_is_read(reader, registration, kind) -> None:
    done, file = cv2.imencode(kind, cv2.cvtColor(registration[1][0], cv2.COLOR_BGR2GRAY))
    assert done
    assert [page.page for page in reader.read(file.tobytes()).pages] == [1]


def test_both_sides_come_in_one_pdf_or_tiff_in_any_order(reader, registration) -> None:
    pdf, pages = registration
    assert [page.page for page in reader.read(pdf).pages] == [1, 2]
    blank = Image.new("L", (2480, 3508), 250)
    images = [Image.fromarray(cv2.cvtColor(page, cv2.COLOR_BGR2GRAY)) for page in reversed(pages)]
    target = io.BytesIO()
    images[0].save(target, "TIFF", save_all=True, append_images=[blank, images[1]])
    reading = reader.read(target.getvalue())
    assert [(page.sheet, page.page) for page in reading.pages] == [(1, 2), (3, 1)]
    assert [(each.sheet, type(each.error)) for each in reading.unread] == [(2, NoFormOnPage)]


def table(seed: int) -> Picture:
    """A page full of lines that are none of ours."""
    chance = np.random.default_rng(seed)
    page = np.full((2338, 1654), 248, np.uint8)
    for y in np.sort(chance.integers(100, 2200, 14)):
        cv2.line(page, (90, int(y)), (1560, int(y)), 20, 3)
    for x in chance.integers(90, 1560, 6):
        cv2.line(page, (int(x), 150), (int(x), 2100), 20, 3)
    return page


@pytest.mark.parametrize(
    "picture",
    [
        np.full((2338, 1654), 250, np.uint8),
        np.zeros((1200, 900), np.uint8),
        np.random.default_rng(1).integers(0, 255, (900, 700), np.uint8),
        table(2),
        table(3),
    ],
    ids=["blank", "black", "noise", "table", "other table"],
)
def test_what_is_no_form_is_said_to_be_none(reader, picture) -> None:
    (unread,) = reader.read(png(picture)).unread
    assert isinstance(unread.error, NoFormOnPage)
    (unread,) = reader.read(png(picture), Expected(SERIAL)).unread
    assert isinstance(unread.error, NoFormOnPage)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"hello",
        b"%PDF-1.7\nnothing",
        b"\x89PNG\r\n\x1a\n",
        b"P5\n10 10\n255\n",
        b"II*\x00\x08\x00\x00\x00",
        b"\xff\xd8\xff\xe0",
    ],
    ids=["empty", "text", "pdf", "png", "pnm", "tiff", "jpeg"],
)
def test_a_file_that_is_no_picture_is_refused(reader, content) -> None:
    with pytest.raises(ScanUnreadable):
        reader.read(content)


def test_a_picture_that_is_cut_short_is_refused(reader, registration) -> None:
    done, file = cv2.imencode(".jpg", registration[1][0])
    assert done
    with pytest.raises(ScanUnreadable):
        reader.read(file.tobytes()[:-2000])


def test_an_edition_that_is_not_here_is_named(registration) -> None:
    present = load_form("registration")

    class Later(Shelf):
        """A desk with another edition than the one that the paper was printed in."""

        def find(self, letter, edition):
            return super().find(letter, "1999-9" if edition == present.edition else edition)

    with pytest.raises(EditionUnknown) as raised:
        recognise(registration[1][0], 1, Later(), ticks_of, None)
    assert (raised.value.form, raised.value.edition) == ("registration", "1999-9")


def test_a_letter_that_no_form_has_is_named() -> None:
    with pytest.raises(FormKindUnknown) as raised:
        Shelf().find("Q", "")
    assert raised.value.letter == "Q"


def test_a_page_whose_lines_do_not_fit_its_codes_is_not_taken(reader, registration) -> None:
    """The foot of page 1 pasted below the head of another paper: no area could be trusted."""
    page = registration[1][0].copy()
    page[: round(250 * 300 / 25.4)] = 250
    (unread,) = reader.read(png(page)).unread
    assert isinstance(unread.error, FormNotStraightened)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("code", ["1", "2", "3"])
def test_what_was_printed_ticked_is_read_ticked_in_both_languages(reader, language, code) -> None:
    pdf, _ = printed("registration", language, pick_up=code, applied_by="1", chip_photo_consent="yes")
    first, second, *_annex = reader.read(pdf).pages
    assert ticked(first) == {("pick_up", code), ("applied_by", "1")}
    assert ticked(second) == {("chip_photo_consent", "yes")}
    assert all(tick.state is not TickState.UNCLEAR for tick in first.ticks)
