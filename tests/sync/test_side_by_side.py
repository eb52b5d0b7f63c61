"""Two desks change the contents of one application side by side: nobody overwrites what they have not seen."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sscard_desk.central.store.applications import Standing, find_all
from sscard_desk.domain import events
from sscard_desk.domain.ids import ApplicationId
from sscard_desk.store import centre_order
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.store.engine import reading
from sscard_desk.sync.client import HttpCentre
from sscard_desk.sync.identity import DeskIdentity
from sscard_desk.sync.pace import Pace
from sscard_desk.sync.phases.push import push_journal
from sscard_desk.usecases import settle_conflict as settling
from tests.domain.test_application import consented
from tests.machines.counter import Counter, bank_confirmed, opened, subject
from tests.sync.test_settling import CLERK, Desks, exchange, only, record

CONSENTED = consented("chip")
THEIRS, MINE, OLDER = "95588", "95566", "95533"


@pytest.fixture
def desks(tmp_path: Path, counter: Counter) -> Iterator[Desks]:
    made = Desks(tmp_path, counter)
    yield made
    made.close()


def at_centre(desks: Desks, key: str) -> Standing:
    with desks.counter.open.database.reading() as connection:
        return find_all(connection, [key])[key]


def bank(desk: DeskStore, key: str) -> str | None:
    return desk.application(ApplicationId(key)).bank


def banks(desks: Desks, key: str) -> list[str | None]:
    return [at_centre(desks, key).state.bank, bank(desks.first, key), bank(desks.second, key)]


def codes(desk: DeskStore) -> list[str]:
    return [code for _, code, _ in desk.set_aside()]


def known_to_both(desks: Desks) -> str:
    key = subject()
    record(desks.first, opened(1), key)
    exchange(desks.first, desks.second)
    return key


def changed_at_the_first(desks: Desks) -> str:
    """The second desk does not hear of it before it records something itself."""
    key = known_to_both(desks)
    record(desks.first, bank_confirmed(THEIRS), key)
    exchange(desks.first)
    return key


def keep_document(desk: DeskStore, key: str, data: bytes = b"%PDF-1 x") -> None:
    with desk.work(CLERK.account) as work:
        blob = work.put_blob(data)
        work.record(events.DocumentKept("id_copy", "id_card", blob, 1, len(data)), subject=key)


def push(desk: DeskStore) -> None:
    """Send what is pending, and break off before anything is fetched."""
    with HttpCentre(DeskIdentity.load(desk, desk.desk, training=True)) as centre:
        centre.hello(desk.head()[0])
        push_journal(desk, centre, Pace(), lambda: 0)


@pytest.mark.parametrize("before", [[], [OLDER], [OLDER, "95599", OLDER]])
def test_however_much_was_recorded_offline_nothing_unseen_is_overwritten(desks: Desks, before: list[str]) -> None:
    key = changed_at_the_first(desks)
    for code in (*before, MINE):
        record(desks.second, bank_confirmed(code), key)
    assert not exchange(desks.second).up_to_date
    exchange(desks.first)
    assert codes(desks.second) == ["changed-elsewhere"] * (len(before) + 1)
    assert banks(desks, key) == [THEIRS] * 3


def test_an_own_act_that_changes_no_contents_does_not_stand_for_having_seen_them(desks: Desks) -> None:
    key = changed_at_the_first(desks)
    keep_document(desks.second, key)
    record(desks.second, bank_confirmed(MINE), key)
    exchange(desks.second)
    assert codes(desks.second) == ["changed-elsewhere"]
    assert banks(desks, key) == [THEIRS] * 3


def test_a_consent_taken_back_unseen_does_not_stand_for_having_seen_the_contents(desks: Desks) -> None:
    key = known_to_both(desks)
    record(desks.first, CONSENTED, key)
    exchange(desks.first, desks.second)
    record(desks.first, bank_confirmed(THEIRS), key)
    exchange(desks.first)
    record(desks.second, events.PhotoConsentRevoked(CONSENTED.source, "本人要求"), key)
    push(desks.second)
    assert at_centre(desks, key).state.photo_consents == ()
    record(desks.second, bank_confirmed(MINE), key)
    exchange(desks.second)
    assert codes(desks.second) == ["changed-elsewhere"]
    assert at_centre(desks, key).state.bank == THEIRS


def test_own_entries_that_were_taken_and_not_fetched_again_are_not_unseen(desks: Desks) -> None:
    key = known_to_both(desks)
    for code in (OLDER, THEIRS):
        record(desks.second, bank_confirmed(code), key)
        push(desks.second)
        keep_document(desks.second, key, code.encode())
    record(desks.second, bank_confirmed(MINE), key)
    report = exchange(desks.second)
    exchange(desks.first)
    assert (report.up_to_date, codes(desks.second)) == (True, [])
    assert banks(desks, key) == [MINE] * 3


def test_desks_that_take_turns_are_never_in_each_others_way(desks: Desks) -> None:
    key = known_to_both(desks)
    for number in range(4):
        mine, other = (desks.first, desks.second) if number % 2 else (desks.second, desks.first)
        keep_document(mine, key, bytes([number]))
        record(mine, bank_confirmed(f"9550{number}"), key)
        exchange(mine, other)
        assert banks(desks, key) == [f"9550{number}"] * 3
    assert (codes(desks.first), codes(desks.second)) == ([], [])


def test_what_was_decided_with_both_in_sight_is_taken(desks: Desks) -> None:
    key = changed_at_the_first(desks)
    record(desks.second, bank_confirmed(OLDER), key)
    record(desks.second, bank_confirmed(MINE), key)
    exchange(desks.second)
    settling.merge(desks.second, CLERK, only(desks.second), {settling.BANK})
    assert exchange(desks.second).up_to_date
    exchange(desks.first)
    assert banks(desks, key) == [MINE] * 3


def test_acts_of_both_are_folded_in_the_order_of_the_centre_at_both(desks: Desks) -> None:
    key = known_to_both(desks)
    for desk, data in ((desks.second, b"one"), (desks.first, b"two"), (desks.second, b"three")):
        keep_document(desk, key, data)
    exchange(desks.first)
    exchange(desks.second, desks.first)
    here, there = (desk.application(ApplicationId(key)) for desk in (desks.first, desks.second))
    assert here == there == at_centre(desks, key).state


def test_the_number_in_an_entry_is_the_version_of_the_centre_that_was_seen(desks: Desks) -> None:
    key = changed_at_the_first(desks)
    exchange(desks.second)
    record(desks.second, bank_confirmed(MINE), key)
    keep_document(desks.second, key)
    seen = [entry.read_header().base_version for entry in desks.second.pending_entries(9, 1_000_000)]
    assert seen == [at_centre(desks, key).state.version] * 2 == [2, 2]
    exchange(desks.second)
    with reading(desks.second._engine) as connection:
        assert centre_order.seen_version(connection, ApplicationId(key)) == at_centre(desks, key).state.version == 4
