"""A push takes for new what mostly is; where it is not, its answers are those of a push that looked first."""

from collections.abc import Sequence
from dataclasses import replace

import msgspec
import pytest

from sscard_desk.central import conflicts
from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.exchange import Question
from sscard_desk.central.reading import Read
from sscard_desk.central.reception import Reception
from sscard_desk.central.routes.push import push
from sscard_desk.central.store import desks
from sscard_desk.domain.events import Opened, Withdrawn
from sscard_desk.wire.entry import Entry
from sscard_desk.wire.messages import PROTOCOL, EntryAnswer, Push, PushAnswer
from tests.central._journal import altered, outcomes, receive
from tests.machines.counter import bank_confirmed, opened, subject
from tests.machines.model_desk import ModelDesk

FIRST, KEY = opened(1), subject()


@pytest.fixture
def tries(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """With how much hope every try was made."""
    made: list[bool] = []
    take = Reception.take

    def noted(self: Reception, batch: Sequence[Read], *, hopeful: bool = False) -> tuple[EntryAnswer, ...]:
        made.append(hopeful)
        return take(self, batch, hopeful=hopeful)

    monkeypatch.setattr(Reception, "take", noted)
    return made


def pushed(centre: OpenCentre, desk: str, entries: Sequence[Entry]) -> list[tuple[str, str]]:
    with centre.database.reading() as connection:
        sender = desks.find_desk(connection, desk)
    assert sender is not None
    rows = tuple((entry.header, entry.payload, entry.salt) for entry in entries)
    body = msgspec.msgpack.encode(Push(protocol=PROTOCOL, desk=desk, entries=rows))
    answer = push(centre, sender, Question(query={}, headers={}, body=body)).message
    assert isinstance(answer, PushAnswer)
    return outcomes(answer.answers)


def test_a_batch_of_new_applications_is_taken_at_the_first_try(centre: OpenCentre, tries: list[bool]) -> None:
    desk = ModelDesk("D-0001")
    for n in range(20):
        key = subject()
        desk.record(opened(n), key)
        if n % 2:
            desk.record(bank_confirmed(), key)
    assert pushed(centre, "D-0001", desk.entries) == [("stored", "")] * 30
    assert tries == [centre.shared]


@pytest.mark.parametrize(
    ("event", "key", "answer"),
    [
        (replace(opened(1), number="another"), "new", ("conflict", "already-open")),
        (replace(opened(2), number=FIRST.number), "new", ("refused", "number-taken")),
        (replace(opened(3), number="a third"), KEY, ("refused", "subject-taken")),
    ],
    ids=["person", "number", "subject"],
)
def test_what_stands_at_the_centre_already_is_found_by_its_key_and_then_by_a_look(
    centre: OpenCentre, tries: list[bool], event: Opened, key: str, answer: tuple[str, str]
) -> None:
    theirs, mine = ModelDesk("D-0009"), ModelDesk("D-0001")
    theirs.record(FIRST, KEY)
    assert outcomes(receive(centre, "D-0009", theirs.entries)) == [("stored", "")]
    tries.clear()
    mine.record(opened(4), subject())
    mine.record(event, key)
    mine.record(opened(5), subject())
    assert pushed(centre, "D-0001", mine.entries) == [("stored", ""), answer, ("stored", "")]
    assert tries == ([True, False] if centre.shared else [False])


@pytest.mark.parametrize(
    ("event", "key", "answer"),
    [
        (replace(opened(2), number=FIRST.number), "new", ("refused", "number-taken")),
        (replace(opened(2), number="mine"), KEY, ("refused", "subject-taken")),
        (replace(opened(3), number="the first of the batch"), KEY, ("refused", "subject-taken")),
    ],
    ids=["person here, number there", "person here, subject there", "number here, subject there"],
)
def test_what_the_batch_itself_holds_does_not_hide_what_stands_at_the_centre(
    centre: OpenCentre, tries: list[bool], event: Opened, key: str, answer: tuple[str, str]
) -> None:
    theirs, mine = ModelDesk("D-0009"), ModelDesk("D-0001")
    theirs.record(FIRST, KEY)
    receive(centre, "D-0009", theirs.entries)
    tries.clear()
    mine.record(replace(opened(2), number="the first of the batch"), subject())
    mine.record(event, key)
    assert pushed(centre, "D-0001", mine.entries) == [("stored", ""), answer]
    assert tries == ([True, False] if centre.shared else [False])
    with centre.database.reading() as connection:
        # an application of another service point gets no conflict, which this one might then decide about
        assert conflicts.open_ones(connection) == []


def test_an_entry_that_has_the_id_of_another_desks_is_refused_as_after_a_look(
    centre: OpenCentre, tries: list[bool]
) -> None:
    theirs, mine = ModelDesk("D-0009"), ModelDesk("D-0001")
    taken = theirs.record(opened(1), subject()).read_header().entry_id
    assert outcomes(receive(centre, "D-0009", theirs.entries)) == [("stored", "")]
    tries.clear()
    entry = altered(mine.record(opened(2), subject()), entry_id=taken)
    assert pushed(centre, "D-0001", [entry]) == [("refused", "other-content")]
    assert tries == ([True, False] if centre.shared else [False])


def test_who_ends_an_application_and_opens_another_for_the_person_in_one_batch_needs_no_second_try(
    centre: OpenCentre, tries: list[bool]
) -> None:
    desk = ModelDesk("D-0001")
    key = subject()
    desk.record(opened(1), key)
    assert pushed(centre, "D-0001", desk.entries) == [("stored", "")]
    tries.clear()
    later = [desk.record(Withdrawn(reason="moved"), key), desk.record(opened(1), subject())]
    assert pushed(centre, "D-0001", later) == [("stored", "")] * 2
    assert tries == [centre.shared]


def test_an_application_that_begins_and_ends_within_a_batch_does_not_hide_another_open_one(
    centre: OpenCentre, tries: list[bool]
) -> None:
    theirs, mine = ModelDesk("D-0009"), ModelDesk("D-0001")
    theirs.record(FIRST, KEY)
    receive(centre, "D-0009", theirs.entries)
    tries.clear()
    key = subject()
    mine.record(replace(opened(1), number="mine"), key)
    mine.record(Withdrawn(reason="moved"), key)
    assert pushed(centre, "D-0001", mine.entries)[0] == ("conflict", "already-open")
    assert tries == [centre.shared]
