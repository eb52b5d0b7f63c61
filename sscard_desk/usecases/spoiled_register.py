"""The register of spoiled paper of one day, as the form `spoiled_register` asks for it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from sscard_desk.forms.codes import table
from sscard_desk.forms.load import load_form
from sscard_desk.ports.store import Store
from sscard_desk.usecases.prints import BEIJING, SPOILED_REASONS, spoiled_papers

REGISTER: Final = "spoiled_register"
PAPERS: Final = "papers"
"""The list in the form's layout."""


def register_answers(
    store: Store, day: date, language: str = "zh_CN"
) -> tuple[Mapping[str, str], Mapping[str, Sequence[Mapping[str, str]]]]:
    """Return the form's answers and the rows of its table for one day (Beijing time).

    Args:
        store: the desk's database.
        day: which day.
        language: of form names and reasons, `zh_CN` or `en`.
    """
    answers = {"from_day": day.isoformat(), "to_day": day.isoformat()}
    rows = [
        {
            "paper_serial": row.serial,
            "paper_name": load_form(row.form).label(language),
            "paper_copy": str(row.copy),
            "spoiled_on": row.at.astimezone(BEIJING).date().isoformat(),
            "spoiled_reason": row.words or table(SPOILED_REASONS).row(row.reason).words(language),
            "spoiled_by": row.by,
        }
        for row in spoiled_papers(store, day)
    ]
    return answers, {PAPERS: rows}
