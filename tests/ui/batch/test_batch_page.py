"""The batch page: what the room is told at every stage, what is listed, and a whole class over real lanes."""

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from sscard_desk.devices.keys.training import TrainingKeys
from sscard_desk.domain.batch import BatchState as Where
from sscard_desk.ui.batch.presenter import BatchPresenter
from sscard_desk.ui.batch.samples import sample
from sscard_desk.ui.batch.state import BatchPhase, BatchState
from sscard_desk.ui.batch.view import BatchView
from sscard_desk.ui.runner import Runner
from sscard_desk.ui.sample_desk.desk import SampleDesk
from sscard_desk.ui.serving.serving import Serving
from sscard_desk.ui.words import say
from tests.machines import training_desk
from tests.machines.approved_class import approved_class
from tests.machines.pcsc import CardTable, table, tables, training_profile
from tests.machines.training_desk import clerk, supervisor
from tests.ui.letting_work import let_work
from tests.usecases.test_batch import memory

__all__ = ["table", "tables"]


class Room:
    """The page over real lanes, and hands that do what it says and nothing else."""

    def __init__(self, table: CardTable, cards: int) -> None:
        self._table, self._left, self._card = table, list(range(cards)), None
        self.told: list[str] = []

    def show_state(self, state: BatchState) -> None:
        said = state.big.key if hasattr(state.big, "key") else ""
        if self.told[-1:] == [said]:
            return
        self.told.append(said)
        if said == "batch.stage.lay_in" and self._left:
            time.sleep(0.45)
            self._card = self._table.card(memory(self._left.pop(0)))  # type: ignore[assignment] # stands in for it
        elif said.startswith("batch.stage.take_out") and self._card is not None:
            self._card.pull()


@pytest.mark.real
def test_a_class_is_written_with_two_keys_and_no_more(app: QApplication, tmp_path: Path, table: CardTable) -> None:
    store = training_desk.training_desk(tmp_path / "desk", blanks=3)
    people = approved_class(store, clerk(), supervisor(), 3)
    desk, lanes = SampleDesk(store=store), Runner()
    counter = replace(
        desk.counter,
        devices=replace(desk.counter.devices, card_reader=table.reader),
        keys=TrainingKeys(training_profile(), training=True),
    )
    page, room = BatchPresenter(Serving(counter, lanes, desk.pages)), Room(table, 3)
    page.attach(room)

    def until(done: Callable[[], bool]) -> None:
        end = time.monotonic() + 40
        while not done():
            assert time.monotonic() < end, (page.state.big, room.told)
            app.processEvents()
            time.sleep(0.005)

    page.opened()
    until(lambda: bool(page.state.lines))
    page.go_on()  # the class becomes a batch
    until(lambda: page.state.big == say("batch.state.open"))
    page.go_on()  # and is written
    until(lambda: page.state.big == say("batch.stage.done"))
    assert room.told.count("batch.stage.take_out") == 3
    (batch,) = store.batches()
    assert (batch.state, batch.written) == (Where.CLOSED, 3)
    assert [line.first for line in page.state.lines] == [each.name for each in people]
    page.closed()
    assert page.state.lines == ()
    store.close()


def test_esc_pauses_what_runs_and_then_leads_back_to_the_list(app: QApplication) -> None:
    desk = SampleDesk()
    desk.pages.go_to_batch()
    page = desk.pages.batch
    assert (page.state.phase, page.stop()) == (BatchPhase.CHOOSING, False)
    shell = sample("return_file")
    assert shell is not None
    page.reported(sample_report())
    assert page.state.lines
    assert page.stop()
    assert page.state.phase is BatchPhase.CHOOSING


def sample_report() -> object:
    from sscard_desk.ui.batch.samples import _people, _rows
    from sscard_desk.usecases.return_file import ReturnReport

    return ReturnReport(tuple(_rows(_people())))


def test_a_batch_that_is_done_offers_no_more_cards(app: QApplication) -> None:
    shell = sample("done")
    let_work()
    page = shell.page
    assert isinstance(page, BatchView)
    assert not page.foot.primary.isEnabled()
    assert page.foot.back_button.isEnabled()
