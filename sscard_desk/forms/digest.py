"""What was shown, as one number: signatures are bound to it."""

import hashlib
import json

from sscard_desk.forms.conditions import Answers, visible
from sscard_desk.forms.definition import FieldType, FormDefinition


def content_digest(definition: FormDefinition, answers: Answers, photo_sha256: str) -> str:
    """Return the SHA-256 of what a form showed, 64 hex characters.

    Covered are the form, its edition, every answer that is asked and filled (signature fields excepted: they carry
    the digest) and the photo. Two sets of answers that print alike have the same digest.

    Args:
        definition: the form in its edition.
        answers: answers by field id; those that are not asked do not count.
        photo_sha256: SHA-256 of the portrait's JPEG as 64 hex characters, empty where there is none.
    """
    shown = {
        field.id: answers[field.id].strip()
        for field in visible(definition, answers)
        if field.type not in {FieldType.SIGNATURE, FieldType.PHOTO} and answers.get(field.id, "").strip()
    }
    content = {"form": definition.name, "edition": definition.edition, "answers": shown, "photo": photo_sha256.lower()}
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8")).hexdigest()
