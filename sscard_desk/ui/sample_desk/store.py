"""The store's port in memory: events are folded by the domain, nothing is kept."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime

from sscard_desk.domain import batch as batch_fold
from sscard_desk.domain import events
from sscard_desk.domain import prints as fold
from sscard_desk.domain.application import Application
from sscard_desk.domain.batch import Batch, BatchId
from sscard_desk.domain.desk_time import TimeKnown
from sscard_desk.domain.errors.operator import ApplicationUnknown
from sscard_desk.domain.events import Event, Opened, ReceivedBlank
from sscard_desk.domain.folding import apply, open_application
from sscard_desk.domain.ids import AccountId, ApplicationId, BlobId, PrintId
from sscard_desk.domain.numbers.application_number import ApplicationNumber
from sscard_desk.domain.prints import PrintRecord
from sscard_desk.domain.steps import ENDED, Step
from sscard_desk.domain.stock import Blank, BlankState
from sscard_desk.forms.editions import Editions
from sscard_desk.ports.conflicts import AsideEntry, Conflict, Correction, ThreeWay
from sscard_desk.ports.stock import SpoiledElsewhere, StockBook
from sscard_desk.ports.store import Draft, HistoryLine
from sscard_desk.ui.sample_desk.blanks import SampleStock
from sscard_desk.ui.sample_desk.people import BANKS, STAFF, STUDIOS, SampleClock


class SampleStore:
    """Applications, blobs and drafts of one desk."""

    desk = "D-0231"
    service_point = "4201"
    training = True

    def __init__(self, clock: SampleClock) -> None:
        self._clock = clock
        self.forms = Editions()
        self._applications: dict[str, Application] = {}
        self._history: dict[str, list[HistoryLine]] = {}
        self._blobs: dict[BlobId, bytes] = {}
        self._drafts: dict[str, Draft] = {}
        self._prints: dict[PrintId, PrintRecord] = {}
        self.stock = SampleStock()
        self._batches: dict[BatchId, Batch] = {}
        self.told: dict[str, list[dict[str, str]]] = {}
        """Further rows of the centre, by kind."""
        self.turned_away: list[AsideEntry] = []
        self.unfolded: list[Conflict] = []
        self.sides: dict[str, ThreeWay] = {}

    @contextmanager
    def work(self, actor: AccountId) -> Iterator["SampleWork"]:
        """Begin a transaction; what failed in it leaves nothing behind."""
        before = dict(self._applications)
        try:
            yield SampleWork(self, actor)
        except BaseException:
            self._applications = before
            raise

    def time_known(self) -> TimeKnown:
        """Return that the clock is right and the centre was heard a moment ago."""
        now = int(self._clock.now().timestamp() * 1000)
        return TimeKnown(own_ms=now, heard_ms=0, latest_ms=now, through_ms=now)

    def application(self, application: ApplicationId) -> Application:
        """Return where an application stands."""
        if application not in self._applications:
            raise ApplicationUnknown
        return self._applications[application]

    def find_application(self, number: str) -> Application:
        """Return the application with this number."""
        found = next((each for each in self._applications.values() if each.number == number), None)
        if found is None:
            raise ApplicationUnknown
        return found

    def open_for(self, id_number: str) -> Application | None:
        """Return the open application of this person."""
        mine = (each for each in self._applications.values() if each.id_number == id_number)
        return next((each for each in mine if each.step not in ENDED), None)

    def waiting_for_approval(self, limit: int = 100) -> Sequence[Application]:
        """Return the signed applications."""
        return [each for each in self._applications.values() if each.step is Step.SIGNED][:limit]

    def in_work(self) -> Sequence[Application]:
        """Return the applications that have not ended."""
        return [each for each in self._applications.values() if each.step not in ENDED]

    def recent(self, limit: int = 50) -> Sequence[Application]:
        """Return the newest applications."""
        return list(self._applications.values())[::-1][:limit]

    def with_card(self, first: date, last: date) -> Sequence[Application]:
        """Return the applications whose written card is dated in a period."""
        written = {Step.CARD_WRITTEN, Step.HANDED_OVER}
        mine = (each for each in self._applications.values() if each.step in written and each.card is not None)
        return [each for each in mine if each.card is not None and first <= each.card.issue_date <= last]

    def count(self) -> int:
        """Return how many applications there are."""
        return len(self._applications)

    def history(self, subject: str) -> Sequence[HistoryLine]:
        """Return the acts of one subject."""
        return self._history.get(subject, [])

    def blob(self, blob: BlobId) -> bytes:
        """Return what is kept under this hash."""
        return self._blobs[blob]

    def keep_draft(self, application: ApplicationId, values: Mapping[str, str], field: str) -> datetime:
        """Keep what was typed."""
        at = self._clock.now()
        self._drafts[application] = Draft(application, dict(values), field, at)
        return at

    def draft(self, application: ApplicationId) -> Draft | None:
        """Return what was typed."""
        return self._drafts.get(application)

    def last_draft(self) -> Draft | None:
        """Return the newest draft."""
        return max(self._drafts.values(), key=lambda draft: draft.kept_at, default=None)

    def reference(self, kind: str) -> Sequence[Mapping[str, str]]:
        """Return the centre's rows."""
        return {"bank": BANKS, "staff": STAFF, "studio": STUDIOS}.get(kind, self.told.get(kind, ()))

    def keep(self, application: Application) -> None:
        """Put an application there, without the way to it."""
        self._applications[application.id] = application

    def aside(self) -> Sequence[AsideEntry]:
        """Return what the centre did not take."""
        return tuple(self.turned_away)

    def conflicts(self) -> Sequence[Conflict]:
        """Return what other desks did and does not fit here."""
        return tuple(self.unfolded)

    def three_way(self, application: ApplicationId, aside: Sequence[int]) -> ThreeWay:
        """Return an application three times, as a picture put it there."""
        del aside
        return self.sides.get(application, ThreeWay(None, self._applications.get(application), None))

    def corrections(self, application: ApplicationId) -> Sequence[Correction]:
        """Return nothing: no register is asked."""
        del application
        return ()

    def send_again(self, seq: int) -> None:
        """Take an entry off the list set aside."""
        self.turned_away = [each for each in self.turned_away if each.seq != seq]

    def unsent(self) -> int:
        """Return how many entries wait."""
        return 0

    def free_blanks(self) -> int:
        """Return how many free blanks are left."""
        return len(self.stock.of(BlankState.FREE))

    def stock_book(self) -> StockBook:
        """Return the stock book."""
        return self.stock.book(self.desk)

    def blanks(self, state: BlankState) -> Sequence[Blank]:
        """Return the cards in a state."""
        return self.stock.of(state)

    def find_blank(self, number: str) -> Blank | None:
        """Return the card of a number."""
        return self.stock.find(number)

    def spoiled_elsewhere(self) -> Sequence[SpoiledElsewhere]:
        """Return the spoiled cards of other desks."""
        return self.stock.spoiled_there

    def record(self, event: Event, subject: str, actor: AccountId) -> Application | None:
        """Fold one event."""
        key = ApplicationId(subject)
        lines = self._history.setdefault(subject, [])
        if event.kind in events.PRINTS:
            self._note_print(key, event, actor)
            return None
        if event.kind in events.BATCHES:
            self._note_batch(BatchId(subject), event, actor)
            return None
        self.stock.note(subject, event, actor, self._clock.now())
        if event.kind in events.STOCK or event.kind in events.BESIDE:
            return None
        if isinstance(event, Opened):
            after = open_application(key, event, actor)
        else:
            after = apply(self.application(key), event, actor)
        self._applications[subject] = after
        lines.append(HistoryLine(len(lines) + 1, event.kind, self._clock.now(), actor, self.desk, sent=True))
        return after

    def prints(self, application: ApplicationId) -> Sequence[PrintRecord]:
        """Return the prints of an application."""
        return [record for record in self._prints.values() if record.application == application]

    def unended_prints(self) -> Sequence[PrintRecord]:
        """Return the prints whose end nobody has heard yet."""
        return [record for record in self._prints.values() if not record.state.ended and record.within is None]

    def spoiled_prints(self, begin: datetime, end: datetime) -> Sequence[PrintRecord]:
        """Return the spoiled sheets."""
        return [each for each in self._prints.values() if each.spoiled_at and begin <= each.spoiled_at < end]

    def list_prints(self, begin: datetime, end: datetime) -> Sequence[PrintRecord]:
        """Return the prints of lists."""
        return [each for each in self._prints.values() if fold.is_list(each.application) and begin <= each.at < end]

    def batches(self) -> Sequence[Batch]:
        """Return the batches, newest first."""
        return list(self._batches.values())[::-1]

    def batch(self, batch: BatchId) -> Batch | None:
        """Return one batch."""
        return self._batches.get(batch)

    def _note_batch(self, key: BatchId, event: Event, actor: AccountId) -> None:
        if isinstance(event, events.BatchOpened | events.BatchReturned):
            self._batches[key] = batch_fold.begin(key, event, self._clock.now(), actor)
        else:
            self._batches[key] = batch_fold.apply(self._batches[key], event)

    def _note_print(self, application: ApplicationId, event: Event, actor: AccountId) -> None:
        now = self._clock.now()
        match event:
            case events.PrintOrdered():
                self._prints[event.print] = fold.ordered(event, application, at=now, by=actor, desk=self.desk)
            case events.PrintMoved():
                for key in (event.print, *self._prints[event.print].members):
                    self._prints[key] = fold.moved(self._prints[key], event, now)
            case events.PaperSpoiled():
                self._prints[event.print] = fold.spoiled(self._prints[event.print], event, now, actor)
            case events.PaperReturned():
                self._prints[event.print] = fold.returned(self._prints[event.print], event, now)

    def put(self, data: bytes) -> BlobId:
        """Keep a blob."""
        key = BlobId(hashlib.sha256(data).hexdigest())
        self._blobs[key] = data
        return key

    def drop(self, application: ApplicationId) -> None:
        """Forget a draft."""
        self._drafts.pop(application, None)


class SampleWork:
    """One transaction of the sample store."""

    def __init__(self, store: SampleStore, actor: AccountId) -> None:
        self._store, self._actor = store, actor
        self.forms = store.forms

    def record(self, event: Event, *, subject: str) -> Application | None:
        """Fold one event."""
        return self._store.record(event, subject, self._actor)

    def application(self, application: ApplicationId) -> Application:
        """Return where it stands."""
        return self._store.application(application)

    def prints(self, application: ApplicationId) -> Sequence[PrintRecord]:
        """Return the prints of an application."""
        return self._store.prints(application)

    def open_for(self, id_number: str) -> Application | None:
        """Return the open application of this person."""
        return self._store.open_for(id_number)

    def next_application_number(self) -> str:
        """Return the number of the pictures, then the following ones."""
        return str(ApplicationNumber(point="4201", desk=3, year=2026, running=123 + self._store.count()))

    def put_blob(self, data: bytes) -> BlobId:
        """Keep a blob."""
        return self._store.put(data)

    def blank(self, identification_code: str) -> Blank | None:
        """Return a stock record."""
        return self._store.stock.find(identification_code)

    def free_blank(self) -> Blank | None:
        """Return the next free blank."""
        return next(iter(self._store.stock.of(BlankState.FREE)), None)

    def stock_book(self) -> StockBook:
        """Return the stock book."""
        return self._store.stock_book()

    def taken_blanks(self, blanks: Sequence[ReceivedBlank]) -> Sequence[str]:
        """Return those that are in the book."""
        return self._store.stock.taken(blanks)

    def drop_draft(self, application: ApplicationId) -> None:
        """Forget what was typed."""
        self._store.drop(application)
