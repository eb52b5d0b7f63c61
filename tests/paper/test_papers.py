"""Every paper besides the two forms: what is on it, read back from the PDF as people, scanners and programs would."""

from dataclasses import replace
from string import Formatter

import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from sscard_desk.domain.errors.operator import CharacterNotDrawable, TextDoesNotFit
from sscard_desk.domain.numbers.form_serial import parse_form_mark
from sscard_desk.forms.codes import table
from sscard_desk.forms.conditions import as_date
from sscard_desk.forms.definition import TICKED, FieldType, FormDefinition
from sscard_desk.forms.layout import BlockKind
from sscard_desk.forms.load import load_form
from sscard_desk.forms.words import Words
from sscard_desk.paper import Copy, PdfPaper, draw, draw_many, prepare, render_page
from sscard_desk.resources import form_folder
from sscard_desk.texts import ENGLISH, LANGUAGES, Catalogue
from tests.paper.samples import ANSWERS, LISTS, cards, pupils

PAPERS = sorted(ANSWERS)
WITH_TABLE = sorted(LISTS)


def pages_of(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    texts = [page.get_textpage().get_text_bounded().replace("\r\n", "\n") for page in document]
    document.close()
    return texts


def joined(pdf: bytes) -> str:
    return "".join(pages_of(pdf)).replace("\n", "").replace(" ", "").replace("\u3000", "")


def in_words(form: FormDefinition, name: str, answer: str, language: str, *, in_letter: bool = False) -> str:
    field = form.field(name)
    if field.type is FieldType.CODE:
        return table(field.table).row(answer).words(language)
    day = as_date(answer) if in_letter and field.type is FieldType.DATE else None
    return Catalogue(language)("papers.day", year=day.year, month=day.month, day=day.day) if day else answer


def expected(name: str, language: str) -> list[str]:
    """Return every text that must stand on the paper: answers in grids and letters, and all cells of its table."""
    form, answers, found = load_form(name), ANSWERS[name], []
    for block in form.paper.blocks:
        cells = [cell.field for row in block.rows for cell in row.cells]
        for field in cells:
            shown = form.field(field).words_field or field
            found.append(in_words(form, shown, answers.get(shown, ""), language))
        if block.kind is BlockKind.LETTER:
            for prose in block.prose:
                paragraph = form.paragraph(prose)
                if paragraph.when is not None and not answers.get(paragraph.when.field):
                    continue
                for _, field, _, _ in Formatter().parse(paragraph.words(language)):
                    if field and form.has(field) and answers.get(field):
                        found.append(in_words(form, field, answers[field], language, in_letter=True))
        for row in LISTS.get(name, {}).get(block.list, ()):
            found += [in_words(form, key, answer, language) for key, answer in row.items()]
    return [text.replace(" ", "") for text in found if text]


def test_each_paper_of_the_issue_is_there_with_a_letter_of_its_own() -> None:
    names = sorted(path.name for path in form_folder().iterdir() if (path / "form.toml").is_file())
    assert set(names) >= {*PAPERS, "registration", "confirmation"}
    letters = [load_form(name).letter for name in names]
    assert len(set(letters)) == len(letters)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAPERS)
def test_everything_that_was_given_can_be_copied_out_of_the_paper(facts, name, language) -> None:
    form = load_form(name)
    made = facts(form.letter, language=language, photo_jpeg=None, due=None)
    text = joined(draw(form, ANSWERS[name], made, LISTS.get(name, {})))
    wanted = expected(name, language)
    assert len(wanted) >= 2
    assert [each for each in wanted if each not in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAPERS)
def test_every_page_has_its_number_its_edition_and_two_codes_that_a_scanner_reads(facts, name, language) -> None:
    form = load_form(name)
    made = facts(form.letter, language=language, photo_jpeg=None)
    pdf = draw(form, ANSWERS[name], made, LISTS.get(name, {}))
    texts = pages_of(pdf)
    for number, text in enumerate(texts, start=1):
        assert Catalogue(language)("forms.paper.page", page=number, pages=len(texts)) in text
        assert "2026-1" in text
        width, height, rgb = render_page(pdf, number - 1, 200)
        found = {
            one.format.name: one.text for one in zxingcpp.read_barcodes(Image.frombytes("RGB", (width, height), rgb))
        }
        mark = parse_form_mark(found["QRCode"])
        assert (str(mark.serial), mark.page, mark.pages) == (f"4201-03-26-00123-2-{form.letter}1", number, len(texts))
        assert found["Code128"] == mark.serial.compact


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAPERS)
def test_nothing_leaves_the_margins_and_nothing_overlaps_the_foot(facts, name, language) -> None:
    form = load_form(name)
    pdf = draw(form, ANSWERS[name], facts(form.letter, language=language, photo_jpeg=None), LISTS.get(name, {}))
    scale = 100 / 25.4
    for number in range(len(pages_of(pdf))):
        width, height, rgb = render_page(pdf, number, 100)
        ink = Image.frombytes("RGB", (width, height), rgb).convert("L").point(lambda p: 255 * (p < 250))
        left, top, right, bottom = ink.getbbox()
        assert left >= 15 * scale
        assert right <= width - 15 * scale
        assert top >= 9 * scale
        assert bottom <= height - 9 * scale
        gap = ink.crop((0, round(height - 37.5 * scale), width, round(height - 35.8 * scale)))
        assert gap.getbbox() is None


def test_blocks_of_a_page_do_not_overlap() -> None:
    for name in PAPERS:
        for block in (blocks := load_form(name).paper.blocks):
            for other in blocks:
                apart_x = other.x >= block.x + block.width or block.x >= other.x + other.width
                apart_y = other.y >= block.y + block.height or block.y >= other.y + other.height
                assert other is block or other.page != block.page or apart_x or apart_y, (name, block.kind, other.kind)


@pytest.mark.parametrize("count", [0, 1, 7, 11, 12, 13, 26, 27, 28, 42, 500])
def test_each_row_stands_whole_on_one_page_under_the_head_of_the_table(facts, count) -> None:
    form, rows = load_form("class_list"), pupils(count)
    texts = pages_of(draw(form, ANSWERS["class_list"], facts("L", photo_jpeg=None), {"students": rows}))
    for row in rows:
        (page,) = [text for text in texts if row["guardian_mobile"] in text]
        assert row["student_application_no"] in page
    assert all("监护人电话" in text for text in texts)
    assert sum("学校名称" in text for text in texts) == 1
    assert [number for number, text in enumerate(texts) if "学校经办人" in text] == [len(texts) - 1]
    last = texts[-1]
    assert f"合计 {count}" in last.replace("\n", " ")
    assert all("合计" not in text for text in texts[:-1])
    assert ("（本清单没有记录）" in last) is (count == 0)
    assert count == 0 or rows[-1]["guardian_mobile"] in last


def test_a_sum_adds_the_numbers_of_its_column_and_leaves_out_words(facts) -> None:
    rows = [
        {"material": "甲", "material_copies": "2"},
        {"material": "乙", "material_copies": "两份"},
        {"material": "丙"},
    ]
    rows.append({"material": "丁", "material_copies": "3"})
    form = load_form("materials_receipt")
    text = joined(draw(form, ANSWERS["materials_receipt"], facts("M", photo_jpeg=None), {"materials": rows}))
    assert "合计5" in text


def test_a_long_text_makes_its_row_taller_and_is_whole(facts) -> None:
    words = "监护人陪同并出示有效证件原件" * 9
    rows = [{"item": "监护人身份证", "requirement": words}]
    form = load_form("missing_notice")
    assert words in joined(draw(form, ANSWERS["missing_notice"], facts("N", photo_jpeg=None), {"missing": rows}))


def test_a_text_that_no_row_can_hold_is_refused_by_its_column(facts) -> None:
    rows = [{"item": "项", "requirement": "长" * 900}]
    with pytest.raises(TextDoesNotFit) as caught:
        draw(load_form("missing_notice"), ANSWERS["missing_notice"], facts("N"), {"missing": rows})
    assert caught.value.fields == ("requirement",)


def test_a_letter_that_does_not_fit_is_refused(facts) -> None:
    with pytest.raises(TextDoesNotFit):
        draw(load_form("refusal_notice"), ANSWERS["refusal_notice"] | {"reason": "理由" * 2000}, facts("F"))


def test_a_name_in_a_row_that_no_font_has_is_flagged_with_its_row_and_not_printed(facts, monkeypatch) -> None:
    monkeypatch.setattr("sscard_desk.paper.coverage.fallbacks", lambda: ())
    form, rows = load_form("bank_handover"), cards(3)
    rows[0]["holder_name"] = rows[1]["holder_name"] = "李四"
    rows[2]["holder_name"] = "李\U0002a6d5"
    (finding,) = PdfPaper().undrawable(form, ANSWERS["bank_handover"], {"cards": rows})
    assert (finding.field, finding.values["row"]) == ("holder_name", 3)
    with pytest.raises(CharacterNotDrawable) as caught:
        draw(form, ANSWERS["bank_handover"], facts("B"), {"cards": rows})
    assert caught.value.fields == ("holder_name",)


def test_any_change_of_a_row_changes_the_digest_on_the_paper(facts) -> None:
    form = load_form("bank_handover")

    def mark(rows) -> str:
        pdf = draw(form, ANSWERS["bank_handover"], facts("B", photo_jpeg=None), {"cards": rows})
        width, height, rgb = render_page(pdf, 0, 200)
        picture = Image.frombytes("RGB", (width, height), rgb)
        (found,) = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)
        return parse_form_mark(found.text).digest

    rows = cards(3)
    assert mark(rows) == mark(cards(3))
    assert mark(rows[:2]) != mark(rows)
    assert mark([*rows[:2], rows[2] | {"card_number": "B00000002"}]) != mark(rows)


def test_without_a_tick_the_consent_stays_open(facts) -> None:
    form = load_form("privacy_consent")

    def box(answers) -> int:
        width, height, rgb = render_page(draw(form, answers, facts("P", photo_jpeg=None)), 0, 100)
        page = Image.frombytes("RGB", (width, height), rgb).convert("L")
        return sum(page.crop((64, round(180 / 25.4 * 100), 82, round(184 / 25.4 * 100))).histogram()[:128])

    given = ANSWERS["privacy_consent"]
    assert given["consent_face"] == TICKED
    assert box(given) > box(given | {"consent_face": ""}) + 20


def test_a_refusal_names_reason_and_both_ways_of_review_in_both_languages(facts) -> None:
    form, answers = load_form("refusal_notice"), ANSWERS["refusal_notice"]
    chinese = joined(draw(form, answers, facts("F")))
    assert f"理由：{answers['reason']}".replace(" ", "") in chinese
    assert "60日内向示例市人民政府申请行政复议" in chinese
    assert "6个月内依法向示例市城关区人民法院提起行政诉讼" in chinese
    english = joined(draw(form, answers, facts("F", language=ENGLISH)))
    assert "administrativereviewto示例市人民政府within60days" in english


def test_what_a_letter_does_not_know_is_left_for_a_pen(facts) -> None:
    answers = {k: v for k, v in ANSWERS["refusal_notice"].items() if k != "court"}
    assert "法向＿＿＿＿＿＿提起行政诉讼" in joined(draw(load_form("refusal_notice"), answers, facts("F")))


def test_many_copies_in_one_document_are_the_copies_one_by_one(facts) -> None:
    form = load_form("collection_notice")
    names = ["𠅤䶮", "买买提江·阿布都", "欧阳文静"]
    copies = [
        Copy(ANSWERS["collection_notice"] | {"name": name}, facts("T", serial=f"4201-03-26-0012{n}-2-T1"))
        for n, name in enumerate(names)
    ]
    made = draw_many(form, copies)
    assert (made.pages, made.failed) == (3, ())
    single = [draw(form, copy.answers, copy.facts) for copy in copies]
    assert pages_of(made.pdf) == [pages_of(pdf)[0] for pdf in single]
    for number, pdf in enumerate(single):
        assert render_page(made.pdf, number, 60) == render_page(pdf, 0, 60)


def test_a_copy_that_cannot_be_drawn_is_left_out_and_named_and_the_others_are_there(facts) -> None:
    form = load_form("collection_notice")
    given = ANSWERS["collection_notice"]
    wrong = [given | {"mailing_address": "长" * 900}, given | {"name": "李四"}]
    copies = [
        Copy(given, facts("T")),
        *(Copy(each, facts("T")) for each in wrong),
        Copy(given, facts("T", photo_jpeg=b"?")),
    ]
    made = draw_many(form, copies)
    assert [number for number, _ in made.failed] == [1]
    texts = pages_of(made.pdf)
    assert len(texts) == made.pages == 3
    assert "李四" in texts[1]


def test_copies_in_two_languages_do_not_go_into_one_document(facts) -> None:
    given = ANSWERS["collection_notice"]
    with pytest.raises(ValueError, match="en"):
        draw_many(load_form("collection_notice"), [Copy(given, facts("T")), Copy(given, facts("T", language=ENGLISH))])


def test_the_order_in_which_papers_are_drawn_changes_no_byte(facts) -> None:
    def both() -> list[bytes]:
        return [draw(load_form(n), ANSWERS[n], facts("X"), LISTS.get(n, {})) for n in ("class_list", "refusal_notice")]

    first = both()
    draw(load_form("bank_handover"), ANSWERS["bank_handover"], facts("B"), LISTS["bank_handover"])
    assert both() == first


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_label_that_does_not_fit_its_cell_is_refused_and_never_cut(language) -> None:
    form = load_form("registration")
    prepare([form], language)
    long = {field.id: replace(field, words=Words("长标签" * 9, "a very long label " * 4)) for field in form.fields}
    with pytest.raises(TextDoesNotFit) as caught:
        prepare([replace(form, fields=tuple(long[field.id] for field in form.fields))], language)
    assert {"name_description", "contact_phone"} <= set(caught.value.fields)
