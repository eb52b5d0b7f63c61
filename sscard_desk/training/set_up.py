"""From nothing to a training counter: a centre with its register, staff and stock, and a desk enrolled at it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sscard_desk.bootstrap.enrolment import NewAccount, NewDesk, begin_desk, join_centre
from sscard_desk.central import imports
from sscard_desk.central.centre import OpenCentre, init_centre
from sscard_desk.training.persons import persons
from sscard_desk.training.point import TrainingPoint, training_point
from sscard_desk.training.stations import station

PERSONS: Final = 100_000

Tell = Callable[[str], None]


@dataclass(frozen=True)
class TrainingFolder:
    """A data folder of training with the centre's folder inside.

    Attributes:
        path: the data folder.
    """

    path: Path

    @property
    def centre(self) -> Path:
        """Where the training centre keeps its data."""
        return self.path / "centre"

    @property
    def cards(self) -> Path:
        """Where the virtual cards are kept between runs."""
        return self.path / "cards"

    @property
    def printed(self) -> Path:
        """Where the training printer leaves its papers."""
        return self.path / "printed"

    @property
    def ready(self) -> bool:
        """Whether a training desk was set up here, to its end."""
        return (self.centre / "ready").exists()


def set_up(folder: TrainingFolder, tell: Tell, *, count: int = PERSONS) -> None:
    """Make centre and desk in an empty folder.

    Args:
        folder: the data folder; empty or not there.
        tell: is given a word for each part that is done.
        count: how many synthetic persons the register has.

    Raises:
        FolderNotEmpty: something lies there already.
        StationSilent: the centre did not start.
    """
    point = training_point()
    staff = [NewAccount(a.name, a.password, a.display_name, a.role) for a in point.accounts]
    desk = begin_desk(folder.path, staff, training=True)
    tell("accounts")
    centre = init_centre(folder.centre, training=True, name="training centre")
    try:
        code = _fill(centre, point, desk, count)
    finally:
        centre.close()
    tell("centre")
    with station("central", "serve", "--folder", str(folder.centre)) as server:
        join_centre(desk, server.reached()["url"], code, desk_no=point.desk_no, window=point.window)
    tell("desk")
    (folder.centre / "ready").touch()


def _fill(centre: OpenCentre, point: TrainingPoint, desk: NewDesk, count: int) -> str:
    imports.import_point(centre, point.code, point.name, point.region)
    imports.import_banks(centre, point.banks)
    members = [imports.StaffMember(a.account, a.display_name, a.role.value, a.public_key) for a in desk.accounts]
    imports.import_staff(centre, point.code, members)
    blanks = [
        imports.LentBlank(blank.identification_code, blank.card_number, blank.stock_no, point.desk)
        for blank in point.blanks
    ]
    imports.lend_blanks(centre, point.code, blanks)
    imports.import_persons(centre, point.region, persons(count))
    return imports.enrolment_code(centre, point.desk, point.code).text()
