"""What ticks propose: one box for each field, and never a guess between two."""

import pytest

from sscard_desk.domain.form_scan import TickReading, TickState, proposals

EMPTY, TICKED, UNCLEAR = TickState.EMPTY, TickState.TICKED, TickState.UNCLEAR


def boxes(*states: TickState) -> tuple[TickReading, ...]:
    return tuple(TickReading("pick_up", str(n), state, 0.9, 0.1) for n, state in enumerate(states, start=1))


@pytest.mark.parametrize(
    ("states", "printed", "proposed"),
    [
        ((EMPTY, TICKED, EMPTY), "", "2"),
        ((TICKED, EMPTY, EMPTY), "1", None),
        ((TICKED, TICKED, EMPTY), "1", "2"),
        ((TICKED, TICKED, EMPTY), "", None),
        ((EMPTY, EMPTY, EMPTY), "", None),
        ((TICKED, UNCLEAR, EMPTY), "1", "2"),
        ((TICKED, UNCLEAR, TICKED), "1", None),
    ],
)
def test_a_choice_proposes_the_one_new_tick(states, printed, proposed) -> None:
    found = proposals(boxes(*states), {"pick_up": printed}).get("pick_up")
    assert (found.code if found else None) == proposed


@pytest.mark.parametrize("state", [EMPTY, TICKED, UNCLEAR])
def test_a_single_box_is_proposed_as_it_is(state) -> None:
    box = TickReading("chip_photo_consent", "yes", state, 0.9, 0.1)
    assert proposals((box,), {}) == {"chip_photo_consent": box}
