"""Write the card: identify, authenticate, intent journalled, write, read back, result journalled.

Between intent and result nobody is told that the card is written. Whatever breaks in between, the same call goes on
with the same card: the card itself says how far it is, and only what was read back and compared counts as written.
"""

from collections.abc import Callable
from datetime import date

from sscard_desk.cards.authentication import authenticate, open_for_reading
from sscard_desk.cards.identity import CardIdentity, identify
from sscard_desk.cards.personalisation import check_blank, write
from sscard_desk.cards.plan import CardPlan, RecordWrite, plan
from sscard_desk.cards.proof import (
    ItemResult,
    compare,
    how_far,
    need_same_card,
    need_still_same_card,
    prove,
    unfinished,
)
from sscard_desk.domain.application import Application, CardRun
from sscard_desk.domain.errors import CentreTrouble, StoreTrouble
from sscard_desk.domain.errors.device import (
    CardContentDiffers,
    CardOutcomeUnknown,
    CardReaderMissing,
    CardReaderSilent,
    CardRefused,
    CardRemoved,
    CardServiceStopped,
    KeyHolderRefused,
)
from sscard_desk.domain.errors.operator import StepNotAllowed, StockEmpty
from sscard_desk.domain.errors.psam import PsamMissing, PsamUnfit
from sscard_desk.domain.events import CardIntended, CardWritten
from sscard_desk.domain.ids import ApplicationId
from sscard_desk.domain.steps import FROM
from sscard_desk.domain.stock import Blank
from sscard_desk.forms.stock_rules import Trouble
from sscard_desk.ports.card_reader import CardChannel
from sscard_desk.ports.devices import Cancel
from sscard_desk.ports.keys import CardFactors, KeyAct, KeyUse
from sscard_desk.usecases.blank_for import blank_for
from sscard_desk.usecases.card_content import card_content, last_day
from sscard_desk.usecases.card_desk import CardDesk
from sscard_desk.usecases.card_progress import ProgressTeller, Stage, Watch
from sscard_desk.usecases.desk_time import need_centre_lately, need_true_date
from sscard_desk.usecases.recording import record_in


def write_card(
    desk: CardDesk, application: ApplicationId, cancel: Cancel, watch: Watch, *, wait_s: float = 0.0
) -> Application:
    """Write and prove the card of an approved application, or go on where an earlier try broke off.

    Args:
        desk: the counter.
        application: at `approved` or `approval_deferred`.
        cancel: looked at between records; the card can be gone on with later.
        watch: told about every stage and record.
        wait_s: how long to wait for a card to be laid in.

    Raises:
        StepNotAllowed: nobody approved, or the card is written already.
        StockEmpty, BlankElsewhere: where the data make that stop the writing.
        NotOurBlank, CardAlreadyWritten, WrongCardPutBack, ForeignCard: the wrong card lies in the reader.
        CardOutcomeUnknown: the card was lost while writing; the same card has to be put back.
        CardContentDiffers: what was read back is not what was written.
        CardAuthenticationFailed, KeyHolderRefused, CardRefused, NoCard, CardReaderSilent, CardReaderMissing,
        CardServiceStopped, SeveralCards: as named.
        CentreTrouble: the centre holds the keys and does not give one, or cannot be reached; nothing was written.
        Cancelled: somebody asked to stop.
    """
    before = desk.store.application(application)
    if before.step not in FROM[CardIntended.kind]:
        raise StepNotAllowed(act=CardIntended.kind, step=before.step.value)
    warned: tuple[str, ...] = ()
    if before.card is None and not desk.store.free_blanks():
        if desk.stock.empty is Trouble.BLOCK:
            raise StockEmpty
        warned = ("stock.warned_empty",)
    progress = ProgressTeller(watch, warned)
    progress.tell(Stage.IDENTIFY, waiting=True)
    with desk.reader.open(cancel, wait_s) as channel:
        progress.tell(Stage.IDENTIFY)
        return _Writing(desk, before, channel, cancel, progress).run()


class _Writing:
    """One try at one card."""

    def __init__(
        self, desk: CardDesk, application: Application, channel: CardChannel, cancel: Cancel, progress: ProgressTeller
    ) -> None:
        self._desk = desk
        self._application = application
        self._channel = channel
        self._cancel = cancel
        self._progress = progress

    def run(self) -> Application:
        identity = identify(self._channel.transmit, self._channel.atr)
        run = self._application.card
        todo: tuple[str, ...] | None
        if run is None:
            need_true_date(self._desk.store)
            need_centre_lately(self._desk.store)
            blank = self._blank(identity)
            self._progress.stock_no = blank.stock_no
            planned = self._plan(identity, blank.card_number, self._desk.today, self._last_day())
            self._progress.planned(planned)
            self._open(identity)
            check_blank(
                self._channel.transmit, identity, self._desk.profile, expected_code=identity.public.identification_code
            )
            authenticate(self._channel.transmit, self._desk.profile.update_key, self._answer(identity))
            self._application = self._intend(blank, planned)
            todo = None
        else:
            need_same_card(identity, run.identification_code)
            planned = self._plan(identity, run.card_number, run.issue_date, run.valid_until)
            if planned.digest != run.digest:
                raise CardContentDiffers(items=planned.items)
            self._progress.planned(planned)
            self._open(identity)
            standing = how_far(self._channel.transmit, planned, identity.found)
            todo = unfinished(standing)
            self._progress.mark(standing)
            authenticate(self._channel.transmit, self._desk.profile.update_key, self._answer(identity))
        results = self._write(planned, identity, todo)
        self._progress.mark(results)
        self._progress.tell(Stage.READ_BACK)
        compare(results)
        self._progress.tell(Stage.RECORD)
        try:
            after = self._prove(planned, identity)
        except StoreTrouble as trouble:  # the card is whole and the journal does not say so: read it back again
            raise CardOutcomeUnknown from trouble
        self._progress.tell(Stage.DONE)
        return after

    def _write(self, planned: CardPlan, identity: CardIdentity, todo: tuple[str, ...] | None) -> tuple[ItemResult, ...]:
        """Write what is missing and read everything back; whatever breaks, the card may be half written.

        Args:
            planned: the records.
            identity: of the card that lay in the reader.
            todo: names of the missing records in a run that is gone on with; None writes all on a fresh blank.
        """
        transmit, code = self._channel.transmit, identity.public.identification_code
        # a card that is changed within 400 ms keeps the handle, so a run that is gone on with asks before each record
        ask = None if todo is None else lambda: need_still_same_card(transmit, code)
        try:
            self._progress.tell(Stage.WRITE)
            try:
                write(transmit, planned, self._written, only=todo, before_each=ask)
            except CardRefused:
                need_same_card(identify(transmit, self._channel.atr), code)
                raise
            self._progress.tell(Stage.READ_BACK)
            return prove(transmit, planned, code, lambda: self._open_written(identity))
        except (CardRemoved, CardReaderMissing, CardReaderSilent, CardServiceStopped) as lost:
            raise CardOutcomeUnknown from lost

    def _blank(self, identity: CardIdentity) -> Blank:
        desk = self._desk
        blank, warned = blank_for(desk.store, desk.session, desk.stock, identity.public)
        self._progress.warned += warned
        return blank

    def _plan(self, identity: CardIdentity, number: str, issue: date, until: date) -> CardPlan:
        content = card_content(self._application, number, issue, until)
        return plan(content, self._desk.profile, identity.public.spec_version)

    def _last_day(self) -> date:
        return last_day(self._desk.today, self._desk.validity_years)

    def _open(self, identity: CardIdentity) -> None:
        open_for_reading(self._channel.transmit, identity, self._desk.profile, self._answer(identity))

    def _open_written(self, identity: CardIdentity) -> None:
        """Open a card that has its records; a key that is not to be had now says nothing of them.

        Raises:
            CardOutcomeUnknown: the same card has to be put back once the key is there.
        """
        try:
            self._open(identity)
        except (CentreTrouble, PsamMissing, PsamUnfit, KeyHolderRefused) as no_key:
            raise CardOutcomeUnknown from no_key

    def _answer(self, identity: CardIdentity) -> Callable[[int, bytes], bytes]:
        factors = CardFactors(identity.public.identification_code, identity.region, identity.historical)
        self._progress.tell(Stage.AUTHENTICATE)
        use = KeyUse(KeyAct.WRITE, self._application.id)
        return lambda key_id, challenge: self._desk.keys.external_authentication(key_id, factors, challenge, use)

    def _intend(self, blank: Blank, planned: CardPlan) -> Application:
        with self._desk.store.work(self._desk.session.account) as work:
            return record_in(
                work,
                CardIntended(
                    identification_code=blank.identification_code,
                    card_number=blank.card_number,
                    profile=planned.profile,
                    digest=planned.digest,
                    items=planned.items,
                    issue_date=self._desk.today,
                    valid_until=self._last_day(),
                ),
                self._application.id,
            )

    def _prove(self, planned: CardPlan, identity: CardIdentity) -> Application:
        run: CardRun | None = self._application.card
        code = run.identification_code if run else ""
        with self._desk.store.work(self._desk.session.account) as work:
            return record_in(
                work,
                CardWritten(
                    identification_code=code,
                    digest=planned.digest,
                    apdus=self._channel.commands,
                    items=planned.items,
                    reset=identity.historical.hex().upper(),
                ),
                self._application.id,
            )

    def _written(self, _done: int, _total: int, one: RecordWrite) -> None:
        self._progress.written(one)
        self._cancel.check()
