"""What is due at an application, and how it stands today: computed whenever it is asked, never stored."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum, StrEnum
from typing import Final

from sscard_desk.domain.application import Application
from sscard_desk.domain.steps import ENDED, Step

SOON_DAYS: Final = 3
"""From so many days before the last one a limit is shown as near; natural days, our own choice."""

FORM: Final = "form"
"""What `DueItem.subject` says of the registration form; every other subject is a material's name."""


class Counting(StrEnum):
    """How the days of a limit were counted."""

    WORKING = "working"
    """Working days by the State Council's calendar, or by the centre's."""
    NATURAL = "natural"
    """Every day."""
    WEEKDAYS = "weekdays"
    """Monday to Friday, because nobody has announced that year's calendar yet: the paper says so."""


class Due(Enum):
    """How a limit stands, the most pressing last."""

    RUNNING = "running"
    SOON = "soon"
    TODAY = "today"
    OVERDUE = "overdue"

    @property
    def pressing(self) -> bool:
        """Whether something has to be done today."""
        return self in {Due.TODAY, Due.OVERDUE}


@dataclass(frozen=True)
class DueItem:
    """One limit of one application.

    Attributes:
        subject: `form`, or the name of a promised material.
        day: the last day.
        state: how it stands.
        days: natural days from today to the last day; negative once it has passed.
    """

    subject: str
    day: date
    state: Due
    days: int


def due_items(application: Application, today: date) -> tuple[DueItem, ...]:
    """Return what is due at an application, the earliest first.

    The form is due while it is out; a promised material until it came or the application ended.

    Args:
        application: where it stands.
        today: the date at the counter.
    """
    if application.step in ENDED:
        return ()
    limits: list[tuple[str, date]] = []
    if application.step is Step.FORM_ISSUED and application.due is not None:
        limits.append((FORM, application.due))
    limits += [(m.name, m.promised) for m in application.materials if m.state == "promised" and m.promised is not None]
    items = (_item(subject, day, today) for subject, day in limits)
    return tuple(sorted(items, key=lambda item: (item.day, item.subject)))


def most_pressing(items: Iterable[DueItem]) -> DueItem | None:
    """Return the item with the earliest last day, None where nothing is due."""
    return min(items, key=lambda item: item.day, default=None)


def _item(subject: str, day: date, today: date) -> DueItem:
    left = (day - today).days
    state = Due.OVERDUE if left < 0 else Due.TODAY if left == 0 else Due.SOON if left <= SOON_DAYS else Due.RUNNING
    return DueItem(subject, day, state, left)
