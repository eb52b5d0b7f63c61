from hypothesis import given
from hypothesis import strategies as st

from sscard_desk.ui.burst import APART_MS, LEAST, Burst


def type_in(burst: Burst, code: str, pause: int, begin: int = 1000) -> str:
    at = begin
    held = "示例"
    for letter in code:
        burst.character(letter, at, held)
        held += letter
        at += pause
    return burst.enter(at)


@given(st.text("0123456789-", min_size=LEAST, max_size=30), st.integers(0, APART_MS - 1))
def test_a_scanner_is_recognised_and_the_field_is_remembered(code: str, pause: int) -> None:
    burst = Burst()
    assert type_in(burst, code, pause) == code
    assert burst.before == "示例"


@given(st.text("0123456789", min_size=1, max_size=30), st.integers(APART_MS, 400))
def test_a_person_is_not_a_scanner(code: str, pause: int) -> None:
    assert type_in(Burst(), code, pause) == ""


@given(st.text("0123456789", max_size=LEAST - 1))
def test_a_few_quick_keys_are_not_a_scanner(code: str) -> None:
    assert type_in(Burst(), code, 5) == ""


def test_a_burst_after_slow_typing_leaves_what_was_typed() -> None:
    burst = Burst()
    burst.character("示", 0, "")
    burst.character("例", 500, "示")
    assert type_in(burst, "4201032600", 8, begin=2000) == "4201032600"
    assert burst.before == "示例"


def test_a_late_enter_is_a_person_s() -> None:
    burst = Burst()
    for at in range(8):
        burst.character("1", 1000 + at, "")
    assert burst.enter(1500) == ""
