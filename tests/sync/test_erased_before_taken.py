"""An application that the centre never took is erased like any other: its desk hears of it, and its period ends."""

import pytest
from sqlalchemy import select, update

from sscard_desk.central import keeping
from sscard_desk.central.erasing import Reason, erase
from sscard_desk.central.store import tables
from sscard_desk.domain import events
from sscard_desk.domain.erasure import Why
from sscard_desk.domain.errors.operator import ApplicationUnknown
from sscard_desk.domain.ids import ApplicationId
from sscard_desk.usecases import settle_conflict as settling
from sscard_desk.usecases.recording import Exemption
from tests.machines.counter import bank_confirmed, opened, subject
from tests.sync.test_settling import CLERK, SUPERVISOR, Desks, desks, exchange, only, record, two_opened

__all__ = ["desks"]  # the fixture

YEARS_MS = 40 * 365 * 86_400_000
ASKED = Reason(Why.REQUEST, "request", "operator", open_too=True)


def test_the_desk_erases_it_once_its_entries_were_received(desks: Desks) -> None:
    _, second = two_opened(desks, desks.second)
    assert erase(desks.counter.open, [second], ASKED).subjects == (second,)
    exchange(desks.first, desks.second)
    assert [each.done for each in desks.second.erasures()] == [None]  # nothing without a receipt goes
    settling.keep_both(desks.second, CLERK, only(desks.second), Exemption("two posts", SUPERVISOR))
    exchange(desks.second)
    exchange(desks.second)
    assert [each.done is None for each in desks.second.erasures()] == [False]
    with pytest.raises(ApplicationUnknown):
        record(desks.second, bank_confirmed("95533"), second)
    with pytest.raises(ApplicationUnknown):
        desks.second.application(ApplicationId(second))


def test_one_that_was_decided_on_is_due_when_one_that_was_withdrawn_is(desks: Desks) -> None:
    first, second = two_opened(desks, desks.second)
    settling.withdraw_mine(desks.second, CLERK, only(desks.second), "double")
    exchange(desks.second)
    record(desks.first, events.Withdrawn("asked"), first)
    exchange(desks.first, desks.second)
    centre = desks.counter.open
    long_ago = centre.now_ms() - YEARS_MS
    centre.database.write(lambda connection: connection.execute(update(tables.entry).values(received_ms=long_ago)))
    record(desks.first, opened(9), subject())
    exchange(desks.first)  # somebody sends today: only then is anything due
    assert {keeping.due(centre)[first], keeping.due(centre)[second]} == {"withdrawn"}
    assert second in keeping.erase_due(centre).subjects
    with centre.database.reading() as connection:
        said = select(tables.entry.c.payload).where(tables.entry.c.subject == second)
        assert connection.execute(said).scalars().all() == [None, None, None]
