"""F8 beside the centre opens the stick's page; Esc leads back to the centre."""

from sscard_desk.ui.keys import Act

from .test_lock import Room, room

__all__ = ["room"]


def test_f8_beside_the_centre_opens_the_stick_and_esc_leads_back(room: Room) -> None:
    room.bench.open_area("setup", "centre")
    room.settle()
    room.shell.press(Act.TAKE)
    room.settle()
    page = room.shell.page
    assert page is not None
    assert page.objectName() == "stick_page"
    room.shell.press(Act.BACK)
    room.settle()
    assert room.shell.page is not None
    assert room.shell.page.objectName() == "doctor_page"
    assert room.bench.areas.doctor.state.can_carry
