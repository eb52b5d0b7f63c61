"""A camera as a source of frames."""

from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Protocol

from sscard_desk.ports.devices import DeviceState

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class CameraSession(Protocol):
    """An open camera."""

    def frame(self) -> "NDArray[np.uint8]":
        """Return the newest picture, uint8, height x width x 3, BGR.

        Raises:
            CameraSilent: no picture within the configured time.
            CameraMissing: the line to the camera broke.
        """


class Camera(Protocol):
    """The camera as configured."""

    def probe(self) -> DeviceState:
        """Look whether the camera is there; never raise for "not there"."""

    def open(self) -> AbstractContextManager[CameraSession]:
        """Open the camera.

        Raises:
            CameraMissing: it cannot be opened.
        """
