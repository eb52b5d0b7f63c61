import pytest

from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.operator import AccountPaused, PasswordWrong
from sscard_desk.ui.doctor.samples import AtOnce
from sscard_desk.ui.sign_in.presenter import SignInPresenter
from sscard_desk.ui.sign_in.state import SignInState
from sscard_desk.ui.words import Say


class Seen:
    """A view that keeps what it was shown."""

    def __init__(self) -> None:
        self.states: list[SignInState] = []
        self.cleared = 0

    def show_state(self, state: SignInState) -> None:
        self.states.append(state)

    def clear_password(self) -> None:
        self.cleared += 1


class Gate:
    """Accounts with one password; counts the tries."""

    def __init__(self, trouble: DeskError | None = None) -> None:
        self.tries: list[tuple[str, str]] = []
        self.trouble = trouble

    def open_desk(self, account: str, password: str) -> str:
        self.tries.append((account, password))
        if self.trouble is not None:
            raise self.trouble
        return account


def presenter(gate: Gate, *, asleep: bool = False) -> tuple[SignInPresenter[str], Seen, list[str]]:
    view, entered = Seen(), list[str]()
    runner = AtOnce(asleep=asleep)
    return SignInPresenter(view, runner, gate.open_desk, entered.append, SignInState()), view, entered


def key_of(words: object) -> str:
    assert isinstance(words, Say)
    return words.key


def test_the_right_password_opens_the_desk_and_is_forgotten() -> None:
    made, view, entered = presenter(Gate())
    made.sign_in(" wangli ", "secret")
    assert entered == ["wangli"]
    assert view.cleared == 1
    assert "secret" not in repr(view.states)


def test_a_wrong_password_says_how_many_tries_are_left() -> None:
    made, view, entered = presenter(Gate(PasswordWrong(3)))
    made.sign_in("wangli", "wrong")
    assert entered == []
    assert key_of(made.state.error) == "errors.E161.message"
    assert view.cleared == 1
    assert made.state.account == "wangli"


def test_typing_on_takes_the_error_away() -> None:
    made, _, _ = presenter(Gate(PasswordWrong(3)))
    made.sign_in("wangli", "wrong")
    made.typing("wangli")
    assert made.state.error is None


@pytest.mark.parametrize(
    ("account", "password", "key"),
    [("", "x", "sign_in.account_missing"), (" ", "", "sign_in.account_missing"), ("a", "", "sign_in.password_missing")],
)
def test_an_empty_field_is_said_and_costs_no_try(account: str, password: str, key: str) -> None:
    gate = Gate()
    made, _, _ = presenter(gate)
    made.sign_in(account, password)
    assert key_of(made.state.error) == key
    assert gate.tries == []


def test_a_pause_counts_down_and_takes_no_try_until_it_is_over() -> None:
    gate = Gate(AccountPaused(2))
    made, _, _ = presenter(gate)
    made.sign_in("wangli", "x")
    made.sign_in("wangli", "y")
    assert len(gate.tries) == 1
    made.second_passed()
    made.second_passed()
    assert (made.state.pause_seconds, made.state.error) == (0, None)
    made.sign_in("wangli", "y")
    assert len(gate.tries) == 2


def test_a_second_press_while_one_try_runs_is_no_second_try() -> None:
    made, view, _ = presenter(Gate(), asleep=True)
    made.sign_in("wangli", "x")
    shown = len(view.states)
    made.sign_in("wangli", "x")
    assert made.state.busy
    assert len(view.states) == shown
