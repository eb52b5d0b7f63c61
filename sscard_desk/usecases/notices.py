"""What stands on the papers of a case besides its forms: what is missing, why it was refused, who is on a class list.

Words that only the city knows (offices of appeal, legal basis) are left open: they stand in its reference rows or are
filled in by hand.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sscard_desk.domain.application import Application
from sscard_desk.domain.numbers.shown import masked
from sscard_desk.forms.materials import PROMISED
from sscard_desk.ports.calendar import WorkingDays
from sscard_desk.ports.paper import Lists
from sscard_desk.usecases.check_materials import missing_items, promise_until
from sscard_desk.usecases.class_row import ClassRow
from sscard_desk.usecases.import_class import Imported

MISSING_NOTICE = "missing_notice"
REFUSAL_NOTICE = "refusal_notice"
CLASS_LIST = "class_list"


@dataclass(frozen=True)
class NoticeContent:
    """What a notice says.

    Attributes:
        answers: by field id of the notice's form.
        lists: the rows of its tables.
    """

    answers: Mapping[str, str]
    lists: Lists = field(default_factory=dict)


def missing_notice(
    application: Application, today: date, calendar: WorkingDays, language: str = "zh_CN"
) -> NoticeContent:
    """Return the one-time notice (一次性告知书): everything that has not come, what is asked of it, and until when.

    Args:
        application: whose materials.
        today: the day of the notice.
        calendar: the working days; the latest day on which something may still be brought counts by them.
        language: of the materials' names.
    """
    items = missing_items(application)
    days = [line.promised or promise_until(line.asked, today, calendar) for line in items]
    until = max((day for day in days if day is not None), default=None)
    rows = [
        {
            "item": line.asked.words(language),
            "requirement": line.asked.hint(language),
            "promised_on": line.promised.isoformat() if line.state == PROMISED and line.promised else "",
        }
        for line in items
    ]
    answers = {
        "name": application.name,
        "id_shown": masked(application.id_number),
        "applied_on": application.answers.get("applied_on", ""),
        "supply_until": until.isoformat() if until else "",
    }
    return NoticeContent(answers, {"missing": rows})


def refusal_notice(application: Application) -> NoticeContent:
    """Return the notice of refusal (不予受理通知书) of an application that was refused: whose, and why."""
    return NoticeContent(
        {
            "name": application.name,
            "document_kind": application.document_kind,
            "id_number": application.id_number,
            "applied_on": application.answers.get("applied_on", ""),
            "reason": application.closed_reason,
        }
    )


def class_list(rows: Sequence[ClassRow], imported: Imported | None = None) -> NoticeContent:
    """Return the class list (花名册) as it is printed and signed: the rows that were taken, with their applications.

    Args:
        rows: rows of a checked list, as they are to stand there.
        imported: what the import opened; None before it.
    """
    opened = imported.opened if imported is not None else {}
    students = [_student(row, opened.get(row.number, row.in_work)) for row in rows]
    first = rows[0].answers if rows else {}
    answers = {
        "school": first.get("school", ""),
        "class": first.get("class_name", ""),
        "listed_on": first.get("applied_on", ""),
    }
    return NoticeContent(answers, {"students": students})


def _student(row: ClassRow, number: str) -> dict[str, str]:
    answers = row.answers
    return {
        "student_name": answers.get("name", ""),
        "student_sex": answers.get("sex", ""),
        "student_document_kind": answers.get("document_kind", ""),
        "student_id_number": answers.get("id_number", ""),
        "student_birth": answers.get("birth", ""),
        "guardian_name": answers.get("agent_name", ""),
        "guardian_mobile": answers.get("agent_mobile", ""),
        "student_application_no": number,
    }
