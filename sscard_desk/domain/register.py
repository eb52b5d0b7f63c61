"""Whose word stands on the card: the register's. What document or applicant say otherwise is asked to be corrected.

Identity fields of the form keep what was decided at the counter; the card carries what the register says until the
register itself was corrected.
"""

from collections.abc import Iterable
from typing import Final

from sscard_desk.domain.application import Application
from sscard_desk.domain.comparison import COMPARED
from sscard_desk.domain.events import CorrectionRequested, Difference

ON_CARD: Final = frozenset({"name", "sex", "ethnic", "birth"})
"""Identity fields that stand on the card."""


def on_card(application: Application) -> dict[str, str]:
    """Return the application's answers as they go on the card: the register's word in every identity field."""
    return application.answers | application.register_says


def correction(application: Application, said: Iterable[Difference]) -> CorrectionRequested | None:
    """Return what the register is asked to correct, None where there is nothing, or no register.

    Args:
        application: whose answers these are.
        said: differences in which `old` is the register's value and `new` what document or applicant say.
    """
    if application.person is None:
        return None
    differing = tuple(each for each in said if each.field in COMPARED and each.old and each.old != each.new)
    return CorrectionRequested(differing, application.person) if differing else None


def register_value(application: Application, field: str) -> str:
    """Return what the register says in a field, as far as the application knows it."""
    decided = next((each.old for each in application.differences if each.field == field), "")
    return application.register_says.get(field) or decided or application.answers.get(field, "")
