"""A desk whose computer is lost goes on on another one: its journal ends, a new desk begins.

Two computers that write one journal would tear it. So what the backup holds is sent in the old name first, then the
centre ends that name, and only then a new desk is enrolled, which reads everything back from the centre. Each step may
be repeated: a restore that broke off is called again.
"""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from sscard_desk.bootstrap import restoring
from sscard_desk.bootstrap.backups import settings_table
from sscard_desk.bootstrap.desk import PASSPHRASE
from sscard_desk.bootstrap.enrolment import WINDOW, NewDesk, keep_enrolment
from sscard_desk.bootstrap.erased_backups import replayed
from sscard_desk.bootstrap.restoring import Restoring
from sscard_desk.bootstrap.settings import FILE, save_settings
from sscard_desk.disk import make_folder, trouble
from sscard_desk.domain.erasure import Erasure
from sscard_desk.domain.errors.backup import BackupDamaged, DeskEnded, DeskNumberTaken, NoBackup, RestoreUnsent
from sscard_desk.domain.errors.operator import FolderNotEmpty
from sscard_desk.domain.stock import BlankState
from sscard_desk.security.slots import SLOTS, Slots
from sscard_desk.security.staff import KIND as STAFF
from sscard_desk.store.backup import DATABASE, POOL, Backup, BackupFolder
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.store.facts import DataFolder, read_facts
from sscard_desk.store.opening import open_desk
from sscard_desk.store.rekey import fitting
from sscard_desk.sync.client import HttpCentre
from sscard_desk.sync.enrolment import enrol
from sscard_desk.sync.identity import DeskIdentity
from sscard_desk.sync.pace import Pace
from sscard_desk.sync.passes import PassReport, run_pass
from sscard_desk.sync.phases.blobs import send_blobs
from sscard_desk.sync.phases.push import push_journal
from sscard_desk.sync.signed_line import wall_clock_ms
from sscard_desk.wire.messages import DeskEnd

ENDED: Final = "ended"
"""Folder in a data folder where the journals of desks lie that it goes on for."""


@dataclass(frozen=True)
class NewPlace:
    """What the new desk is called: see `enrol`."""

    home: Path
    code: str
    desk_no: int
    url: str = ""
    window: str = ""


@dataclass(frozen=True)
class Restored:
    """What was brought over.

    Attributes:
        backup: what it was made of.
        ended: where the old journal ended at the centre.
        sent: entries that only the backup had, sent now in the old name.
        blobs_sent: pictures and scans that only the backup had.
        set_aside: (seq, code) of entries that the centre did not take; the old journal in `ended/` has them.
        drafts: how many drafts were carried over.
        free_blanks: stock numbers that the old desk's book had as free, to be received or returned by the new one.
        report: the new desk's first pass.
        erased: how many applications of the backup had been erased since, and were erased again before anything else.
        strange_erasures: whether the list of erasures beside the backups fits none of the keys, so nobody knows it.
    """

    backup: Backup
    ended: DeskEnd
    sent: int
    blobs_sent: int
    set_aside: tuple[tuple[int, str], ...]
    drafts: int
    free_blanks: tuple[str, ...]
    report: PassReport
    erased: int = 0
    strange_erasures: bool = False

    @property
    def lost_from(self) -> int:
        """The first seq that neither backup nor centre has; what the lost disk had from here on is lost."""
        return max(self.backup.seq, self.ended.seq) + 1

    @property
    def lost_to(self) -> int | None:
        """The last seq that the lost desk had by its own last word to the centre; None where it told of no more."""
        return self.ended.said_seq if self.ended.said_seq >= self.lost_from else None


def restore(place: Path, name: str, login: str, password: str, new: NewPlace) -> Restored:
    """Bring a desk back from a backup onto this computer, under a new name.

    Args:
        place: the folder of the desk's backups.
        name: of the backup; empty takes the newest whole one.
        login: an account of the lost desk.
        password: its password.
        new: the new desk.

    Raises:
        NoBackup: there is none.
        BackupDamaged: it is not what was made.
        AccountUnknown, PasswordWrong: the account.
        FolderNotEmpty: a desk was made in the new data folder before.
        DeskNumberTaken: the number of the lost desk: its application numbers would come again.
        CentreTrouble: no line, or the centre refuses; nothing was made here.
        RestoreUnsent: the centre has not got everything yet; call it again.
    """
    way, folder = restoring.under_way(new.home), DataFolder(new.home)
    if way is None and (folder.facts.exists() or folder.database.exists()):
        raise FolderNotEmpty
    backup, key = _open(place, way.backup if way and way.sent else name, login, password)
    at = place / backup.name
    facts = read_facts(at)
    if facts.desk_no == new.desk_no:
        raise DeskNumberTaken(number=new.desk_no)
    old_home = new.home / ENDED / facts.desk
    if way is None or not way.sent:
        way = restoring.note(new.home, Restoring(backup.name))
        try:
            _lay_out(at, place / POOL, backup, old_home)
        except OSError as error:
            raise trouble(error) from error
    old = open_desk(old_home, key)
    try:
        identity = DeskIdentity.load(old, facts.desk, training=facts.training)
        with HttpCentre(replace(identity, url=new.url) if new.url else identity) as centre:
            try:
                sent, pictures = (0, 0) if way.sent else _send(old, centre)
            except DeskEnded:  # by a try before this one, which had sent everything
                sent, pictures = 0, 0
            way = restoring.note(new.home, replace(way, sent=True))
            ended = centre.end(old.head()[0])
        if not way.joined:
            restoring.clear(new.home)
            shutil.copyfile(at / SLOTS, new.home / SLOTS)
            _join(new, new.url or identity.url, NewDesk(new.home, facts.training, key), old.setting(WINDOW))
            way = restoring.note(new.home, replace(way, joined=True))
        report = _first_pass(new, key)
        beside = BackupFolder(place, key)
        erased = _erase_again(old, new.home, key, beside.erasures())
        drafts = _carry_over(old, new.home, key)
        blanks = tuple(blank.stock_no for blank in old.blanks(BlankState.FREE))
        aside = tuple((seq, code) for seq, code, _ in old.set_aside())
    finally:
        old.close()
    _keep_settings(at, new.home)
    restoring.over(new.home)
    return Restored(
        backup, ended, sent, pictures, aside, drafts, blanks, report, erased, strange_erasures=beside.strange_erasures()
    )


def _join(new: NewPlace, url: str, desk: NewDesk, window: bytes | None) -> None:
    identity, enrolled = enrol(url, new.code, training=desk.training)
    called = new.window or (window or b"1").decode()
    keep_enrolment(desk, identity, enrolled, desk_no=new.desk_no, window=called)


def _first_pass(new: NewPlace, key: bytes) -> PassReport:
    """Fetch what the centre has for the new desk."""
    store, facts = open_desk(new.home, key), read_facts(new.home)
    try:
        identity = DeskIdentity.load(store, facts.desk, training=facts.training)
        with HttpCentre(replace(identity, url=new.url) if new.url else identity) as centre:
            return run_pass(store, centre)
    finally:
        store.close()


def _open(place: Path, name: str, login: str, password: str) -> tuple[Backup, bytes]:
    """Find the backup and the key that the account opens."""
    there = sorted(each.name for each in place.iterdir() if (each / SLOTS).is_file()) if place.is_dir() else []
    if not there or (name and name not in there):
        raise NoBackup
    wanted = name or there[-1]
    slots = place / wanted
    keys = Slots(slots, training=read_facts(slots).training).unlock(login, password).keys
    key = fitting(slots / DATABASE, keys) or keys[0]
    folder = BackupFolder(place, key)
    whole = [backup.name for backup in folder.backups()]
    if name and name not in whole:
        raise BackupDamaged(name=name, what="manifest")
    if not whole:
        raise NoBackup
    backup = folder.read(name or whole[-1])
    if not folder.verify(backup.name).chain_ok:
        raise BackupDamaged(name=backup.name, what=DATABASE)
    return backup, key


def _lay_out(at: Path, pool: Path, backup: Backup, home: Path) -> None:
    """Put the old desk's database and blobs where they can be opened; what a broken-off try left is replaced."""
    if home.exists():
        shutil.rmtree(home)
    make_folder(home / POOL)
    for file in (DATABASE, DataFolder(home).facts.name):
        shutil.copyfile(at / file, home / file)
    for file in backup.blobs:
        if (pool / file).is_file():
            shutil.copyfile(pool / file, home / POOL / file)


def _send(old: DeskStore, centre: HttpCentre) -> tuple[int, int]:
    """Send in the old name what only the backup has; return how many entries and blobs.

    Raises:
        RestoreUnsent: something waits that the centre has not answered for.
    """
    centre.hello()  # not how far the backup goes: the lost desk's own word says how much is lost
    pace, sent, pictures = Pace(), 0, 0
    while (pushed := push_journal(old, centre, pace, wall_clock_ms)).acknowledged or pushed.aside:
        sent += pushed.acknowledged
    waiting = old.unsent() - len(old.set_aside())
    if waiting:
        raise RestoreUnsent(unsent=waiting)
    while (group := send_blobs(old, centre, pace)).count:
        pictures += group.count
    return sent, pictures


def _erase_again(old: DeskStore, home: Path, key: bytes, listed: Sequence[Erasure]) -> int:
    """Carry out what was erased since the backup, in the new desk and in the old journal that is kept beside it.

    The centre's orders came with the new desk's first pass; what the lost desk had forgotten stands beside the backups.
    """
    store = open_desk(home, key)
    try:
        replayed(store, listed)
        return replayed(old, [*store.erasures(), *listed])
    finally:
        store.close()


def _carry_over(old: DeskStore, home: Path, key: bytes) -> int:
    """Bring over what no journal has: drafts, the certificate's passphrase, staff that the centre has not named yet."""
    store = open_desk(home, key)
    try:
        passphrase = old.setting(PASSPHRASE)
        if passphrase:
            store.set_setting(PASSPHRASE, passphrase)
        known = {row.get("account", "") for row in store.reference(STAFF)}
        for row in old.reference(STAFF):
            if row.get("account", "") not in known:
                store.keep_local_reference(STAFF, row["account"], dict(row))
        for slot in old.slot_book().slots.values():
            store.keep_slot(slot)
        drafts = old.drafts()
        for draft in drafts:
            store.keep_draft(draft.application, draft.values, draft.field)
        return len(drafts)
    finally:
        store.close()


def _keep_settings(at: Path, home: Path) -> None:
    """Keep the lost desk's settings with the new desk's centre, and the certificate that signs papers."""
    table = settings_table(at / FILE)
    save_settings(home, {**table, **settings_table(home / FILE)})
    certificate = str(table.get("papers", {}).get("certificate", ""))
    if certificate and (at / Path(certificate).name).is_file():
        shutil.copyfile(at / Path(certificate).name, home / certificate)
