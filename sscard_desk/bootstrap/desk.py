"""A data folder, opened by somebody who signed in."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from sscard_desk.bootstrap.breathing import breathing
from sscard_desk.bootstrap.card_keys import make_key_holder
from sscard_desk.bootstrap.card_profiles import profile_of
from sscard_desk.bootstrap.devices import make_devices
from sscard_desk.bootstrap.documents import make_documents
from sscard_desk.bootstrap.enrolment import POINT_NAME, WINDOW
from sscard_desk.bootstrap.id_scans import make_id_scan_reader
from sscard_desk.bootstrap.key_slots import follow, proved
from sscard_desk.bootstrap.photo_sources import make_photo_sources
from sscard_desk.bootstrap.portrait_examiners import make_examiners, with_examiners
from sscard_desk.bootstrap.restoring import under_way
from sscard_desk.bootstrap.scans import make_form_reader
from sscard_desk.bootstrap.settings import Settings, load_settings
from sscard_desk.cards.face_file import shipped_face
from sscard_desk.devices.calendar import CALENDAR, CentreCalendar, StateCouncilCalendar
from sscard_desk.devices.machine_seal import machine_seal
from sscard_desk.domain.errors.backup import RestoreUnfinished
from sscard_desk.domain.errors.base import StoreTrouble
from sscard_desk.domain.errors.operator import SettingWrong
from sscard_desk.domain.ids import Role
from sscard_desk.imaging.rules import load_rules
from sscard_desk.imaging.studio import Studio
from sscard_desk.paper import PdfPaper
from sscard_desk.paper.sealing import CertificateSeal
from sscard_desk.ports.counter_devices import Devices
from sscard_desk.ports.paper_seal import SealFacts
from sscard_desk.security.sessions import SignedIn
from sscard_desk.security.slots import Slots
from sscard_desk.security.staff import KIND as STAFF
from sscard_desk.security.staff import confirm
from sscard_desk.spreadsheets import SpreadsheetTables
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.store.facts import read_facts
from sscard_desk.store.left_over import LeftOver
from sscard_desk.store.opening import open_desk
from sscard_desk.store.pinyin import PinyinNames
from sscard_desk.sync.client import HttpCentre
from sscard_desk.sync.identity import DeskIdentity
from sscard_desk.usecases.counter import Counter
from sscard_desk.usecases.desk_time import OFFLINE_HERE, TIME_LIMIT
from sscard_desk.usecases.recording import need_role
from sscard_desk.usecases.time_limit import return_limit

PASSPHRASE: Final = "paper_certificate_passphrase"  # noqa: S105 - the name under which the encrypted database keeps it


@dataclass(frozen=True)
class OpenDesk:
    """An open data folder and who opened it.

    Attributes:
        folder: the data folder.
        settings: its `desk.toml`.
        slots: its key slots.
        store: its database.
        session: who signed in.
    """

    folder: Path
    settings: Settings
    slots: Slots
    store: DeskStore
    session: SignedIn

    def counter(self, devices: Devices | None = None) -> Counter:
        """Put the counter's operations together with their adapters.

        Args:
            devices: those that a window has made already; new ones without.
        """
        profile = profile_of(self.settings)
        examiners = make_examiners(self.settings.portrait_examiners, self.folder)
        rules = with_examiners(load_rules(), examiners)
        form = self.settings.form
        return Counter(
            store=self.store,
            persons=self.store.persons,
            session=self.session,
            devices=devices or make_devices(self.settings, self.folder),
            clock=self.store.clock,
            working_days=CentreCalendar(self.store.reference(CALENDAR), StateCouncilCalendar()),
            paper=PdfPaper(),
            portraits=Studio(rules, examiners),
            photo_sources=make_photo_sources(
                self.settings.chip_photo,
                self.folder,
                rules,
                self.identity,
                training=self.store.training,
                examiners=examiners,
            ),
            form_reader=make_form_reader(self.store.forms),
            documents=make_documents(),
            keys=make_key_holder(self.settings, profile, self.identity, training=self.store.training),
            profile=profile,
            face=shipped_face(self.settings.printer.card_face),
            service_point=_text(self.store, POINT_NAME),
            window=_text(self.store, WINDOW),
            seal=None if self.settings.papers.unsigned else self.seal(),
            id_scans=make_id_scan_reader(self.settings),
            tables=SpreadsheetTables(breathing),
            names=PinyinNames(),
            time_limit=return_limit(self.store.reference("time_limit"), form.return_days, working=form.working_days),
        )

    def seal(self) -> CertificateSeal | None:
        """Return what signs papers, None where no certificate is set; the file is opened at the first paper."""
        file = self.settings.papers.certificate
        place = _text(self.store, POINT_NAME)
        return CertificateSeal(self.folder / file, lambda: self.store.setting(PASSPHRASE), place) if file else None

    def keep_passphrase(self, passphrase: bytes) -> SealFacts:
        """Try a passphrase at the certificate and keep it in the encrypted database if it opens it.

        Raises:
            RoleMissing: the account is no administrator's.
            SettingWrong: no certificate is set.
            CertificateUnusable, CertificatePassphraseWrong: nothing was kept.
        """
        need_role(self.session, Role.ADMINISTRATOR)
        file = self.settings.papers.certificate
        if not file:
            raise SettingWrong(name="papers.certificate", reason='""')
        facts = CertificateSeal(self.folder / file, lambda: passphrase).facts()
        self.store.set_setting(PASSPHRASE, passphrase)
        return facts

    def identity(self) -> DeskIdentity:
        """Return what the centre knows this desk by; `[centre] url` goes before the address of the enrolment.

        Raises:
            DeskNotEnrolled: this desk was never enrolled.
        """
        identity = DeskIdentity.load(self.store, self.store.desk, training=self.store.training)
        url = self.settings.centre.url
        return replace(identity, url=url) if url else identity

    def centre(self) -> HttpCentre:
        """Return the line to the centre.

        Raises:
            DeskNotEnrolled: this desk was never enrolled.
        """
        return HttpCentre(self.identity())


def slots_of(folder: Path) -> Slots:
    """Return the key slots of a data folder.

    Raises:
        NotSetUp: no desk was made here.
        RestoreUnfinished: a restore into it was broken off.
        SettingUnknown, SettingWrong: `desk.toml`.
    """
    if under_way(folder):
        raise RestoreUnfinished
    machine = machine_seal(load_settings(folder).security.machine)
    return Slots(folder, training=read_facts(folder).training, machine=machine)


def enter(folder: Path, login: str, password: str) -> OpenDesk:
    """Sign in and open the database; whoever calls closes the store.

    Raises:
        NotSetUp: no desk was made here.
        AccountUnknown, AccountPaused, PasswordWrong, SlotDamaged: the sign-in.
        DatabaseKeyWrong, DatabaseDamaged, DatabaseNewer: the database.
        SettingUnknown, SettingWrong: `desk.toml`.
    """
    settings = load_settings(folder)
    slots = slots_of(folder)
    opened = slots.unlock(login, password)
    store = open_desk(folder, opened.keys[0], opened.keys[1:])
    try:
        confirm(opened.session, store.reference(STAFF))
        shorten_offline(store, settings.centre.offline_days)
        proved(store, opened)
        follow(store, slots)
    except BaseException:
        store.close()
        raise
    return OpenDesk(folder, settings, slots, store, opened.session)


@contextmanager
def signed_in_desk(folder: Path, login: str, password: str) -> Iterator[OpenDesk]:
    """Sign in and open the database until the block ends; raises as `enter` does."""
    desk = enter(folder, login, password)
    try:
        yield desk
    finally:
        note_left_over(desk)
        desk.store.close()


def note_left_over(desk: OpenDesk) -> None:
    """Keep beside the database how much is unsent, for the sign-in page."""
    with suppress(StoreTrouble):  # who closes a damaged database has been told
        LeftOver(desk.folder).keep(desk.store.unsent())


def shorten_offline(store: DeskStore, days: int) -> None:
    """Keep what `desk.toml` says of the days without the centre where the rule is asked for."""
    kept = next((row.get("days", "0") for row in store.reference(TIME_LIMIT) if row["id"] == OFFLINE_HERE), "0")
    if kept != str(days):
        store.keep_local_reference(TIME_LIMIT, OFFLINE_HERE, {"days": str(days)})


def _text(store: DeskStore, name: str) -> str:
    value = store.setting(name)
    return value.decode() if value else ""
