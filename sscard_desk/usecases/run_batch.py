"""A batch, card after card, without touching the keyboard: laid in, identified, written, proved, taken out.

Everything that a batch knows stands in the journal: a program that is killed goes on where the cards are. Whose card
comes next is read from the applications each time, so nothing is written twice whatever a batch believes.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Final

from sscard_desk.cards.identity import identify
from sscard_desk.domain.application import Application
from sscard_desk.domain.batch import WRITTEN, Batch, BatchId, BatchState
from sscard_desk.domain.errors import DeskError, StoreTrouble
from sscard_desk.domain.errors.device import (
    CardMute,
    CardOutcomeUnknown,
    CardReaderMissing,
    CardReaderSilent,
    CardRemoved,
    CardServiceStopped,
    KeyHolderRefused,
    NoCard,
)
from sscard_desk.domain.errors.operator import StockEmpty
from sscard_desk.domain.errors.stock import BatchUnknown, CardLeftIn
from sscard_desk.domain.events import BatchClosed, BatchContinued, BatchPaused, BatchTried, Event
from sscard_desk.domain.stock import BlankState
from sscard_desk.ports.devices import Cancel, Cancelled
from sscard_desk.usecases.batch_lineup import Lineup, line_up, need_batch
from sscard_desk.usecases.card_desk import CardDesk
from sscard_desk.usecases.card_progress import CardProgress
from sscard_desk.usecases.resume_card import finish_card, spoil_reason
from sscard_desk.usecases.write_card import write_card

LOOK_S: Final = 0.1
AGAIN_S: Final = 12.0
"""A card that is swapped within 400 ms is no removal to the service, so its identity is asked from time to time."""
UNSEEN_S: Final = 0.6
"""The same, where a reader does not say whether a card lies in it."""

_STOPS: Final = (
    CardReaderMissing, CardReaderSilent, CardServiceStopped, KeyHolderRefused, StockEmpty, StoreTrouble,
)  # fmt: skip
"""What no next card would mend."""


class BatchStage(Enum):
    """What the room is told, big."""

    LAY_IN = "lay_in"
    WORKING = "working"
    TAKE_OUT = "take_out"
    TAKE_OUT_FAILED = "take_out_failed"
    PUT_BACK = "put_back"
    """The card was lost while writing: the same one has to be laid in again."""
    PAUSED = "paused"
    DONE = "done"


@dataclass(frozen=True)
class BatchProgress:
    """How far a batch is.

    Attributes:
        stage: what is to be done.
        batch: its tries and failures.
        lineup: where everybody stands.
        application: whose card it is: the next one's while a card is waited for.
        card: how far that card is.
        error: why the card has to be taken out, or the batch stopped.
        spoiled: why the card was given up, if it was.
    """

    stage: BatchStage
    batch: Batch
    lineup: Lineup
    application: Application | None = None
    card: CardProgress | None = None
    error: DeskError | None = None
    spoiled: str = ""


Watch = Callable[[BatchProgress], None]


def run_batch(desk: CardDesk, batch: BatchId, cancel: Cancel, watch: Watch, *, wait_s: float = 60.0) -> Batch:
    """Write the cards of a batch until it is done, paused, or somebody stops it.

    Args:
        desk: the counter.
        batch: which one.
        cancel: asks to stop, after the record that is being written; the batch is paused then.
        watch: told about every stage, from this thread.
        wait_s: the batch is paused when no card was laid in for so long.

    Returns:
        The batch: `closed` when nothing is left, otherwise `paused` with the reason.

    Raises:
        BatchUnknown: there is none, it is closed, or it is a return file.
    """
    found = need_batch(desk.store, batch)
    if found.state in {BatchState.CLOSED, BatchState.RETURNED}:
        raise BatchUnknown
    return _Run(desk, found, cancel, watch, wait_s).run()


class _Run:
    """One run of a batch."""

    def __init__(self, desk: CardDesk, batch: Batch, cancel: Cancel, watch: Watch, wait_s: float) -> None:
        self._desk, self._batch, self._cancel, self._watch, self._wait_s = desk, batch, cancel, watch, wait_s
        self._lineup = line_up(desk.store, batch)
        self._last = ""
        """Identification code of the card that was dealt with last: it has to be taken out."""
        self._lost: Application | None = None
        """Whose card was lost while writing just now."""

    def run(self) -> Batch:
        if self._batch.state is BatchState.PAUSED:
            self._record(BatchContinued())
        try:
            while self._next():
                self._one()
        except Cancelled:
            self._pause("asked")
        except _STOPS as stop:
            self._pause(stop.code, stop)
        return self._batch

    def _next(self) -> bool:
        """Return whether there is a card to be written; close or pause the batch if there is none."""
        self._lineup = line_up(self._desk.store, self._batch)
        if self._batch.state is not BatchState.OPEN:
            return False
        if self._lineup.finished:
            self._record(BatchClosed())
            self._tell(BatchStage.DONE)
            return False
        if self._batch.stopped:
            self._pause("failures")
            return False
        if not self._lineup.ready and not self._lineup.begun:
            self._pause("not_ready")
            return False
        return True

    def _one(self) -> None:
        """Wait for a card, deal with it, and wait until it is out."""
        following = self._lost or next(iter((*self._lineup.ready, *self._lineup.begun)))
        back, self._lost = self._lost is not None or not self._lineup.ready, None
        self._tell(BatchStage.PUT_BACK if back else BatchStage.LAY_IN, following)
        try:
            code = self._laid_in()
        except NoCard:
            self._pause("no_card")
            return
        except (CardOutcomeUnknown, CardRemoved):
            return  # taken out again before it could say who it is
        except DeskError as odd:
            self._refuse(None, odd)
            self._until_out("")
            return
        begun = next((each for each in self._lineup.begun if each.card and each.card.identification_code == code), None)
        mine = begun or next(iter(self._lineup.ready), None)
        if self._written_before(code):
            self._tell(BatchStage.TAKE_OUT_FAILED, mine, error=CardLeftIn(number=self._number(code)))
        elif mine is None:
            self._tell(BatchStage.PUT_BACK, following)
        else:
            self._write(mine, code)
        if self._lost is None:  # a card that was lost and lies there still is gone on with at once
            self._until_out(code)

    def _write(self, application: Application, code: str) -> None:
        def card(progress: CardProgress) -> None:
            self._tell(BatchStage.WORKING, application, card=progress)

        desk, spoiled = self._desk, ""
        try:
            if application.card is None:
                try:
                    write_card(desk, application.id, self._cancel, card)
                except (CardOutcomeUnknown, *_STOPS):
                    raise
                except DeskError:
                    if desk.store.application(application.id).card is None:
                        raise  # nothing was begun: the card is as it was
                    spoiled = finish_card(desk, application, self._cancel, card).spoiled
            else:
                spoiled = finish_card(desk, application, self._cancel, card).spoiled
        except CardOutcomeUnknown as lost:
            self._tried("unknown", application, spoil_reason(lost))
            self._tell(BatchStage.PUT_BACK, application, error=lost)
            self._lost = application
            return
        except _STOPS:
            raise
        except DeskError as refused:
            self._refuse(application, refused)
            return
        self._last = code
        if spoiled:
            self._tried("spoiled", application, spoiled)
            self._tell(BatchStage.TAKE_OUT_FAILED, application, spoiled=spoiled)
        else:
            self._tried(WRITTEN, application)
            self._tell(BatchStage.TAKE_OUT, application)

    def _laid_in(self) -> str:
        """Return the identification code of the card that is laid in."""
        until = time.monotonic() + self._wait_s
        while True:
            try:
                with self._desk.reader.open(self._cancel, max(0.0, until - time.monotonic())) as channel:
                    return identify(channel.transmit, channel.atr).public.identification_code
            except CardMute:
                if time.monotonic() > until:
                    raise
                time.sleep(LOOK_S)  # not all the way in yet

    def _written_before(self, code: str) -> bool:
        """Return whether this batch has dealt with the card: the one that was left in, or one laid in twice."""
        blank = self._desk.store.find_blank(code)
        mine = blank is not None and blank.application in self._batch.applications
        ended = blank is not None and blank.state in {BlankState.ISSUED, BlankState.SPOILED}
        return code == self._last or (mine and ended)

    def _until_out(self, code: str) -> None:
        """Wait until the card is out, or another one lies there."""
        asked = time.monotonic()
        while True:
            self._cancel.check()
            lies_there = self._desk.reader.probe().facts.get("card")
            if lies_there == "no":
                return
            if time.monotonic() - asked >= (AGAIN_S if lies_there else UNSEEN_S):
                asked = time.monotonic()
                try:
                    with self._desk.reader.open(self._cancel) as channel:
                        if identify(channel.transmit, channel.atr).public.identification_code != code:
                            return
                except (NoCard, CardRemoved, CardOutcomeUnknown):
                    return
                except _STOPS:
                    raise
                except DeskError:
                    if code:
                        return  # what lies there now does not even say who it is
            time.sleep(LOOK_S)

    def _refuse(self, application: Application | None, error: DeskError) -> None:
        self._tried("refused", application, spoil_reason(error))
        self._tell(BatchStage.TAKE_OUT_FAILED, application, error=error)

    def _tried(self, outcome: str, application: Application | None, reason: str = "") -> None:
        self._record(BatchTried(outcome, application.id if application else None, reason))
        self._lineup = line_up(self._desk.store, self._batch)

    def _pause(self, why: str, error: DeskError | None = None) -> None:
        self._record(BatchPaused(why))
        self._lineup = line_up(self._desk.store, self._batch)
        self._tell(BatchStage.PAUSED, error=error)

    def _record(self, event: Event) -> None:
        with self._desk.store.work(self._desk.session.account) as work:
            work.record(event, subject=self._batch.id)
        self._batch = need_batch(self._desk.store, self._batch.id)

    def _number(self, code: str) -> str:
        blank = self._desk.store.find_blank(code)
        return blank.stock_no if blank else ""

    def _tell(
        self,
        stage: BatchStage,
        application: Application | None = None,
        *,
        card: CardProgress | None = None,
        error: DeskError | None = None,
        spoiled: str = "",
    ) -> None:
        self._watch(BatchProgress(stage, self._batch, self._lineup, application, card, error, spoiled))
