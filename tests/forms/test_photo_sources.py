"""What a city says about the sources of a portrait is data, and a wrong row of the centre stops nobody."""

import pytest

from sscard_desk.forms.photo_consent import consent_text
from sscard_desk.forms.photo_sources import photo_sources, receipt_terms


@pytest.mark.parametrize("source", ["chip", "register"])
def test_words_of_consent_stand_in_both_languages_under_different_digests(source: str) -> None:
    zh, en = consent_text(source, "zh_CN"), consent_text(source, "en")
    assert len(zh.paragraphs) == len(en.paragraphs) >= 3
    assert zh.edition == en.edition
    assert len({zh.digest, en.digest, consent_text("chip", "zh_CN").digest}) == (2 if source == "chip" else 3)


@pytest.mark.parametrize(
    ("folder", "file", "said"),
    [
        ("pic_4201A", "110101199003074258张三.jpg", ("number_and_name", "110101199003074258", "张三", "", "4201A")),
        ("pic_4201A", "11010119900307425x.JPG", ("number_and_name", "11010119900307425X", "", "", "4201A")),
        ("anything", "110101199003074258_张三.jpeg", ("number_and_name", "110101199003074258", "张三", "", "")),
        ("pic_7", "GZ-2026-000123.jpg", ("receipt", "", "", "GZ-2026-000123", "7")),
        ("pic_7", "张三.jpg", None),
        ("pic_7", "110101199003074258张三.png", None),
        ("pic_7", "Thumbs.db", None),
    ],
)
def test_a_file_on_a_stick_says_whose_it_is(folder: str, file: str, said: tuple[str, ...] | None) -> None:
    found = next((parts for rule in photo_sources().file_names if (parts := rule.read(folder, file))), None)
    assert (found and (found.rule, found.number, found.name, found.receipt, found.unit)) == said


def test_the_centres_terms_go_before_the_shipped_ones_unless_they_are_none() -> None:
    shipped = receipt_terms()
    assert shipped.valid_days == 90
    assert receipt_terms([{"valid_days": "180", "pattern": "[0-9]{12}", "day_required": "1"}]) == type(shipped)(
        "[0-9]{12}", 180, day_required=True
    )
    assert receipt_terms([{"valid_days": "many"}, {"valid_days": "0"}, {"valid_days": "5", "pattern": "("}]) == shipped
