"""Sources of a portrait for pictures and tests of pages: the training portrait, or what they are told to raise."""

from dataclasses import dataclass, field
from datetime import date

from sscard_desk.domain.application import Application
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.photo_source import Consent
from sscard_desk.ports.devices import DeviceState, Health
from sscard_desk.ports.photo_service import CentrePhoto
from sscard_desk.ports.photo_sources import PhotoSources
from sscard_desk.ui.sample_desk.portraits import SamplePortraits, portrait_jpeg


@dataclass
class SampleSources:
    """One object for decoder, centre and finder; `trouble` is raised by all three while it is set."""

    trouble: DeskError | None = None
    issued: date | None = date(2026, 11, 2)
    photos: int = 1
    codes: tuple[str, ...] = ()
    asked: list[str] = field(default_factory=list)

    def probe(self) -> DeviceState:
        """Say that a library is there."""
        return DeviceState(Health.READY, "libwltdecode.so")

    def decode(self, wlt: bytes) -> bytes:
        """Give the training portrait."""
        self._asked("chip")
        return portrait_jpeg()

    def register_photo(self, application: Application, consent: Consent) -> CentrePhoto:
        """Give the training portrait."""
        self._asked("register")
        return CentrePhoto(portrait_jpeg("person-01"), date(2024, 5, 12))

    def studio_photo(self, receipt: str, id_number: str) -> CentrePhoto:
        """Give the training portrait."""
        self._asked("studio")
        return CentrePhoto(portrait_jpeg("person-02"), self.issued, "4201A", receipt, self.issued)

    def find(self, scan: bytes) -> tuple[bytes, ...]:
        """Find as many photos as lie there."""
        self._asked("scanner")
        return (portrait_jpeg("person-03"),) * self.photos

    def _asked(self, source: str) -> None:
        self.asked.append(source)
        if self.trouble is not None:
            raise self.trouble


def sample_photo_sources(sources: SampleSources) -> PhotoSources:
    """Return sources that need nothing outside."""
    portraits = SamplePortraits()
    return PhotoSources(sources, sources, sources, lambda _picture: sources.codes, lambda _source: portraits)
