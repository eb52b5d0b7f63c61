"""What the doctor page shows. No Qt."""

from dataclasses import dataclass
from datetime import datetime

from sscard_desk.ui.states import Mark
from sscard_desk.ui.words import Words


@dataclass(frozen=True)
class Stretch:
    """A part of the last hour in one state; `share` of the hour, 0 to 1."""

    share: float
    mark: Mark


@dataclass(frozen=True)
class Patient:
    """One device of the list at the left."""

    key: str
    icon: str
    name: Words
    note: Words = ""
    mark: Mark = Mark.UNKNOWN
    word: Words = ""
    hour: tuple[Stretch, ...] = ()


@dataclass(frozen=True)
class Cause:
    """One possible cause with its sign."""

    words: Words
    note: Words


@dataclass(frozen=True)
class Happened:
    """One thing that happened to the device, newest first."""

    when: datetime
    mark: Mark
    words: Words


@dataclass(frozen=True)
class Finding:
    """The chosen device: what is wrong with it, its effect, causes, what to do."""

    title: Words = ""
    note: Words = ""
    mark: Mark = Mark.UNKNOWN
    code: str = ""
    effect: Words = ""
    facts: tuple[tuple[Words, Words], ...] = ()
    causes: tuple[Cause, ...] = ()
    steps: tuple[tuple[Words, Words], ...] = ()
    history: tuple[Happened, ...] = ()


@dataclass(frozen=True)
class ScannerList:
    """The scanners of this counter, shown below the scanner's finding.

    Attributes:
        offered: whether one can be chosen here.
        looking: whether they are being looked for.
        choices: key and name of each.
        used: key of the one in use.
    """

    offered: bool = False
    looking: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    used: str = ""


@dataclass(frozen=True)
class DoctorState:
    """The page: all devices, the chosen one, and when everything was looked at last."""

    patients: tuple[Patient, ...] = ()
    chosen: str = ""
    finding: Finding = Finding()
    examined_at: datetime | None = None
    examining: bool = False
    can_try: bool = False
    """Whether the printer's ruler sheet is offered."""
    trying: bool = False
    can_date: bool = False
    """Whether setting the business date is offered: beside the clock, and where a wrong date stops the work."""
    can_carry: bool = False
    """Whether the exchange by a stick is offered: beside the centre."""
    scanners: ScannerList = ScannerList()
