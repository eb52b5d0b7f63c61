"""Every data type of the card keeps its known encodings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sscard_desk.cards import ssse
from sscard_desk.cards.file_layout import shipped_layouts
from sscard_desk.cards.items import AlphaNumeric, Binary, CalendarDate, Item, Known, PackedDecimal
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.device import CardItemDamaged
from sscard_desk.domain.errors.operator import NumberLengthWrong, UnknownCode


def types_below(parent: type[Item]) -> list[type[Item]]:
    return [t for child in parent.__subclasses__() for t in (child, *types_below(child))]


TYPES = types_below(Item)
KNOWN = [(one, known) for one in TYPES for known in one.KNOWN]
ALL_ITEMS = [item for file in ssse.FILES.values() for item in file.items]
EVERY_ITEM = [(file.address, item) for layout in shipped_layouts() for file in layout.files for item in file.items]


@pytest.mark.parametrize("data_type", TYPES)
def test_each_data_type_has_known_encodings_of_its_own(data_type: type[Item]) -> None:
    assert vars(data_type).get("KNOWN"), f"{data_type.__name__} has no known encoding"


def test_there_are_types_to_walk() -> None:
    assert {AlphaNumeric, PackedDecimal, CalendarDate, Binary} <= set(TYPES)


@pytest.mark.parametrize(("data_type", "known"), KNOWN, ids=lambda v: getattr(v, "text", getattr(v, "__name__", "")))
def test_a_known_encoding_holds_in_both_directions(data_type: type[Item], known: Known) -> None:
    item = data_type(0x01, "item", "项目", known.length)
    assert item.encode(known.text) == known.encoded
    assert item.decode(known.encoded) == known.text


@pytest.mark.parametrize(("file", "item"), EVERY_ITEM, ids=lambda v: getattr(v, "tag_hex", v))
def test_every_item_whose_meaning_is_known_keeps_a_known_encoding(file: str, item: Item) -> None:
    if item.name:
        assert item.known is not None
        assert item.known.length == item.length
        assert item.keeps_what_is_known()
        value = item.encode(item.known.text)
        assert value.startswith(item.known.encoded)
        assert not value[len(item.known.encoded) :].strip(b"\x00")
    else:
        assert file.startswith("DF"), "the meaning of every item of SSSE is known"


def test_a_known_encoding_that_does_not_hold_is_found() -> None:
    assert not AlphaNumeric(1, "item", "", 4, Known(4, "2.00", b"2.01")).keeps_what_is_known()


@pytest.mark.parametrize("item", ALL_ITEMS, ids=lambda item: item.name)
def test_a_blank_item_reads_as_empty_text_and_is_written_as_the_fill(item: Item) -> None:
    assert item.decode(item.blank) == ""
    assert item.encode("") == item.blank
    assert item.is_blank(item.blank)
    assert len(item.blank) == item.length


@pytest.mark.parametrize("item", ALL_ITEMS, ids=lambda item: item.name)
@pytest.mark.parametrize("by", [-1, 1])
def test_a_value_of_another_length_is_damaged(item: Item, by: int) -> None:
    with pytest.raises(CardItemDamaged) as caught:
        item.decode(b"1" * (item.length + by))
    assert caught.value.item == item.tag_hex


def test_the_layout_is_that_of_the_reference() -> None:
    lengths = {item.tag_hex: item.length for item in ALL_ITEMS}
    assert lengths == {
        "01": 16, "02": 1, "03": 4, "04": 12, "05": 4, "06": 4, "07": 9,
        "08": 18, "09": 30, "4E": 20, "0A": 1, "0B": 1, "0C": 3, "0D": 4,
    }  # fmt: skip


@pytest.mark.parametrize("value", ["20231399", "20230229", "2023A101", "FFFFFF01"])
def test_a_date_that_is_no_day_is_damaged(value: str) -> None:
    with pytest.raises(CardItemDamaged):
        ssse.ISSUE_DATE.decode(bytes.fromhex(value))


def test_text_that_is_no_gbk_is_damaged_and_not_quoted() -> None:
    with pytest.raises(CardItemDamaged) as caught:
        ssse.HOLDER_NAME.decode(b"\xff\x81".ljust(30, b"\x00"))
    assert caught.value.__suppress_context__


@pytest.mark.parametrize("text", ["1", "123"])
def test_a_code_of_another_length_is_refused(text: str) -> None:
    with pytest.raises(NumberLengthWrong):
        ssse.ETHNIC.encode(text)


@pytest.mark.parametrize(
    ("item", "text"), [(ssse.ETHNIC, "0A"), (ssse.BIRTHPLACE, "11０101"), (Binary(1, "b", "b", 1), "G0")]
)
def test_a_code_that_holds_no_digits_is_refused_without_quoting_it(item: Item, text: str) -> None:
    with pytest.raises(UnknownCode) as caught:
        item.encode(text)
    assert text not in str(caught.value)


def test_a_text_too_long_for_its_item_is_refused() -> None:
    with pytest.raises(NumberLengthWrong):
        ssse.CARD_NUMBER.encode("B224512590")


@given(st.binary(min_size=4, max_size=30))
def test_no_bytes_on_a_card_break_the_reading_but_as_an_error_with_a_code(value: bytes) -> None:
    for item in ALL_ITEMS:
        if item.length <= len(value):
            try:
                text = item.decode(value[: item.length])
            except DeskError:
                continue
            assert item.decode(item.encode(text)) == text
