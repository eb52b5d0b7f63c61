"""A camera as a source of frames, and which of several it is."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Protocol

from sscard_desk.ports.devices import DeviceState

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True)
class CameraChoice:
    """One camera that this counter could use.

    Attributes:
        key: what is remembered; neither account nor password nor path is in it.
        name: the device's own name, or its address without secrets.
    """

    key: str
    name: str


class Adjustment(Enum):
    """What a camera can be asked for while it runs."""

    LIGHTER = "lighter"
    DARKER = "darker"
    AUTOMATIC = "automatic"
    """The camera chooses the exposure again."""
    FOCUS = "focus"
    """The camera looks for the focus anew, then keeps it."""


class CameraSession(Protocol):
    """An open camera."""

    @property
    def adjustable(self) -> frozenset[Adjustment]:
        """What this camera allows; empty for most network cameras, and for files."""

    def adjust(self, adjustment: Adjustment) -> None:
        """Ask for it; carried out between two pictures, from any thread. What is not allowed is passed over."""

    def frame(self) -> "NDArray[np.uint8]":
        """Return the newest picture, uint8, height x width x 3, BGR.

        Raises:
            CameraSilent: no picture within the configured time.
            CameraFrozen: it sends the same picture again and again.
            CameraMissing: the line to the camera broke.
        """


class Camera(Protocol):
    """The camera that is chosen, and those that could be."""

    def probe(self) -> DeviceState:
        """Look whether the camera is there; never raise for "not there"."""

    def open(self) -> AbstractContextManager[CameraSession]:
        """Open the camera.

        Raises:
            CameraMissing: it cannot be opened.
        """

    def choices(self) -> tuple[CameraChoice, ...]:
        """Return the cameras of this counter: those of the settings first, then those that the computer shows now."""

    def chosen(self) -> str:
        """Return the key of the one that `open` opens; empty without any."""

    def choose(self, key: str) -> None:
        """Use another one from now on, after a restart too; an unknown key changes nothing.

        Raises:
            DiskFull, DiskTrouble: it is used, but not remembered.
        """
