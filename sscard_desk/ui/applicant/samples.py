"""The applicant's window in named states, for pictures and tests."""

from sscard_desk.ui.applicant.view import ApplicantWindow
from sscard_desk.ui.application_flow import Station
from sscard_desk.ui.sample_desk.desk import SampleDesk
from sscard_desk.ui.sample_desk.signatures import signature

STATES = (
    "bank",
    "chosen",
    "answered",
    "wait",
    "welcome",
    "consent",
    "consent_signed",
    "consent_english",
    "consent_paper",
)
_kept: list[SampleDesk] = []
"""The window outlives its desk otherwise: the desk holds what the window shows."""


def sample(name: str) -> ApplicantWindow:
    """Return the second window in one state."""
    desk = SampleDesk()
    _kept[:] = [desk]
    window = desk.pages.applicant
    if name == "wait" or name.startswith("consent"):
        desk.until(Station.PHOTO)
    elif name != "welcome":
        desk.until(Station.BANK)
    if name.startswith("consent"):
        desk.pages.photo_sources.show("chip")
    if name == "consent_signed":
        window.consent.drawn.emit(signature("applicant"))
    if name == "consent_english":
        window.spoken.emit("en")
    if name == "consent_paper":
        desk.pages.photo_sources.consenting.use_way("paper")
    if name in {"chosen", "answered"}:
        window.chosen.emit("B01")
    if name == "answered":
        window.answered.emit()
    return window
