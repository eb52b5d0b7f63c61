"""The card page put together from what was seen of one try, and the notices for whoever serves somebody else. No Qt."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sscard_desk.domain.application import Application
from sscard_desk.domain.errors import DeskError
from sscard_desk.ui.card.hand_over import Held
from sscard_desk.ui.card.progress import CardWatch, item_lines
from sscard_desk.ui.card.state import CardPhase, CardState
from sscard_desk.ui.card.telling import MARKS, Notice, action, begun_card, notice
from sscard_desk.ui.serving.leave import LeaveState
from sscard_desk.ui.states import ActionState, ChipState, Mark, ToastState
from sscard_desk.ui.words import message_of, say

AT_WORK: Final = frozenset({CardPhase.RUNNING, CardPhase.STOPPING})
ENDED_OPEN: Final = AT_WORK | {CardPhase.STOPPED, CardPhase.FAILED, CardPhase.UNKNOWN}
"""Where the last try is, as long as the application itself says no more."""
_COMPLETE: Final = frozenset({CardPhase.WRITTEN, CardPhase.HANDED_OVER})
_GIVEN_UP: Final = frozenset({CardPhase.UNKNOWN, CardPhase.FAILED})


@dataclass(frozen=True)
class Seen:
    """One try as it is known now.

    Attributes:
        phase: where it is.
        application: whose card.
        error: what went wrong, if anything did.
        watch: what the card reported.
        now: the time.
    """

    phase: CardPhase
    application: Application
    error: DeskError | None
    watch: CardWatch
    now: datetime


def state_of(
    seen: Seen, held: Held | None, *, leave: LeaveState, busy: bool, hand_over: ActionState | None
) -> CardState:
    """Return the page.

    Args:
        seen: the try.
        held: what holds the card back, once it is written.
        leave: the supervisor's part.
        busy: whether the hand-over is being kept.
        hand_over: the action bar of a card that is written; None of any other.
    """
    phase, watch, application = seen.phase, seen.watch, seen.application
    running = phase in AT_WORK
    told = notice(phase, application, seen.error, watch, seen.now)
    if held is not None:
        told = Notice(Mark.WARN, held.title, say("card.held_note"))
    waiting = running and watch.newest.waiting
    return CardState(
        phase=phase,
        stock=watch.newest.stock_no,
        chips=(ChipState(say(f"card.phase.{'waiting' if waiting else phase.value}"), MARKS[phase], name="phase"),),
        steps=watch.steps(seen.now, MARKS[phase] if phase in ENDED_OPEN else Mark.TODO),
        share=1.0 if phase in _COMPLETE else watch.share() if watch.started else 0.0,
        items=item_lines(watch.newest.lines, running=running),
        notice_mark=told.mark,
        notice=told.title,
        notice_note=told.note,
        code=told.code,
        elapsed=say("card.elapsed", seconds=f"{watch.seconds(seen.now):.1f}") if watch.started else "",
        can_stop=phase is CardPhase.RUNNING,
        ticking=running,
        can_spoil=phase in _GIVEN_UP and bool(begun_card(application)),
        leave=leave,
        busy=busy,
        action=hand_over if hand_over is not None else action(phase, application),
    )


def elsewhere_written(application: Application) -> ToastState:
    """Return the notice that a card of somebody who is not in hand is written."""
    return ToastState(say("card.elsewhere_written", number=application.number), say("card.elsewhere_written_note"))


def elsewhere_failed(application: Application, error: DeskError) -> ToastState:
    """Return the notice that a card of somebody who is not in hand is not."""
    note = say("missing.advice", advice=message_of(error), code=error.code)
    mark = Mark.UNKNOWN if error.may_have_changed else Mark.WARN
    return ToastState(say("card.elsewhere_failed", number=application.number), note, mark)
