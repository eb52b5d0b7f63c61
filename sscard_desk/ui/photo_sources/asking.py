"""Asking each source on its lane: one thing after the other, each dropped when nobody waits for it any more. No Qt."""

from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

from sscard_desk.domain.application import Application
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.photo_sources import PaperPhotoMissing
from sscard_desk.domain.id_card import IdCard
from sscard_desk.domain.photo_source import CHIP, REGISTER, SCANNER, STUDIO, Provenance
from sscard_desk.ports.devices import Cancel
from sscard_desk.ports.photo_service import CentrePhoto
from sscard_desk.ports.scanner import Colour, ScanOrder, Source
from sscard_desk.ui.photo_sources.state import Found
from sscard_desk.ui.serving.serving import STORE, Serving
from sscard_desk.usecases.chip_photo import decode_chip_photo, keep_chip_photo
from sscard_desk.usecases.identify import read_card
from sscard_desk.usecases.register_photo import fetch_register_photo
from sscard_desk.usecases.studio_photo import Receipt, StudioPicture, fetch_studio_photo, find_on_stick, terms_of

READER: Final = "id_reader"
NETWORK: Final = "network"
IMAGING: Final = "imaging"
GLASS: Final = "scanner"
CARD_WAIT_S: Final = 30.0
"""How long the applicant has to lay the card down; Esc stops earlier."""
PAPER_DPI: Final = 600
"""A photo of 26 x 32 mm is 614 px wide then: enough for a portrait of 358 px."""
MOST_PHOTOS: Final = 3

T = TypeVar("T")


class Asking:
    """What is under way for one source; at most one thing at a time."""

    def __init__(
        self,
        serving: Serving,
        came: Callable[[tuple[Found, ...]], None],
        failed: Callable[[DeskError], None],
        kept: Callable[[Application], None],
    ) -> None:
        """Ask nothing yet.

        Args:
            serving: the counter and its lanes.
            came: gets the portraits.
            failed: gets what went wrong.
            kept: gets the application after the chip's data were kept.
        """
        self._serving = serving
        self._came, self._failed, self._kept = came, failed, kept
        self._turn = 0
        self._cancel: Cancel | None = None

    def stop(self) -> bool:
        """Want nothing of it any more; return whether something was under way."""
        self._turn += 1
        cancel, self._cancel = self._cancel, None
        if cancel is not None:
            cancel.set()
        return cancel is not None

    # -- sources

    def chip(self, application: Application) -> None:
        """Read the card that is laid down, keep its data, decode them; what was kept before is decoded again."""
        if application.chip_photo is not None:
            self._decode(application)
            return
        counter, cancel = self._serving.counter, self._begin()
        reader = counter.devices.id_reader

        def keep(card: IdCard) -> None:
            def kept(after: Application) -> None:
                self._kept(after)
                self._decode(after)

            self._run(STORE, lambda: keep_chip_photo(counter.store, counter.session, application, card), kept)

        self._run(READER, lambda: read_card(reader, cancel, CARD_WAIT_S), keep)

    def register(self, application: Application) -> None:
        """Ask the centre for the register's picture."""
        self._begin()
        centre = self._serving.counter.photo_sources.centre

        def came(photo: CentrePhoto) -> None:
            self._make(REGISTER, photo.picture, Provenance("centre", taken=photo.taken))

        self._run(NETWORK, lambda: fetch_register_photo(centre, application), came)

    def studio(self, application: Application, receipt: Receipt) -> None:
        """Ask the centre for the picture under a receipt."""
        self._begin()
        counter = self._serving.counter
        centre, store, today = counter.photo_sources.centre, counter.store, counter.today()
        self._run(
            NETWORK, lambda: fetch_studio_photo(centre, application, receipt, terms_of(store), today), self._studio_came
        )

    def stick(self, application: Application, folder: Path, receipt: Receipt) -> None:
        """Look for the applicant's picture in a studio's folder."""
        self._begin()
        counter = self._serving.counter
        store, today = counter.store, counter.today()
        self._run(STORE, lambda: find_on_stick(folder, application, receipt, terms_of(store), today), self._studio_came)

    def paper(self) -> None:
        """Scan the glass and find the paper photos on it."""
        counter, cancel = self._serving.counter, self._begin()
        scanner, sources = counter.devices.scanner, counter.photo_sources
        order, today = ScanOrder(Source.GLASS, PAPER_DPI, Colour.COLOUR), counter.today()

        def scan() -> bytes:
            return next((page.content for page in scanner.pages(order, cancel)), b"")

        def found(page: bytes) -> None:
            def cut() -> tuple[Found, ...]:
                if not page:
                    raise PaperPhotoMissing
                studio = sources.portraits(SCANNER)
                photos = sources.paper.find(page)[:MOST_PHOTOS]
                return tuple(Found(studio.make_from_file(each, today), Provenance("glass"), each) for each in photos)

            self._run(IMAGING, cut, self._done)

        self._run(GLASS, scan, found)

    # -- inner

    def _studio_came(self, picture: StudioPicture) -> None:
        self._make(STUDIO, picture.picture, picture.provenance)

    def _decode(self, application: Application) -> None:
        self._begin()
        counter = self._serving.counter
        decoder = counter.photo_sources.decoder

        def decoded(picture: bytes) -> None:
            self._make(CHIP, picture, Provenance("reader"))

        self._run(IMAGING, lambda: decode_chip_photo(counter.store, application, decoder), decoded)

    def _make(self, source: str, picture: bytes, where: Provenance) -> None:
        counter = self._serving.counter
        portraits, today = counter.photo_sources.portraits, counter.today()

        def make() -> tuple[Found, ...]:
            return (Found(portraits(source).make_from_file(picture, today, taken=where.taken), where, picture),)

        self._run(IMAGING, make, self._done)

    def _done(self, found: tuple[Found, ...]) -> None:
        self._cancel = None
        self._came(found)

    def _begin(self) -> Cancel:
        self.stop()
        self._cancel = Cancel()
        return self._cancel

    def _run(self, lane: str, work: Callable[[], T], done: Callable[[T], None]) -> None:
        """Go on with a piece of work; its answer counts only while nobody stopped or asked for something else."""
        turn = self._turn

        def mine(answer: T) -> None:
            if turn == self._turn:
                done(answer)

        def failed(error: DeskError) -> None:
            if turn == self._turn:
                self._cancel = None
                self._failed(error)

        self._serving.run(lane, work, mine, failed, self._cancel)
