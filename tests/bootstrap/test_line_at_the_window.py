"""What the window hears of the line: days left after a stick, the number for the next sign-in, lists that come."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Condition

import pytest

from sscard_desk.bootstrap.desk import enter, signed_in_desk
from sscard_desk.bootstrap.enrolment import NewAccount, begin_desk, join_centre
from sscard_desk.bootstrap.gate import FolderGate
from sscard_desk.bootstrap.open_counter import FolderCounter
from sscard_desk.central import imports
from sscard_desk.central.imports import enrolment_code, import_point
from sscard_desk.central.stick.answer import export_stick
from sscard_desk.central.stick.receive import import_stick
from sscard_desk.domain.ids import Role
from sscard_desk.ports.devices import Cancel
from sscard_desk.store.left_over import LeftOver
from sscard_desk.sync import loading
from sscard_desk.ui.app.gate import LineState
from tests.machines.counter import REGION, Counter, opened, person, subject

POINT, NAME, PASSWORD = "0231", "chen", "correct horse battery"
DEADLINE = 30


@dataclass
class Heard:
    """Collects what the window is told, and waits for one that fits."""

    states: list[LineState] = field(default_factory=list)
    news: Condition = field(default_factory=Condition)

    def __call__(self, state: LineState) -> None:
        with self.news:
            self.states.append(state)
            self.news.notify_all()

    def wait_for(self, fits: Callable[[LineState], bool]) -> LineState:
        with self.news:
            assert self.news.wait_for(lambda: any(map(fits, self.states)), timeout=DEADLINE)
            return next(state for state in self.states if fits(state))

    def forget(self) -> None:
        with self.news:
            self.states.clear()


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[Counter]:
    with Counter(tmp_path / "centre") as running:
        import_point(running.open, POINT, "示例街道服务站", REGION)
        yield running


@pytest.fixture
def home(centre: Counter, tmp_path: Path) -> Path:
    folder = tmp_path / "desk"
    begun = begin_desk(folder, [NewAccount(NAME, PASSWORD, "陈示例", Role.ADMINISTRATOR)], training=centre.training)
    join_centre(begun, centre.url, enrolment_code(centre.open, "D-0001", POINT).text(), desk_no=1, window="1")
    return folder


@pytest.fixture
def counter(home: Path) -> Iterator[FolderCounter]:
    made = FolderCounter(enter(home, NAME, PASSWORD), FolderGate(home).devices())
    yield made
    made.close()


def record(counter: FolderCounter, running: int) -> None:
    store = counter.counter.store
    with store.work(counter.counter.session.account) as work:
        work.record(opened(running), subject=subject())


def test_receipts_on_a_stick_renew_the_days_left_at_once_although_the_line_is_dead(
    centre: Counter, counter: FolderCounter, tmp_path: Path
) -> None:
    store, heard, stick = counter._desk.store, Heard(), tmp_path / "stick"
    stick.mkdir()
    record(counter, 1)
    ago = datetime.now(UTC) - timedelta(days=10)
    store.set_setting("last_sync_ms", str(int(ago.timestamp() * 1000)).encode())
    centre.server.stop()  # type: ignore[union-attr]  # it runs inside the fixture
    counter.follow_line(heard)
    before = heard.wait_for(lambda state: state.trouble is not None)
    assert (before.offline_days, before.unsent) == (20, 1)
    done = counter.stick.take_out(stick, Cancel(), lambda _done, _of: None)
    for name, _ in done.files:
        import_stick(centre.open, stick / name)
    export_stick(centre.open, "D-0001", stick)
    heard.forget()
    counter.stick.bring_back(stick, Cancel(), lambda _done, _of: None)
    after = heard.states[0]
    assert (after.offline_days, after.unsent) == (30, 0)
    assert after.last_success is not None
    assert after.last_success > ago + timedelta(days=9)


def test_the_exchange_goes_on_while_nobody_is_signed_in_and_for_whoever_comes_next(counter: FolderCounter) -> None:
    heard = Heard()
    counter.follow_line(heard)
    heard.wait_for(lambda state: state.up_to_date)
    for number, let_in in enumerate((None, NAME), 1):
        record(counter, number)
        counter.lock()
        if let_in:
            counter = counter.change_over(let_in, PASSWORD)
            counter.follow_line(heard)
        assert counter.counter.store.unsent() > 0
        heard.forget()
        counter.wake_line()
        heard.wait_for(lambda state: state.up_to_date and state.unsent == 0)
        assert counter.counter.store.unsent() == 0


def test_the_number_for_the_next_sign_in_stands_beside_the_database_and_says_nothing_else(
    home: Path, counter: FolderCounter
) -> None:
    record(counter, 1)
    counter.close()
    with signed_in_desk(home, NAME, PASSWORD) as desk:
        unsent = desk.store.unsent()
    assert FolderGate(home).facts.unsent == unsent > 0
    assert (home / "unsent.count").read_text("ascii") == str(unsent)


def test_once_everything_is_sent_the_number_says_so_while_the_window_is_still_open(
    home: Path, counter: FolderCounter
) -> None:
    heard = Heard()
    record(counter, 1)
    LeftOver(home).keep(7)
    counter.follow_line(heard)
    heard.wait_for(lambda state: state.up_to_date)
    assert FolderGate(home).facts.unsent == 0


@pytest.mark.parametrize("written", ["", "seven", "-1", "1" * 40, "七", "٣"])
def test_a_number_that_is_none_is_taken_for_none(tmp_path: Path, written: str) -> None:
    (tmp_path / "unsent.count").write_text(written, "utf-8")
    assert LeftOver(tmp_path).read() is None


def test_the_register_that_comes_is_told_with_how_far_it_is_and_can_be_held_and_let_go(
    centre: Counter, counter: FolderCounter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "TELL_EVERY_S", 0.0)
    imports.import_persons(centre.open, REGION, [person(n) for n in range(9_000)])
    heard, held = Heard(), list[bool]()

    def listen(state: LineState) -> None:
        heard(state)
        if state.coming is not None and not held:
            held.append(True)
            counter.hold_lists(hold=True)

    counter.follow_line(listen)
    waits = heard.wait_for(lambda state: state.coming is not None and state.coming.held and not state.running)
    assert waits.coming is not None
    assert (waits.up_to_date, waits.trouble, 0 < waits.coming.done < waits.coming.of) == (False, None, True)
    heard.forget()
    counter.hold_lists(hold=False)
    done = heard.wait_for(lambda state: state.up_to_date and not state.running)
    assert done.coming is None
    assert any(state.coming is not None and state.coming.placing for state in heard.states)
    assert counter.counter.persons.count() == 9_000
