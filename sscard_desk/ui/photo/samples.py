"""The photo page in named states, for pictures and tests."""

from sscard_desk.domain.errors.device import CameraFrozen, CameraMissing, CameraSilent
from sscard_desk.domain.portrait import Overlay, Portrait
from sscard_desk.ports.camera import Adjustment
from sscard_desk.ui.application_flow import Station
from sscard_desk.ui.photo.live_camera import Facts
from sscard_desk.ui.photo.presenter import PhotoPresenter
from sscard_desk.ui.photo.state import Live, Source
from sscard_desk.ui.sample_desk.desk import SampleDesk
from sscard_desk.ui.sample_desk.portraits import OVERLAY, QUESTION, frame, portrait_jpeg, preview_of, verdicts
from sscard_desk.ui.shell import Shell

TROUBLES = {"no_camera": CameraMissing, "silent": CameraSilent, "frozen": CameraFrozen}
PICTURES = {"tilted": "tilted", "shots": "tilted", "many_broken": "dark", "nobody": "empty"}
STATES = (
    "starting", "live", "tilted", "many_broken", "nobody", "question", "answered", "covered", "refused", "shots", "six",
    "adjustable", "adopted", "file", *TROUBLES, "signed",
)  # fmt: skip


def sample(name: str) -> Shell:
    """Return the window with the photo page in one state."""
    desk = SampleDesk()
    page = desk.pages.photo
    if name in {"adopted", "signed"}:
        desk.until(Station.FORM if name == "adopted" else Station.APPROVE)
        desk.serving.go(Station.PHOTO)
    else:
        desk.until(Station.PHOTO)
    if name in {"file", "signed"}:
        page.use_source("file" if name == "file" else "camera")
        return desk.shell
    allowed = frozenset(Adjustment) if name == "adjustable" else frozenset[Adjustment]()
    page.opened_camera(Facts("Logitech C920", others=True, adjustable=allowed))
    if name in TROUBLES:
        page.camera_lost(TROUBLES[name]())
    elif name != "starting":
        _show(page, name)
        _take(page, name)
    return desk.shell


def _show(page: PhotoPresenter, name: str) -> None:
    image = frame(PICTURES.get(name, "person-00"))
    leans = name in {"tilted", "shots"}
    found = verdicts(4.2 if leans else 0.6)
    if name == "many_broken":
        found = verdicts(exposure=34, contrast=0.16, background=54, head_top=3, yaw=-11)
    overlay: Overlay | None = OVERLAY
    if name == "nobody":
        found = verdicts(faces=0)[:1]
        overlay = None
    page.show_live(Live(preview_of(image), image.width(), overlay, 4.2 if leans else None), (*found, QUESTION))


def _take(page: PhotoPresenter, name: str) -> None:
    takes = ((0.6, 0.86), (4.2, 0.84), (0.8, 0.21), (0.4, 0.88), (3.4, 0.80), (0.2, 0.90))
    count = {"six": 6, "shots": 3, "question": 1, "answered": 1, "covered": 1}.get(name, 0)
    for at, (roll, sharpness) in enumerate(takes[:count]):
        jpeg = portrait_jpeg(f"person-0{at}")
        page.made(Portrait(jpeg, {}, (*verdicts(roll, sharpness), QUESTION)), Source.CAMERA, None)
    if name == "refused":
        page.made(Portrait(portrait_jpeg(), {}, (*verdicts(0.6, 0.21), QUESTION)), Source.CAMERA, None)
    if name in {"six", "shots", "answered", "covered"}:
        page.answer(covered=name == "covered")
