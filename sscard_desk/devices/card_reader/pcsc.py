"""Card reader over PC/SC (WinSCard on Windows, pcsc-lite elsewhere) through pyscard, in a process of its own.

Device: any contact reader that the system's PC/SC service knows. Interface: PC/SC part 5. Standards: ISO/IEC 7816-3
and -4, LD/T 33-2015 for what a terminal does. Tried: pcsc-lite 1.9.9 with vpcd and the virtual card; no hardware yet,
and WinSCard not yet.

`PCSCLITE_CSOCK_NAME` is honoured: the worker process inherits the environment of its start.
"""

import contextlib
import json
import threading
import time
from collections.abc import Iterator
from typing import Final

from sscard_desk.cards import ssse
from sscard_desk.cards.iso7816 import select_name
from sscard_desk.cards.status_words import StatusWord
from sscard_desk.devices.card_reader import pcsc_errors, worker
from sscard_desk.devices.card_reader.pcsc_channel import PcscChannel
from sscard_desk.devices.card_reader.trace import CardTrace
from sscard_desk.devices.card_reader.worker_line import WorkerGone, WorkerLine
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.card_model import NoSocialCard
from sscard_desk.domain.errors.device import (
    CardMute,
    CardReaderBusy,
    CardReaderMissing,
    CardReaderSilent,
    NoCard,
    SeveralCards,
)
from sscard_desk.ports.devices import Cancel, DeviceState, Health

STATE_PRESENT: Final = 0x20
STATE_MUTE: Final = 0x200

_SLICE_S: Final = 0.2
"""Waiting for a card looks at the wish to stop this often."""


class PcscCardReader:
    """The reader of the configured name; serves `ports.card_reader.CardReader`.

    The worker process starts with the first call and is kept; a hung or dead one is replaced at the next call.

    Args:
        name: part of the reader's name; empty takes the one reader with a social security card in it.
        besides: part of the name of a slot that is never taken, for example the PSAM's; empty leaves none out.
        command_s: longest time one command may take before the worker is ended, in seconds.
        connect_s: longest time for listing, connecting and disconnecting, in seconds.
        patience_s: how long a command may hang after somebody asked to stop, in seconds.
        trace: where commands and answers are written, masked; None writes none.
    """

    def __init__(
        self,
        name: str = "",
        *,
        besides: str = "",
        command_s: float = 20.0,
        connect_s: float = 10.0,
        patience_s: float = 2.0,
        trace: CardTrace | None = None,
    ) -> None:
        self._name = name
        self._besides = besides
        self._command_s = command_s
        self._connect_s = connect_s
        self._patience_s = patience_s
        self._trace = trace
        self._line: WorkerLine | None = None
        self._known: list[tuple[str, int]] = []
        self._in_use = threading.Lock()

    def probe(self) -> DeviceState:
        """Look whether reader and service are there, cheaply; never raise for "not there"."""
        if not self._in_use.acquire(blocking=False):
            return DeviceState(Health.BUSY, self._name)
        try:
            readers = self._readers()
        except CardReaderMissing as missing:
            return DeviceState(Health.OFF, self._name, missing)
        except DeskError as trouble:
            return DeviceState(Health.SILENT, self._name, trouble)
        finally:
            self._in_use.release()
        card = any(state & STATE_PRESENT for _, state in readers)
        return DeviceState(Health.READY, readers[0][0], facts={"interface": "PC/SC", "card": "yes" if card else "no"})

    @contextlib.contextmanager
    def open(self, cancel: Cancel, wait_s: float = 0.0) -> Iterator[PcscChannel]:
        """Connect to the card, waiting for one at most `wait_s` seconds.

        Raises:
            CardReaderMissing: no reader of the configured name.
            CardReaderSilent: the service does not answer.
            CardServiceStopped: the service does not run.
            CardReaderBusy: another program holds the card.
            CardMute: something lies in the reader and does not answer.
            NoCard: no card came in time.
            SeveralCards: social security cards lie in several readers.
            NoSocialCard: cards lie in several readers, and none is a social security card.
            Cancelled: somebody asked to stop.
        """
        with self._in_use:
            channel = self._connected(cancel, wait_s)
            try:
                with channel._line.cancelled_by(cancel, patience_s=self._patience_s):  # noqa: SLF001 - one driver
                    yield channel
            finally:
                self._let_go(channel)

    @property
    def worker_process_id(self) -> int | None:
        """Process id of the worker, None while none runs; for measuring and for tests that end it."""
        return self._line.process_id if self._line else None

    def close(self) -> None:
        """End the worker process, if one runs, and the trace."""
        if self._trace:
            self._trace.close()
        if self._line:
            self._line.close()
            self._line = None

    def _connected(self, cancel: Cancel, wait_s: float) -> PcscChannel:
        until = time.monotonic() + wait_s
        while True:
            cancel.check()
            try:
                return self._connect_any(self._readers())
            except (NoCard, CardMute, CardReaderBusy):
                left_s = until - time.monotonic()
                if left_s <= 0:
                    raise
            self._wait_for_change(min(left_s, _SLICE_S))

    def _connect_any(self, readers: list[tuple[str, int]]) -> PcscChannel:
        """Connect to the one card there is, or to the one social security card among several."""
        with_card = [name for name, state in readers if state & STATE_PRESENT and not state & STATE_MUTE]
        if not with_card:
            raise CardMute if any(state & STATE_MUTE for _, state in readers) else NoCard
        if len(with_card) > 1:
            social = [name for name in with_card if self._is_social(name)]
            if len(social) > 1:
                raise SeveralCards(count=len(social))
            if not social:
                raise NoSocialCard(count=len(with_card))
            with_card = social
        return self._connect(with_card[0])

    def _is_social(self, reader: str) -> bool:
        """Return whether a social security card lies in this reader; what cannot be asked is none."""
        try:
            channel = self._connect(reader)
        except DeskError:
            return False
        try:
            return select_name(channel.transmit, ssse.NAME)[1] == StatusWord.SUCCESS
        except DeskError:
            return False
        finally:
            self._let_go(channel)

    def _connect(self, reader: str) -> PcscChannel:
        connected = self._call(worker.CONNECT, reader.encode())
        return PcscChannel(self._running(), reader, connected, self._command_s, self._trace)

    def _readers(self) -> list[tuple[str, int]]:
        listed = [(name, state) for name, state in json.loads(self._call(worker.LIST)) if self._name in name]
        readers = [one for one in listed if not self._besides or self._besides not in one[0]]
        if not readers:
            raise CardReaderMissing
        self._known = readers
        return readers

    def _wait_for_change(self, seconds: float) -> None:
        request = json.dumps([max(1, int(seconds * 1000)), self._known]).encode()
        with contextlib.suppress(NoCard):
            self._call(worker.WAIT, request, longer_s=seconds)

    def _call(self, operation: int, payload: bytes = b"", *, longer_s: float = 0.0) -> bytes:
        try:
            result, answer = self._running().call(operation, payload, within_s=self._connect_s + longer_s)
        except WorkerGone:
            self.close()
            raise CardReaderSilent from None
        if result:
            raise pcsc_errors.before_commands(result)
        return answer

    def _running(self) -> WorkerLine:
        if self._line is None:
            self._line = WorkerLine()
        return self._line

    def _let_go(self, channel: PcscChannel) -> None:
        if channel.broken:
            # a process that hung or died: the next call starts a fresh one
            self.close()
            return
        # a card that is gone cannot be reset, and need not be
        with contextlib.suppress(DeskError):
            self._call(worker.DISCONNECT)
