"""One transaction of the desk: `ports.store.UnitOfWork` over the encrypted database."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import Connection

from sscard_desk.domain.application import Application
from sscard_desk.domain.conflicts.outcomes import REFOLDED
from sscard_desk.domain.conflicts.table import RULES, Rule
from sscard_desk.domain.errors.operator import ApplicationUnknown
from sscard_desk.domain.errors.store import BlobDamaged, BlobMissing, DiskTrouble
from sscard_desk.domain.events import (
    STOCK,
    ConflictSettled,
    CorrectionRequested,
    DateSet,
    Event,
    PaperSpoiled,
    PrintMoved,
    ReceivedBlank,
)
from sscard_desk.domain.ids import AccountId, ApplicationId, BlobId
from sscard_desk.domain.prints import PrintRecord
from sscard_desk.domain.steps import ENDED
from sscard_desk.domain.stock import Blank
from sscard_desk.forms.editions import Editions
from sscard_desk.ports.clock import Clock
from sscard_desk.ports.stock import StockBook
from sscard_desk.store import (
    applications,
    aside,
    batches,
    blobs,
    centre_order,
    corrections,
    drafts,
    erasures,
    journal,
    numbering,
    prints,
    refolding,
    stock,
    stock_book,
    time_known,
)
from sscard_desk.store.blobs import BlobFolder
from sscard_desk.store.clock import BEIJING, milliseconds
from sscard_desk.store.facts import FolderFacts
from sscard_desk.store.key_slots import SlotWork

GOES_ON: Final = (
    frozenset(kind for kind, rule in RULES.items() if rule in {Rule.CARD, Rule.DESK})
    | frozenset({ConflictSettled.kind, PrintMoved.kind, PaperSpoiled.kind})
    | STOCK
)
"""What may still be recorded of a subject that is, or is to be, erased.

What happened to a card or a paper happened; and what is set aside has to be decided, or its erasure waits for ever. It
is emptied as soon as it was received.
"""


class DeskWork:
    """What may be done inside one transaction; it lives as long as `DeskStore.work`'s block."""

    def __init__(
        self,
        connection: Connection,
        facts: FolderFacts,
        actor: AccountId,
        clock: Clock,
        folder: BlobFolder,
        *,
        forms: Editions,
    ) -> None:
        self._connection = connection
        self._facts = facts
        self._actor = actor
        self._clock = clock
        self._folder = folder
        self.slots = SlotWork(connection)
        """Ways in at this desk."""
        self.forms = forms
        """Every edition of every form that this desk can open."""
        self.files_written: list[str] = []
        """Blob files of this transaction, to be removed if it is rolled back."""
        self.files_dropped: list[str] = []
        """Blob files whose key was dropped, to be removed once that is committed."""
        self.date_shift: int | None = None
        """What a supervisor had added to this clock in this transaction, milliseconds."""

    def record(self, event: Event, *, subject: str) -> Application | None:
        """Write one journal entry and everything that follows from it.

        Raises:
            StepNotAllowed, OwnApplication, SignatureVoid: from the domain; nothing is kept.
            NotOurBlank, BlankStateWrong, SecondPersonNeeded: from the stock book; nothing is kept.
            ApplicationUnknown: no application has this key, or it is on the list of erasures.
            ApplicationElsewhere: it went to another service point.
        """
        if event.kind not in GOES_ON and erasures.holds(self._connection, subject):
            raise ApplicationUnknown
        after: Application | None = None
        seen = 0
        if applications.concerns_application(event.kind) and self._has_application(event, subject):
            here = "" if isinstance(event, ConflictSettled) else self._facts.service_point
            after = applications.after(self._connection, subject, event, self._actor, here)
            seen = centre_order.seen_version(self._connection, after.id)
        author = journal.Author(
            desk=self._facts.desk,
            training=self._facts.training,
            actor=self._actor,
            now=self._clock.now(),
            clock_offset=self._clock.offset_ms(),
        )
        turn = journal.append(self._connection, author, event, subject=subject, base_version=seen)
        prints.note(self._connection, subject, event, at=author.now, by=self._actor, desk=self._facts.desk)
        batches.note(self._connection, subject, event, at=author.now, by=self._actor)
        stock.note(self._connection, subject, event, stock.By(author.now, self._actor, self._facts.desk))
        if isinstance(event, DateSet):
            time_known.keep_set(self._connection, event, milliseconds(author.now), journal.head(self._connection)[0])
            self.date_shift = event.shift_ms
        if isinstance(event, CorrectionRequested):
            corrections.note(self._connection, journal.last_header(self._connection), event)
        if isinstance(event, ConflictSettled):
            seq, _ = journal.head(self._connection)
            aside.decide(self._connection, event, seq)
            if event.outcome in REFOLDED:
                return refolding.refold(self._connection, ApplicationId(subject), self._facts.service_point)
        if after is not None:
            applications.keep(self._connection, after, turn, self._facts.service_point)
            if isinstance(event, ConflictSettled) and event.number:
                refolding.refold_waiting(self._connection, self._facts.service_point)
            if after.step in ENDED:
                drafts.drop(self._connection, after.id)  # what was typed ends with its application
        return after

    def _has_application(self, event: Event, subject: str) -> bool:
        """Return whether there is an application to fold into; what is decided may be about anything else as well."""
        decided = isinstance(event, ConflictSettled)
        return not decided or applications.find(self._connection, ApplicationId(subject)) is not None

    def application(self, application: ApplicationId) -> Application:
        """Return where it stands, this transaction included.

        Raises:
            ApplicationUnknown: no application has this key.
        """
        return applications.load(self._connection, application)

    def prints(self, application: ApplicationId) -> Sequence[PrintRecord]:
        """Return the prints of an application, oldest first, this transaction included."""
        return prints.of_application(self._connection, application)

    def open_for(self, id_number: str) -> Application | None:
        """Return the open application of this person, if there is one."""
        return applications.open_for(self._connection, id_number)

    def next_application_number(self) -> str:
        """Return a new application number: service point, desk, year (Beijing time), running number, check digit."""
        year = self._clock.counted().astimezone(BEIJING).year
        return numbering.next_number(self._connection, self._facts.service_point, self._facts.desk_no, year)

    def put_blob(self, data: bytes) -> BlobId:
        """Keep a picture or scan, encrypted under a key of its own; the same bytes are kept once.

        Where they lie already and cannot be read any more they are written anew.

        Raises:
            DiskFull, DiskTrouble: nothing of it was kept.
        """
        blob = blobs.blob_id(data)
        known = blobs.find(self._connection, blob)
        if known is not None and self._is_readable(blob, known):
            return blob
        sealed = self._folder.write(data)
        self.files_written.append(sealed.file)
        old = blobs.put_in_place(self._connection, blob, sealed, len(data))
        if old is not None:
            self.files_dropped.append(old)
        return blob

    def _is_readable(self, blob: BlobId, sealed: blobs.Sealed) -> bool:
        try:
            self._folder.read(blob, sealed)
        except (BlobMissing, BlobDamaged, DiskTrouble):
            return False
        return True

    def blank(self, identification_code: str) -> Blank | None:
        """Return the stock record of a card, or None if it is not ours."""
        return stock.blank(self._connection, identification_code)

    def free_blank(self) -> Blank | None:
        """Return the next free blank of the stock, or None."""
        return stock.free_blank(self._connection)

    def stock_book(self) -> StockBook:
        """Return the stock book, this transaction included."""
        return stock_book.read(self._connection, self._facts.desk)

    def taken_blanks(self, blanks: Sequence[ReceivedBlank]) -> Sequence[str]:
        """Return the stock numbers of those that were received before, or whose numbers another card has."""
        return stock.taken(self._connection, blanks)

    def drop_draft(self, application: ApplicationId) -> None:
        """Forget what was typed: it stands in the journal now."""
        drafts.drop(self._connection, application)
