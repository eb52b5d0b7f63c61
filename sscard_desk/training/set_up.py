"""From nothing to a training counter: a centre with its register, staff and stock, and a desk enrolled at it."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sscard_desk.bootstrap.desk import POINT_NAME, WINDOW
from sscard_desk.bootstrap.settings import load_settings, save_settings
from sscard_desk.central import imports
from sscard_desk.central.centre import OpenCentre, init_centre
from sscard_desk.security.slots import Account, Slots
from sscard_desk.security.staff import KIND as STAFF
from sscard_desk.security.staff import staff_row
from sscard_desk.store.opening import create_folder, open_desk
from sscard_desk.sync.client import HttpCentre
from sscard_desk.sync.enrolment import enrol
from sscard_desk.sync.passes import run_pass
from sscard_desk.training.persons import persons
from sscard_desk.training.point import TrainingPoint, training_point
from sscard_desk.training.stations import station
from sscard_desk.wire.feed import persons_scope

PERSONS = 100_000

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

    def exists(self) -> bool:
        """Return whether a training desk was set up here, to its end."""
        return (self.path / "desk.toml").exists() and (self.centre / "ready").exists()


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
    key = secrets.token_bytes(32)
    accounts = _accounts(folder, point, key)
    tell("accounts")
    centre = init_centre(folder.centre, training=True, name="training centre")
    try:
        code = _fill(centre, point, accounts, count)
    finally:
        centre.close()
    tell("centre")
    with station("central", "serve", "--folder", str(folder.centre)) as server:
        url = server.reached()["url"]
        _enrol(folder, _Keys(key, accounts), url, code, tell)
    (folder.centre / "ready").touch()


def write_settings(folder: TrainingFolder, sections: dict[str, dict[str, Any]]) -> None:
    """Write `desk.toml` with where the simulated parts are reached in this run."""
    save_settings(folder.path, sections)


def _accounts(folder: TrainingFolder, point: TrainingPoint, key: bytes) -> list[Account]:
    slots = Slots(folder.path, training=True)
    return [
        slots.add(
            account.name,
            account.password,
            display_name=account.display_name,
            role=account.role,
            database_key=key,
        )
        for account in point.accounts
    ]


def _fill(centre: OpenCentre, point: TrainingPoint, accounts: list[Account], count: int) -> str:
    imports.import_point(centre, point.code, point.name, point.region)
    imports.import_banks(centre, point.banks)
    members = [imports.StaffMember(a.account, a.display_name, a.role.value, a.public_key) for a in accounts]
    imports.import_staff(centre, point.code, members)
    blanks = [
        imports.LentBlank(blank.identification_code, blank.card_number, blank.stock_no, point.desk)
        for blank in point.blanks
    ]
    imports.lend_blanks(centre, point.code, blanks)
    imports.import_persons(centre, point.region, persons(count))
    return imports.enrolment_code(centre, point.desk, point.code).text()


@dataclass(frozen=True)
class _Keys:
    database: bytes = field(repr=False)
    accounts: list[Account]


def _enrol(folder: TrainingFolder, keys: _Keys, url: str, code: str, tell: Tell) -> None:
    point = training_point()
    identity, enrolled = enrol(url, code, training=True)
    create_folder(
        folder.path,
        desk_id=identity.desk,
        service_point=enrolled.point,
        desk_no=point.desk_no,
        training=True,
        database_key=keys.database,
        scopes=(persons_scope(enrolled.region),),
    )
    store = open_desk(folder.path, keys.database)
    try:
        identity.keep(store)
        store.set_setting(POINT_NAME, enrolled.point_name.encode())
        store.set_setting(WINDOW, point.window.encode())
        for account in keys.accounts:
            row = staff_row(account.account, account.display_name, account.role, account.public_key)
            store.keep_local_reference(STAFF, account.account, row)
        tell("desk")
        with HttpCentre(identity) as centre:
            run_pass(store, centre)
        tell("register")
    finally:
        store.close()
    save_settings(folder.path, {"centre": {"url": url}})
    load_settings(folder.path)
