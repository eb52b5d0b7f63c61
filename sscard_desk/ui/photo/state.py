"""What the photo page shows."""

from dataclasses import dataclass, field
from enum import Enum

from sscard_desk.domain.portrait import Grade, Overlay, Portrait, Preview, Verdict
from sscard_desk.ports.camera import Adjustment
from sscard_desk.ui.states import ActionState, Mark
from sscard_desk.ui.words import Words, say


class Source(Enum):
    """Where a picture comes from, as far as this counter has it."""

    CAMERA = "camera"
    FILE = "file"


@dataclass(frozen=True)
class RuleLine:
    """One rule with its value and verdict."""

    name: Words
    value: str
    mark: Mark
    strong: bool = False


@dataclass(frozen=True)
class Shot:
    """One picture that was taken."""

    number: int
    portrait: Portrait
    source: Source
    original: bytes | None = field(default=None, repr=False)

    @property
    def mark(self) -> Mark:
        """How it stands to the rules."""
        if not self.portrait.acceptable:
            return Mark.ERR
        if self.portrait.asks and not self.worst:
            return Mark.OK  # the question is the clerk's; the picture is good
        return Mark.WARN if self.worst else Mark.OK

    @property
    def worst(self) -> Verdict | None:
        """The rule that weighs most against it, if one does."""
        by_weight = {Grade.REFUSES: 0, Grade.WARNS: 1}
        against = [verdict for verdict in self.portrait.verdicts if verdict.grade in by_weight]
        return min(against, key=lambda verdict: by_weight[verdict.grade], default=None)

    @property
    def words(self) -> Words:
        """What is to be said of it."""
        worst = self.worst
        return say(f"photo.rule.{worst.rule}") if worst else say("photo_page.all_fit")


@dataclass(frozen=True)
class Live:
    """The newest picture with what was found in it."""

    preview: Preview
    frame_width: int
    overlay: Overlay | None = None
    roll: float | None = None
    """Degrees, where the head leans more than it may."""


@dataclass(frozen=True)
class PhotoState:
    """The photo page.

    Attributes:
        source: where the picture comes from.
        live: the newest camera picture, None before the first.
        rules: every rule with its value in the picture.
        fits: how many rules are met.
        advice: the one thing to ask the applicant for.
        advice_mark: how much it weighs.
        advice_note: what happens then.
        shots: at most six.
        chosen: number of the chosen shot, 0 without one.
        adopted: whether the application has its portrait already.
        auto: whether it shoots by itself once all rules fit for half a second.
        camera_name: which camera it is.
        other_cameras: whether there is another one to change to.
        adjustable: what the camera allows.
        question: what only the clerk can see; empty where no rule asks.
        covered: the answer, None before it.
        busy: whether a shot is being made.
        trouble: what is wrong with the camera.
        exempt: whether the case needs no portrait, and the page offers to go on without one.
        locked: why the portrait cannot be changed here; empty where it can.
        can_unlock: whether the signatures may be voided for it.
        action: the action bar.
    """

    source: Source = Source.CAMERA
    live: Live | None = None
    rules: tuple[RuleLine, ...] = ()
    fits: int = 0
    advice: Words = ""
    advice_mark: Mark = Mark.WARN
    advice_note: Words = ""
    shots: tuple[Shot, ...] = ()
    chosen: int = 0
    adopted: bool = False
    auto: bool = True
    camera_name: str = ""
    other_cameras: bool = False
    adjustable: frozenset[Adjustment] = frozenset()
    question: Words = ""
    covered: bool | None = None
    busy: bool = False
    trouble: Words = ""
    trouble_note: Words = ""
    exempt: bool = False
    locked: Words = ""
    can_unlock: bool = False
    action: ActionState = field(default_factory=ActionState)
