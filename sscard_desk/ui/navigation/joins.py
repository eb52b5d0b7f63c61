"""Joins of the strips that several pages have: why a paper is printed again or spoiled, and a supervisor's leave."""

from sscard_desk.ui.parts.leave_form import LeaveForm
from sscard_desk.ui.parts.reprint_bar import ReprintBar
from sscard_desk.ui.serving.leave import Leave
from sscard_desk.ui.serving.reprint import Reprint
from sscard_desk.ui.serving.spoiling import Spoiling


def join_reprint(bar: ReprintBar, reprint: Reprint) -> None:
    """Join the question why a paper is printed again."""
    bar.chosen.connect(reprint.choose)
    bar.typed.connect(reprint.type)
    bar.spoiled.connect(lambda spoiled: reprint.set_spoiled(spoiled=spoiled))
    bar.stopped.connect(reprint.stop)


def join_spoiling(bar: ReprintBar, spoiling: Spoiling) -> None:
    """Join the question why a sheet is spoiled."""
    bar.chosen.connect(spoiling.choose)
    bar.typed.connect(spoiling.type)
    bar.stopped.connect(spoiling.stop)


def join_leave(form: LeaveForm, leave: Leave) -> None:
    """Join the strip in which a supervisor allows something."""
    form.reason_typed.connect(leave.reason_typed)
    form.account_typed.connect(leave.account_typed)
    form.password_typed.connect(leave.password_typed)
    form.stopped.connect(leave.stop)
