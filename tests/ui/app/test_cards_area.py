"""The Cards area: opened from the rail, left by Esc, empty after the lock."""

from sscard_desk.ui.areas import CARDS
from sscard_desk.ui.card_read.presenter import page_of
from sscard_desk.ui.card_read.samples import reading
from sscard_desk.ui.keys import Act
from sscard_desk.ui.serving.serving import SERVE

from .test_lock import Room, room

__all__ = ["room"]


def test_the_area_opens_from_the_rail_and_esc_leads_back_to_serving(room: Room) -> None:
    room.bench.open_area(CARDS)
    room.settle()
    page = room.shell.page
    assert page is not None
    assert page.objectName() == "card_read_page"
    room.bench.areas.card_read.stop()  # nothing waits for a card any more
    room.shell.press(Act.BACK)
    room.settle()
    assert room.bench._area == SERVE


def test_what_a_card_says_does_not_outlast_the_lock(room: Room) -> None:
    room.bench.open_area(CARDS)
    room.settle()
    presenter = room.bench.areas.card_read
    presenter.came(page_of(reading("written"), room.counter.profile, room.counter.today()))
    assert presenter.state.rows
    room.bench.lock()
    room.settle()
    assert presenter.state.rows == ()
