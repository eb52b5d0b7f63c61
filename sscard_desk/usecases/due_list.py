"""What is due at this desk's applications, the most pressing first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sscard_desk.domain.application import Application
from sscard_desk.domain.due import DueItem, due_items
from sscard_desk.ports.store import Store


@dataclass(frozen=True)
class DueLine:
    """One limit of one application."""

    application: Application
    item: DueItem


def due_list(store: Store, today: date, *, pressing: bool = True) -> Sequence[DueLine]:
    """Return what is due today or overdue, the longest overdue first.

    Args:
        store: the desk's database.
        today: the date at the counter.
        pressing: False takes also what is due later.
    """
    lines = (
        DueLine(application, item)
        for application in store.in_work()
        for item in due_items(application, today)
        if item.state.pressing or not pressing
    )
    return sorted(lines, key=lambda line: (line.item.day, line.application.number, line.item.subject))
