"""A new data folder becomes a desk of the centre: key slots, enrolment, database, first pass."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from sscard_desk.bootstrap import restoring
from sscard_desk.bootstrap.settings import save_settings
from sscard_desk.domain.ids import Role
from sscard_desk.security.slots import Account, Slots
from sscard_desk.security.staff import KIND as STAFF
from sscard_desk.security.staff import staff_row
from sscard_desk.store.key_slots import KeptSlot
from sscard_desk.store.opening import create_folder, open_desk
from sscard_desk.sync.client import HttpCentre
from sscard_desk.sync.enrolment import enrol
from sscard_desk.sync.identity import DeskIdentity
from sscard_desk.sync.passes import PassReport, run_pass
from sscard_desk.sync.stick.own import CENTRE_BOX
from sscard_desk.wire.enrolment import Enrolled
from sscard_desk.wire.feed import persons_scope

POINT_NAME: Final = "service_point_name"
WINDOW: Final = "window"
"""Names under which the store keeps what the centre said of this counter at enrolment."""

KEY_BYTES: Final = 32


@dataclass(frozen=True)
class NewAccount:
    """Somebody who is to work at the new desk."""

    login: str
    password: str = field(repr=False)
    display_name: str = field(repr=False)
    role: Role


@dataclass(frozen=True)
class NewDesk:
    """A folder whose accounts have their slots, and whose database is still to be made.

    Attributes:
        folder: the data folder.
        training: the mode, fixed for ever.
        database_key: 32 random bytes.
        accounts: with their public keys, for the centre's staff list.
    """

    folder: Path
    training: bool
    database_key: bytes = field(repr=False)
    accounts: tuple[Account, ...] = ()


def begin_desk(folder: Path, staff: Sequence[NewAccount], *, training: bool) -> NewDesk:
    """Give everybody a key slot in a new folder.

    Raises:
        AccountExists, PasswordTooShort: an account cannot be made.
        DiskFull, DiskTrouble: the folder cannot be written.
    """
    restoring.over(folder)  # one that was given up: this is a desk of its own
    key = secrets.token_bytes(KEY_BYTES)
    slots = Slots(folder, training=training)
    accounts = tuple(
        slots.add(one.login, one.password, display_name=one.display_name, role=one.role, database_key=key)
        for one in staff
    )
    return NewDesk(folder, training, key, accounts)


def join_centre(desk: NewDesk, url: str, code: str, *, desk_no: int, window: str) -> PassReport:
    """Enrol with a one-time code, make the database, and fetch register, banks, staff and stock.

    Args:
        desk: from `begin_desk`.
        url: where the centre is reached.
        code: as the centre's administrator gave it out.
        desk_no: 0 to 99, this desk's number at its point; it stands in application numbers.
        window: what people at the point call this counter.

    Raises:
        EnrolmentCodeWrong, ServerCertificateWrong, TrainingRefused, CentreUnreachable: the enrolment.
        FolderNotEmpty: a desk was made here before.
    """
    identity, enrolled = enrol(url, code, training=desk.training)
    keep_enrolment(desk, identity, enrolled, desk_no=desk_no, window=window)
    store = open_desk(desk.folder, desk.database_key)
    try:
        with HttpCentre(identity) as centre:
            return run_pass(store, centre)
    finally:
        store.close()


def keep_enrolment(desk: NewDesk, identity: DeskIdentity, enrolled: Enrolled, *, desk_no: int, window: str) -> None:
    """Make the database of a folder that the centre knows by now, and keep what it said.

    Args:
        desk: from `begin_desk`.
        identity: who this desk is from now on.
        enrolled: the centre's answer.
        desk_no: 0 to 99, this desk's number at its point.
        window: what people at the point call this counter.

    Raises:
        FolderNotEmpty: a desk was made here before.
        DiskFull, DiskTrouble: this computer's disk.
    """
    create_folder(
        desk.folder,
        desk_id=identity.desk,
        service_point=enrolled.point,
        desk_no=desk_no,
        training=desk.training,
        database_key=desk.database_key,
        scopes=(persons_scope(enrolled.region),),
    )
    store = open_desk(desk.folder, desk.database_key)
    try:
        identity.keep(store)
        store.set_setting(POINT_NAME, enrolled.point_name.encode())
        store.set_setting(WINDOW, window.encode())
        for account in desk.accounts:
            row = staff_row(account.account, account.display_name, account.role, account.public_key)
            store.keep_local_reference(STAFF, account.account, row)
            store.keep_slot(KeptSlot(account.slot, account.account, account.slot_public, account.public_key.hex()))
        if enrolled.box:
            store.set_setting(CENTRE_BOX, enrolled.box)
    finally:
        store.close()
    save_settings(desk.folder, {"centre": {"url": identity.url}})
