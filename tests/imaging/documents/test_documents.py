"""Synthetic papers on the model's glass become pages of true size, straight, and judged as they can be read."""

import itertools

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from sscard_desk.bootstrap.documents import make_documents
from sscard_desk.devices.scanner import escl_words as words
from sscard_desk.domain.errors.operator import ScanUnreadable
from sscard_desk.domain.scanned_document import DocumentPage
from sscard_desk.forms.document_kinds import DocumentKind, kind_for
from sscard_desk.imaging.documents.skew import skew_of
from sscard_desk.paper.render import render
from sscard_desk.training.persons import persons
from sscard_desk.training.scanner_papers import Paper, papers_of
from sscard_desk.training.scanner_tray import drawn

CARD, PAGES = kind_for("id_card"), kind_for("household_register")
DESK = make_documents()


@pytest.fixture(scope="module")
def papers() -> dict[str, Paper]:
    return papers_of(next(itertools.islice(persons(31), 30, None)))


def scanned(paper: Paper | None, kind: DocumentKind, dpi: int = 300, **place: float) -> bytes:
    mode = words.GREY if kind.grey else words.COLOUR
    settings = words.ScanSettings(words.GLASS, dpi, mode, words.units(kind.width), words.units(kind.height))
    return drawn(paper, **place)(settings)


def page(paper: Paper | None, kind: DocumentKind, dpi: int = 300, **place: float) -> DocumentPage:
    (made,) = DESK.pages(scanned(paper, kind, dpi, **place), float(dpi), kind)
    return made


def picture(file: bytes) -> NDArray[np.uint8]:
    return np.asarray(cv2.imdecode(np.frombuffer(file, np.uint8), cv2.IMREAD_COLOR), np.uint8)


def packed(shown: NDArray[np.uint8]) -> bytes:
    return bytes(cv2.imencode(".jpg", shown)[1])


@pytest.mark.parametrize(("dpi", "degrees"), [(300, 0.0), (300, 4.0), (200, -7.5), (600, 2.0)])
def test_a_card_is_cut_out_straight_at_its_true_size(papers: dict[str, Paper], dpi: int, degrees: float) -> None:
    made = page(papers["id_front"], CARD, dpi, degrees=degrees, x=20, y=25)
    assert (made.width, made.height, made.dpi) == (pytest.approx(85.6, abs=0.2), pytest.approx(53.98, abs=0.2), 300)
    assert made.skew == pytest.approx(degrees, abs=0.4)
    assert made.doubts == ()
    width, height, rgb = render(papers["id_front"].pdf, 0, 300)
    true = cv2.cvtColor(np.frombuffer(rgb, np.uint8).reshape(height, width, 3), cv2.COLOR_RGB2GRAY)
    got = cv2.resize(cv2.cvtColor(picture(made.jpeg), cv2.COLOR_BGR2GRAY), (width, height))
    inner = (slice(30, -30), slice(30, -30))  # a round of a millimetre off still lies on the same letters
    assert cv2.matchTemplate(true, got[inner], cv2.TM_CCOEFF_NORMED).max() > 0.8


def test_a_register_page_is_cut_and_straightened_and_a_whole_sheet_keeps_its_margins(papers: dict[str, Paper]) -> None:
    small = page(papers["register_2"], PAGES, degrees=2.5, x=15, y=15)
    assert small.skew == pytest.approx(2.5, abs=0.15)
    assert abs(skew_of(picture(small.jpeg), 300)) < 0.15
    assert (small.width, small.height) == (pytest.approx(151, abs=6), pytest.approx(113, abs=6))
    sheet = page(papers["certificate"], PAGES)
    assert (sheet.width, sheet.height) == (pytest.approx(210, abs=0.2), pytest.approx(297, abs=0.2))
    assert (small.doubts, sheet.doubts) == ((), ())


def test_what_cannot_be_read_is_told(papers: dict[str, Paper]) -> None:
    good = picture(scanned(papers["certificate"], PAGES))

    def doubts(shown: NDArray[np.uint8], kind: DocumentKind = PAGES) -> tuple[str, ...]:
        return DESK.pages(packed(shown), 300.0, kind)[0].doubts

    assert doubts(good) == ()
    assert doubts(np.asarray(cv2.GaussianBlur(good, (0, 0), 5), np.uint8)) == ("sharp",)
    faint = np.asarray(255 - (255 - good.astype(np.float32)) * 0.18, np.uint8)
    assert "contrast" in doubts(faint)
    assert doubts(np.full_like(good, 240)) == ("empty",)
    assert doubts(np.ascontiguousarray(good[:, 450:])) == ("edges",)
    lone = picture(scanned(None, CARD))
    assert doubts(lone, CARD) == ("empty", "found")
    off_glass = page(papers["id_front"], CARD, x=-20, y=20)
    assert {"edges", "found"} & set(off_glass.doubts)
    wrong_scale = DESK.pages(scanned(papers["id_front"], CARD, 300, x=20, y=20), 280.0, CARD)[0]
    assert wrong_scale.doubts == ("size",)


def test_a_page_is_turned_by_quarters_and_nothing_else_changes(papers: dict[str, Paper]) -> None:
    made = page(papers["register_1"], PAGES, x=10, y=10)
    once = DESK.turn(made, PAGES)
    assert (once.width, once.height, once.turned) == (made.height, made.width, 1)
    upright = np.rot90(picture(once.jpeg)).astype(np.int16)
    assert np.abs(upright - picture(made.jpeg)).mean() < 1.5
    assert DESK.turn(once, PAGES, 3).turned == 0


def measured_mm(pdf: bytes, number: int, dark: int = 250) -> tuple[float, float, float, float]:
    """Left, top, width and height in mm of what is darker, by rendering at 254 dpi: ten pixels a millimetre."""
    width, height, rgb = render(pdf, number, 254)
    grey = np.frombuffer(rgb, np.uint8).reshape(height, width, 3).min(axis=2)
    y, x = np.nonzero(grey < dark)
    return x.min() / 10, y.min() / 10, (x.max() - x.min() + 1) / 10, (y.max() - y.min() + 1) / 10


def test_both_sides_of_a_card_lie_on_one_a4_page_at_true_size(papers: dict[str, Paper]) -> None:
    sides = [page(papers[name], CARD, degrees=1.0, x=20, y=20) for name in ("id_front", "id_back")]
    pdf = DESK.bind(sides, CARD, "证件正反面")
    (shown,) = DESK.look(pdf, 842)
    assert (shown.width, shown.height) == (pytest.approx(595, abs=1), pytest.approx(842, abs=1))
    left, top, width, height = measured_mm(pdf, 0)
    assert (left, top, width) == (
        pytest.approx(62.2, abs=0.3),
        pytest.approx(40, abs=0.3),
        pytest.approx(85.6, abs=0.3),
    )
    assert height == pytest.approx(2 * 53.98 + 25, abs=0.4)
    assert DESK.bind(sides, CARD, "证件正反面") == pdf
    assert [side.jpeg in pdf for side in sides] == [True, True]


def test_pages_have_their_own_size_and_can_be_scanned_again_from_the_pdf(papers: dict[str, Paper]) -> None:
    made = [page(papers[name], PAGES, x=10, y=10) for name in ("register_1", "register_2")]
    pdf = DESK.bind(made, PAGES, "材料页")
    for number, each in enumerate(made):
        width, height, _ = render(pdf, number, 254)
        assert (width / 10, height / 10) == (pytest.approx(each.width, abs=0.1), pytest.approx(each.height, abs=0.1))
    again = DESK.pages(pdf, 0.0, PAGES)
    assert [each.doubts for each in again] == [(), ()]


@pytest.mark.parametrize("content", [b"", b"no picture", b"%PDF-1.4 broken", b"\xff\xd8\xff\xe0" + bytes(50)])
def test_what_is_no_scan_is_refused(content: bytes) -> None:
    with pytest.raises(ScanUnreadable):
        DESK.pages(content, 300.0, PAGES)


def test_a_page_that_would_be_too_large_is_packed_tighter(papers: dict[str, Paper]) -> None:
    rough = np.random.default_rng(1).integers(0, 255, (1200, 1200, 3), np.uint8)
    (made,) = DESK.pages(packed(rough), 300.0, PAGES)
    assert len(made.jpeg) <= PAGES.most_kb * 1000
