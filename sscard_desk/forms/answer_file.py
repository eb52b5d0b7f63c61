"""Answers from a file, for previews: TOML or JSON, one text for each field, and the rows of the form's tables."""

import json
import tomllib
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Final

from sscard_desk.domain.errors.operator import AnswersUnreadable
from sscard_desk.forms.definition import TICKED
from sscard_desk.forms.line_scan import scan
from sscard_desk.forms.positions import syntax_line

_JSON: Final = ".json"


@dataclass(frozen=True)
class AnswerFile:
    """What a file says.

    Attributes:
        answers: a text for each field.
        lists: the rows of each table, a text for each column's field.
    """

    answers: dict[str, str] = field(default_factory=dict)
    lists: dict[str, list[dict[str, str]]] = field(default_factory=dict)


def read_answers(path: Path) -> AnswerFile:
    """Return the answers in a file; a date without quotation marks is taken as its text, true as a set tick.

    Raises:
        AnswersUnreadable: it is not there, is neither TOML nor JSON, or holds something else than texts by field.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise AnswersUnreadable(line=0) from None
    as_json = path.suffix.lower() == _JSON
    try:
        data = json.loads(text) if as_json else tomllib.loads(text)
    except json.JSONDecodeError as error:
        raise AnswersUnreadable(line=error.lineno) from None
    except tomllib.TOMLDecodeError as error:
        raise AnswersUnreadable(line=syntax_line(error, text)) from None
    if not isinstance(data, dict):
        raise AnswersUnreadable(line=1)
    read = AnswerFile()
    for name, value in data.items():
        answer, rows = _answer(value), _rows(value)
        if answer is None and rows is None:
            raise AnswersUnreadable(line=1 if as_json else scan(text).get(name, 1))
        if answer is not None:
            read.answers[name] = answer
        elif rows is not None:
            read.lists[name] = rows
    return read


def _rows(value: object) -> list[dict[str, str]] | None:
    if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
        return None
    rows = [{name: answer for name, cell in row.items() if (answer := _answer(cell)) is not None} for row in value]
    return rows if [len(row) for row in rows] == [len(row) for row in value] else None


def _answer(value: object) -> str | None:
    if isinstance(value, bool):
        return TICKED if value else ""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    return value if isinstance(value, str) else None
