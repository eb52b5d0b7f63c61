"""What the card page says in each state: the bar above the records, and what the action bar offers. No Qt."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sscard_desk.domain.application import Application
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.operator import WrongCardPutBack
from sscard_desk.ui.card.progress import CardWatch
from sscard_desk.ui.card.state import CardPhase
from sscard_desk.ui.states import ActionState, Mark
from sscard_desk.ui.words import Words, advice_of, message_of, say

SILENT_S: Final = 5.0
"""After so long without a report the page says that the card does not answer; reading back takes less at 9600 baud."""

MARKS: Final = {
    CardPhase.LOCKED: Mark.TODO,
    CardPhase.READY: Mark.TODO,
    CardPhase.RUNNING: Mark.BUSY,
    CardPhase.STOPPING: Mark.BUSY,
    CardPhase.STOPPED: Mark.WARN,
    CardPhase.FAILED: Mark.ERR,
    CardPhase.UNKNOWN: Mark.UNKNOWN,
    CardPhase.WRITTEN: Mark.OK,
    CardPhase.HANDED_OVER: Mark.OK,
}
"""The mark of each state, in chip and bar."""


@dataclass(frozen=True)
class Notice:
    """The bar above the records."""

    mark: Mark
    title: Words
    note: Words = ""
    code: str = ""


def begun_card(application: Application) -> str:
    """Return the number of the card that was begun and not proved; empty where there is none."""
    run = application.card
    return run.card_number if run is not None and run.state == "intended" else ""


def notice(
    phase: CardPhase, application: Application, error: DeskError | None, watch: CardWatch, now: datetime
) -> Notice:
    """Return what is so, and what to do next."""
    number = begun_card(application)
    if phase is CardPhase.RUNNING:
        return _at_work(number, watch, now)
    mark, title, code = MARKS[phase], say(f"card.notice.{phase.value}"), error.code if error is not None else ""
    if phase is CardPhase.UNKNOWN:
        note = say("card.note.unknown_number", number=number) if number else say("card.note.unknown")
        return Notice(mark, message_of(error) if error is not None else title, note, code or "E307")
    if error is not None and phase is CardPhase.FAILED:
        other = isinstance(error, WrongCardPutBack) and number
        note = say("card.note.other_card", number=number) if other else advice_of(error)
        return Notice(mark, message_of(error), note, code)
    if phase is CardPhase.STOPPED:
        return Notice(mark, title, say("card.note.stopped", number=number))
    return Notice(mark, title, say(f"card.note.{phase.value}"))


def action(phase: CardPhase, application: Application) -> ActionState:
    """Return what the action bar offers, but for a card that is written: that is the hand-over's."""
    if phase is CardPhase.LOCKED:
        return ActionState(say("card.write"), enabled=False, reason=say("card.reason_locked"), reason_mark=Mark.WARN)
    if phase in {CardPhase.RUNNING, CardPhase.STOPPING}:
        reason = say("card.reason_running" if phase is CardPhase.RUNNING else "card.reason_stopping")
        return ActionState(say("card.hand_over"), enabled=False, reason=reason, reason_mark=Mark.BUSY, back=False)
    if phase is CardPhase.HANDED_OVER:
        return ActionState(say("card.next_person"), reason=say("card.finished"), reason_mark=Mark.OK)
    if phase is CardPhase.UNKNOWN:
        return ActionState(say("card.read_back"))
    if begun_card(application):
        return ActionState(say("card.go_on"))
    return ActionState(say("card.write" if phase is CardPhase.READY else "card.write_again"))


def _at_work(number: str, watch: CardWatch, now: datetime) -> Notice:
    if watch.newest.waiting:
        title = say("card.notice.waiting_same", number=number) if number else say("card.notice.waiting")
        return Notice(Mark.BUSY, title, say("card.note.waiting"))
    silent_s = watch.silent_s(now)
    if silent_s >= SILENT_S:
        return Notice(Mark.WARN, say("card.notice.silent", seconds=f"{silent_s:.0f}"), say("card.note.silent"))
    return Notice(Mark.WARN, say("card.notice.running"), say("card.note.running"))
