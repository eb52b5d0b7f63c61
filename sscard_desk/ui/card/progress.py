"""The writing of a card as steps with their times, and as records. No Qt."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Final

from sscard_desk.domain.numbers.shown import masked
from sscard_desk.ui.card.state import ItemLine
from sscard_desk.ui.states import Mark, ProgressStep
from sscard_desk.ui.words import Words, say
from sscard_desk.usecases.card_progress import CardLine, CardProgress, Stage


class Part(Enum):
    """A step as the clerk sees it: writing is parted by the card's two files."""

    IDENTIFY = "identify"
    AUTHENTICATE = "authenticate"
    ISSUE_DATA = "issue_data"
    HOLDER_DATA = "holder_data"
    READ_BACK = "read_back"
    RECORD = "record"


PARTS: Final = tuple(Part)
ISSUE_FILE: Final = "EF05"
_NUMBER_TAG: Final = "08"  # the holder's number: shown masked, as on every screen but its own field
_OF_STAGE: Final = {
    Stage.IDENTIFY: Part.IDENTIFY,
    Stage.AUTHENTICATE: Part.AUTHENTICATE,
    Stage.WRITE: Part.ISSUE_DATA,
    Stage.READ_BACK: Part.READ_BACK,
    Stage.RECORD: Part.RECORD,
    Stage.DONE: Part.RECORD,
}


@dataclass
class CardWatch:
    """What was seen of one try at one card.

    Attributes:
        started: when each step began.
        now: the furthest step; reading back selects and authenticates again, which is no step back.
        newest: the newest report.
        ended: when the work ended, for whatever reason.
        heard: when the newest report came.
    """

    started: dict[Part, datetime] = field(default_factory=dict)
    now: Part = Part.IDENTIFY
    newest: CardProgress = field(default_factory=lambda: CardProgress(Stage.IDENTIFY))
    ended: datetime | None = None
    heard: datetime | None = None

    def saw(self, progress: CardProgress, at: datetime) -> None:
        """Take a report."""
        self.newest, self.heard = progress, at
        part = _OF_STAGE[progress.stage]
        if part is Part.ISSUE_DATA and _written(progress.lines, ISSUE_FILE):
            part = Part.HOLDER_DATA
        self.started.setdefault(Part.IDENTIFY, at)
        if PARTS.index(part) > PARTS.index(self.now):
            self.now = part
        self.started.setdefault(self.now, at)

    def steps(self, now: datetime, ending: Mark) -> tuple[ProgressStep, ...]:
        """Return the steps; `ending` is the mark of the step where the work is or ended."""
        return tuple(self._step(part, now, ending) for part in PARTS)

    def share(self) -> float:
        """Return how much is done, 0 to 1: half for writing, half for the proof."""
        lines = self.newest.lines
        if self.newest.stage is Stage.DONE:
            return 1.0
        written = sum(line.state != "todo" for line in lines) / len(lines) if lines else 0.0
        return 0.05 + 0.6 * written + (0.2 if self.now in {Part.READ_BACK, Part.RECORD} else 0.0)

    def seconds(self, now: datetime) -> float:
        """Return how long the work has run or ran."""
        begun = self.started.get(Part.IDENTIFY)
        return ((self.ended or now) - begun).total_seconds() if begun else 0.0

    def silent_s(self, now: datetime) -> float:
        """Return for how long a card that was laid in has said nothing, in seconds; 0 while none is there."""
        if self.heard is None or self.newest.waiting:
            return 0.0
        return ((self.ended or now) - self.heard).total_seconds()

    def _step(self, part: Part, now: datetime, ending: Mark) -> ProgressStep:
        at, here = PARTS.index(part), PARTS.index(self.now)
        done = at < here or self.newest.stage is Stage.DONE
        mark = Mark.OK if done else ending if at == here and self.started else Mark.TODO
        return ProgressStep(say(f"card.part.{part.value}"), self._note(part), mark, self._time(part, now))

    def _time(self, part: Part, now: datetime) -> float | None:
        begun = self.started.get(part)
        if begun is None:
            return None
        later = [when for other, when in self.started.items() if PARTS.index(other) > PARTS.index(part)]
        return (min(later, default=self.ended or now) - begun).total_seconds()

    def _note(self, part: Part) -> Words:
        lines = self.newest.lines
        if part is Part.ISSUE_DATA or part is Part.HOLDER_DATA:
            own = [line for line in lines if line.name.startswith(ISSUE_FILE) == (part is Part.ISSUE_DATA)]
            file = ISSUE_FILE if part is Part.ISSUE_DATA else "EF06"
            done = sum(line.state != "todo" for line in own)
            return say("card.file_note", file=file, done=done, all=len(own)) if own else file
        if part is Part.READ_BACK:
            return say("card.read_back_note", count=len(lines)) if lines else say("card.read_back_hint")
        return say(f"card.part_note.{part.value}")


def item_lines(lines: tuple[CardLine, ...], *, running: bool) -> tuple[ItemLine, ...]:
    """Return the records; the first that is not written is the one at work."""
    at_work = next((line.name for line in lines if line.state == "todo"), "") if running else ""
    return tuple(_item(line, here=line.name == at_work) for line in lines)


def _item(line: CardLine, *, here: bool) -> ItemLine:
    file, _, tag = line.name.partition(" ")
    marks = {"same": Mark.OK, "different": Mark.ERR, "written": Mark.OFF, "todo": Mark.BUSY if here else Mark.TODO}
    planned = masked(line.planned) if tag == _NUMBER_TAG else line.planned
    read = {"same": planned, "different": "≠"}.get(line.state, "")
    key = "at_work" if here and line.state == "todo" else line.state
    return ItemLine(say(f"card.item.{tag}"), file, tag, planned, read, marks[line.state], say(f"card.result.{key}"))


def _written(lines: tuple[CardLine, ...], file: str) -> bool:
    own = [line for line in lines if line.name.startswith(file)]
    return bool(own) and all(line.state != "todo" for line in own)
