"""What the page of keeping and erasing shows. No Qt."""

from dataclasses import dataclass, field
from typing import Final

from sscard_desk.ui.states import ActionState, Mark
from sscard_desk.ui.words import Words

BY: Final = ("applicant", "guardian", "agent")


@dataclass(frozen=True)
class KeepingLine:
    """One request or erasure.

    Attributes:
        what: the application's number, or the beginning of its key where that is all that is left.
        why: by request, by the centre's period, or by this desk's days.
        when: the day it was asked for, in the computer's zone.
        word: how far it is and what it waits for.
        mark: of that word.
    """

    what: str
    why: Words
    when: str
    word: Words
    mark: Mark


@dataclass(frozen=True)
class KeepingState:
    """The page.

    Attributes:
        rule: how long this desk and its backups keep what has ended.
        lines: requests and erasures, the newest first.
        number: of the application, as typed.
        reason: in the person's words, as typed.
        by: who asks, a word of `BY`.
        may_ask: whether who is signed in may record a request.
        notice: what went wrong, or what the person is to be told; empty for nothing.
        note: what to do.
        mark: its mark.
        busy: whether an act runs.
        action: the bar below.
    """

    rule: Words = ""
    lines: tuple[KeepingLine, ...] = ()
    number: str = ""
    reason: str = ""
    by: str = BY[0]
    may_ask: bool = True
    notice: Words = ""
    note: Words = ""
    mark: Mark = Mark.OK
    busy: bool = False
    action: ActionState = field(default_factory=ActionState)
