"""What the centre did not take, gathered by what it is about, with the ways in which it can be put right."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from sscard_desk.domain.application import Application
from sscard_desk.domain.conflicts.outcomes import Settlement, card_of, outcomes_of_second
from sscard_desk.domain.errors.operator import ApplicationUnknown
from sscard_desk.domain.ids import ApplicationId
from sscard_desk.domain.steps import ENDED
from sscard_desk.ports.conflicts import AsideEntry, Conflict
from sscard_desk.ports.store import Store
from sscard_desk.wire.refusals import Refusal


class Mend(StrEnum):
    """A way to put right what the centre did not take."""

    COMPARE = "compare"
    """Field by field: mine, theirs, and what both sides saw last."""
    WITHDRAW = "withdraw"
    """The own second application ends; the first one goes on where it is."""
    KEEP_BOTH = "keep_both"
    """A supervisor allows both, with a reason."""
    DROP = "drop"
    """What the centre holds stands; the own entries change nothing."""
    RENUMBER = "renumber"
    """The application gets a new number."""
    OTHER_CARD = "other_card"
    """The card is recorded as spoiled, and the application takes another one."""
    AGAIN = "again"
    """What kept it out was mended elsewhere: it is sent once more."""
    BEGIN_ANEW = "begin_anew"
    """This desk's journal is not what the centre has of it: it ends, and another begins (`backup`, `restore`)."""


MENDS: Final[dict[Refusal, tuple[Mend, ...]]] = {
    Refusal.GAP: (Mend.AGAIN,),
    Refusal.CHAIN: (Mend.BEGIN_ANEW,),
    Refusal.OTHER_CONTENT: (Mend.BEGIN_ANEW,),
    Refusal.MALFORMED: (Mend.DROP, Mend.AGAIN),
    Refusal.FOREIGN_DESK: (Mend.BEGIN_ANEW,),
    Refusal.TRAINING: (Mend.BEGIN_ANEW,),
    Refusal.DIGEST: (Mend.DROP,),
    Refusal.PAYLOAD_MISSING: (Mend.DROP,),
    Refusal.UNKNOWN_KIND: (Mend.AGAIN,),
    Refusal.APPLICATION_UNKNOWN: (Mend.AGAIN, Mend.DROP),
    Refusal.FOREIGN_POINT: (Mend.DROP,),
    Refusal.TRANSFERRED: (Mend.DROP,),
    Refusal.POINT_UNKNOWN: (Mend.DROP,),
    Refusal.SUBJECT_TAKEN: (Mend.DROP,),
    Refusal.NUMBER_TAKEN: (Mend.RENUMBER,),
    Refusal.CARD_TAKEN: (Mend.OTHER_CARD,),
    Refusal.STEP: (Mend.DROP, Mend.AGAIN),
    Refusal.OWN_APPLICATION: (Mend.DROP,),
    Refusal.SIGNATURE_VOID: (Mend.DROP,),
    Refusal.SEAL_WRONG: (Mend.DROP, Mend.AGAIN),
    Refusal.NOT_SUPERVISOR: (Mend.AGAIN, Mend.DROP),
    Refusal.SECOND_PERSON: (Mend.AGAIN, Mend.DROP),
    Refusal.APPROVAL_USED: (Mend.DROP,),
    Refusal.PARTIES_MISSING: (Mend.DROP, Mend.AGAIN),
    Refusal.WITNESS_UNKNOWN: (Mend.AGAIN, Mend.DROP),
    Refusal.ACCOUNT_UNKNOWN: (Mend.AGAIN, Mend.DROP),
    Refusal.KEY_USED: (Mend.DROP,),
    Refusal.RECOVERY_UNKNOWN: (Mend.DROP, Mend.AGAIN),
    Refusal.ALREADY_OPEN: (Mend.COMPARE, Mend.WITHDRAW, Mend.KEEP_BOTH, Mend.AGAIN),
    Refusal.CHANGED_ELSEWHERE: (Mend.COMPARE, Mend.DROP),
    Refusal.CARD_OUTSIDE: (Mend.OTHER_CARD, Mend.AGAIN),
}
"""The ways for each word of the centre, the usual one first."""

_FIRST: Final = (
    Refusal.ALREADY_OPEN,
    Refusal.NUMBER_TAKEN,
    Refusal.CARD_TAKEN,
    Refusal.CARD_OUTSIDE,
    Refusal.CHANGED_ELSEWHERE,
)
"""Words that others of the same application follow from: what is decided about them is decided about all."""


@dataclass(frozen=True)
class Other:
    """The application that the centre holds instead.

    Attributes:
        key: its key.
        number: its number.
        desk: who changed it last.
        point: its service point.
        step: where it stands.
        here: as this desk has it, None where another service point has it.
    """

    key: ApplicationId
    number: str
    desk: str
    point: str
    step: str
    here: Application | None = None


@dataclass(frozen=True)
class Trouble:
    """Entries about one thing that the centre did not take.

    Attributes:
        subject: what they are about.
        code: the word that the others follow from.
        reason: what the centre added to it.
        entries: all of them, in order of seq.
        application: the own application, None where they are about something else.
        other: what the centre holds instead, on a conflict.
        mends: the ways that are open now.
        decided: whether somebody decided, and the centre has not heard it yet.
        card: what became of a card of this application: empty, `intended`, `written` or `handed_over`.
    """

    subject: str
    code: Refusal
    reason: str
    entries: tuple[AsideEntry, ...]
    application: Application | None
    other: Other | None
    mends: tuple[Mend, ...]
    decided: bool
    card: str = ""

    @property
    def entry_ids(self) -> tuple[str, ...]:
        """The ids of all of them."""
        return tuple(each.entry_id for each in self.entries)


def troubles(store: Store) -> tuple[Trouble, ...]:
    """Return what the centre did not take, oldest first, one for each application or other subject."""
    gathered: dict[str, list[AsideEntry]] = {}
    for entry in store.aside():
        gathered.setdefault(entry.subject, []).append(entry)
    return tuple(_trouble(store, subject, entries) for subject, entries in gathered.items())


def not_folded(store: Store) -> tuple[dict[str, tuple[Conflict, ...]], dict[str, str]]:
    """Return by subject what other desks did and does not fit here, and the numbers of the applications known here."""
    gathered: dict[str, list[Conflict]] = {}
    for each in store.conflicts():
        gathered.setdefault(each.subject, []).append(each)
    numbers = dict[str, str]()
    for subject in gathered:
        with suppress(ApplicationUnknown):
            numbers[subject] = store.application(ApplicationId(subject)).number
    return {subject: tuple(found) for subject, found in gathered.items()}, numbers


def trouble_of(store: Store, subject: str) -> Trouble | None:
    """Return what the centre did not take of one subject, None where there is nothing (any more)."""
    entries = [entry for entry in store.aside() if entry.subject == subject]
    return _trouble(store, subject, entries) if entries else None


def _trouble(store: Store, subject: str, entries: Sequence[AsideEntry]) -> Trouble:
    leading = min(entries, key=lambda each: (_rank(each.code), each.seq))
    code = _word(leading.code)
    application = _find(store, ApplicationId(subject))
    decided = all(each.mended_by is not None for each in entries)
    return Trouble(
        subject=subject,
        code=code,
        reason=leading.reason,
        entries=tuple(entries),
        application=application,
        other=_other(store, leading),
        mends=() if decided else _open_mends(code, application),
        decided=decided,
        card=card_of(application) if application else "",
    )


def _open_mends(code: Refusal, application: Application | None) -> tuple[Mend, ...]:
    mends = MENDS[code]
    if code is Refusal.ALREADY_OPEN and application is not None:
        if application.step in ENDED and application.card is None:
            return (Mend.WITHDRAW, Mend.AGAIN)
        if Settlement.WITHDRAWN not in outcomes_of_second(application):
            return tuple(each for each in mends if each is not Mend.WITHDRAW)
    if code is Refusal.CARD_OUTSIDE and (application is None or application.card is None):
        return (Mend.DROP, Mend.AGAIN)
    return mends


def _other(store: Store, leading: AsideEntry) -> Other | None:
    current = leading.current
    if not current:
        return None
    key = ApplicationId(current.get("application", ""))
    return Other(
        key=key,
        number=current.get("number", leading.reason),
        desk=current.get("desk", ""),
        point=current.get("point", ""),
        step=current.get("step", ""),
        here=_find(store, key),
    )


def _find(store: Store, key: ApplicationId) -> Application | None:
    try:
        return store.application(key)
    except ApplicationUnknown:
        return None


def _word(code: str) -> Refusal:
    """Return the centre's word; one of a later centre is treated like a step that does not fit."""
    return Refusal(code) if code in set(Refusal) else Refusal.STEP


def _rank(code: str) -> int:
    word = _word(code)
    return _FIRST.index(word) if word in _FIRST else len(_FIRST)
