"""The values that screens are shown from. No Qt: presenters build them, widgets show them."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from sscard_desk.ports.devices import Health
from sscard_desk.ui.words import Words


class Mark(Enum):
    """The seven states; each has a shape, a colour and always a word beside it."""

    OK = "ok"
    BUSY = "busy"
    WARN = "warn"
    ERR = "err"
    UNKNOWN = "unknown"
    OFF = "off"
    TODO = "todo"

    @classmethod
    def of_health(cls, health: Health) -> "Mark":
        """Return how a device's health looks."""
        return {
            Health.READY: cls.OK, Health.BUSY: cls.BUSY, Health.WARNING: cls.WARN, Health.SILENT: cls.ERR,
            Health.OFF: cls.OFF, Health.UNKNOWN: cls.UNKNOWN,
        }[health]  # fmt: skip


@dataclass(frozen=True)
class ChipState:
    """A short fact in a pill: a mark (or none) and a word; without a mark `accent` tells it from plain grey."""

    words: Words
    mark: Mark | None = None
    accent: bool = False
    name: str = "chip"


@dataclass(frozen=True)
class OldValue:
    """What a changed field held before: the value, where the new one is from, who and when, and the value in words."""

    value: str
    note: Words = ""
    words: Words = ""


@dataclass(frozen=True)
class FieldState:
    """One field of a form as it is to be shown."""

    value: str = ""
    error: Words | None = None
    old: OldValue | None = None
    locked: bool = False
    enabled: bool = True


@dataclass(frozen=True)
class Option:
    """One line of a choice list: typed code, label, pinyin initials in lower case."""

    code: str
    label: Words
    initials: str = ""
    note: Words = ""


class Decision(Enum):
    """What became of a difference."""

    OPEN = "open"
    TAKEN = "taken"
    KEPT = "kept"


@dataclass(frozen=True)
class DifferenceState:
    """One field of the identity table: equal, or old and new side by side."""

    field: str
    label: Words
    new: Words
    old: Words
    same: bool = True
    new_note: Words = ""
    old_note: Words = ""
    decision: Decision = Decision.OPEN
    decided_note: Words = ""
    result: Words = ""
    mark: Mark | None = None
    """What the row's shape says; None: it follows from the values."""


@dataclass(frozen=True)
class StepState:
    """One part of the step bar."""

    number: int
    name: Words
    note: Words = ""
    mark: Mark = Mark.TODO
    current: bool = False
    reachable: bool = False


@dataclass(frozen=True)
class ActionState:
    """The action bar: what is missing or fine, and the one filled button."""

    primary: Words = ""
    enabled: bool = True
    reason: Words = ""
    reason_mark: Mark | None = None
    back: bool = True


@dataclass(frozen=True)
class PersonState:
    """The strip of the person being served. `number` is masked already where it has to be."""

    name: str = ""
    number: str = ""
    facts: tuple[Words, ...] = ()
    chip: Words = ""
    application_no: str = ""
    due: ChipState | None = None
    """A limit that ends today or has passed."""


@dataclass(frozen=True)
class PanelLine:
    """One line of the side panel; a line with a `target` can be clicked."""

    words: Words
    mark: Mark = Mark.TODO
    note: Words = ""
    target: str = ""
    quiet: bool = False


@dataclass(frozen=True)
class HistoryLine:
    """One thing that happened, newest last."""

    when: datetime
    words: Words


@dataclass(frozen=True)
class PanelState:
    """The side panel: portrait (JPEG or PNG bytes), what is missing (first = what blocks), due dates, history."""

    portrait: bytes = b""
    portrait_title: Words = ""
    portrait_note: Words = ""
    missing: tuple[PanelLine, ...] = ()
    due: tuple[PanelLine, ...] = ()
    history: tuple[HistoryLine, ...] = ()


@dataclass(frozen=True)
class DeviceWord:
    """One device of the status line."""

    key: str
    name: Words
    mark: Mark
    word: Words


@dataclass(frozen=True)
class StatusState:
    """The status line. `offline_days` is None where the point has no limit."""

    devices: tuple[DeviceWord, ...] = ()
    unsent: int = 0
    offline_days: int | None = None
    note: Words = ""


@dataclass(frozen=True)
class RailEntry:
    """One area of the rail with its count of open things."""

    key: str
    icon: str
    name: Words
    count: int = 0


@dataclass(frozen=True)
class Hit:
    """One result under the search box."""

    key: str
    title: str
    note: Words = ""
    mark: Mark | None = None


@dataclass(frozen=True)
class ProgressStep:
    """One step of long work with the seconds that it took or takes."""

    name: Words
    note: Words = ""
    mark: Mark = Mark.TODO
    seconds: float | None = None


@dataclass(frozen=True)
class ToastState:
    """A notice at the bottom right. Ok leaves by itself, everything else stays until handled.

    `about` names what it speaks of: a newer notice about the same takes its place, and the window takes it away when
    that is over.
    """

    title: Words
    note: Words = ""
    mark: Mark = Mark.OK
    action: Words = ""
    action_key: str = ""
    target: str = ""
    about: str = ""
