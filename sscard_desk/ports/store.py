"""What the use cases ask of the desk's database."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from sscard_desk.domain.application import Application
from sscard_desk.domain.batch import Batch, BatchId
from sscard_desk.domain.desk_time import TimeKnown
from sscard_desk.domain.events import Event, ReceivedBlank
from sscard_desk.domain.ids import AccountId, ApplicationId, BlobId, PersonKey
from sscard_desk.domain.person import Person
from sscard_desk.domain.prints import PrintRecord
from sscard_desk.domain.stock import Blank, BlankState
from sscard_desk.forms.editions import Editions
from sscard_desk.ports.conflicts import ConflictStore
from sscard_desk.ports.stock import SpoiledElsewhere, StockBook


@dataclass(frozen=True)
class HistoryLine:
    """One act, as the side panel and the journal page list it."""

    seq: int
    kind: str
    at: datetime
    actor: AccountId
    desk: str
    sent: bool


@dataclass(frozen=True)
class Draft:
    """What was typed and is not yet in the journal.

    Attributes:
        application: whose form.
        values: field name to text.
        field: the field that had the focus last.
        kept_at: when the last key was kept, UTC.
    """

    application: ApplicationId
    values: Mapping[str, str]
    field: str
    kept_at: datetime


class UnitOfWork(Protocol):
    """One transaction: what is recorded in it is kept whole or not at all."""

    def record(self, event: Event, *, subject: str) -> Application | None:
        """Write one journal entry and everything that follows from it.

        Args:
            event: what happened. `Opened` begins a new application under `subject`.
            subject: the application, or the account for session events.

        Returns:
            The application after the event, or None where the subject is none.

        Raises:
            StepNotAllowed, OwnApplication, SignatureVoid: from the domain; nothing is kept.
            NotOurBlank, BlankStateWrong, SecondPersonNeeded: from the stock book; nothing is kept.
            ApplicationUnknown: no application has this key.
        """

    def application(self, application: ApplicationId) -> Application:
        """Return where it stands, this transaction included.

        Raises:
            ApplicationUnknown: no application has this key.
        """

    @property
    def forms(self) -> Editions:
        """Every edition of every form that this desk can open."""

    def prints(self, application: ApplicationId) -> Sequence[PrintRecord]:
        """Return the prints of an application, oldest first, this transaction included."""

    def open_for(self, id_number: str) -> Application | None:
        """Return the open application of this person, if there is one."""

    def next_application_number(self) -> str:
        """Return a new application number, made offline without collision."""

    def put_blob(self, data: bytes) -> BlobId:
        """Keep a picture or scan, encrypted under a key of its own; the same bytes are kept once.

        Raises:
            DiskFull: nothing of it was kept.
        """

    def blank(self, identification_code: str) -> Blank | None:
        """Return the stock record of a card, or None if it is not ours."""

    def free_blank(self) -> Blank | None:
        """Return the next free blank of the stock, or None."""

    def stock_book(self) -> StockBook:
        """Return the stock book, this transaction included."""

    def taken_blanks(self, blanks: Sequence[ReceivedBlank]) -> Sequence[str]:
        """Return the stock numbers of those that were received before, or whose numbers another card has."""

    def drop_draft(self, application: ApplicationId) -> None:
        """Forget what was typed: it stands in the journal now."""


class Store(ConflictStore, Protocol):
    """The desk's encrypted database, open."""

    @property
    def desk(self) -> str:
        """The desk's own name, for example `D-0231`."""

    @property
    def service_point(self) -> str:
        """The service point's code."""

    @property
    def training(self) -> bool:
        """Whether this data folder was made for training."""

    def work(self, actor: AccountId) -> AbstractContextManager[UnitOfWork]:
        """Begin a transaction in the name of an account; it commits when the block ends without an exception.

        Raises:
            DiskFull: at the end; nothing was kept.
        """

    def application(self, application: ApplicationId) -> Application:
        """Return where an application stands.

        Raises:
            ApplicationUnknown: no application has this key.
        """

    def find_application(self, number: str) -> Application:
        """Return the application with this number.

        Raises:
            ApplicationUnknown: no application has this number here.
        """

    def open_for(self, id_number: str) -> Application | None:
        """Return the open application of this person, if there is one; fast enough for every key."""

    def waiting_for_approval(self, limit: int = 100) -> Sequence[Application]:
        """Return the signed applications, oldest first."""

    def in_work(self) -> Sequence[Application]:
        """Return every application that has not ended, oldest change first."""

    def recent(self, limit: int = 50) -> Sequence[Application]:
        """Return the applications that changed last, newest first."""

    def with_card(self, first: date, last: date) -> Sequence[Application]:
        """Return the applications whose written card is dated from `first` to `last`, by number."""

    def time_known(self) -> TimeKnown:
        """Return what this desk knows of the time."""

    def history(self, subject: str) -> Sequence[HistoryLine]:
        """Return the acts of one subject, oldest first."""

    def blob(self, blob: BlobId) -> bytes:
        """Return what is kept under this hash.

        Raises:
            BlobMissing, BlobDamaged: it is not there, or it is not what it was.
        """

    def prints(self, application: ApplicationId) -> Sequence[PrintRecord]:
        """Return the prints of an application, oldest first."""

    def unended_prints(self) -> Sequence[PrintRecord]:
        """Return the documents of this desk whose end nobody has heard yet, oldest first."""

    def spoiled_prints(self, begin: datetime, end: datetime) -> Sequence[PrintRecord]:
        """Return the sheets that were marked spoiled from `begin` on and before `end`, in that order."""

    def list_prints(self, begin: datetime, end: datetime) -> Sequence[PrintRecord]:
        """Return the prints of lists that were ordered from `begin` on and before `end`, in that order."""

    def keep_draft(self, application: ApplicationId, values: Mapping[str, str], field: str) -> datetime:
        """Keep what was typed, outside the journal; return the time."""

    def draft(self, application: ApplicationId) -> Draft | None:
        """Return what was typed and not yet recorded."""

    def last_draft(self) -> Draft | None:
        """Return the draft that was kept last: where the clerk was before the program ended."""

    def reference(self, kind: str) -> Sequence[Mapping[str, str]]:
        """Return the centre's reference rows of one kind (`bank`, `staff`, `notice`), in their order."""

    @property
    def forms(self) -> Editions:
        """Every edition of every form that this desk can open."""

    def unsent(self) -> int:
        """Return how many entries the centre has not acknowledged."""

    def free_blanks(self) -> int:
        """Return how many free blanks are left."""

    def stock_book(self) -> StockBook:
        """Return the balance of the blank cards, the movements of the shift, and what waits for somebody."""

    def blanks(self, state: BlankState) -> Sequence[Blank]:
        """Return the cards of the stock in a state, in order of the stock list."""

    def batches(self) -> Sequence[Batch]:
        """Return the batches of cards of this desk, newest first."""

    def batch(self, batch: BatchId) -> Batch | None:
        """Return one batch, or None."""

    def find_blank(self, number: str) -> Blank | None:
        """Return the card of a stock number, a card number or an identification code, or None."""

    def spoiled_elsewhere(self) -> Sequence[SpoiledElsewhere]:
        """Return the spoiled cards of other desks of this point that no second person has seen."""


class Persons(Protocol):
    """The cached register: a database of its own."""

    def by_number(self, id_number: str) -> Person | None:
        """Return the person with this id number."""

    def by_key(self, key: PersonKey) -> Person | None:
        """Return the person under this key."""

    def search(self, text: str, limit: int = 20) -> Sequence[Person]:
        """Return persons whose number, name, pinyin or initials begin with the text, best first."""

    def count(self) -> int:
        """Return how many persons are cached."""
