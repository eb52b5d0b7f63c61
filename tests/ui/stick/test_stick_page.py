"""The stick's page over a real desk and a real centre: written, carried, brought back, stopped, by keyboard."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from sscard_desk.bootstrap.stick import FolderStick
from sscard_desk.central.stick.answer import export_stick
from sscard_desk.central.stick.receive import import_stick
from sscard_desk.domain.errors.stick import StickMissing
from sscard_desk.ports.devices import Cancel
from sscard_desk.ports.stick import StickExchange, TakenOut, Tell
from sscard_desk.ui.doctor.samples import AtOnce
from sscard_desk.ui.keys import Act
from sscard_desk.ui.runner import Runner
from sscard_desk.ui.states import Mark
from sscard_desk.ui.stick import view as view_module
from sscard_desk.ui.stick.presenter import StickPresenter
from sscard_desk.ui.stick.samples import SampleStick
from sscard_desk.ui.stick.state import StickState
from sscard_desk.ui.stick.telling import size_words
from sscard_desk.ui.stick.view import StickView
from sscard_desk.ui.words import Say
from tests.machines.counter import Counter
from tests.machines.stick_desk import StickDesk, enrolled_desk


class Shown:
    """A view that keeps what it was shown."""

    def __init__(self) -> None:
        self.states: list[StickState] = []

    def show_state(self, state: StickState) -> None:
        self.states.append(state)


class DeskOf:
    """What `FolderStick` takes of an open data folder."""

    def __init__(self, desk: StickDesk) -> None:
        self.store = desk.store
        self.identity: Callable[[], object] = lambda: desk.identity


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    with Counter(tmp_path / "centre") as running:
        yield running


@pytest.fixture
def desk(counter: Counter, tmp_path: Path) -> Iterator[StickDesk]:
    with enrolled_desk(counter, tmp_path / "desk", "D-0001", 1) as made:
        yield made


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def page_of(exchange: StickExchange) -> StickPresenter:
    return StickPresenter(Shown(), AtOnce(), exchange, lambda: None)


def key_of(words: object) -> str:
    assert isinstance(words, Say)
    return words.key


def until(reached: Callable[[], bool]) -> None:
    for _ in range(1_000):
        if reached():
            return
        QApplication.processEvents()
        time.sleep(0.01)
    pytest.fail("it never came to this")


def test_a_days_work_goes_to_the_centre_and_the_answer_comes_back(
    counter: Counter, desk: StickDesk, stick: Path
) -> None:
    desk.open_one(1)
    page = page_of(FolderStick(DeskOf(desk)))  # type: ignore[arg-type] # the part of it that is used
    page.opened()
    assert not page.state.action.enabled
    page.choose_folder(str(stick))
    page.go_on()
    assert (page.state.mark, key_of(page.state.notice)) == (Mark.OK, "stick.taken")
    (row,) = page.state.rows
    import_stick(counter.open, stick / row.name)
    export_stick(counter.open, "D-0001", stick)
    page.choose("bring")
    page.go_on()
    assert (page.state.mark, key_of(page.state.note)) == (Mark.OK, "stick.up_to_date")
    page.go_on()
    assert key_of(page.state.notice) == "stick.nothing_new"
    assert desk.store.unsent() == 0


def test_a_damaged_answer_is_told_with_what_to_do(counter: Counter, desk: StickDesk, stick: Path) -> None:
    for file in desk.export(stick).files:
        import_stick(counter.open, file.path)
    path = export_stick(counter.open, "D-0001", stick).files[0].path
    path.write_bytes(path.read_bytes()[:-9])
    page = page_of(FolderStick(DeskOf(desk)))  # type: ignore[arg-type] # likewise
    page.choose_folder(str(stick))
    page.choose("bring")
    page.go_on()
    assert page.state.mark is not Mark.OK
    assert "E170" in str(page.state.note)


def test_a_stick_without_room_or_pulled_out_is_told_before_anything_is_written() -> None:
    page = page_of(SampleStick(room=1_000))
    page.choose_folder("E:/")
    assert not page.state.action.enabled
    assert key_of(page.state.action.reason) == "stick.need_room"

    class Pulled(SampleStick):
        def room(self, folder: Path) -> int:
            del folder
            raise StickMissing

    page = page_of(Pulled())
    page.choose_folder("E:/")
    assert "E147" in str(page.state.note)


def test_esc_stops_what_runs_and_says_that_nothing_half_is_left(app: QApplication) -> None:
    begun, ended = threading.Event(), threading.Event()

    class Slow(SampleStick):
        def take_out(self, folder: Path, cancel: Cancel, tell: Tell) -> TakenOut:
            begun.set()
            try:
                cancel.wait(30)
            finally:
                ended.set()
            return super().take_out(folder, cancel, tell)

    runner = Runner()
    try:
        page = StickPresenter(Shown(), runner, Slow(), lambda: None)
        page.choose_folder("E:/")
        until(lambda: page.state.action.enabled)
        page.go_on()
        assert begun.wait(10)
        assert page.state.share == 0.0
        assert page.stop()
        assert ended.wait(10)
        until(lambda: runner.idle)
        assert (page.state.share, key_of(page.state.notice), page.state.rows) == (None, "stick.stopped", ())
        assert not page.stop()
    finally:
        runner.close()
        del app


def test_f7_asks_for_the_folder_and_nothing_can_be_changed_while_it_runs(
    app: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    del app
    view, runner = StickView(), AtOnce()
    page = StickPresenter(view, runner, SampleStick(), lambda: None)
    view.folder_chosen.connect(page.choose_folder)
    monkeypatch.setattr(view_module, "ask_folder", lambda _parent, _title: "E:/")
    assert view.on_key(Act.SHOOT)
    assert page.state.folder == "E:/"
    runner.asleep = True
    page.go_on()
    page.choose("bring")
    assert page.state.act.value == "take"
    assert not view.foot.primary.isEnabled()


@pytest.mark.parametrize(
    ("size", "said"),
    [(0, "0.1 KB"), (9_400, "9.4 KB"), (46_213_884, "46 MB"), (7_800_000_000, "7.8 GB"), (999_999, "1000 KB")],
)
def test_a_size_is_said_in_few_characters(size: int, said: str) -> None:
    assert size_words(size) == said


def test_what_waits_is_said_before_a_folder_is_chosen() -> None:
    page = page_of(SampleStick())
    page.opened()
    assert isinstance(page.state.notice, Say)
    assert dict(page.state.notice.values)["count"] == SampleStick().waiting().entries
