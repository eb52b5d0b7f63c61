"""Whose card comes next in a batch, who waits for a card that was begun, and who is not ready and why."""

import contextlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sscard_desk.domain.application import Application
from sscard_desk.domain.batch import PREFIX, Batch, BatchId, BatchState
from sscard_desk.domain.errors.operator import ApplicationUnknown
from sscard_desk.domain.errors.stock import BatchUnknown
from sscard_desk.domain.events import BatchClosed, BatchOpened
from sscard_desk.domain.ids import ApplicationId
from sscard_desk.domain.steps import ENDED, Step
from sscard_desk.forms.stock_rules import stock_rules
from sscard_desk.ports.session import Session
from sscard_desk.ports.store import Store
from sscard_desk.usecases.name_on_card import name_on_card, written_name

DONE: Final = frozenset({Step.CARD_WRITTEN, Step.CARD_RECEIVED, Step.HANDED_OVER})
READY: Final = frozenset({Step.APPROVED, Step.APPROVAL_DEFERRED})

NO_PHOTO: Final = "no_photo"
NO_APPROVAL: Final = "no_approval"
NAME: Final = "name"
CLOSED: Final = "closed"
PRODUCTION: Final = "production"
"""Why somebody's card is not written: keys of `batch.not_ready`."""


@dataclass(frozen=True)
class Lineup:
    """A batch as it stands now, read from its applications.

    Attributes:
        done: those whose card is written or came back.
        ready: those who can get the next blank, in order.
        begun: those whose card broke off: that card has to be laid in again.
        skipped: those who are not ready, with the reason's key.
    """

    done: tuple[Application, ...]
    ready: tuple[Application, ...]
    begun: tuple[Application, ...]
    skipped: tuple[tuple[Application, str], ...]

    @property
    def finished(self) -> bool:
        """Whether nothing is left to be written, now or later."""
        return not self.ready and not self.begun and all(why == CLOSED for _, why in self.skipped)


def line_up(store: Store, batch: Batch) -> Lineup:
    """Return where everybody of a batch stands."""
    done, ready, begun = list[Application](), list[Application](), list[Application]()
    skipped: list[tuple[Application, str]] = []
    for each in members(store, batch):
        why = not_ready(each)
        if each.step in DONE:
            done.append(each)
        elif each.card is not None and each.card.state == "intended":
            begun.append(each)
        elif why:
            skipped.append((each, why))
        else:
            ready.append(each)
    return Lineup(tuple(done), tuple(ready), tuple(begun), tuple(skipped))


def members(store: Store, batch: Batch) -> Sequence[Application]:
    """Return the applications of a batch in its order; one that was erased meanwhile is nobody's any more."""
    found = list[Application]()
    for key in batch.applications:
        with contextlib.suppress(ApplicationUnknown):
            found.append(store.application(key))
    return found


def not_ready(application: Application) -> str:
    """Return why this application's card cannot be written now, empty if it can."""
    if application.step in ENDED:
        return CLOSED
    if application.step is Step.SENT_TO_PRODUCTION:
        return PRODUCTION
    if not application.photo_settled:
        return NO_PHOTO
    if application.step not in READY:
        return NO_APPROVAL
    if name_on_card(written_name(application.answers)) is not None:
        return NAME
    return ""


def open_batch(store: Store, session: Session, name: str, applications: Sequence[Application]) -> Batch:
    """Open a batch of these applications in this order.

    Raises:
        BatchUnknown: nobody stands in it.
    """
    people = tuple(dict.fromkeys(each.id for each in applications))
    if not people:
        raise BatchUnknown
    key = BatchId(PREFIX + secrets.token_hex(16))
    with store.work(session.account) as work:
        work.record(BatchOpened(name.strip(), people, stock_rules().failures_in_row), subject=key)
    return need_batch(store, key)


def close_batch(store: Store, session: Session, batch: Batch, reason: str) -> Batch:
    """End a batch; what is not written is left to be written one by one."""
    with store.work(session.account) as work:
        work.record(BatchClosed(reason.strip()), subject=batch.id)
    return need_batch(store, batch.id)


def need_batch(store: Store, batch: BatchId) -> Batch:
    """Return a batch.

    Raises:
        BatchUnknown: there is none.
    """
    found = store.batch(batch)
    if found is None:
        raise BatchUnknown
    return found


def find_batch(store: Store, number: str) -> Batch:
    """Return the batch whose key begins with these characters.

    Raises:
        BatchUnknown: none, or several.
    """
    wanted = number.strip().lower().removeprefix(PREFIX)
    found = [each for each in store.batches() if wanted and each.id.removeprefix(PREFIX).startswith(wanted)]
    if len(found) != 1:
        raise BatchUnknown
    return found[0]


def groups(store: Store) -> dict[str, tuple[Application, ...]]:
    """Return who could stand in a batch, by class or unit: everybody whose application has not ended.

    Those who stand in a batch that is not closed are left out.
    """
    running = [each for each in store.batches() if each.state in {BatchState.OPEN, BatchState.PAUSED}]
    taken: set[ApplicationId] = {key for each in running for key in each.applications}
    found: dict[str, list[Application]] = {}
    for each in store.in_work():
        name = group_of(each)
        if name and each.id not in taken and each.step not in DONE:
            found.setdefault(name, []).append(each)
    return {name: tuple(sorted(people, key=lambda one: one.number)) for name, people in sorted(found.items())}


def group_of(application: Application) -> str:
    """Return the class or unit that an application names, empty where it names none."""
    answers = application.answers
    school = " ".join(part for part in (answers.get("school", ""), answers.get("class_name", "")) if part)
    return school or answers.get("employer_name", "")
