"""What is laid out for a card, and the digest that the journal keeps."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sscard_desk.cards.plan import CardContent, plan
from sscard_desk.domain.errors.operator import CharacterNotOnCard, NameTooLongForCard, NotOurBlank
from tests.machines.card_in_hand import CONTENT
from tests.machines.pcsc import training_profile

PROFILE = training_profile()


def test_records_come_in_the_profiles_order_with_exact_bytes() -> None:
    laid_out = plan(replace(CONTENT, name="张·三"), PROFILE, "2.00")
    assert [(write.name, write.record.hex().upper()) for write in laid_out] == [
        ("EF05 05", "050420261122"),
        ("EF05 06", "060420361122"),
        ("EF05 07", "0709423232343531323539"),
        ("EF06 08", "0812" + b"11010119900307109X".hex().upper()),
        ("EF06 09", "091E" + "D5C5A1A4C8FD" + "00" * 24),
        ("EF06 4E", "4E14" + "00" * 20),
        ("EF06 0A", "0A0131"),
        ("EF06 0B", "0B0105"),
        ("EF06 0C", "0C03650102"),
        ("EF06 0D", "0D0419900307"),
    ]


def test_a_long_name_goes_on_in_the_extension() -> None:
    by_name = {write.name: write.value for write in plan(CONTENT, PROFILE, "2.00")}
    whole = by_name["EF06 09"].rstrip(b"\x00") + by_name["EF06 4E"].rstrip(b"\x00")
    assert whole.decode("gbk") == CONTENT.name
    assert by_name["EF06 4E"].rstrip(b"\x00")


def test_cards_of_version_1_have_no_extension() -> None:
    assert "EF06 4E" not in plan(replace(CONTENT, name="张三"), PROFILE, "1.00").items
    with pytest.raises(NameTooLongForCard):
        plan(CONTENT, PROFILE, "1.00")


def test_an_unknown_version_is_no_blank_of_ours() -> None:
    with pytest.raises(NotOurBlank):
        plan(CONTENT, PROFILE, "4.00")


def test_a_name_outside_gbk_is_refused_before_anything_is_sent() -> None:
    with pytest.raises(CharacterNotOnCard):
        plan(replace(CONTENT, name="张𠅤"), PROFILE, "2.00")


def test_what_is_unknown_stays_blank() -> None:
    by_name = {write.name: write.value for write in plan(replace(CONTENT, birthplace="", ethnic=""), PROFILE, "2.00")}
    assert by_name["EF06 0C"] == b"\xff\xff\xff"
    assert by_name["EF06 0B"] == b"\xff"


CHANGED = {
    "issue_date": CONTENT.valid_until,
    "valid_until": CONTENT.issue_date,
    "card_number": "A02796279",
    "social_security_number": "110101199003071117",
    "name": "张三",
    "sex": "2",
    "ethnic": "01",
    "birthplace": "110101",
    "birth_date": CONTENT.issue_date,
}


@pytest.mark.parametrize("field", CHANGED)
def test_every_field_is_under_the_digest(field: str) -> None:
    other = replace(CONTENT, **{field: CHANGED[field]})
    assert plan(other, PROFILE, "2.00").digest != plan(CONTENT, PROFILE, "2.00").digest


def test_the_digest_stays_the_same_from_release_to_release() -> None:
    assert plan(CONTENT, PROFILE, "2.00").digest == "45f30e7080f059b50552b6fe3ac93e106c7e5200295308c63a515434b59b62cc"


def test_nothing_personal_shows_in_representations() -> None:
    laid_out = plan(CONTENT, PROFILE, "2.00")
    shown = repr(CONTENT) + repr(laid_out) + repr(laid_out.records[3])
    assert CONTENT.name not in shown
    assert CONTENT.social_security_number not in shown


@given(st.sampled_from(["1.00", "2.00", "2.01", "3.00"]), st.text("张三李四王五·AB", min_size=1, max_size=15))
def test_every_record_has_the_length_of_its_item(version: str, name: str) -> None:
    content: CardContent = replace(CONTENT, name=name)
    for write in plan(content, PROFILE, version):
        assert len(write.value) == write.item.length
