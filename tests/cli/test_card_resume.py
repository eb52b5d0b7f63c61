"""`card resume` on a training desk of its own: a writing that was stopped is ended by the verb."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sscard_desk.bootstrap.desk import signed_in_desk
from sscard_desk.bootstrap.settings import save_settings
from sscard_desk.domain.steps import Step
from sscard_desk.ports.devices import Cancel, Cancelled
from sscard_desk.training.set_up import TrainingFolder, set_up
from sscard_desk.training.stations import running_stations
from sscard_desk.usecases.approve import approve
from sscard_desk.usecases.card_desk import CardDesk
from sscard_desk.usecases.card_progress import CardProgress, Stage
from sscard_desk.usecases.write_card import write_card
from tests.cli.desk import Desk, check
from tests.machines.training_desk import clerk, supervisor
from tests.usecases.test_counter_operations import at_signed

pytestmark = pytest.mark.real


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    folder = TrainingFolder(tmp_path / "desk")
    set_up(folder, lambda _word: None, count=50)
    with running_stations(folder.cards, first=7) as stations:
        save_settings(folder.path, stations.settings("http://127.0.0.1:9"))
        yield Desk(folder.path)


def test_a_writing_that_was_stopped_is_ended_by_the_verb_and_a_second_time_there_is_none(desk: Desk) -> None:
    number = stopped_at_the_third_record(desk)
    said = check("card resume", desk.as_clerk("card", "resume", "--wait", "5"))
    assert (said["application_no"], said["step"]) == (number, Step.CARD_WRITTEN.value)
    assert (said["verified"], said["spoiled"]) == (True, "")
    status, refused, _ = desk.as_clerk("card", "resume", "--wait", "5")
    assert (status, refused["error"]["code"]) == (1, "E180")


def stopped_at_the_third_record(desk: Desk) -> str:
    with signed_in_desk(desk.folder, "clerk", "training-clerk") as opened:
        counter, cancel = opened.counter(), Cancel()
        application = approve(opened.store, supervisor(), at_signed(opened.store, clerk()))

        def stop(progress: CardProgress) -> None:
            if progress.stage is Stage.WRITE and progress.done == 3:
                cancel.set()

        writing = CardDesk(
            counter.store,
            counter.session,
            counter.devices.card_reader,
            counter.keys,
            counter.profile,
            counter.today(),
        )
        with pytest.raises(Cancelled):
            write_card(writing, application.id, cancel, stop, wait_s=10)
        return application.number
