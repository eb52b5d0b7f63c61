"""Batches, people and rows in the words of the page. No Qt."""

from collections.abc import Sequence
from typing import Final

from sscard_desk.domain.application import Application
from sscard_desk.domain.batch import Batch, BatchState
from sscard_desk.ui.batch.state import PersonLine
from sscard_desk.ui.states import ChipState, Mark
from sscard_desk.ui.words import Words, message_of, say
from sscard_desk.usecases.batch_lineup import Lineup
from sscard_desk.usecases.return_file import ReturnReport, ReturnRow, ReturnState
from sscard_desk.usecases.run_batch import BatchProgress, BatchStage

_STAGES: Final = {
    BatchStage.LAY_IN: Mark.TODO,
    BatchStage.WORKING: Mark.BUSY,
    BatchStage.TAKE_OUT: Mark.OK,
    BatchStage.TAKE_OUT_FAILED: Mark.ERR,
    BatchStage.PUT_BACK: Mark.UNKNOWN,
    BatchStage.PAUSED: Mark.WARN,
    BatchStage.DONE: Mark.OK,
}
_STATES: Final = {
    BatchState.OPEN: Mark.BUSY,
    BatchState.PAUSED: Mark.WARN,
    BatchState.CLOSED: Mark.OK,
    BatchState.RETURNED: Mark.OFF,
}
_KEYS: Final = ("asked", "failures", "no_card", "not_ready")


def group_line(name: str, people: Sequence[Application]) -> PersonLine:
    """Return a class or unit that could be a batch."""
    return PersonLine(name, say("batch.people", count=len(people)), Mark.TODO, say("batch.not_begun"))


def batch_line(batch: Batch) -> PersonLine:
    """Return a batch."""
    name: Words = batch.name or say("batch.return_file")
    count = say("batch.people", count=len(batch.applications))
    return PersonLine(name, count, _STATES[batch.state], state_words(batch))


def state_words(batch: Batch) -> Words:
    """Return where a batch is."""
    if batch.state is BatchState.PAUSED:
        return say("batch.paused", why=why_words(batch))
    return say(f"batch.state.{batch.state.value}")


def why_words(batch: Batch) -> Words:
    """Return why a batch is paused; an error's code is told as it is."""
    return say(f"batch.why.{batch.why}", count=batch.in_row) if batch.why in _KEYS else batch.why


def people_lines(lineup: Lineup, now: Application | None = None) -> tuple[PersonLine, ...]:
    """Return everybody of a batch: who is next, whose card broke off, who is not ready, who has it."""
    current = now.id if now is not None else ""
    ready = tuple(
        PersonLine(each.name, each.number, Mark.BUSY if each.id == current else Mark.TODO, say("batch.line.ready"))
        for each in lineup.ready
    )
    begun = tuple(PersonLine(each.name, each.number, Mark.UNKNOWN, say("batch.line.begun")) for each in lineup.begun)
    skipped = tuple(
        PersonLine(each.name, each.number, Mark.WARN, say(f"batch.not_ready.{why}")) for each, why in lineup.skipped
    )
    numbers = [each.card.card_number if each.card else "" for each in lineup.done]
    done = tuple(
        PersonLine(each.name, each.number, Mark.OK, say("batch.line.done", number=number))
        for each, number in zip(lineup.done, numbers, strict=True)
    )
    return (*begun, *ready, *skipped, *done)


def chips_of(batch: Batch, lineup: Lineup) -> tuple[ChipState, ...]:
    """Return done of all, tries, failures in a row."""
    shown = [
        ChipState(say("batch.done_of", done=len(lineup.done), all=len(batch.applications)), accent=True, name="done"),
        ChipState(say("batch.tries", count=batch.tries), name="tries"),
    ]
    if batch.in_row:
        said = say("batch.in_row", count=batch.in_row, stop=batch.stop_after)
        shown.append(ChipState(said, Mark.WARN, name="in_row"))
    if lineup.skipped:
        shown.append(ChipState(say("batch.skipped", count=len(lineup.skipped)), Mark.TODO, name="skipped"))
    return tuple(shown)


def big(progress: BatchProgress) -> tuple[Mark, Words, Words]:
    """Return what the room is told: mark, words, and what to do about it."""
    stage, note = progress.stage, say(f"batch.note.{progress.stage.value}")
    if stage is BatchStage.PAUSED:
        note = say("batch.paused_note", why=why_words(progress.batch))
    if progress.spoiled:
        note = say("batch.spoiled", reason=progress.spoiled)
    if progress.error is not None:
        note = say("batch.trouble", what=message_of(progress.error), code=progress.error.code)
    return _STAGES[stage], say(f"batch.stage.{stage.value}"), note


def report_lines(report: ReturnReport) -> tuple[PersonLine, ...]:
    """Return the rows of a return file, wrong ones first."""
    order = (ReturnState.WRONG, ReturnState.FAILED, ReturnState.TAKEN, ReturnState.KNOWN)
    return tuple(_row(row) for state in order for row in report.of(state))


def _row(row: ReturnRow) -> PersonLine:
    who = row.application.name if row.application else say("batch.row_nobody")
    marks = {ReturnState.WRONG: Mark.ERR, ReturnState.FAILED: Mark.WARN, ReturnState.TAKEN: Mark.OK}
    words: Words = say(f"batch.row_state.{row.state.value}")
    if row.state is ReturnState.WRONG:
        words = say(f"batch.row.{row.why}")
    elif row.state is ReturnState.FAILED:
        words = say("batch.row_failed", why=row.why)
    return PersonLine(who, say("batch.row_number", number=row.number), marks.get(row.state, Mark.OFF), words)
