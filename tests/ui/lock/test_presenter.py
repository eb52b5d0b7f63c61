from datetime import UTC, datetime

from sscard_desk.domain.errors.operator import AccountPaused, PasswordWrong
from sscard_desk.ui.doctor.samples import AtOnce
from sscard_desk.ui.lock.presenter import LockPresenter, LockState

NOON = datetime(2026, 11, 23, 12, 2, tzinfo=UTC)


class Seen:
    def __init__(self) -> None:
        self.last = LockState()
        self.cleared = 0

    def show_state(self, state: LockState) -> None:
        self.last = state

    def clear_password(self) -> None:
        self.cleared += 1


def test_the_right_password_uncovers_the_work() -> None:
    view, opened = Seen(), list[str]()
    made = LockPresenter(view, AtOnce(), opened.append, lambda: opened.append("uncovered"))
    made.locked("王丽", NOON)
    made.unlock("secret")
    assert opened == ["secret", "uncovered"]
    assert view.cleared == 2


def test_a_wrong_password_keeps_it_covered_and_a_pause_counts_down() -> None:
    view, opened = Seen(), list[str]()
    troubles = [PasswordWrong(1), AccountPaused(1)]

    def refuse(_password: str) -> None:
        raise troubles.pop(0)

    made = LockPresenter(view, AtOnce(), refuse, lambda: opened.append("uncovered"))
    made.locked("王丽", NOON)
    made.unlock("")
    assert len(troubles) == 2
    made.unlock("a")
    assert view.last.error is not None
    made.typing()
    assert view.last.error is None
    made.unlock("b")
    made.unlock("c")
    assert view.last.pause_seconds == 1
    made.second_passed()
    assert (view.last.pause_seconds, opened) == (0, [])
