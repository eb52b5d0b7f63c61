"""The program is killed while a paper is at the printer: afterwards the record says what the printer says."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sscard_desk.devices.printer.cups import CupsPrinter
from sscard_desk.domain.ids import AccountId, Role
from sscard_desk.domain.prints import PrintState
from sscard_desk.forms.load import load_form
from sscard_desk.ports.devices import Cancel
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.store.opening import create_folder, open_desk
from sscard_desk.usecases.follow_prints import recover
from sscard_desk.usecases.prints import Drawn, order_prints, plan_print
from tests.faults.print_process import KEY, PDF
from tests.machines.ipp_printer import IppPrinter, ipp_printer, until
from tests.usecases.conftest import Person
from tests.usecases.print_room import Follower, begun

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def peer() -> Iterator[IppPrinter]:
    with ipp_printer() as made:
        yield made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    create_folder(tmp_path / "desk", desk_id="D-0231", service_point="4201", desk_no=3, training=True, database_key=KEY)
    return tmp_path / "desk"


@pytest.fixture
def clerk() -> Person:
    return Person(AccountId("c" * 32), "", Role.CLERK)


def killed_while_printing(folder: Path, peer: IppPrinter, clerk: Person) -> None:
    """Let a program order a paper, and kill it as soon as the printer prints."""
    store = open_desk(folder, KEY)
    application = begun(store, clerk)
    store.close()
    words = [sys.executable, "-m", "tests.faults.print_process", str(folder), peer.address, application.id]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        said = ""
        while not said.startswith("printing"):
            said = running.stdout.readline()
            assert said, "the program ended before it printed"
        running.kill()


@pytest.fixture
def reopened(folder: Path) -> Iterator[DeskStore]:
    store = open_desk(folder, KEY)
    yield store
    store.close()


def test_after_a_kill_the_job_is_looked_up_and_followed_to_its_end(
    folder: Path, peer: IppPrinter, clerk: Person, request: pytest.FixtureRequest
) -> None:
    with peer.feels("slow"):
        killed_while_printing(folder, peer, clerk)
        store: DeskStore = request.getfixturevalue("reopened")
        (kept,) = store.unended_prints()
        assert (kept.state, kept.job.rpartition("-")[0]) == (PrintState.QUEUED, peer.address)
        (news,) = recover(store, clerk, CupsPrinter(peer.address))
        assert news.state is PrintState.PRINTING
    (done,) = Follower(store, clerk, CupsPrinter(peer.address)).to_the_end([news.record])
    assert done.state is PrintState.COMPLETED
    assert store.unended_prints() == []
    assert peer.papers()[-1] == PDF


def test_after_a_kill_and_a_power_cut_of_the_printer_the_print_is_unknown(
    folder: Path, peer: IppPrinter, clerk: Person, request: pytest.FixtureRequest
) -> None:
    with peer.feels("slow"):
        killed_while_printing(folder, peer, clerk)
        peer.switch_off()
    store: DeskStore = request.getfixturevalue("reopened")
    printer = CupsPrinter(peer.address)
    (news,) = recover(store, clerk, printer)
    assert news.state is PrintState.VANISHED
    peer.switch_on()
    (done,) = Follower(store, clerk, printer).to_the_end([news.record])
    assert done.state is PrintState.UNKNOWN
    application = store.application(done.application)
    again = plan_print(application, store.prints(application.id), load_form("registration"), "d")
    assert (again.copy, again.again) == (2, True)  # a reprint is offered, and asks for its reason


def test_a_kill_between_the_hand_over_and_its_record_finds_the_job_by_its_name(
    peer: IppPrinter, clerk: Person, reopened: DeskStore
) -> None:
    application, printer = begun(reopened, clerk), CupsPrinter(peer.address)
    plan = plan_print(application, [], load_form("registration"), "d")
    (ordered,) = order_prints(reopened, clerk, printer.name, [Drawn(plan, PDF, 1)])
    handed = printer.hand_over(PDF, ordered.serial, Cancel())
    until(lambda: printer.look_up(handed.job, ordered.serial).state is PrintState.COMPLETED)
    (news,) = recover(reopened, clerk, printer)
    assert (news.record.state, news.record.job) == (PrintState.COMPLETED, handed.job)


def test_two_papers_go_one_after_the_other_to_a_printer_that_takes_one_at_a_time(
    peer: IppPrinter, clerk: Person, reopened: DeskStore
) -> None:
    application, printer = begun(reopened, clerk), CupsPrinter(peer.address)
    before = len(peer.papers())
    papers = [
        Drawn(plan_print(application, [], load_form(form), "d"), PDF + form.encode(), 1)
        for form in ("confirmation", "registration")
    ]
    records = order_prints(reopened, clerk, printer.name, papers)
    done = Follower(reopened, clerk, printer).to_the_end(records)
    assert [each.state for each in done] == [PrintState.COMPLETED] * 2
    ours = [paper.pdf for paper in papers]
    assert [each for each in peer.papers()[before:] if each in ours] == ours  # an earlier test's may still come out
    assert [each.serial[-2:] for each in reopened.prints(application.id)] == ["C1", "R1"]
