"""The card's text: known bytes, all four layouts, and bytes that are no card."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sscard_desk.devices.id_reader.base_message import parse_base_message
from sscard_desk.devices.id_reader.simulated_card import encode_text
from sscard_desk.devices.id_reader.text import parse_text
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.device import IdCardUnreadable, IdFrameDamaged
from sscard_desk.domain.errors.operator import UnknownCode
from sscard_desk.domain.id_card import IdCard, IdCardKind
from sscard_desk.domain.numbers.citizen_id import check_character
from sscard_desk.training.id_cards import id_card_of
from sscard_desk.training.persons import persons

NUMBER = "420196199001011019"[:17]
NUMBER += check_character(NUMBER)


def laid(*fields: tuple[int, str]) -> bytearray:
    """Return a text with these fields at these byte offsets, as domain reference B.3 counts them."""
    raw = bytearray(b" \0" * 128)
    for offset, text in fields:
        units = text.encode("utf-16-le")
        raw[offset : offset + len(units)] = units
    assert len(raw) == 256
    return raw


CITIZEN = laid(
    (0, "王芳"),
    (30, "1"),
    (32, "05"),
    (36, "19900101"),
    (52, "示例市城关区解放路1号"),
    (122, NUMBER),
    (158, "示例市公安局"),
    (188, "20200229"),
    (204, "20400228"),
)


def put(offset: int, text: str) -> bytes:
    raw = bytearray(CITIZEN)
    units = text.encode("utf-16-le", "surrogatepass")
    raw[offset : offset + len(units)] = units
    return bytes(raw)


def test_a_citizens_card_is_read_at_the_references_offsets() -> None:
    assert parse_text(bytes(CITIZEN), b"wlt") == IdCard(
        kind=IdCardKind.CITIZEN,
        number=NUMBER,
        name="王芳",
        sex="1",
        ethnic="05",
        birth=date(1990, 1, 1),
        address="示例市城关区解放路1号",
        authority="示例市公安局",
        valid_from=date(2020, 2, 29),
        valid_to=date(2040, 2, 28),
        photo_wlt=b"wlt",
    )


def test_a_residence_permit_is_read_at_the_references_offsets() -> None:
    raw = bytearray(CITIZEN)
    for offset, text in (
        (32, "  "),
        (122, "810000199408230021"),
        (220, "H12345678"),
        (238, "02"),
        (248, "J"),
    ):
        units = text.encode("utf-16-le")
        raw[offset : offset + len(units)] = units
    card = parse_text(bytes(raw))
    assert (card.kind, card.number, card.ethnic, card.pass_number, card.issue_count, card.address) == (
        IdCardKind.HMT_RESIDENT,
        "810000199408230021",
        "",
        "H12345678",
        "02",
        "示例市城关区解放路1号",
    )


def test_a_foreigners_card_of_2017_is_read_at_the_references_offsets() -> None:
    raw = laid(
        (0, "SMITH, JOHN"),
        (120, "1"),
        (122, "USA420080010112"),
        (152, "USA"),
        (158, "约翰"),
        (188, "20180501"),
        (204, "20280430"),
        (220, "19800101"),
        (236, "01"),
        (240, "4200"),
        (248, "I"),
    )
    card = parse_text(bytes(raw))
    assert (card.kind, card.name_latin, card.name, card.number, card.nationality, card.birth, card.authority) == (
        IdCardKind.FOREIGN_2017,
        "SMITH, JOHN",
        "约翰",
        "USA420080010112",
        "USA",
        date(1980, 1, 1),
        "4200",
    )


@pytest.mark.parametrize(
    ("first", "rest", "whole"),
    [
        ("SMITH, JOHN", "", "SMITH, JOHN"),
        ("SMITH, JOHN FITZGERALD ALEXANDER CHR", "ISTOPHER", None),
        ("SMITH, JOHN FITZGERALD ALEXANDER   ", "CHRIS", "SMITH, JOHN FITZGERALD ALEXANDER CHRIS"),
    ],
)
def test_a_foreigners_card_of_2023_joins_the_two_parts_of_the_latin_name(
    first: str, rest: str, whole: str | None
) -> None:
    raw = laid(
        (0, "约翰"),
        (30, "1"),
        (32, "01"),
        (36, "19850101"),
        (52, first[:35]),
        (122, "932682198501010017"),
        (188, "20240101"),
        (204, "20331231"),
        (220, first[35:] + rest),
        (242, "SAU"),
        (248, "Y"),
    )
    card = parse_text(bytes(raw))
    assert (card.kind, card.nationality, card.issue_count, card.authority) == (
        IdCardKind.FOREIGN_2023,
        "SAU",
        "01",
        "",
    )
    assert card.name_latin == (whole or first + rest)


def test_a_card_without_end_has_no_last_day() -> None:
    assert parse_text(put(204, "长期      ")).valid_to is None


def test_fields_may_be_padded_with_zeros() -> None:
    assert parse_text(bytes(CITIZEN).replace(b" \0", b"\0\0")).name == "王芳"


def test_half_a_rare_character_at_the_end_of_a_full_field_is_left_out() -> None:
    name = "王" * 14 + "\ud842"
    assert parse_text(put(0, name)).name == "王" * 14


def test_private_characters_of_old_cards_stay() -> None:
    assert parse_text(put(0, "王\ue863")).name == "王\ue863"


@pytest.mark.parametrize(
    ("offset", "text", "field"),
    [
        (0, "  ", "name"),
        (0, "王\ud842芳", "name"),
        (0, "王\n", "name"),
        (36, "19900231", "birth"),
        (36, "1990010 ", "birth"),
        (36, "１９９００１０１", "birth"),
        (122, "42019619900101101 ", "number"),
        (122, " " * 18, "number"),
        (188, "        ", "valid_from"),
        (204, "长久      ", "valid_to"),
        (204, "        ", "valid_to"),
    ],
)
def test_a_field_that_breaks_its_format_is_named_and_not_shown(offset: int, text: str, field: str) -> None:
    with pytest.raises(IdCardUnreadable) as caught:
        parse_text(put(offset, text))
    assert caught.value.values() == {"field": field}
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


@pytest.mark.parametrize(
    ("offset", "text", "table"), [(30, "3", "sex"), (32, "57", "ethnic"), (32, "00", "ethnic"), (32, "9 ", "ethnic")]
)
def test_a_code_that_its_table_does_not_have_is_refused(offset: int, text: str, table: str) -> None:
    with pytest.raises(UnknownCode) as caught:
        parse_text(put(offset, text))
    assert caught.value.table == table


@pytest.mark.parametrize("length", [0, 255, 257])
def test_a_text_of_another_length_is_refused(length: int) -> None:
    with pytest.raises(IdCardUnreadable):
        parse_text(bytes(length))


@given(st.binary(min_size=256, max_size=256))
def test_any_bytes_give_a_card_or_a_foreseen_error(raw: bytes) -> None:
    with pytest.raises(DeskError):
        parse_text(raw)  # 256 random bytes never make a number, a date and a name at once


@given(st.integers(0, 127), st.integers(0, 0xFFFF))
def test_one_wrong_character_gives_a_card_or_a_foreseen_error(at: int, unit: int) -> None:
    raw = bytearray(CITIZEN)
    raw[2 * at : 2 * at + 2] = unit.to_bytes(2, "little")
    try:
        card = parse_text(bytes(raw))
    except DeskError:
        return
    assert card.number == NUMBER or 61 <= at < 79


def test_every_synthetic_persons_card_is_written_and_read_alike() -> None:
    for person in persons(600):
        card = id_card_of(person)
        assert parse_text(encode_text(card), card.photo_wlt) == card


def test_a_value_too_long_for_its_field_cannot_be_laid_on_the_simulator() -> None:
    card = id_card_of(next(persons(1)))
    with pytest.raises(ValueError):
        encode_text(replace(card, name="王" * 16))


def test_a_message_without_fingerprints_is_taken_apart() -> None:
    assert parse_base_message(bytes.fromhex("01000400") + bytes(CITIZEN) + bytes(1024)).name == "王芳"


def test_fingerprints_are_passed_over() -> None:
    data = bytes.fromhex("010004000400") + bytes(CITIZEN) + b"w" * 1024 + b"f" * 1024
    assert parse_base_message(data).photo_wlt == b"w" * 1024


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x01\x00",
        bytes.fromhex("01000400"),
        bytes.fromhex("04000100") + bytes(1280),
        bytes.fromhex("01000000") + bytes(256),
    ],
)
def test_lengths_that_do_not_add_up_are_damage(data: bytes) -> None:
    with pytest.raises(IdFrameDamaged):
        parse_base_message(data)
