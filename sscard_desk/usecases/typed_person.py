"""Who is being typed from a document before an application is there: kept as a draft, so that a cut loses nothing.

One person at a time stands at a counter, so there is one such draft. It ends when the application begins, when somebody
says that the person will not be served, and with the day (Beijing time) on which it was typed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as hidden
from datetime import date
from typing import Final

from sscard_desk.domain.ids import ApplicationId
from sscard_desk.ports.session import Session
from sscard_desk.ports.store import Draft, Store
from sscard_desk.usecases.prints import BEIJING

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


def last_typed(store: Store, session: Session, today: date) -> TypedPerson | None:
    """Return who was being typed when work broke off; what is left from another day is removed."""
    draft = store.draft(TYPED_PERSON)
    if draft is not None and draft.kept_at.astimezone(BEIJING).date() != today:
        forget_typed(store, session)
        return None
    return typed_person(draft)


def forget_typed(store: Store, session: Session) -> None:
    """Remove what was typed: the person left before an application began."""
    with store.work(session.account) as work:
        work.drop_draft(TYPED_PERSON)


def typed_person(draft: Draft | None) -> TypedPerson | None:
    """Return whom a draft is about, None where it is no person's or nothing was typed."""
    if draft is None or draft.application != TYPED_PERSON:
        return None
    typed = dict(draft.values)
    number, source = typed.pop(_NUMBER, ""), typed.pop(_SOURCE, "")
    return TypedPerson(number, source, typed, draft.field) if number and any(typed.values()) else None
