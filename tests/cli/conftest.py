from collections.abc import Iterator

import pytest

from sscard_desk.bootstrap.settings import save_settings
from sscard_desk.training.set_up import TrainingFolder, set_up
from sscard_desk.training.stations import running_stations, station
from tests.cli.desk import PERSONS, Desk


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = TrainingFolder(tmp_path_factory.mktemp("verbs") / "desk")
    set_up(folder, lambda _word: None, count=PERSONS)
    with (
        running_stations(folder.cards, first=7) as stations,
        station("central", "serve", "--folder", str(folder.centre)) as centre,
    ):
        save_settings(folder.path, stations.settings(centre.reached()["url"]))
        yield Desk(folder.path)
