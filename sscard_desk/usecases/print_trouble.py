"""What a print that does not simply come out means for whoever stands at the counter."""

from collections.abc import Callable
from typing import Final

from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.device import PrinterMissing, PrinterOutOfPaper, PrintFailed
from sscard_desk.domain.errors.printing import (
    PrintCancelled,
    PrinterStopped,
    PrinterVanished,
    PrintHeld,
    PrintOutcomeUnknown,
)
from sscard_desk.domain.prints import PrintState

_TROUBLES: Final[dict[PrintState, Callable[[], DeskError]]] = {
    PrintState.HELD: PrintHeld,
    PrintState.STOPPED: PrinterStopped,
    PrintState.VANISHED: PrinterVanished,
    PrintState.CANCELED: PrintCancelled,
    PrintState.NOT_TAKEN: PrinterMissing,
    PrintState.UNKNOWN: PrintOutcomeUnknown,
}


def trouble_of(state: PrintState, waiting: int = 1) -> DeskError | None:
    """Return what to tell of a print's state, None where all goes well.

    Args:
        state: how far the print is.
        waiting: how many jobs wait in the queue.
    """
    if state is PrintState.OUT_OF_PAPER:
        return PrinterOutOfPaper(jobs=max(waiting, 1))
    if state is PrintState.ABORTED:
        return PrintFailed(reason="aborted")
    kind = _TROUBLES.get(state)
    return None if kind is None else kind()
