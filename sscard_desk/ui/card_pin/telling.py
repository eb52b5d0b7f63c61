"""What the PIN page says in each state, and what it asks the holder. No Qt."""

from typing import Final

from sscard_desk.domain.errors import DeskError
from sscard_desk.ui.card_pin.state import PinPhase
from sscard_desk.ui.keypad.state import KeypadState
from sscard_desk.ui.states import ActionState, ChipState, Mark, ProgressStep
from sscard_desk.ui.words import Words, message_of, say
from sscard_desk.usecases.serve_pin import Asked, PinAct, PinCard

_STEPS: Final = ("lay", "tries", "type", "proof")
_AT: Final = {
    PinPhase.READY: 0,
    PinPhase.WAITING: 0,
    PinPhase.TYPING: 2,
    PinPhase.PAD: 2,
    PinPhase.WORKING: 3,
    PinPhase.DONE: 4,
}
MARKS: Final = {
    PinPhase.READY: Mark.TODO,
    PinPhase.WAITING: Mark.BUSY,
    PinPhase.TYPING: Mark.BUSY,
    PinPhase.PAD: Mark.BUSY,
    PinPhase.WORKING: Mark.BUSY,
    PinPhase.DONE: Mark.OK,
    PinPhase.FAILED: Mark.WARN,
    PinPhase.UNKNOWN: Mark.UNKNOWN,
}
_FEW: Final = 1


def tries_words(tries: int | None) -> Words:
    """Return how often the PIN may still be wrong."""
    return say("card_pin.tries_unknown") if tries is None else say("card_pin.tries", count=tries)


def chips_of(card: PinCard | None, tries: int | None) -> tuple[ChipState, ...]:
    """Return the tries left and the card's number."""
    if card is None:
        return ()
    mark = Mark.UNKNOWN if tries is None else Mark.ERR if not tries else Mark.WARN if tries <= _FEW else Mark.OK
    number: tuple[ChipState, ...] = ()
    if card.card_number:
        number = (ChipState(say("card_pin.card_number", number=card.card_number), name="pin_card"),)
    return (ChipState(tries_words(tries), mark, name="pin_tries"), *number)


def steps_of(phase: PinPhase, act: PinAct, card: PinCard | None, *, typed: bool) -> tuple[ProgressStep, ...]:
    """Return what happens one after the other.

    Args:
        phase: where it is.
        act: what is done; unblocking asks the holder for nothing.
        card: the card, once it was found.
        typed: whether the holder had typed when the act ended badly.
    """
    ended = phase in {PinPhase.FAILED, PinPhase.UNKNOWN}
    here = (3 if typed else 2 if card is not None else 0) if ended else _AT[phase]
    names = [name for name in _STEPS if name != "type" or act is not PinAct.UNBLOCK]
    return tuple(_step(name, _STEPS.index(name), here, phase, card) for name in names)


def _step(name: str, at: int, here: int, phase: PinPhase, card: PinCard | None) -> ProgressStep:
    mark = Mark.OK if at < here else MARKS[phase] if at == here else Mark.TODO
    note: Words = tries_words(card.tries) if name == "tries" and card is not None else say(f"card_pin.step_note.{name}")
    return ProgressStep(say(f"card_pin.step.{name}"), note, mark)


def action_of(phase: PinPhase, act: PinAct, *, reason_missing: bool) -> ActionState:
    """Return the action bar."""
    primary = say(f"card_pin.begin.{act.value}")
    if phase.running:
        return ActionState(primary, enabled=False, reason=say(f"card_pin.busy.{phase.value}"), reason_mark=Mark.BUSY)
    if reason_missing:
        return ActionState(primary, enabled=False, reason=say("card_pin.need_reason"), reason_mark=Mark.WARN)
    return ActionState(primary)


def question_of(what: Asked, need: int, tries: int | None, trouble: DeskError | None) -> KeypadState:
    """Return what the keypad says: never a name, a number or anything else of the holder."""
    unknown = "_unknown" if tries is None and what in {Asked.PIN, Asked.OLD} else ""
    note = say(f"keypad.note.{what.value}{unknown}", need=need, tries=tries if tries is not None else 0)
    return KeypadState(
        question=say(f"keypad.question.{what.value}"),
        note=note,
        trouble=message_of(trouble) if trouble is not None else "",
        need=need,
    )
