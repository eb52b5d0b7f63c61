"""Counting faces a second time, by a YuNet model (ONNX) that the operator supplies, through `cv2.FaceDetectorYN`.

No package ships such a model, so it is off unless `[portrait_examiners] yunet` names one. Models: OpenCV Zoo,
`face_detection_yunet` (MIT). Tried without a genuine model: what is missing or is another net is refused in words.
"""

import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from sscard_desk.domain.errors.station import ExaminerFileMissing, ExaminerFileWrong
from sscard_desk.imaging.pictures import decode_picture
from sscard_desk.ports.devices import DeviceState, Health

KEY: Final = "yunet"
FACES: Final = "faces_yunet"
LEAST_SCORE: Final = 0.8
"""Of a face that counts, 0.0 to 1.0 (own choice; the model's authors take 0.9 for a demonstration)."""
SAME_FACE_OVERLAP: Final = 0.3
MOST_FACES: Final = 50
LARGEST_MODEL: Final = 50_000_000
_MULTIPLE: Final = 32
"""The model's strides are 8, 16 and 32 px: other sides are padded."""


class YuNet:
    """A YuNet model in a file; implements `ports.portrait_examiner.PortraitExaminer`."""

    key = KEY

    def __init__(self, file: Path) -> None:
        """Name the file; it is read with the first portrait."""
        self._file = file
        self._lock = threading.Lock()
        self._net: cv2.FaceDetectorYN | None = None

    def probe(self) -> DeviceState:
        """See `PortraitExaminer.probe`."""
        try:
            self._content()
        except (ExaminerFileMissing, ExaminerFileWrong) as trouble:
            return DeviceState(Health.WARNING, self._file.name, trouble)
        return DeviceState(Health.READY, self._file.name, facts={"opencv": cv2.__version__})

    def measures(self, picture: bytes) -> Mapping[str, float]:
        """Return how many faces it finds; see `PortraitExaminer.measures`."""
        return {FACES: float(self.count(decode_picture(picture)))}

    def count(self, picture: NDArray[np.uint8]) -> int:
        """Return how many faces a picture shows (uint8, height x width x 3, BGR).

        Raises:
            ExaminerFileMissing, ExaminerFileWrong: the model.
        """
        height, width = picture.shape[:2]
        padded = cv2.copyMakeBorder(picture, 0, -height % _MULTIPLE, 0, -width % _MULTIPLE, cv2.BORDER_REPLICATE)
        with self._lock:
            net = self._net or self._loaded()
            try:
                net.setInputSize((padded.shape[1], padded.shape[0]))
                _, found = net.detect(padded)
            except cv2.error:  # a net that is none of these fails with its first picture
                raise ExaminerFileWrong(part=KEY, file=self._file.name) from None
            self._net = net
        shape: tuple[int, ...] = np.shape(found)  # OpenCV gives None for nobody, which its types do not say
        return shape[0] if shape else 0

    def _loaded(self) -> cv2.FaceDetectorYN:
        content = np.frombuffer(self._content(), np.uint8)
        try:
            # through bytes: OpenCV's own file access fails on Windows paths outside the system's code page
            return cv2.FaceDetectorYN.create(
                "onnx", content, np.empty(0, np.uint8), (320, 320), LEAST_SCORE, SAME_FACE_OVERLAP, MOST_FACES
            )
        except cv2.error:
            raise ExaminerFileWrong(part=KEY, file=self._file.name) from None

    def _content(self) -> bytes:
        try:
            if self._file.stat().st_size > LARGEST_MODEL:
                raise ExaminerFileWrong(part=KEY, file=self._file.name)
            content = self._file.read_bytes()
        except OSError:
            raise ExaminerFileMissing(part=KEY, file=self._file.name) from None
        if not content:
            raise ExaminerFileWrong(part=KEY, file=self._file.name)
        return content
