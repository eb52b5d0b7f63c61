"""What is on the paper, read back from the PDF as a person, a scanner and another program would."""

import ctypes
import re

import cv2
import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
import zxingcpp
from PIL import Image, ImageFilter

from sscard_desk.domain.errors.operator import CharacterNotDrawable, PictureUnreadable, TextDoesNotFit
from sscard_desk.domain.numbers.form_serial import parse_form_mark, parse_form_serial
from sscard_desk.forms.codes import table
from sscard_desk.forms.definition import FormDefinition
from sscard_desk.forms.load import load_form
from sscard_desk.paper import draw, render_page
from sscard_desk.paper.machine_marks import modules_of
from sscard_desk.texts import ENGLISH, LANGUAGES
from tests.forms.persons import LI_SI, MINOR

FORMS = ("registration", "confirmation")


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    text = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return text.replace("\r\n", "\n")


def shown(definition: FormDefinition) -> set[str]:
    return {cell.field for block in definition.paper.blocks for row in block.rows for cell in row.cells}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("answers", [LI_SI, MINOR], ids=["adult", "child"])
def test_the_data_can_be_copied_out_of_the_paper(facts, name, answers, language) -> None:
    form = load_form(name)
    text = text_of(draw(form, answers, facts(language=language))).replace("\n", "")
    own = ("name", "id_number", "mobile", "postcode", "birth", "agent_name", "agent_id_number", "address")
    for field in set(own) & shown(form) & set(answers):
        if field.startswith("agent") and answers is LI_SI:
            continue
        assert answers[field] in text, field
    assert answers["bank_name"] in text
    assert "4201-03-26-00123-2" in text


def test_the_whole_longest_address_is_there(facts) -> None:
    text = text_of(draw(load_form("registration"), MINOR, facts())).replace("\n", "")
    assert len(MINOR["mailing_address"]) == 70
    assert MINOR["mailing_address"] in text
    assert MINOR["email"] in text


def test_characters_beyond_the_bmp_are_copied_as_they_are(facts) -> None:
    name = "𠅤䶮𬱖"
    assert name in text_of(draw(load_form("registration"), LI_SI | {"name": name}, facts()))


@pytest.mark.parametrize("name", FORMS)
def test_every_font_is_embedded(facts, name) -> None:
    pdf = draw(load_form(name), MINOR, facts(draft=True))
    assert b"Helvetica" not in pdf
    assert b"Courier" not in pdf
    document = pypdfium2.PdfDocument(pdf)
    fonts = set()
    for page in document:
        for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
            font = pdfium.FPDFTextObj_GetFont(item.raw)
            size = pdfium.FPDFFont_GetBaseFontName(font, None, 0)
            buffer = ctypes.create_string_buffer(size)
            pdfium.FPDFFont_GetBaseFontName(font, buffer, size)
            fonts.add((buffer.value.decode(), pdfium.FPDFFont_GetIsEmbedded(font)))
    document.close()
    assert fonts
    assert all(embedded == 1 and "NotoSans" in font for font, embedded in fonts)


@pytest.mark.parametrize("name", FORMS)
def test_every_page_says_edition_serial_and_its_number(facts, name) -> None:
    form = load_form(name)
    document = pypdfium2.PdfDocument(draw(form, LI_SI, facts()))
    pages = form.paper.least_pages
    assert len(document) == pages
    for number, page in enumerate(document, start=1):
        text = page.get_textpage().get_text_bounded()
        assert "2026-1 版" in text
        assert "非国家统一式样" in text
        assert "4201-03-26-00123-2-R1" in text
        assert f"第 {number} 页，共 {pages} 页" in text
    document.close()


@pytest.mark.parametrize("draft", [False, True])
@pytest.mark.parametrize("name", FORMS)
def test_barcode_and_qr_code_are_read_from_a_200_dpi_scan(facts, name, draft) -> None:
    form = load_form(name)
    letter = form.letter
    pdf = draw(form, MINOR, facts(letter, draft=draft))
    pages = form.paper.least_pages
    for number in range(pages):
        width, height, rgb = render_page(pdf, number, 200)
        picture = Image.frombytes("RGB", (width, height), rgb)
        formats = (zxingcpp.BarcodeFormat.Code128, zxingcpp.BarcodeFormat.QRCode)
        found = {result.format.name: result.text for result in zxingcpp.read_barcodes(picture, formats=formats)}
        serial = parse_form_serial(found["Code128"])
        assert str(serial) == f"4201-03-26-00123-2-{letter}1"
        mark = parse_form_mark(found["QRCode"])
        assert (mark.serial, mark.edition, mark.page, mark.pages) == (serial, "2026-1", number + 1, pages)


def test_a_crooked_and_blurred_scan_is_still_read(facts) -> None:
    width, height, rgb = render_page(draw(load_form("registration"), MINOR, facts()), 0, 200)
    paper = Image.frombytes("RGB", (width, height), rgb).convert("L")
    scan = paper.rotate(4, expand=True, fillcolor=255).filter(ImageFilter.GaussianBlur(0.8))
    found = {result.format.name for result in zxingcpp.read_barcodes(scan)}
    assert found == {"Code128", "QRCode"}


def test_every_page_says_whose_it_is(facts) -> None:
    document = pypdfium2.PdfDocument(draw(load_form("registration"), LI_SI, facts()))
    assert all("李四" in page.get_textpage().get_text_bounded() for page in document)
    document.close()


def test_the_qr_code_says_what_was_shown(facts) -> None:
    form = load_form("confirmation")

    def digest(answers) -> str:
        picture = Image.frombytes("RGB", *_size_and_bytes(render_page(draw(form, answers, facts("C")), 0, 200)))
        (found,) = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)
        return parse_form_mark(found.text).digest

    assert digest(LI_SI) == digest(dict(LI_SI))
    assert digest(LI_SI) != digest(LI_SI | {"bank": "95599"})


def _size_and_bytes(page: tuple[int, int, bytes]) -> tuple[tuple[int, int], bytes]:
    return page[:2], page[2]


def test_the_codes_hold_nothing_personal(facts) -> None:
    form = load_form("registration")
    width, height, rgb = render_page(draw(form, LI_SI, facts()), 0, 200)
    for found in zxingcpp.read_barcodes(Image.frombytes("RGB", (width, height), rgb)):
        assert LI_SI["id_number"] not in found.text
        assert LI_SI["name"] not in found.text


def test_the_same_content_gives_the_same_bytes(facts) -> None:
    form = load_form("registration")
    assert draw(form, MINOR, facts()) == draw(form, MINOR, facts())


def test_only_a_draft_carries_the_watermark(facts) -> None:
    form = load_form("confirmation")
    assert "草稿" in text_of(draw(form, LI_SI, facts(draft=True)))
    assert "草稿" not in text_of(draw(form, LI_SI, facts()))
    assert "DRAFT" in text_of(draw(form, LI_SI, facts(draft=True, language=ENGLISH)))


def test_the_english_edition_keeps_the_chinese_labels_for_officials(facts) -> None:
    text = text_of(draw(load_form("registration"), LI_SI, facts(language=ENGLISH)))
    assert "Household type" in text
    assert "户口性质" in text
    assert "local resident" in text


def test_an_empty_form_is_drawn_for_a_pen(facts) -> None:
    text = text_of(draw(load_form("registration"), {}, facts(photo_jpeg=None, due=None)))
    assert "一寸照片" in text
    assert "月7日前" not in text


def test_a_question_that_is_not_asked_is_marked_so(facts) -> None:
    form = load_form("registration")
    assert text_of(draw(form, LI_SI, facts())).count("不适用") == 13
    assert text_of(draw(form, MINOR, facts())).count("不适用") == 4


def test_a_name_that_no_font_has_is_refused_and_never_printed_as_a_box(facts, monkeypatch) -> None:
    monkeypatch.setattr("sscard_desk.paper.coverage.fallbacks", lambda: ())
    with pytest.raises(CharacterNotDrawable) as caught:
        draw(load_form("registration"), LI_SI | {"name": "李\U0002a6d5"}, facts())
    assert caught.value.fields == ("name",)
    assert "\U0002a6d5" not in str(caught.value)


def test_a_text_that_cannot_be_made_to_fit_is_refused_by_its_field(facts) -> None:
    with pytest.raises(TextDoesNotFit) as caught:
        draw(load_form("registration"), LI_SI | {"authority": "局" * 200}, facts())
    assert caught.value.fields == ("authority",)


@pytest.mark.parametrize("photo", [b"no picture", b"\xff\xd8", b"\xff\xd8\xff\xe0" + b"x" * 500])
def test_a_broken_portrait_is_said(facts, photo) -> None:
    with pytest.raises(PictureUnreadable):
        draw(load_form("registration"), LI_SI, facts(photo_jpeg=photo))


def test_a_portrait_is_placed_without_being_compressed_again(facts, portrait) -> None:
    pdf = draw(load_form("registration"), LI_SI, facts())
    document = pypdfium2.PdfDocument(pdf)
    (image,) = document[0].get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE])
    assert image.get_px_size() == (358, 441)
    assert bytes(image.get_data(decode_simple=True)) == portrait
    left, bottom, right, top = image.get_bounds()
    document.close()
    assert (right - left, top - bottom) == pytest.approx((26 / 25.4 * 72, 32 / 25.4 * 72), abs=0.1)


def test_nothing_is_drawn_outside_the_margins(facts) -> None:
    for name in FORMS:
        for language in LANGUAGES:
            pdf = draw(load_form(name), MINOR, facts(language=language))
            width, height, rgb = render_page(pdf, 0, 50)
            picture = Image.frombytes("RGB", (width, height), rgb).convert("L").point(lambda p: 255 * (p < 250))
            left, top, right, bottom = picture.getbbox()
            margin = round(15 / 25.4 * 50)
            assert left >= margin
            assert right <= width - margin
            assert top >= round(9 / 25.4 * 50)
            assert bottom <= height - round(9 / 25.4 * 50)


def test_title_and_metadata_name_nobody(facts) -> None:
    document = pypdfium2.PdfDocument(draw(load_form("registration"), LI_SI, facts()))
    metadata = document.get_metadata_dict()
    document.close()
    assert metadata["Title"] == "社会保障卡申领登记表 4201-03-26-00123-2-R1"
    assert not re.search(f"{LI_SI['name']}|{LI_SI['id_number']}", str(metadata))


@pytest.mark.parametrize("pages", ["1/1", "2/34"])
def test_the_qr_code_is_read_by_another_decoder_than_the_one_that_made_it(pages) -> None:
    text = f"SSF1:42010326001232R1:2026-1:0123456789ABCDEF:{pages}"
    rows = np.frombuffer(b"".join(modules_of(text)), np.uint8)
    side = round(rows.size**0.5)
    picture = np.pad(np.kron(1 - rows.reshape(side, side), np.ones((8, 8))), 40, constant_values=1)
    found, *_ = cv2.QRCodeDetector().detectAndDecode((picture * 255).astype(np.uint8))
    assert found == text


ANNEX = {"more_data": "yes", "education": "83", "householder_relationship": "32", "employer_name": "示例㐂田公司"}


def test_the_annex_is_drawn_only_where_something_on_it_is_asked(facts) -> None:
    form = load_form("registration")

    def pages(answers) -> list[str]:
        return re.findall(r"第 \d 页，共 \d 页", text_of(draw(form, answers, facts())))

    two, three = [f"第 {n} 页，共 2 页" for n in (1, 2)], [f"第 {n} 页，共 3 页" for n in (1, 2, 3)]
    assert pages(LI_SI) == two
    for extra in ({"pick_up": "3", "delivery_address": "示例市和平路18号"}, {"application_kind": "5"}, ANNEX):
        assert pages(LI_SI | extra) == three


def test_further_data_can_be_copied_out_of_the_annex(facts) -> None:
    text = text_of(draw(load_form("registration"), LI_SI | ANNEX, facts()))
    assert "83 小学肄业" in text
    assert "32 长女" in text
    assert "示例㐂田公司" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_of_every_table_fits_its_place_in_both_languages(facts, language) -> None:
    form = load_form("registration")
    drawn = {cell.field for block in form.paper.blocks for row in block.rows for cell in row.cells}
    fields = [field for field in form.fields if field.id in drawn and field.table and field.when is None]
    fields += [
        form.field(name) for name in ("instant", "phone_kind", "education", "political", "occupation", "agent_sex")
    ]
    for field in fields:
        for row in table(field.table).rows:
            answers = MINOR | ANNEX | {"delivery_address": "示例市和平路18号", field.id: row.code}
            assert draw(form, answers, facts(language=language)).startswith(b"%PDF")
