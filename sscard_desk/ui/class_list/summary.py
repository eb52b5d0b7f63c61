"""The facts beside the title, what the filled button says, and what an import came to. No Qt."""

from collections.abc import Mapping

from sscard_desk.ui.class_list.state import ClassListState, Phase, Said
from sscard_desk.ui.states import ActionState, ChipState, Mark
from sscard_desk.ui.words import Words, say
from sscard_desk.usecases.class_row import RowState
from sscard_desk.usecases.import_class import ClassCheck, Imported


def chips_of(check: ClassCheck | None, opened: Mapping[int, str]) -> tuple[ChipState, ...]:
    """Return how many rows there are and what becomes of them; what is none is not said."""
    if check is None:
        return ()
    ready = sum(row.number not in opened for row in check.of(RowState.READY))
    counts = (
        ("rows", len(check.rows), None),
        ("opened", len(opened), Mark.OK),
        ("ready", ready, Mark.OK),
        ("wrong", len(check.of(RowState.WRONG)), Mark.ERR),
        ("in_work", len(check.of(RowState.OPEN)), Mark.OFF),
    )
    return tuple(
        ChipState(say(f"class_page.chip.{name}", count=count), mark, name=name) for name, count, mark in counts if count
    )


def sheets_words(check: ClassCheck) -> Said | None:
    """Return that the file has further lists that were not read, None where it has none."""
    if not check.other_sheets:
        return None
    others = "、".join(check.other_sheets)
    return Said(
        Mark.WARN, say("class_page.one_sheet", sheet=check.sheet), say("class_page.other_sheets", others=others)
    )


def action_of(state: ClassListState, ready: int, in_work: int, *, printing: bool) -> ActionState:
    """Return the action bar.

    Args:
        state: the page.
        ready: rows that can be imported.
        in_work: rows whose person has an application.
        printing: whether the papers are at the printer.
    """
    if state.again is not None:
        return ActionState(say("class_page.print_again"), back=False)
    if state.phase is Phase.EMPTY:
        return ActionState(back=False)
    if state.phase is not Phase.CHECKED:
        return _not_now("working_act", state.working, Mark.BUSY)
    if ready:
        return ActionState(say("class_page.import", count=ready), reason=say("class_page.import_note"), back=False)
    if printing or not in_work:
        reason = say("class_page.at_printer" if printing else "class_page.nothing")
        return _not_now("print", reason, Mark.BUSY if printing else Mark.WARN)
    return ActionState(say("class_page.print"), reason=say("class_page.print_note", count=in_work), back=False)


def _not_now(key: str, reason: Words, mark: Mark) -> ActionState:
    return ActionState(say(f"class_page.{key}"), enabled=False, reason=reason, reason_mark=mark, back=False)


def imported_words(done: Imported, wrong: int) -> Said:
    """Return what an import came to.

    Args:
        done: what it did.
        wrong: rows that were left out because something is wrong with them.
    """
    note = say("class_page.left_out", wrong=wrong, passed=len(done.passed_over)) if wrong or done.passed_over else ""
    return Said(Mark.OK, say("class_page.imported", count=len(done.opened)), note)
