"""The camera that a counter uses: one of the settings, or one that the computer shows; the choice is remembered."""

import contextlib
import hashlib
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Final

from sscard_desk.devices.camera.found import found_cameras
from sscard_desk.devices.camera.opencv import OpenCvCamera
from sscard_desk.devices.camera.session import OpenCvSession
from sscard_desk.devices.camera.source import Source
from sscard_desk.disk import write_whole
from sscard_desk.domain.errors.device import CameraMissing
from sscard_desk.ports.camera import CameraChoice
from sscard_desk.ports.devices import DeviceState, Health

FILE: Final = "camera.choice"
"""In the data folder; holds a key, which is a name and a few digits of a hash: no address with its password."""
DIGITS: Final = 8


class ChosenCamera:
    """The chosen camera.

    Args:
        sources: of the settings, the usual one first; may be empty.
        make: opens a source.
        memory: file that keeps the choice.
        found: what the computer shows now.
    """

    def __init__(
        self,
        sources: Iterable[str],
        make: Callable[[str], OpenCvCamera],
        memory: Path,
        found: Callable[[], tuple[tuple[int, str], ...]] = found_cameras,
    ) -> None:
        self._configured = tuple(sources)
        self._make, self._memory, self._found = make, memory, found
        self._camera: tuple[str, OpenCvCamera] | None = None
        self._key: str | None = None

    def probe(self) -> DeviceState:
        """Look whether the chosen one is there."""
        camera = self._chosen_camera()
        return DeviceState(Health.OFF) if camera is None else camera.probe()

    def open(self) -> AbstractContextManager[OpenCvSession]:
        """Open the chosen one.

        Raises:
            CameraMissing: it cannot be opened, or there is none at all.
        """
        camera = self._chosen_camera()
        if camera is None:
            raise CameraMissing
        return camera.open()

    def choices(self) -> tuple[CameraChoice, ...]:
        """Return those of the settings first, then those that the computer shows."""
        return tuple(choice for choice, _ in self._all())

    def chosen(self) -> str:
        """Return the key of the one that is used."""
        if self._key is None:
            with contextlib.suppress(OSError, UnicodeDecodeError):
                self._key = self._memory.read_text(encoding="utf-8").strip()
        known = [choice.key for choice, _ in self._all()]
        if self._key in known:
            return self._key or ""
        return known[0] if known else ""

    def choose(self, key: str) -> None:
        """Use another one from now on.

        Raises:
            DiskFull, DiskTrouble: it is used, but not remembered.
        """
        if key not in {choice.key for choice, _ in self._all()}:
            return
        self._key = key
        write_whole(self._memory, [key.encode("utf-8")])

    def _all(self) -> list[tuple[CameraChoice, str]]:
        sources = {text: "" for text in self._configured if text}
        for number, name in self._found():
            sources[str(number)] = sources.get(str(number)) or name
        return [(CameraChoice(key_of(text), name or Source(text).name), text) for text, name in sources.items()]

    def _chosen_camera(self) -> OpenCvCamera | None:
        wanted = self.chosen()
        source = next((text for choice, text in self._all() if choice.key == wanted), None)
        if source is None:
            return None
        if self._camera is None or self._camera[0] != source:
            self._camera = (source, self._make(source))
        return self._camera[1]


def key_of(source: str) -> str:
    """Return what stands for a source where its text may not stand."""
    return f"{Source(source).name}~{hashlib.sha256(source.encode('utf-8')).hexdigest()[:DIGITS]}"
