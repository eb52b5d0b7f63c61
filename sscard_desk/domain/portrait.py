"""A portrait for the card: what was measured in it and how it stands to the photo rules.

Geometry is in pixels of the finished picture (358 x 441 px at 350 dpi, domain reference D) unless a name says frame.
"""

from dataclasses import asdict, dataclass, field
from enum import Enum

Point = tuple[float, float]


class Grade(Enum):
    """How a value stands to its rule."""

    FITS = "fits"
    WARNS = "warns"
    REFUSES = "refuses"
    UNSEEN = "unseen"


@dataclass(frozen=True)
class Verdict:
    """One rule, the value found and what to do about it.

    Attributes:
        rule: the rule's key; its name in words is the text `photo.rule.<rule>`.
        value: what was measured, None where there was nothing to measure (no face).
        minimum: the smallest value allowed, None without one.
        maximum: the largest value allowed, None without one.
        unit: `px`, `deg`, `bytes`, `%` or empty.
        decimals: how many decimals are worth showing.
        grade: whether the rule is met, and if not, whether the portrait may still be taken.
        advice: key of the sentence that says what to do, empty when the rule is met.
    """

    rule: str
    value: float | None
    minimum: float | None
    maximum: float | None
    unit: str
    decimals: int
    grade: Grade
    advice: str = ""


@dataclass(frozen=True)
class Overlay:
    """Where things are in the frame, for drawing over the live picture; all in frame pixels.

    Attributes:
        crop: left, top, width, height of what would become the portrait; it may reach beyond the frame.
        right_eye: the applicant's own right eye, at the left of the picture.
        left_eye: the applicant's own left eye.
        face: left, top, width, height of the face from forehead to chin.
    """

    crop: tuple[float, float, float, float]
    right_eye: Point
    left_eye: Point
    face: tuple[float, float, float, float]


@dataclass(frozen=True)
class PortraitMeasures:
    """What is measured in a portrait of one face.

    Attributes:
        face_width: px between the outer edges of the cheeks.
        eye_line: px from the lower edge up to the eyes.
        eye_midpoint: px from the left edge to the middle between the eyes.
        head_top: px from the upper edge to the top of the hair; negative when the hair is cut.
        roll: degrees; above zero the head leans to the applicant's own left.
        yaw: degrees; above zero the face is turned to the applicant's own left.
        eyes_open: opening of the less open eye, height to width.
        sharpness: 0.0 to 1.0, fine detail of the face.
        exposure: mean lightness of the face, 0 to 255.
        evenness: darker half of the face to the lighter half, 0.0 to 1.0.
        background: mean of the weakest colour channel in the least white part behind the sitter, 0 to 255.
        enlargement: pixels of the portrait for one pixel of the source.
        coverage: percent of the portrait that the source really shows.
    """

    face_width: float
    eye_line: float
    eye_midpoint: float
    head_top: float
    roll: float
    yaw: float
    eyes_open: float
    sharpness: float
    exposure: float
    evenness: float
    background: float
    enlargement: float
    coverage: float


@dataclass(frozen=True)
class FrameMeasures:
    """What was found in one picture.

    Attributes:
        width: of the frame, px.
        height: of the frame, px.
        faces: how many faces were found.
        portrait: measures of the largest face's portrait, None without a face.
        overlay: where it is in the frame, None without a face.
    """

    width: int
    height: int
    faces: int
    portrait: PortraitMeasures | None = None
    overlay: Overlay | None = None

    def values(self) -> dict[str, float]:
        """Return the measures by the names that rules use."""
        return {"faces": float(self.faces)} | (asdict(self.portrait) if self.portrait else {})


@dataclass(frozen=True)
class Portrait:
    """A finished portrait: the file as it goes to the card's maker.

    Attributes:
        jpeg: the file, whole.
        measures: what was measured in the finished picture, by rule key, `file_size` included.
        verdicts: one for each rule, in the order of the rules.
        alterations: what was changed in the picture beyond cutting and scaling; empty as a rule.
    """

    jpeg: bytes = field(repr=False)
    measures: dict[str, float]
    verdicts: tuple[Verdict, ...]
    alterations: tuple[str, ...] = ()

    @property
    def acceptable(self) -> bool:
        """Return whether no rule refuses the portrait; warnings leave the choice to the clerk."""
        return not self.refused_by

    @property
    def refused_by(self) -> tuple[str, ...]:
        """Return the keys of the rules that refuse the portrait."""
        return tuple(verdict.rule for verdict in self.verdicts if verdict.grade is Grade.REFUSES)


@dataclass(frozen=True)
class Preview:
    """A picture as the window draws it: RGB, three bytes a pixel, rows without padding."""

    width: int
    height: int
    rgb: bytes = field(repr=False)
