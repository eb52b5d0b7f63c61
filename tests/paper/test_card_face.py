"""The face of a card stands at its true size where the layout says, and a rare name is refused, never a box."""

import io
from dataclasses import replace

import numpy as np
import pypdfium2
import pytest
from numpy.typing import NDArray
from PIL import Image

from sscard_desk.cards.face_file import load_face, shipped_face
from sscard_desk.domain.card_face import CardFace, FaceField
from sscard_desk.domain.errors.card_model import CardDataWrong
from sscard_desk.domain.errors.operator import CharacterNotDrawable, TextDoesNotFit
from sscard_desk.paper import PdfPaper, render_page
from sscard_desk.paper.card_face import ARM, INSET
from sscard_desk.resources import resource
from sscard_desk.usecases.card_face import trial_face

LAYOUT = shipped_face("third_generation")
DPI = 508.0  # twenty pixels a millimetre
SCALE = DPI / 25.4
TEXTS = {
    FaceField.NAME: "王丽",
    FaceField.SOCIAL_SECURITY_NUMBER: "110101199003070003",
    FaceField.CARD_NUMBER: "A00000001",
    FaceField.ISSUE_DATE: "2026-11-26",
}


def ink(face: CardFace) -> NDArray[np.bool_]:
    width, height, rgb = render_page(PdfPaper().card_face(face), 0, DPI)
    return np.frombuffer(rgb, np.uint8).reshape(height, width, 3).min(axis=2) < 200


def box(page: NDArray[np.bool_]) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of what is printed, in mm."""
    rows, columns = np.flatnonzero(page.any(axis=1)), np.flatnonzero(page.any(axis=0))
    return columns[0] / SCALE, rows[0] / SCALE, (columns[-1] + 1) / SCALE, (rows[-1] + 1) / SCALE


def test_the_page_is_a_card() -> None:
    pdf = pypdfium2.PdfDocument(PdfPaper().card_face(CardFace(LAYOUT, TEXTS)))
    width, height = pdf[0].get_size()
    assert len(pdf) == 1
    assert width * 25.4 / 72 == pytest.approx(85.6, abs=0.01)
    assert height * 25.4 / 72 == pytest.approx(54.0, abs=0.01)


def test_the_portrait_fills_its_place_to_a_tenth_of_a_millimetre(portrait: bytes) -> None:
    # the drawn head stands on white, so a grey picture in its place shows the edges
    grey = io.BytesIO()
    Image.new("RGB", (358, 441), (90, 90, 90)).save(grey, "JPEG")
    assert box(ink(CardFace(LAYOUT, {}, grey.getvalue()))) == pytest.approx((4.0, 11.0, 24.3, 36.0), abs=0.1)
    assert ink(CardFace(LAYOUT, {}, portrait)).any()


@pytest.mark.parametrize("line", LAYOUT.lines, ids=lambda line: str(line.field))
def test_each_line_begins_where_the_layout_says_and_is_eight_points_high(line: object) -> None:
    one = next(each for each in LAYOUT.lines if each is line)
    left, top, right, bottom = box(ink(CardFace(LAYOUT, {one.field: TEXTS[one.field]})))
    assert left == pytest.approx(one.x, abs=0.4)  # a character does not fill its square
    assert one.y - 0.1 <= top <= one.y + 0.7
    assert bottom - top < 8 * 25.4 / 72 + 0.3
    assert right <= LAYOUT.width - LAYOUT.right


def test_the_text_of_the_page_is_what_was_given() -> None:
    page = pypdfium2.PdfDocument(PdfPaper().card_face(CardFace(LAYOUT, TEXTS)))[0]
    text = page.get_textpage().get_text_range()
    for word in ("姓名 王丽", "社会保障号码 110101199003070003", "卡号 A00000001", "发卡日期 2026-11-26"):
        assert word in text


def test_registration_marks_stand_a_millimetre_inside_each_corner() -> None:
    page = ink(replace(trial_face(LAYOUT), texts={}))
    assert box(page) == pytest.approx((INSET, INSET, 85.6 - INSET, 54.0 - INSET), abs=0.15)
    for x in (INSET + ARM / 2, 85.6 - INSET - ARM / 2):
        for y in (INSET, 54.0 - INSET):
            row, column = round(y * SCALE), round(x * SCALE)
            assert page[row - 3 : row + 4, column].any()


def test_a_trial_card_holds_zeros_and_no_portrait() -> None:
    face = trial_face(LAYOUT)
    assert face.photo_jpeg is None
    assert set("".join(face.texts.values())) <= set("0-")


def test_a_name_with_a_character_that_no_font_has_is_flagged_by_its_field() -> None:
    with pytest.raises(CharacterNotDrawable) as refused:
        PdfPaper().card_face(CardFace(LAYOUT, TEXTS | {FaceField.NAME: "王\U0003134a"}))
    assert refused.value.fields == ("name",)


def test_a_long_name_gets_smaller_type_and_one_that_is_too_long_is_refused() -> None:
    long = CardFace(LAYOUT, {FaceField.NAME: "阿" * 22})
    assert box(ink(long))[2] <= LAYOUT.width - LAYOUT.right
    with pytest.raises(TextDoesNotFit):
        PdfPaper().card_face(CardFace(LAYOUT, {FaceField.NAME: "阿" * 60}))


def test_a_layout_with_a_field_that_nobody_knows_is_refused_with_its_line(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    path = tmp_path_factory.mktemp("faces") / "other.toml"
    text = resource("card_faces", "third_generation.toml").read_text(encoding="utf-8")
    path.write_text(text.replace('"card_number"', '"bank_number"'), encoding="utf-8")
    with pytest.raises(CardDataWrong) as refused:
        load_face(path)
    assert refused.value.line
