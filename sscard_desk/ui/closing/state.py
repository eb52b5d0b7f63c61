"""What the page for closing shows."""

from dataclasses import dataclass, field
from typing import Final

from sscard_desk.domain.portrait import Preview
from sscard_desk.forms.closing import Closing
from sscard_desk.ui.serving.leave import LeaveState
from sscard_desk.ui.states import ActionState, Option
from sscard_desk.ui.words import Words

GIVE: Final = "transferred"
"""The act that ends nothing: it goes to another service point."""


@dataclass(frozen=True)
class ReasonLine:
    """One reason that can be chosen; `remedy` is what the notice tells the applicant."""

    code: str
    words: Words
    remedy: Words


@dataclass(frozen=True)
class ClosingState:
    """The page for closing.

    Attributes:
        act: how it is to end; None while nobody chose.
        can_expire: whether one of the limits has passed.
        overdue: what has passed, in words.
        reasons: the reasons of the chosen act.
        code: the chosen reason.
        text: the reason in the clerk's own words, or what is added to the chosen one.
        points: other service points that it can be given to; none once a card was begun.
        giving: whether it goes to another service point in place of ending.
        point: the chosen one.
        leave: the supervisor's part, for expiry.
        can_look: whether the notice of refusal can be looked at before.
        pages: the notice, page by page, while it is looked at.
        busy: whether it is being kept.
        action: the action bar.
    """

    act: Closing | None = None
    can_expire: bool = False
    overdue: Words = ""
    reasons: tuple[ReasonLine, ...] = ()
    code: str = ""
    text: str = ""
    points: tuple[Option, ...] = ()
    giving: bool = False
    point: str = ""
    leave: LeaveState = field(default_factory=LeaveState)
    can_look: bool = False
    pages: tuple[Preview, ...] = ()
    busy: bool = False
    action: ActionState = field(default_factory=ActionState)
