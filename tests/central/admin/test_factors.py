"""Second factors and sign-ins without a browser, over both databases."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from sscard_desk.central.admin import factor, operators, sessions, sign_in, throttle
from sscard_desk.central.admin.secrets import unseal
from sscard_desk.central.centre import OpenCentre
from sscard_desk.domain.errors.accounts import PasswordTooShort
from sscard_desk.domain.errors.administration import (
    FactorCodeWrong,
    OperatorPaused,
    OperatorSignInWrong,
    OperatorUnknown,
)
from tests.machines.admin import PASSWORD, Authenticator

RFC_SECRET = b"12345678901234567890"


@pytest.mark.parametrize(
    ("at", "code"),
    [(59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (1234567890, "005924"), (2000000000, "279037")],
)
def test_codes_are_those_of_the_standards_examples(at: int, code: str) -> None:  # RFC 6238, appendix B, six digits
    assert factor.step_of(RFC_SECRET, code, at * 1000) == at // 30
    assert factor.step_of(RFC_SECRET, code, (at + 30) * 1000) == at // 30
    assert factor.step_of(RFC_SECRET, code, (at + 90) * 1000) is None


@pytest.mark.parametrize("code", ["", "12345", "1234567", "１２３４５６", "12345a", "-12345"])
def test_what_is_no_code_fits_no_step(code: str) -> None:
    assert factor.step_of(RFC_SECRET, code, 59_000) is None


def invited(centre: OpenCentre, name: str) -> tuple[sessions.Open, Authenticator]:
    first = operators.add(centre, name)
    opened = sign_in.sign_in(centre, name, first, "", "192.0.2.1")
    return opened, Authenticator(unseal(centre.keys, opened.session.pending, name))


def set_up(centre: OpenCentre, name: str) -> tuple[Authenticator, list[str]]:
    opened, phone = invited(centre, name)
    _, codes = sign_in.set_up(centre, opened, PASSWORD, phone.code(centre.now_ms()))
    return phone, codes


def test_a_code_is_taken_once_also_by_two_that_ask_at_the_same_moment(centre: OpenCentre) -> None:
    phone, codes = set_up(centre, "li.ming")

    def ask(code: str) -> bool:
        try:
            sign_in.sign_in(centre, "li.ming", PASSWORD, code, "192.0.2.1")
        except (OperatorSignInWrong, OperatorPaused):
            return False
        return True

    for code in (phone.code(centre.now_ms()), codes[3]):
        with ThreadPoolExecutor(3) as pool:
            assert sorted(pool.map(ask, [code] * 3)) == [False, False, True]


def test_a_first_password_ends_with_its_time_and_with_what_is_set_up(
    centre: OpenCentre, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = operators.add(centre, "li.ming")
    later = centre.now_ms() + operators.FIRST_HOURS * 3_600_000 + 1_000
    with monkeypatch.context() as clock:
        clock.setattr(type(centre), "now_ms", lambda _centre: later)
        with pytest.raises(OperatorSignInWrong):
            sign_in.sign_in(centre, "li.ming", first, "", "192.0.2.1")
    opened = sign_in.sign_in(centre, "li.ming", first, "", "192.0.2.1")
    phone = Authenticator(unseal(centre.keys, opened.session.pending, "li.ming"))
    with pytest.raises(PasswordTooShort):
        sign_in.set_up(centre, opened, "kurz", phone.code(centre.now_ms()))
    with pytest.raises(FactorCodeWrong):
        sign_in.set_up(centre, opened, PASSWORD, phone.at(1))
    code = phone.code(centre.now_ms())
    sign_in.set_up(centre, opened, PASSWORD, code)
    with pytest.raises(OperatorSignInWrong):
        sign_in.sign_in(centre, "li.ming", first, "", "192.0.2.1")
    with pytest.raises(OperatorUnknown):
        sign_in.set_up(centre, opened, PASSWORD, code)


def test_a_reset_ends_password_factor_recovery_codes_and_sessions(centre: OpenCentre) -> None:
    phone, codes = set_up(centre, "li.ming")
    opened = sign_in.sign_in(centre, "li.ming", PASSWORD, phone.code(centre.now_ms()), "192.0.2.1")
    assert sessions.find(centre, opened.token) is not None
    operators.reset(centre, "li.ming")
    assert sessions.find(centre, opened.token) is None
    for code in (phone.code(centre.now_ms()), codes[0], ""):
        with pytest.raises(OperatorSignInWrong):
            sign_in.sign_in(centre, "li.ming", PASSWORD, code, "192.0.2.1")


def test_tries_are_counted_for_the_name_from_everywhere_and_for_the_address_whatever_the_name(
    centre: OpenCentre, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(throttle.FREE_FOR_OPERATOR):
        throttle.begin(centre, "nobody", f"192.0.2.{n}")
    with pytest.raises(OperatorPaused) as first:
        throttle.begin(centre, "nobody", "198.51.100.1")
    assert 0 < first.value.seconds <= 30
    for n in range(throttle.FREE_FROM_ADDRESS):
        throttle.begin(centre, f"guess{n}", "203.0.113.7")
    with pytest.raises(OperatorPaused):
        throttle.begin(centre, "somebody", "203.0.113.7")
    throttle.begin(centre, "somebody", "203.0.113.8")
    later = centre.now_ms() + 31_000
    monkeypatch.setattr(type(centre), "now_ms", lambda _centre: later)
    throttle.begin(centre, "nobody", "198.51.100.1")
    with pytest.raises(OperatorPaused) as second:
        throttle.begin(centre, "nobody", "198.51.100.1")
    assert second.value.seconds > 31


def test_pauses_double_up_to_an_hour() -> None:
    pauses = [throttle.pause_after(wrong, 5) // 1000 for wrong in (4, 5, 6, 7, 11, 12, 500)]
    assert pauses == [0, 30, 60, 120, 1920, 3600, 3600]


def test_the_secret_of_a_factor_lies_sealed_and_opens_for_its_operator_alone(centre: OpenCentre) -> None:
    opened, phone = invited(centre, "li.ming")
    assert phone.secret not in opened.session.pending
    assert unseal(centre.keys, opened.session.pending, "sun.ba") == b""
    assert unseal(centre.keys, opened.session.pending[:-1] + b"?", "li.ming") == b""
