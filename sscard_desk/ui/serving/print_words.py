"""What the window says of a print: beside the button, in a banner, and as a notice."""

from typing import Final

from sscard_desk.domain.application import Application
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.prints import PrintRecord, PrintState
from sscard_desk.forms.codes import table
from sscard_desk.ui.serving.trouble_toast import trouble_toast
from sscard_desk.ui.states import Mark, ToastState
from sscard_desk.ui.words import Both, Words, advice_of, message_of, say
from sscard_desk.usecases.prints import SPOILED_REASONS

REGISTRATION: Final = "registration"
_MARKS: Final = {
    PrintState.OUT_OF_PAPER: Mark.WARN,
    PrintState.HELD: Mark.WARN,
    PrintState.STOPPED: Mark.WARN,
    PrintState.VANISHED: Mark.UNKNOWN,
}


def state_words(record: PrintRecord) -> tuple[Words, Mark]:
    """Return how a print that is under way is said beside the button."""
    return say(f"printing.state.{record.state.value}"), _MARKS.get(record.state, Mark.BUSY)


def kept_words(record: PrintRecord) -> tuple[Words, Mark]:
    """Return what became of a print, for the list of a case's papers."""
    if record.spoiled:
        row = table(SPOILED_REASONS).row(record.spoiled)
        return say("printing.was_spoiled", reason=record.spoiled_words or Both(row.words.zh, row.words.en)), Mark.OFF
    if not record.state.ended:
        return state_words(record)
    at = (record.ended_at or record.at).astimezone()
    mark = {PrintState.COMPLETED: Mark.OK, PrintState.UNKNOWN: Mark.UNKNOWN}.get(record.state, Mark.OFF)
    return say(f"printing.ended.{record.state.value}", day=at.date(), time=at), mark


def trouble_words(error: DeskError) -> tuple[Words, Words, Mark]:
    """Return what happened, what to do with the code, and how bad it is."""
    mark = Mark.UNKNOWN if error.may_have_changed else Mark.WARN
    return message_of(error), say("missing.advice", advice=advice_of(error), code=error.code), mark


def about_print(record: PrintRecord) -> str:
    """Return what a notice about this print's trouble is known by."""
    return f"print {record.id}"


def toast_of(
    record: PrintRecord | None,
    trouble: DeskError | None = None,
    application: Application | None = None,
    days: int = 0,
) -> ToastState:
    """Return the notice about a print that ended or is in trouble; `days` is the limit that the paper names."""
    if trouble is not None:
        if record is None:
            return trouble_toast(trouble)
        title, note, mark = trouble_words(trouble)
        named = say("printing.about", serial=record.serial, what=title)
        return ToastState(named, note, mark, about=about_print(record))
    if record is None:
        return ToastState("")
    if record.form != REGISTRATION:
        return ToastState(say("printing.printed", form=say(f"printing.form.{record.form}"), pages=record.pages))
    if application is None:
        return ToastState(say("printing.stale"), say("printing.stale_note"), Mark.WARN)
    due = say(f"due.printed_{record.counted or 'working'}", day=record.due, days=days) if record.due else ""
    return ToastState(say("form_page.printed", pages=record.pages), due)
