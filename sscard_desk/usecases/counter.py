"""A counter that is open for work: everything outside that its operations may ask, put together once by bootstrap."""

from dataclasses import dataclass
from datetime import date

from sscard_desk.cards.profile import CardProfile
from sscard_desk.domain.card_face import FaceLayout
from sscard_desk.ports.calendar import WorkingDays
from sscard_desk.ports.clock import Clock
from sscard_desk.ports.counter_devices import Devices
from sscard_desk.ports.documents import DocumentDesk
from sscard_desk.ports.form_reader import FormReader
from sscard_desk.ports.id_scan import IdScanReader
from sscard_desk.ports.keys import KeyHolder
from sscard_desk.ports.name_reader import NameReader
from sscard_desk.ports.paper import Paper
from sscard_desk.ports.paper_seal import PaperSeal
from sscard_desk.ports.photo_sources import PhotoSources
from sscard_desk.ports.portrait_studio import PortraitStudio
from sscard_desk.ports.session import Session
from sscard_desk.ports.store import Persons, Store
from sscard_desk.ports.tables import Tables
from sscard_desk.usecases.press import Press
from sscard_desk.usecases.time_limit import TimeLimit


@dataclass(frozen=True)
class Counter:
    """One signed-in counter.

    Attributes:
        store: the desk's database.
        persons: the cached register.
        session: who is signed in.
        devices: the devices of this counter.
        clock: the time.
        working_days: the calendar.
        paper: draws and renders forms.
        portraits: makes portraits.
        photo_sources: brings portraits from elsewhere.
        form_reader: recognises forms that come back on paper.
        documents: makes documents of scanned pages.
        keys: holder of the card keys.
        profile: what is written on a card.
        face: how the face of a card is printed.
        service_point: its name.
        window: the counter's number at the service point.
        time_limit: for bringing the form back.
        tables: reads and writes the spreadsheets of schools.
        id_scans: reads id cards from scans, None where no text recognition is set up.
        names: spells names in Latin letters.
        seal: signs papers with the service point's certificate, None where none is set.
    """

    store: Store
    persons: Persons
    session: Session
    devices: Devices
    clock: Clock
    working_days: WorkingDays
    paper: Paper
    portraits: PortraitStudio
    photo_sources: PhotoSources
    form_reader: FormReader
    documents: DocumentDesk
    keys: KeyHolder
    profile: CardProfile
    face: FaceLayout
    service_point: str
    window: str
    time_limit: TimeLimit
    tables: Tables
    names: NameReader
    seal: PaperSeal | None = None
    id_scans: IdScanReader | None = None

    def today(self) -> date:
        """Return the date at the counter (local time)."""
        return self.clock.counted().astimezone().date()

    def press(self, language: str = "zh_CN") -> Press:
        """Return what draws papers for this session."""
        return Press(self.store, self.paper, self.clock, self.session, self.service_point, language, self.seal)
