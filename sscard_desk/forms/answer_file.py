"""Answers from a file, for previews: TOML or JSON, one text for each field."""

import json
import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import Final

from sscard_desk.domain.errors.operator import AnswersUnreadable
from sscard_desk.forms.definition import TICKED
from sscard_desk.forms.line_scan import scan
from sscard_desk.forms.positions import syntax_line

_JSON: Final = ".json"


def read_answers(path: Path) -> dict[str, str]:
    """Return the answers in a file; a date without quotation marks is taken as its text, true as a set tick.

    Raises:
        AnswersUnreadable: it is not there, is neither TOML nor JSON, or holds something else than one text a field.
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
    answers: dict[str, str] = {}
    for field, value in data.items():
        answer = _answer(value)
        if answer is None:
            raise AnswersUnreadable(line=1 if as_json else scan(text).get(field, 1))
        answers[field] = answer
    return answers


def _answer(value: object) -> str | None:
    if isinstance(value, bool):
        return TICKED if value else ""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    return value if isinstance(value, str) else None
