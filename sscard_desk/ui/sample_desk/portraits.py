"""Portraits of the pictures: the training camera's frames, and verdicts that are told instead of measured."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray
from PySide6.QtGui import QImage, QImageWriter

from sscard_desk.domain.errors.operator import PictureUnreadable
from sscard_desk.domain.portrait import FrameMeasures, Grade, Overlay, PhotoCheck, Portrait, Preview, Verdict
from sscard_desk.resources import built

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class SamplePortraits:
    """Finds one face everywhere and measures nothing; the verdicts are those of the pictures."""

    def decode(self, content: bytes) -> "NDArray[np.uint8]":
        """Read a picture by the window's own means."""
        import numpy as np  # noqa: PLC0415 - the window itself needs no numpy

        image = QImage.fromData(content).convertToFormat(QImage.Format.Format_BGR888)
        if image.isNull():
            raise PictureUnreadable
        rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
        return rows[:, : image.width() * 3].reshape(image.height(), image.width(), 3).copy()

    def measure(self, picture: "NDArray[np.uint8]") -> FrameMeasures:
        """Find the face where it is in the training camera's pictures."""
        return FrameMeasures(picture.shape[1], picture.shape[0], 1, None, OVERLAY)

    def judge(self, measures: FrameMeasures) -> tuple[Verdict, ...]:
        """Return the verdicts of the pictures."""
        return verdicts()

    def make(self, picture: "NDArray[np.uint8]", known: Mapping[str, float] | None = None) -> Portrait:
        """Return the finished portrait of the training camera's sitter."""
        return Portrait(portrait_jpeg(), dict(known or {}), verdicts())

    def make_from_file(self, content: bytes, on: date, *, taken: date | None = None, strict: bool = True) -> Portrait:
        """Read and make."""
        return self.make(self.decode(content))

    def check(self, content: bytes, on: date, known: Mapping[str, float]) -> PhotoCheck:
        """Read and say the verdicts of the pictures."""
        self.decode(content)
        return PhotoCheck(1, dict(known), verdicts())

    def answered(self, portrait: Portrait, answers: Mapping[str, float]) -> Portrait:
        """Take the clerk's answers: yes is looked at, no fits."""
        judged = tuple(
            replace(verdict, value=answers[verdict.rule], grade=Grade.WARNS if answers[verdict.rule] else Grade.FITS)
            if verdict.rule in answers
            else verdict
            for verdict in portrait.verdicts
        )
        return replace(portrait, measures=portrait.measures | dict(answers), verdicts=judged)

    def kept(self, picture: "NDArray[np.uint8]") -> bytes:
        """Return the pixels themselves."""
        return picture.tobytes()

    def preview(self, picture: "NDArray[np.uint8]", width: int, height: int | None = None) -> Preview:
        """Return the picture as it is."""
        return Preview(picture.shape[1], picture.shape[0], picture[..., ::-1].tobytes())


def preview_of(image: QImage) -> Preview:
    """Return an image as presenters hold it."""
    whole = image.convertToFormat(QImage.Format.Format_RGB888)
    row = whole.width() * 3
    lines = bytes(whole.constBits())
    rgb = b"".join(lines[y * whole.bytesPerLine() : y * whole.bytesPerLine() + row] for y in range(whole.height()))
    return Preview(whole.width(), whole.height(), rgb)


def frame(name: str = "person-00") -> QImage:
    """Return one of the training camera's pictures, 960 x 720."""
    return QImage(str(built("training", "camera", f"{name}.jpg")))


def portrait_jpeg(name: str = "person-00") -> bytes:
    """Return a finished portrait, 358 x 441."""
    cut = frame(name).copy(265, 52, 425, 524).scaled(358, 441)
    kept = QByteArray()
    buffer = QBuffer(kept)
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"JPEG"))
    writer.setQuality(88)
    writer.write(cut)
    return bytes(kept.data())


OVERLAY = Overlay(crop=(265, 52, 425, 524), right_eye=(422, 299), left_eye=(531, 297), face=(362, 150, 232, 345))


_RULES: tuple[tuple[str, float, float | None, float | None, str, int], ...] = (
    ("faces", 1, 1, 1, "", 0),
    ("eyes_open", 0.31, 0.17, None, "", 2),
    ("iris", 0.38, 0.14, None, "", 2),
    ("mouth_open", 0.04, None, 0.3, "", 2),
    ("yaw", 2, -8, 8, "deg", 0),
    ("pitch", -6, -20, 8, "deg", 0),
    ("roll", 0.6, -3, 3, "deg", 1),
    ("face_width", 207, 179, 255, "px", 0),
    ("eye_line", 234, 207, None, "px", 0),
    ("head_top", 14, 7, 21, "px", 0),
    ("eye_midpoint", 181, 162, 196, "px", 0),
    ("sharpness", 0.86, 0.5, None, "", 2),
    ("exposure", 158, 70, 225, "", 0),
    ("contrast", 0.62, 0.2, 0.85, "", 2),
    ("evenness", 0.92, 0.7, None, "", 2),
    ("glare", 0.1, None, 3, "%", 1),
    ("background", 246, 230, None, "", 0),
    ("background_spread", 0.6, None, 4, "", 1),
    ("background_tint", 1.2, None, 8, "", 1),
    ("enlargement", 0.9, None, 1.5, "", 1),
    ("coverage", 100, 100, None, "%", 1),
)
_ADVICE = {
    "faces": "photo.advice.no_face",
    "roll": "photo.advice.tilt_right",
    "yaw": "photo.advice.turn_left",
    "head_top": "photo.advice.more_room_above",
    "sharpness": "photo.advice.hold_still",
    "exposure": "photo.advice.more_light",
    "contrast": "photo.advice.more_contrast",
    "background": "photo.advice.whiter_wall",
}
_REFUSES = {"faces", "sharpness", "exposure", "background"}


QUESTION = Verdict("head_covering", None, None, 0, "", 0, Grade.ASKS, "photo.advice.ask_head_covering")


def verdicts(roll: float = 0.6, sharpness: float = 0.86, **others: float) -> tuple[Verdict, ...]:
    """Return the rules of the pictures, as they are measured in a live frame."""
    made: list[Verdict] = []
    for rule, usual, low, high, unit, decimals in _RULES:
        value = ({"roll": roll, "sharpness": sharpness} | others).get(rule, usual)
        fits = (low is None or value >= low) and (high is None or value <= high)
        grade = Grade.FITS if fits else Grade.REFUSES if rule in _REFUSES else Grade.WARNS
        made.append(Verdict(rule, value, low, high, unit, decimals, grade, "" if fits else _ADVICE.get(rule, "")))
    return tuple(made)
