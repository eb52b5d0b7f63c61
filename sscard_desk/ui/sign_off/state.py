"""What the sign-off page shows."""

from dataclasses import dataclass, field

from sscard_desk.ui.sign.strokes import Strokes
from sscard_desk.ui.states import ActionState, ChipState, HistoryLine, Mark
from sscard_desk.ui.words import Words


@dataclass(frozen=True)
class WaitingLine:
    """One application that waits.

    Attributes:
        key: its application.
        name: whose.
        number: masked.
        note: what case, taken in by whom.
        waits: for how long.
        chip: the one thing to know before opening it.
        own: whether the supervisor took it in, and so cannot sign it off.
        marked: whether it is marked to be signed off together with others.
    """

    key: str
    name: str
    number: str
    note: Words
    waits: Words
    chip: ChipState
    own: bool = False
    marked: bool = False


@dataclass(frozen=True)
class ChangeLine:
    """One difference that the clerk decided."""

    field: Words
    old: Words
    new: Words
    note: Words


@dataclass(frozen=True)
class FactLine:
    """One fact with its verdict."""

    name: Words
    value: Words
    verdict: Words
    mark: Mark


@dataclass(frozen=True)
class ExceptionLine:
    """One exception that a supervisor granted: what, and who, when and why."""

    title: Words
    words: Words


@dataclass(frozen=True)
class SignedLine:
    """One party's signature."""

    party: Words
    name: str
    mark: Mark
    word: Words
    strokes: Strokes = field(default_factory=Strokes)
    place: Words = ""


@dataclass(frozen=True)
class Detail:
    """Everything that is known of the chosen application."""

    key: str
    name: str
    number: str
    application_no: str
    facts: Words
    taken_in: Words
    chips: tuple[ChipState, ...]
    changes: tuple[ChangeLine, ...]
    materials: tuple[FactLine, ...]
    signatures: tuple[SignedLine, ...]
    digest: str
    history: tuple[HistoryLine, ...]
    own: bool
    exceptions: tuple[ExceptionLine, ...] = ()
    portrait: bytes = field(default=b"", repr=False)


@dataclass(frozen=True)
class SignOffState:
    """The sign-off page.

    Attributes:
        allowed: whether whoever is signed in may sign off.
        lines: what waits, oldest first.
        chosen: key of the line in view.
        detail: what is known of it, None while it is read.
        reason: why it is sent back, as typed.
        sending_back: whether the reason is being asked for.
        error: what went wrong: its sentence,
        error_note: and what to do.
        own: why the application in view cannot be signed off by whoever is signed in; empty where it can.
        busy: whether an act runs.
        clear_password: grows whenever the password has to be cleared from its field.
        action: the action bar.
    """

    allowed: bool = True
    lines: tuple[WaitingLine, ...] = ()
    chosen: str = ""
    detail: Detail | None = None
    reason: str = ""
    sending_back: bool = False
    error: Words = ""
    error_note: Words = ""
    own: Words = ""
    busy: bool = False
    clear_password: int = 0
    action: ActionState = field(default_factory=ActionState)
