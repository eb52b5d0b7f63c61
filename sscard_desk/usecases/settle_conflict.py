"""A clerk puts right what the centre did not take: one act, which refers to the entries that it mends."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sscard_desk.domain.application import Application
from sscard_desk.domain.comparison import person_answers
from sscard_desk.domain.conflicts.outcomes import Settlement
from sscard_desk.domain.errors.conflicts import MendNotPossible
from sscard_desk.domain.events import BankConfirmed, ConflictSettled, Event, PhotoAttached, PhotoExempted, StockSpoiled
from sscard_desk.domain.ids import ApplicationId, Role
from sscard_desk.domain.steps import ENDED, FROM
from sscard_desk.ports.conflicts import ThreeWay
from sscard_desk.ports.session import Session
from sscard_desk.ports.store import Persons, Store
from sscard_desk.usecases.mending import Mend, Trouble, trouble_of
from sscard_desk.usecases.recording import Exemption, need_reason, need_role
from sscard_desk.wire.refusals import Refusal

BANK, PHOTO = "bank", "photo"
"""Names of the two rows of a comparison that are no answers of the form."""
_ROWS = {BankConfirmed.kind: BANK, PhotoAttached.kind: PHOTO, PhotoExempted.kind: PHOTO}
CARD_TAKEN = "card_taken"
"""Why a card is recorded as spoiled whose number another application has."""


@dataclass(frozen=True)
class Sides:
    """What both sides saw last, what is here, what the centre has, by name of the field.

    `seen` is false where another service point has the other one: nothing of its contents is shown here.
    """

    base: Mapping[str, str]
    mine: Mapping[str, str]
    theirs: Mapping[str, str]
    seen: bool

    def differing(self) -> tuple[str, ...]:
        """Return the fields in which mine and theirs differ, in the order of mine."""
        names = dict.fromkeys((*self.mine, *self.theirs))
        return tuple(name for name in names if self.mine.get(name, "") != self.theirs.get(name, ""))


def compared(store: Store, persons: Persons, trouble: Trouble) -> Sides:
    """Return the three sides of a conflict, field by field.

    For contents that were changed side by side these are one application three times. For a second application they
    are it, the first one as far as this service point has it, and as base what the register says.
    """
    if trouble.code is Refusal.ALREADY_OPEN:
        other = trouble.other.here if trouble.other else None
        base = register_values(persons, trouble.application)
        return Sides(base, values_of(trouble.application), values_of(other), seen=other is not None)
    sides = three_way_of(store, trouble)
    return Sides(values_of(sides.base), values_of(sides.mine), values_of(sides.theirs), seen=sides.theirs is not None)


def values_of(application: Application | None) -> dict[str, str]:
    """Return what is compared of an application: its answers, the bank, and whether it has a portrait."""
    if application is None:
        return {}
    found = {name: value for name, value in application.answers.items() if value}
    if application.bank:
        found[BANK] = " ".join(
            part for part in (application.bank_name, application.bank, application.outlet_name) if part
        )
    if application.photo:
        found[PHOTO] = application.photo[:8]
    return found


def register_values(persons: Persons, application: Application | None) -> dict[str, str]:
    """Return what the register says of an application's person, as the desk has cached it."""
    found = persons.by_number(application.id_number) if application is not None else None
    return {name: value for name, value in person_answers(found).items() if value} if found is not None else {}


def withdraw_mine(
    store: Store, session: Session, trouble: Trouble, reason: str, carried: Collection[str] = ()
) -> Application | None:
    """End the own second application; the first one goes on.

    What was typed here is not lost: the journal and the centre keep it, and answers that the clerk wants to carry over
    wait as typed text in the first application, where that is at this service point.

    Args:
        store: the desk's database.
        session: who is signed in.
        trouble: a second open application.
        reason: in words.
        carried: names of answers that go to the first application as typed text.

    Raises:
        RoleMissing, ReasonMissing: who and why.
        MendNotPossible: a card is in the way, or it was decided already.
    """
    need_role(session, Role.CLERK, Role.SUPERVISOR)
    need_reason(reason)
    now = _still(store, trouble, Mend.WITHDRAW)
    settled = ConflictSettled(now.entry_ids, Settlement.WITHDRAWN, reason.strip(), tuple(sorted(carried)))
    with store.work(session.account) as work:
        after = work.record(settled, subject=now.subject)
    other = now.other.here if now.other else None
    if now.application and carried and other is not None and other.step not in ENDED:
        _carry(store, other, {name: now.application.answers[name] for name in carried})
    return after


def keep_both(store: Store, session: Session, trouble: Trouble, exemption: Exemption) -> Application | None:
    """Keep a second open application by a supervisor's leave; everything that was set aside with it is taken then.

    Raises:
        RoleMissing: neither a clerk nor a supervisor.
        MendNotPossible: it was decided already.
    """
    need_role(session, Role.CLERK, Role.SUPERVISOR)
    now = _still(store, trouble, Mend.KEEP_BOTH)
    allowed = ConflictSettled(
        now.entry_ids, Settlement.KEPT_BOTH, exception=exemption.reason, exempted_by=exemption.by.account
    )
    with store.work(session.account) as work:
        return work.record(allowed, subject=now.subject)


def merge(store: Store, session: Session, trouble: Trouble, mine: Collection[str]) -> Application | None:
    """Take the other desk's contents, and own values in the fields that are named.

    Bank and portrait are recorded anew where the step allows it. Own answers wait as typed text in the form, where
    they are looked at and taken back like any correction.

    Args:
        store: the desk's database.
        session: who is signed in.
        trouble: contents that were changed side by side.
        mine: names of the fields in which the own value is taken; empty to take everything of the other desk.

    Raises:
        RoleMissing: neither a clerk nor a supervisor.
        MendNotPossible: it was decided already.
    """
    need_role(session, Role.CLERK, Role.SUPERVISOR)
    now = _still(store, trouble, Mend.COMPARE)
    own = three_way_of(store, now)
    merged = ConflictSettled(now.entry_ids, Settlement.MERGED, taken=tuple(sorted(mine)))
    with store.work(session.account) as work:
        after = work.record(merged, subject=now.subject)
        if after is None:
            return None
        for event in _again(own.said, after, mine):
            after = work.record(event, subject=after.id) or after
    answers = {name: own.mine.answers[name] for name in mine if own.mine and name in own.mine.answers}
    if answers and after.step not in ENDED:
        _carry(store, after, answers)
    return after


def drop(store: Store, session: Session, trouble: Trouble, reason: str = "") -> Application | None:
    """Let what the centre holds stand; what the own entries say stays in the journal and at the centre.

    Raises:
        RoleMissing: neither a clerk nor a supervisor.
        MendNotPossible: this is no way here.
    """
    need_role(session, Role.CLERK, Role.SUPERVISOR)
    now = _still(store, trouble, Mend.DROP)
    with store.work(session.account) as work:
        dropped = ConflictSettled(now.entry_ids, Settlement.DROPPED, reason.strip())
        return work.record(dropped, subject=now.subject)


def renumber(store: Store, session: Session, trouble: Trouble) -> Application | None:
    """Give an application a new number, because another one has its number.

    Raises:
        RoleMissing: neither a clerk nor a supervisor.
        MendNotPossible: this is no way here.
    """
    need_role(session, Role.CLERK, Role.SUPERVISOR)
    now = _still(store, trouble, Mend.RENUMBER)
    with store.work(session.account) as work:
        number = work.next_application_number()
        settled = ConflictSettled(now.entry_ids, Settlement.RENUMBERED, number=number)
        return work.record(settled, subject=now.subject)


def take_other_card(store: Store, session: Session, trouble: Trouble) -> Application | None:
    """Record the card as spoiled and let the application take another one.

    Raises:
        RoleMissing: neither a clerk nor a supervisor.
        MendNotPossible: this is no way here.
    """
    need_role(session, Role.CLERK, Role.SUPERVISOR)
    now = _still(store, trouble, Mend.OTHER_CARD)
    run = now.application.card if now.application else None
    with store.work(session.account) as work:
        if run is not None and work.blank(run.identification_code) is not None:
            work.record(StockSpoiled(run.identification_code, CARD_TAKEN), subject=run.identification_code)
        dropped = ConflictSettled(now.entry_ids, Settlement.DROPPED, CARD_TAKEN)
        return work.record(dropped, subject=now.subject)


def send_again(store: Store, trouble: Trouble) -> None:
    """Send once more what the centre did not take, because what kept it out was mended elsewhere.

    Raises:
        MendNotPossible: this is no way here.
    """
    now = _still(store, trouble, Mend.AGAIN)
    for entry in now.entries:
        store.send_again(entry.seq)


def three_way_of(store: Store, trouble: Trouble) -> ThreeWay:
    """Return an application without and with its set-aside entries."""
    return store.three_way(ApplicationId(trouble.subject), tuple(each.seq for each in trouble.entries))


def _still(store: Store, trouble: Trouble, mend: Mend) -> Trouble:
    """Return the trouble as it stands now, if it can be put right in this way.

    Raises:
        MendNotPossible: it cannot.
    """
    now = trouble_of(store, trouble.subject)
    if now is None or mend not in now.mends:
        raise MendNotPossible(mend=mend.value)
    return now


def _again(said: Sequence[Event], after: Application, mine: Collection[str]) -> list[Event]:
    """Return what is recorded anew, the newest of each, as far as the application's step allows it."""
    found: dict[str, Event] = {}
    for event in said:
        row = _ROWS.get(event.kind)
        if row is not None and row in mine and after.step in FROM[event.kind]:
            found[row] = event
    return list(found.values())


def _carry(store: Store, application: Application, answers: Mapping[str, str]) -> None:
    """Let answers wait as typed text; what was typed there already stays, where both have something."""
    draft = store.draft(application.id)
    typed = dict(draft.values) if draft else {}
    store.keep_draft(application.id, dict(answers) | typed, draft.field if draft else "")
