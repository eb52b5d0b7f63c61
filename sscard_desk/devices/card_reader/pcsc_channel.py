"""A card that is held over PC/SC: commands, the reader's keypad, and what a lost answer means."""

from typing import Final

from sscard_desk.cards.iso7816 import following, may_write
from sscard_desk.devices.card_reader import pcsc_errors, pin_pad, worker
from sscard_desk.devices.card_reader.pin_pad import PcscPinPad
from sscard_desk.devices.card_reader.trace import CardTrace
from sscard_desk.devices.card_reader.worker_line import WorkerGone, WorkerLine
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.device import CardOutcomeUnknown, CardReaderSilent, CardRemoved
from sscard_desk.domain.errors.pin import PinPadFailed

PROTOCOL_T0: Final = 1

_PAD_S: Final = 180.0
"""Three entries on the reader's keypad, each within what the reader is told; then the worker is ended."""

_CASE_4_LONGER_BY: Final = 6
"""Header, Lc and Le: what a command with data and Le has besides its data."""


class PcscChannel:
    """A card held exclusively; serves `ports.card_reader.CardChannel`.

    Exclusive connection and not SCardBeginTransaction: Windows resets a card after five idle seconds inside a
    transaction, and a clerk may take longer between two steps.
    """

    def __init__(
        self, line: WorkerLine, reader: str, connected: bytes, command_s: float, trace: CardTrace | None = None
    ) -> None:
        self._line = line
        self._trace = trace
        self._t0 = connected[0] == PROTOCOL_T0
        self._command_s = command_s
        self._followed = following(self._exchange)
        self.reader = reader
        self.atr = connected[1:]
        self.commands = 0
        """How many commands went to the card, GET RESPONSE included."""
        self.broken = False
        if trace is not None:
            trace.opened(reader, self.atr)

    @property
    def worker_process_id(self) -> int:
        """Process id of the worker, for measuring."""
        return self._line.process_id

    def transmit(self, apdu: bytes) -> tuple[bytes, int]:
        """Send one command and return (data, status word), `61xx` and `6Cxx` already followed.

        Raises:
            CardRemoved: the card is gone, and the command changed nothing.
            CardOutcomeUnknown: the answer to a command that may write was lost.
            CardReaderSilent: reader, service or card hang; the worker process was ended.
            CardServiceStopped: the service ended.
        """
        first = self.commands + 1
        try:
            return self._followed(apdu)
        except CardRemoved:
            if may_write(apdu) and self.commands > first:
                # the command itself was answered, only what followed was lost
                raise CardOutcomeUnknown from None
            raise

    def pin_pad(self) -> PcscPinPad | None:
        """Return the keypad that the reader reports (PC/SC part 10); None without one that verifies PINs."""
        try:
            result, answer = self._line.call(worker.FEATURES, within_s=self._command_s)
        except WorkerGone:
            self.broken = True
            return None
        found = pin_pad.features(answer) if not result else {}
        return PcscPinPad(self._control, found) if pin_pad.FEATURE_VERIFY_PIN_DIRECT in found else None

    def _control(self, code: int, structure: bytes) -> bytes:
        """Let the holder type on the reader; nobody knows what a reader did that answers no more."""
        try:
            result, answer = self._line.call(
                worker.CONTROL, code.to_bytes(4, "big") + structure, within_s=_PAD_S + self._command_s
            )
        except WorkerGone:
            self.broken = True
            raise CardOutcomeUnknown from None
        if result in pcsc_errors.NOT_SUPPORTED:
            raise PinPadFailed(reason=f"{result & 0xFFFFFFFF:08X}")
        if result:
            raise pcsc_errors.of_transmit(result, may_write=True)
        self.commands += 1
        return answer

    def _exchange(self, apdu: bytes) -> tuple[bytes, int]:
        if self._t0 and len(apdu) >= _CASE_4_LONGER_BY and len(apdu) == apdu[4] + _CASE_4_LONGER_BY:
            # T=0 carries data in one direction only: Le is left out and the answer fetched (ISO/IEC 7816-3, 12.2)
            apdu = apdu[:-1]
        self.commands += 1
        answer = self._sent(apdu) if self._trace is None else self._sent_and_traced(apdu, self._trace)
        return answer[:-2], int.from_bytes(answer[-2:], "big")

    def _sent(self, apdu: bytes) -> bytes:
        try:
            result, answer = self._line.call(worker.TRANSMIT, apdu, within_s=self._command_s)
        except WorkerGone:
            self.broken = True
            raise (CardOutcomeUnknown if may_write(apdu) else CardReaderSilent) from None
        if result or len(answer) < 2:  # noqa: PLR2004 - SW1 and SW2
            raise pcsc_errors.of_transmit(result, may_write=may_write(apdu))
        return answer

    def _sent_and_traced(self, apdu: bytes, trace: CardTrace) -> bytes:
        trace.sent(apdu)
        try:
            answer = self._sent(apdu)
        except DeskError as lost:
            trace.lost(lost.code)
            raise
        trace.came(answer)
        return answer
