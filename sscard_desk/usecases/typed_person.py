"""Who is being typed from a document before an application is there: kept as a draft, so that a cut loses nothing.

One person at a time stands at a counter, so there is one such draft. It ends when the application begins.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as hidden
from typing import Final

from sscard_desk.domain.ids import ApplicationId
from sscard_desk.ports.store import Draft

TYPED_PERSON: Final = ApplicationId("typed-person")
"""Stands where an application's key does, until there is one."""
_NUMBER: Final = "id_number"
_SOURCE: Final = "evidence_source"


@dataclass(frozen=True)
class TypedPerson:
    """What was typed.

    Attributes:
        number: of the document.
        source: what was shown, an id of `resources/cases/evidence.toml`.
        typed: by the form's field, as it stood when the last key came.
        field: where the clerk was.
    """

    number: str = hidden(repr=False)
    source: str
    typed: Mapping[str, str] = hidden(repr=False)
    field: str = ""

    def values(self) -> dict[str, str]:
        """Return what a draft keeps."""
        return {**self.typed, _NUMBER: self.number, _SOURCE: self.source}


def typed_person(draft: Draft | None) -> TypedPerson | None:
    """Return whom a draft is about, None where it is no person's or nothing was typed."""
    if draft is None or draft.application != TYPED_PERSON:
        return None
    typed = dict(draft.values)
    number, source = typed.pop(_NUMBER, ""), typed.pop(_SOURCE, "")
    return TypedPerson(number, source, typed, draft.field) if number and any(typed.values()) else None
