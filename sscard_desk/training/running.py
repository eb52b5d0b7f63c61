"""A training counter with everything running around it: devices, centre, settings."""

import contextlib
from collections.abc import Iterator
from typing import Final

from sscard_desk.bootstrap.settings import save_settings
from sscard_desk.domain.ids import Role
from sscard_desk.training.card_tray import REST_S
from sscard_desk.training.point import training_point
from sscard_desk.training.set_up import PERSONS, Tell, TrainingFolder, set_up
from sscard_desk.training.stations import running_stations, station

FIRST: Final = 25
"""The first applicant of a training day: grown up, and with a name that every card can hold."""


@contextlib.contextmanager
def running_training(
    folder: TrainingFolder,
    tell: Tell,
    *,
    count: int = PERSONS,
    first: int = FIRST,
    rest_s: float = 4.0,
    card_rest_s: float = REST_S,
) -> Iterator[tuple[str, str]]:
    """Set the folder up if it is new, start devices and centre, and point `desk.toml` at them until the block ends.

    Args:
        folder: the data folder.
        tell: is given a word for each part.
        count: how many synthetic persons a new register has.
        first: which synthetic person comes first.
        rest_s: seconds between two applicants' id cards.
        card_rest_s: quiet seconds after which a written card is taken out of the reader.

    Yields:
        tuple: account and password of the training clerk, for the hint on the first screen.

    Raises:
        FolderNotEmpty: something else lies in the folder.
        StationSilent, SystemPackagesMissing: a part did not start.
    """
    if not folder.ready:
        set_up(folder, tell, count=count)
    with (
        running_stations(folder.cards, first=first, rest_s=rest_s, card_rest_s=card_rest_s) as stations,
        station("central", "serve", "--folder", str(folder.centre)) as centre,
    ):
        folder.printed.mkdir(exist_ok=True, mode=0o700)
        save_settings(folder.path, stations.settings(centre.reached()["url"]))
        tell("devices")
        clerk = training_point().account(Role.CLERK)
        yield clerk.name, clerk.password
