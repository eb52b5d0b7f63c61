"""Pushes of one desk are judged in the order in which they came, however fast the later one was unpacked."""

from threading import Event, Thread

import pytest

from sscard_desk.central.turns import PATIENCE_SECONDS, Turns


def test_a_later_push_waits_for_the_one_before_it_and_another_desks_does_not() -> None:
    turns, ended, drawn = Turns(), list[str](), Event()

    def later() -> None:
        with turns.under_way("D-1") as second:
            drawn.set()
            with second.taken():
                ended.append("second")

    thread = Thread(target=later)
    with turns.under_way("D-1") as first:
        thread.start()
        assert drawn.wait(PATIENCE_SECONDS)
        with turns.under_way("D-2") as other, other.taken():
            ended.append("other")
        with first.taken():
            ended.append("first")
        thread.join()  # the first is done, though not answered
        ended.append("answered")
    assert ended == ["other", "first", "second", "answered"]


@pytest.mark.parametrize("refused_first", [True, False], ids=["ended before", "ends while it waits"])
def test_a_request_that_is_refused_lets_nobody_overtake_the_push_before_it(refused_first: bool) -> None:
    turns, ended, drawn = Turns(), list[str](), Event()
    stranger = turns.under_way("D-1")

    def later() -> None:
        with turns.under_way("D-1") as third:
            drawn.set()
            with third.taken():
                ended.append("later")

    thread = Thread(target=later)
    with turns.under_way("D-1") as first:
        stranger.__enter__()
        if refused_first:
            stranger.__exit__(None, None, None)
        thread.start()
        assert drawn.wait(PATIENCE_SECONDS)
        if not refused_first:
            stranger.__exit__(None, None, None)
        thread.join(0.2)  # time in which it would overtake
        with first.taken():
            ended.append("first")
    thread.join()
    assert ended == ["first", "later"]
    assert not turns._last


def test_nothing_is_kept_of_a_desk_whose_pushes_have_ended_however_they_did() -> None:
    turns = Turns()

    def refused() -> None:
        with turns.under_way("D-1") as turn, turn.taken():
            raise ValueError("a batch that was refused")

    for _ in range(3):
        with pytest.raises(ValueError, match="a batch"):
            refused()
    assert not turns._last
