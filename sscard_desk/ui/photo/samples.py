"""The photo page in named states, for pictures and tests."""

from sscard_desk.domain.errors.device import CameraMissing
from sscard_desk.domain.portrait import Portrait
from sscard_desk.ui.application_flow import Station
from sscard_desk.ui.photo.presenter import PhotoPresenter
from sscard_desk.ui.photo.state import Live, Source
from sscard_desk.ui.sample_desk.desk import SampleDesk
from sscard_desk.ui.sample_desk.portraits import OVERLAY, frame, portrait_jpeg, preview_of, verdicts
from sscard_desk.ui.shell import Shell

STATES = ("starting", "live", "tilted", "shots", "six", "adopted", "file", "no_camera", "signed")


def sample(name: str) -> Shell:
    """Return the window with the photo page in one state."""
    desk = SampleDesk()
    page = desk.pages.photo
    if name in {"adopted", "signed"}:
        desk.until(Station.FORM if name == "adopted" else Station.APPROVE)
        desk.serving.go(Station.PHOTO)
    else:
        desk.until(Station.PHOTO)
    if name in {"live", "tilted", "shots", "six", "adopted"}:
        leans = name in {"tilted", "shots"}
        image = frame("tilted" if leans else "person-00")
        live = Live(preview_of(image), image.width(), OVERLAY, 4.2 if leans else None)
        page.show_live(live, verdicts(4.2 if leans else 0.6))
    if name in {"shots", "six"}:
        _shoot(page, 6 if name == "six" else 3)
    if name == "file":
        page.use_source("file")
    if name == "no_camera":
        page.camera_lost(CameraMissing())
    return desk.shell


def _shoot(page: PhotoPresenter, count: int) -> None:
    takes = ((0.6, 0.86), (4.2, 0.84), (0.8, 0.21), (0.4, 0.88), (3.4, 0.80), (0.2, 0.90))
    for at, (roll, sharpness) in enumerate(takes[:count]):
        jpeg = portrait_jpeg(f"person-0{at}")
        page.made(Portrait(jpeg, {}, verdicts(roll, sharpness)), Source.CAMERA, None)
