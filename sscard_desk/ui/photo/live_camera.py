"""The camera while the photo page is in view: frames come, are measured, and a lost camera is taken up again. No Qt."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from sscard_desk.domain.errors import DeskError, DeviceTrouble
from sscard_desk.domain.portrait import FrameMeasures, Preview, Verdict
from sscard_desk.ports.camera import Adjustment, CameraChoice, CameraSession
from sscard_desk.ports.devices import Cancel, Cancelled
from sscard_desk.ui.serving.serving import Serving

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CAMERA: Final = "camera"
IMAGING: Final = "imaging"
PREVIEW_WIDTH: Final = 880
BETWEEN_FRAMES_S: Final = 0.03
FIRST_PAINT_S: Final = 0.08
"""The page is painted first: opening a camera loads a large library, which would take the interpreter from it."""
AGAIN_S: Final = 1.0
"""How long a lost camera is left alone; meanwhile its lane is free for whoever looks at the devices."""


@dataclass(frozen=True)
class Sight:
    """One frame with what was found in it."""

    preview: Preview
    measures: FrameMeasures
    verdicts: tuple[Verdict, ...]


@dataclass(frozen=True)
class Facts:
    """What is known of the camera once it is open.

    Attributes:
        name: its name.
        others: whether there is another one to change to.
        adjustable: what it allows.
    """

    name: str = ""
    others: bool = False
    adjustable: frozenset[Adjustment] = frozenset()


class LiveCamera:
    """The camera of one page.

    Args:
        serving: the counter and its lanes.
        seen: told of each frame that was measured.
        lost: told why there are no frames; they come again by themselves.
        opened: told what camera it is.
    """

    def __init__(
        self,
        serving: Serving,
        seen: Callable[[Sight], None],
        lost: Callable[[DeskError], None],
        opened: Callable[[Facts], None],
    ) -> None:
        self._serving, self._tell_seen, self._tell_lost, self._tell_opened = serving, seen, lost, opened
        self._cancel: Cancel | None = None
        self._session: CameraSession | None = None
        self._choices: tuple[CameraChoice, ...] = ()
        self._chosen = ""
        self._looking = False
        self.resting = False
        """Set while a portrait is made: frames are kept for a shot, not measured."""
        self.frame: NDArray[np.uint8] | None = None
        """The newest one, uint8, height x width x 3, BGR; None without a camera."""

    def start(self) -> None:
        """Open the camera, unless it runs."""
        if self._cancel is None:
            self._cancel = Cancel()
            self._watch(self._cancel)

    def stop(self) -> None:
        """Let the camera go, and forget the last frame."""
        if self._cancel is not None:
            self._cancel.set()
        self._cancel = self._session = self.frame = None
        self._looking = False

    def adjust(self, adjustment: Adjustment) -> None:
        """Ask the camera for more or less light, or for the focus."""
        if self._session is not None:
            self._session.adjust(adjustment)

    def change(self) -> None:
        """Use the next camera of this counter from now on."""
        keys = [choice.key for choice in self._choices]
        if len(keys) < 2:
            return
        following = keys[(keys.index(self._chosen) + 1) % len(keys)] if self._chosen in keys else keys[0]
        camera = self._serving.counter.devices.camera
        self.stop()

        def failed(error: DeskError) -> None:
            self._serving.tell(error)  # it is used all the same, but not remembered
            self.start()

        self._serving.run(CAMERA, lambda: camera.choose(following), lambda _: self.start(), failed)

    def _watch(self, cancel: Cancel) -> None:
        camera, post = self._serving.counter.devices.camera, self._serving.post

        def watch() -> None:
            cancel.wait(FIRST_PAINT_S)
            choices, chosen = camera.choices(), camera.chosen()
            post(lambda: self._known(choices, chosen, cancel))
            with camera.open() as session:
                post(lambda: self._opened(session, cancel))
                while not cancel.is_set():
                    frame = session.frame()
                    post(partial(self._arrived, frame, cancel))
                    if stopped(cancel, BETWEEN_FRAMES_S):
                        return

        self._serving.run(CAMERA, watch, lambda _: None, lambda error: self._lost(error, cancel), cancel)

    def _known(self, choices: tuple[CameraChoice, ...], chosen: str, cancel: Cancel) -> None:
        if cancel is self._cancel:
            self._choices, self._chosen = choices, chosen
            self._tell_opened(self._facts())

    def _opened(self, session: CameraSession, cancel: Cancel) -> None:
        if cancel is self._cancel:
            self._session = session
            self._tell_opened(self._facts())

    def _facts(self) -> Facts:
        name = next((choice.name for choice in self._choices if choice.key == self._chosen), "")
        allowed = self._session.adjustable if self._session is not None else frozenset[Adjustment]()
        return Facts(name, len(self._choices) > 1, allowed)

    def _arrived(self, frame: "NDArray[np.uint8]", cancel: Cancel) -> None:
        if cancel is not self._cancel:
            return
        self.frame = frame
        if self._looking or self.resting:
            return  # the imaging lane has not finished the frame before: this one is only kept for a shot
        self._looking = True
        makes = self._serving.counter.portraits

        def look() -> Sight:
            measures = makes.measure(frame)
            return Sight(makes.preview(frame, PREVIEW_WIDTH, PREVIEW_WIDTH), measures, makes.judge(measures))

        self._serving.run(IMAGING, look, lambda sight: self._seen(sight, cancel), self._not_seen)

    def _seen(self, sight: Sight, cancel: Cancel) -> None:
        self._looking = False
        if cancel is self._cancel:
            self._tell_seen(sight)

    def _not_seen(self, error: DeskError) -> None:
        self._looking = False
        self._serving.tell(error)

    def _lost(self, error: DeskError, cancel: Cancel) -> None:
        if cancel is not self._cancel:
            return
        self._session = self.frame = None
        self._tell_lost(error)
        if not isinstance(error, DeviceTrouble):
            self._cancel = None  # a defect does not go away by trying again
            return
        self._serving.run(CAMERA, lambda: cancel.wait(AGAIN_S), lambda _: self._again(cancel), cancel=cancel)

    def _again(self, cancel: Cancel) -> None:
        if cancel is self._cancel:
            self._watch(cancel)


def stopped(cancel: Cancel, seconds: float) -> bool:
    """Wait for the next frame; return whether the camera is not wanted any more."""
    try:
        cancel.wait(seconds)
    except Cancelled:
        return True
    return False
