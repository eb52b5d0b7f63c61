"""What was shown, as one number: signatures are bound to it."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from sscard_desk.forms.conditions import Answers, visible
from sscard_desk.forms.definition import FieldType, FormDefinition

_NO_LISTS: Final[Mapping[str, Sequence[Answers]]] = MappingProxyType({})


def content_digest(
    definition: FormDefinition,
    answers: Answers,
    photo_sha256: str,
    lists: Mapping[str, Sequence[Answers]] = _NO_LISTS,
) -> str:
    """Return the SHA-256 of what a form showed, 64 hex characters.

    Covered are the form, its edition, every answer that is asked and filled (signature fields excepted: they carry
    the digest) and the photo. Two sets of answers that print alike have the same digest.

    Args:
        definition: the form in its edition.
        answers: answers by field id; those that are not asked do not count.
        photo_sha256: SHA-256 of the portrait's JPEG as 64 hex characters, empty where there is none.
        lists: the rows of the form's tables; a form without tables has the same digest as ever.
    """
    shown = {
        field.id: answers[field.id].strip()
        for field in visible(definition, answers)
        if field.type not in {FieldType.SIGNATURE, FieldType.PHOTO} and answers.get(field.id, "").strip()
    }
    content: dict[str, Any] = {
        "form": definition.name,
        "edition": definition.edition,
        "answers": shown,
        "photo": photo_sha256.lower(),
    }
    rows = {
        block.list: [_row([column.field for column in block.columns], row) for row in lists.get(block.list, ())]
        for block in definition.paper.lists()
    }
    if rows:
        content["lists"] = rows
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8")).hexdigest()


def _row(fields: list[str], row: Answers) -> dict[str, str]:
    return {name: row[name].strip() for name in fields if row.get(name, "").strip()}
