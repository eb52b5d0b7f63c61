"""The desk's end of the text recognition: asks a child process, and says in our own errors what became of it."""

from collections.abc import Sequence
from typing import Final

import msgspec

from sscard_desk.child_process.process import IDLE_S, ChildCrashed, ChildHung, ChildProcess, ChildRefused
from sscard_desk.domain.errors.id_scan import TextReaderCrashed, TextReaderHung
from sscard_desk.domain.errors.operator import ScanUnreadable
from sscard_desk.domain.id_scan import IdScan
from sscard_desk.imaging.id_scan import wire
from sscard_desk.ports.devices import Cancel

WITHIN_S: Final = 60.0
MOST_BYTES: Final = 200 * 1024 * 1024


class ChildIdScanReader:
    """Reads id cards in a child process that is started with the first scan and ended when idle.

    Args:
        room: the module that answers in the child process.
        idle_s: seconds after which an idle process is ended.
        within_s: seconds after which a process that does not answer is ended.
    """

    def __init__(self, room: str, *, idle_s: float = IDLE_S, within_s: float = WITHIN_S) -> None:
        self._child = ChildProcess(room, idle_s=idle_s)
        self._within_s = within_s

    @property
    def process_id(self) -> int | None:
        """Id of the process, None while none runs."""
        return self._child.process_id

    def read(self, files: Sequence[bytes], cancel: Cancel) -> IdScan:
        """See `IdScanReader.read`."""
        if sum(map(len, files)) > MOST_BYTES:
            raise ScanUnreadable
        try:
            answer = self._child.ask(wire.request(files), within_s=self._within_s, cancel=cancel)
            return wire.scan_of(answer)
        except ChildRefused as refused:
            error = wire.error_of(refused.word)
            raise (error or TextReaderCrashed(status=0)) from None
        except ChildCrashed as crashed:
            raise TextReaderCrashed(status=crashed.status) from None
        except ChildHung:
            raise TextReaderHung(seconds=round(self._within_s)) from None
        except msgspec.MsgspecError:
            raise TextReaderCrashed(status=0) from None

    def close(self) -> None:
        """See `IdScanReader.close`."""
        self._child.close()
