"""An error as a notice: what happened, what to do, and the one key that leads to where it is put right. No Qt."""

from typing import Final

from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.desk_time import ClockWrong, OfflineEnded
from sscard_desk.ui.states import Mark, ToastState
from sscard_desk.ui.words import advice_of, message_of, say

DESK_DATE: Final = "desk_date"
"""Page and target of the business date."""
_OF_THE_DATE: Final = (ClockWrong, OfflineEnded)


def trouble_toast(error: DeskError) -> ToastState:
    """Return the notice about an error."""
    note = say("missing.advice", advice=advice_of(error), code=error.code)
    mark = Mark.UNKNOWN if error.may_have_changed else Mark.WARN
    toast = ToastState(message_of(error), note, mark)
    if not isinstance(error, _OF_THE_DATE):
        return toast
    return ToastState(toast.title, note, mark, say("date.open"), "Ctrl+T", DESK_DATE, about=DESK_DATE)
