"""What all devices share: their state as the status line shows it, and a wish to stop."""

import threading
from dataclasses import dataclass, field
from enum import Enum

from sscard_desk.domain.errors import DeskError


class Health(Enum):
    """How a device is, in the words of the status line."""

    READY = "ready"
    BUSY = "busy"
    WARNING = "warning"
    SILENT = "silent"
    OFF = "off"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class DeviceState:
    """What `probe()` found, cheaply and without raising.

    Attributes:
        health: the shape and colour of the status line.
        name: the device's own name or address; never a person's.
        trouble: the error to explain on the doctor page, if there is one.
        facts: short technical facts for the doctor page, such as interface and firmware.
    """

    health: Health
    name: str = ""
    trouble: DeskError | None = None
    facts: dict[str, str] = field(default_factory=dict)


class Cancelled(Exception):
    """The clerk stopped the work; nothing is wrong."""


class Cancel:
    """A wish to stop that crosses threads: the window sets it, the lane looks at it between steps."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def set(self) -> None:
        """Ask the work to stop at the next place where stopping is safe."""
        self._event.set()

    def is_set(self) -> bool:
        """Return whether somebody asked to stop."""
        return self._event.is_set()

    def check(self) -> None:
        """Raise `Cancelled` if somebody asked to stop."""
        if self._event.is_set():
            raise Cancelled

    def wait(self, seconds: float) -> None:
        """Sleep, but wake and raise `Cancelled` as soon as somebody asks to stop."""
        if self._event.wait(seconds):
            raise Cancelled
