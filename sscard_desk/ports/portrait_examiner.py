"""A second opinion on a portrait by something that the operator supplies; off unless it is set."""

from collections.abc import Mapping
from typing import Protocol

from sscard_desk.ports.devices import DeviceState


class PortraitExaminer(Protocol):
    """Measures a finished portrait by other means than ours; asked on the imaging lane."""

    key: str
    """Of its rules in `resources/portrait_examiners.toml`."""

    def probe(self) -> DeviceState:
        """Say whether its files are there; never raise, and measure nothing."""

    def measures(self, picture: bytes) -> Mapping[str, float]:
        """Return what it measures in a JPEG or PNG file, by rule key.

        Raises:
            ExaminerFileMissing: a file that the operator supplies is not there.
            ExaminerFileWrong: it is not such a file.
            ExaminerFailed: it broke off, did not answer in time, or answered nonsense.
            PictureUnreadable: the file is no picture.
        """
