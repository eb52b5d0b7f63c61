"""A supervisor at another desk signs off what a clerk took in, and the card can be written where it was begun."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sscard_desk.central import imports
from sscard_desk.domain.errors.operator import OwnApplication
from sscard_desk.domain.ids import AccountId, Role
from sscard_desk.domain.steps import Step
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.store.opening import create_folder, open_desk
from sscard_desk.sync.client import HttpCentre
from sscard_desk.sync.identity import DeskIdentity
from sscard_desk.sync.passes import run_pass
from sscard_desk.training.point import training_point
from sscard_desk.usecases.approve import approve, send_back
from tests.machines.counter import Counter
from tests.usecases.conftest import Person
from tests.usecases.test_counter_operations import at_signed

KEY = bytes(range(32))
CLERK = Person(AccountId("c" * 32), "王丽", Role.CLERK)
SUPERVISOR = Person(AccountId("5" * 32), "陈静", Role.SUPERVISOR)
POINT = training_point()


def desk_at(folder: Path, name: str, number: int, counter: Counter) -> DeskStore:
    create_folder(folder, desk_id=name, service_point=POINT.code, desk_no=number, training=True, database_key=KEY)
    desk = open_desk(folder, KEY)
    counter.identity(name, POINT.code).keep(desk)
    exchange(desk)
    return desk


def exchange(desk: DeskStore) -> None:
    with HttpCentre(DeskIdentity.load(desk, desk.desk, training=True)) as line:
        assert run_pass(desk, line).up_to_date


@pytest.fixture
def desks(tmp_path: Path, counter: Counter) -> Iterator[tuple[DeskStore, DeskStore]]:
    imports.import_point(counter.open, POINT.code, POINT.name, POINT.region)
    imports.import_banks(counter.open, POINT.banks)
    staff = [
        imports.StaffMember(p.account, p.display_name, p.role.value, p.key.public_key().public_bytes_raw())
        for p in (CLERK, SUPERVISOR)
    ]
    imports.import_staff(counter.open, POINT.code, staff)
    first = desk_at(tmp_path / "first", "D-0001", 1, counter)
    second = desk_at(tmp_path / "second", "D-0002", 2, counter)
    yield first, second
    first.close()
    second.close()


def test_an_approval_made_at_another_desk_arrives_through_sync(desks: tuple[DeskStore, DeskStore]) -> None:
    first, second = desks
    signed = at_signed(first, CLERK)
    exchange(first)
    exchange(second)
    waiting = second.waiting_for_approval()
    assert [each.id for each in waiting] == [signed.id]
    assert second.blob(waiting[0].photo or pytest.fail("no photo")) == first.blob(signed.photo or pytest.fail("none"))
    with pytest.raises(OwnApplication):
        approve(second, Person(CLERK.account, "王丽", Role.SUPERVISOR), waiting[0])
    approve(second, SUPERVISOR, waiting[0])
    exchange(second)
    exchange(first)
    here = first.application(signed.id)
    assert here.step is Step.APPROVED
    assert here.approval is not None
    assert here.approval.by == SUPERVISOR.account
    assert first.verify().sound
    assert second.verify().sound


def test_what_another_desk_sends_back_comes_back_with_its_reason(desks: tuple[DeskStore, DeskStore]) -> None:
    first, second = desks
    signed = at_signed(first, CLERK)
    exchange(first)
    exchange(second)
    send_back(second, SUPERVISOR, second.application(signed.id), "stamp missing", "materials_checked")
    exchange(second)
    exchange(first)
    here = first.application(signed.id)
    assert (here.step, here.sent_back_reason, here.signatures) == (Step.MATERIALS_CHECKED, "stamp missing", ())


def test_an_approval_sealed_with_a_foreign_key_is_turned_away_by_the_centre(
    desks: tuple[DeskStore, DeskStore],
) -> None:
    first, second = desks
    signed = at_signed(first, CLERK)
    exchange(first)
    exchange(second)
    forger = Person(SUPERVISOR.account, "陈静", Role.SUPERVISOR)
    approve(second, forger, second.application(signed.id))
    with HttpCentre(DeskIdentity.load(second, second.desk, training=True)) as line:
        report = run_pass(second, line)
    assert (report.set_aside, report.up_to_date) == (1, False)
    exchange(first)
    assert first.application(signed.id).step is Step.SIGNED
