"""Exceptions that supervisors granted in a case: what, who, when and why, for whoever looks at it afterwards. No Qt."""

from dataclasses import dataclass
from datetime import datetime

from sscard_desk.ui.serving.dossier import Dossier
from sscard_desk.ui.words import Words, say


@dataclass(frozen=True)
class Granted:
    """One exception.

    Attributes:
        what: `second`, `materials` or `hand_over`.
        who: the supervisor's display name.
        at: when; None where the history does not tell.
        reason: as the supervisor gave it.
    """

    what: str
    who: str
    at: datetime | None
    reason: str

    @property
    def title(self) -> Words:
        """What was allowed."""
        return say(f"leave.granted.{self.what}")

    @property
    def words(self) -> Words:
        """Who allowed it, when, and why."""
        if self.at is None:
            return say("leave.granted_by", who=self.who, reason=self.reason)
        return say("leave.granted_at", who=self.who, day=self.at.date(), time=self.at, reason=self.reason)


def granted(dossier: Dossier) -> tuple[Granted, ...]:
    """Return the exceptions of a case, in the order of the path."""
    of = dossier.application
    found = (
        ("second", "application.opened", of.second_exception, of.second_exempted_by),
        ("materials", "materials.checked", of.materials_exception, of.materials_exempted_by),
        ("hand_over", "card.handed_over", of.hand_over_exception, of.hand_over_exempted_by),
    )
    return tuple(
        Granted(what, dossier.name_of(by) if by else "", _at(dossier, act), reason)
        for what, act, reason, by in found
        if reason
    )


def _at(dossier: Dossier, act: str) -> datetime | None:
    times = [line.at.astimezone() for line in dossier.history if line.kind == act]
    return times[-1] if times else None
