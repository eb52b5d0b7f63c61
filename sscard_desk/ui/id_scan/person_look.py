"""One picture of the person at the counter, to stand beside the portrait on the card."""

from collections.abc import Callable
from typing import Final

from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.portrait import Preview
from sscard_desk.ui.serving.serving import Serving
from sscard_desk.ui.words import Words, message_of, say

CAMERA: Final = "camera"
WIDTH: Final = 480
WARM_FRAMES: Final = 3
"""The first pictures of a camera are dark: it is still finding its exposure."""


class PersonLook:
    """Takes the picture on the camera's lane and keeps it for one card only.

    Attributes:
        picture: of the person, None before it came.
        note: why there is none.
    """

    def __init__(self, serving: Serving, changed: Callable[[], None]) -> None:
        self.picture: Preview | None = None
        self.note: Words = ""
        self._serving, self._changed = serving, changed
        self._taken = 0

    def take(self) -> None:
        """Take a picture in place of the one before."""
        self.forget()
        self.note = say("id_scan.camera_waits")
        counter, taken = self._serving.counter, self._taken

        def look() -> Preview:
            with counter.devices.camera.open() as session:
                for _ in range(WARM_FRAMES):
                    frame = session.frame()
            return counter.portraits.preview(frame, WIDTH)

        def seen(picture: Preview) -> None:
            if taken == self._taken:
                self.picture, self.note = picture, ""
                self._changed()

        def unseen(error: DeskError) -> None:
            if taken == self._taken:
                self.note = say("id_scan.no_camera", why=message_of(error))
                self._changed()

        self._serving.run(CAMERA, look, seen, unseen)

    def forget(self) -> None:
        """Nothing of the person stays; what still comes is dropped."""
        self._taken += 1
        self.picture, self.note = None, ""
