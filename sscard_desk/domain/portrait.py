"""A portrait for the card: what was measured in it and how it stands to the photo rules.

Geometry is in pixels of the finished picture (358 x 441 px at 350 dpi, domain reference D) unless a name says frame.
"""

from dataclasses import asdict, dataclass, field
from enum import Enum
from typing import Final

Point = tuple[float, float]


class Grade(Enum):
    """How a value stands to its rule."""

    FITS = "fits"
    WARNS = "warns"
    REFUSES = "refuses"
    UNSEEN = "unseen"
    ASKS = "asks"
    """Nobody but the clerk can see it: the rule is a question that waits for an answer."""


ONLY_OF_A_FILE: Final = frozenset(
    {
        "picture_width",
        "picture_height",
        "dpi",
        "file_size",
        "photo_age",
        "head_covering",
        "faces_yunet",
        "ofiq_quality",
    }
)
"""Rules that say nothing of a live picture, only of what was made of it or brought."""


@dataclass(frozen=True)
class Verdict:
    """One rule, the value found and what to do about it.

    Attributes:
        rule: the rule's key; its name in words is the text `photo.rule.<rule>`.
        value: what was measured, None where there was nothing to measure (no face).
        minimum: the smallest value allowed, None without one.
        maximum: the largest value allowed, None without one.
        unit: `px`, `deg`, `bytes`, `%`, `dpi`, `days` or empty.
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
        head_top: px from the upper edge to the top of the hair; 0 when the hair is cut.
        head_length: px from the top of the hair to the chin.
        chin: px from the lower edge up to the chin.
        roll: degrees; above zero the head leans to the applicant's own left.
        yaw: degrees; above zero the face is turned to the applicant's own left.
        pitch: degrees; above zero the chin is raised.
        eyes_open: opening of the less open eye, height to width.
        iris: height of the dark of the less open eye, in lengths of the eye.
        mouth_open: gap between the lips, height to width.
        sharpness: 0.0 to 1.0, fine detail of the face.
        exposure: mean lightness of the face, 0 to 255.
        contrast: span between dark and light parts of the face, 0.0 to 1.0.
        evenness: darker half of the face to the lighter half, 0.0 to 1.0.
        glare: percent of the worse spectacle lens (or where one would be) that is burnt out.
        background: mean of the weakest colour channel in the least white part behind the sitter, 0 to 255.
        background_spread: standard deviation of the wall's lightness L*, 0 to 100.
        background_tint: mean chroma of the wall: distance of a*, b* from grey.
        enlargement: pixels of the portrait for one pixel of the source.
        coverage: percent of the portrait that the source really shows.
    """

    face_width: float
    eye_line: float
    eye_midpoint: float
    head_top: float
    head_length: float
    chin: float
    roll: float
    yaw: float
    pitch: float
    eyes_open: float
    iris: float
    mouth_open: float
    sharpness: float
    exposure: float
    contrast: float
    evenness: float
    glare: float
    background: float
    background_spread: float
    background_tint: float
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
        alterations: all that was done to the picture, in this order; each is a key of `photo.alteration`.
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

    @property
    def asks(self) -> tuple[str, ...]:
        """Return the keys of the rules that wait for the clerk's answer."""
        return tuple(verdict.rule for verdict in self.verdicts if verdict.grade is Grade.ASKS)


@dataclass(frozen=True)
class PhotoCheck:
    """A picture file held against the photo rules as it stands.

    Attributes:
        faces: how many faces were found.
        measures: what was measured, by rule key.
        verdicts: one for each rule, in the order of the rules.
        notes: keys of `photo.note` that say what the file carries besides the picture, such as a place.
    """

    faces: int
    measures: dict[str, float]
    verdicts: tuple[Verdict, ...]
    notes: tuple[str, ...] = ()

    @property
    def acceptable(self) -> bool:
        """Return whether no rule refuses it."""
        return all(verdict.grade is not Grade.REFUSES for verdict in self.verdicts)


@dataclass(frozen=True)
class Preview:
    """A picture as the window draws it: RGB, three bytes a pixel, rows without padding."""

    width: int
    height: int
    rgb: bytes = field(repr=False)
