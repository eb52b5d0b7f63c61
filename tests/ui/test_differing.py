from hypothesis import given
from hypothesis import strategies as st

from sscard_desk.ui.differing import differing


def test_a_changed_address_is_marked_from_the_first_difference_on() -> None:
    new, old = differing("示例市城关区和平路18号3号楼502室", "示例市城关区建设街6号2单元301室")
    assert new == (("示例市城关区", False), ("和平路18号3号楼502室", True))
    assert old == (("示例市城关区", False), ("建设街6号2单元301室", True))


def test_a_number_is_never_marked_in_part() -> None:
    new, _ = differing("2024.05.12", "2014.05.12")
    assert new == (("2024.05.12", True),)


@given(st.text(), st.text())
def test_the_parts_are_the_value(one: str, other: str) -> None:
    left, right = differing(one, other)
    assert "".join(part for part, _ in left) == one
    assert "".join(part for part, _ in right) == other


@given(st.text(min_size=1))
def test_equal_values_have_no_mark(value: str) -> None:
    assert differing(value, value) == (((value, False),), ((value, False),))
