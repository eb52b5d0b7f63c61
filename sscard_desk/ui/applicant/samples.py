"""The applicant's window in named states, for pictures and tests."""

from sscard_desk.ui.applicant.view import ApplicantWindow
from sscard_desk.ui.application_flow import Station
from sscard_desk.ui.sample_desk.desk import SampleDesk

STATES = ("bank", "chosen", "answered", "wait", "welcome")
_kept: list[SampleDesk] = []
"""The window outlives its desk otherwise: the desk holds what the window shows."""


def sample(name: str) -> ApplicantWindow:
    """Return the second window in one state."""
    desk = SampleDesk()
    _kept[:] = [desk]
    window = desk.pages.applicant
    if name == "wait":
        desk.until(Station.PHOTO)
    elif name != "welcome":
        desk.until(Station.BANK)
    if name in {"chosen", "answered"}:
        window.chosen.emit("B01")
    if name == "answered":
        window.answered.emit()
    return window
