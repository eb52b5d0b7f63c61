"""The questions of one scan to an eSCL device, and what its answers mean in our errors."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Final
from urllib.parse import urljoin, urlsplit

from sscard_desk.devices.scanner import escl_words as words
from sscard_desk.devices.scanner.escl_line import ANSWER_S, Answer, EsclLine
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.device import ScannerCoverOpen, ScannerFailed, ScannerJammed, ScannerNoDocument
from sscard_desk.domain.errors.scanning import ScannerAccessDenied, ScannerBusy
from sscard_desk.ports.devices import Cancel
from sscard_desk.ports.scanner import Progress

GIVE_UP_S: Final = 3.0
FEEDER_TROUBLE: Final = {
    words.FeederState.EMPTY: ScannerNoDocument,
    words.FeederState.JAM: ScannerJammed,
    words.FeederState.MISPICK: ScannerJammed,
    words.FeederState.MULTIPICK: ScannerJammed,
    words.FeederState.TRAY_FAILED: ScannerJammed,
    words.FeederState.HATCH_OPEN: ScannerCoverOpen,
    words.FeederState.DOOR_OPEN: ScannerCoverOpen,
}
WORKING: Final = frozenset({words.ScannerState.PROCESSING, words.ScannerState.TESTING})
STOPPED: Final = frozenset({words.ScannerState.STOPPED, words.ScannerState.DOWN})


@dataclass(frozen=True)
class EsclTalk:
    """One device and the wish to stop of one scan.

    Attributes:
        url: where the eSCL resource lies, with a slash at the end.
        cancel: looked at while waiting.
    """

    url: str
    cancel: Cancel

    def ask(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        *,
        seconds: float = ANSWER_S,
        progress: Progress | None = None,
    ) -> Answer:
        """Ask for a path below the resource; raises as `EsclLine.ask`, and ScannerAccessDenied."""
        line = EsclLine(self.cancel)
        answer = line.ask(method, urljoin(self.url, path), body, seconds=seconds, progress=progress)
        if answer.status in {401, 403}:
            raise ScannerAccessDenied
        return answer

    def capabilities(self) -> words.Capabilities:
        """Return what the device has.

        Raises:
            ScannerBusy, ScannerFailed: it does not say.
        """
        try:
            return words.read_capabilities(self._got("ScannerCapabilities"))
        except words.NotEscl:
            raise ScannerFailed(reason="ScannerCapabilities") from None

    def status(self, seconds: float = ANSWER_S) -> words.Status:
        """Return how it is; raises as `capabilities`."""
        try:
            return words.read_status(self._got("ScannerStatus", seconds))
        except words.NotEscl:
            raise ScannerFailed(reason="ScannerStatus") from None

    def begin(self, settings: words.ScanSettings) -> str:
        """Order a scan and return the path of its job.

        Raises:
            ScannerBusy, ScannerNoDocument, ScannerJammed, ScannerCoverOpen, ScannerFailed: the order was refused.
        """
        answer = self.ask("POST", "ScanJobs", settings.xml())
        if answer.status == HTTPStatus.SERVICE_UNAVAILABLE:
            raise ScannerBusy
        if answer.status != HTTPStatus.CREATED:
            self.refuse(feeder=settings.source == words.FEEDER, came=0)
            raise ScannerFailed(reason=str(answer.status))
        place, own = urlsplit(urljoin(self.url, answer.location)), urlsplit(self.url)
        if not answer.location or place.hostname != own.hostname:
            raise ScannerFailed(reason="Location")
        return place.path.rstrip("/")

    def refuse(self, *, feeder: bool, came: int) -> None:
        """Raise what the device says is wrong; after pages that came, an empty feeder is their end.

        Args:
            feeder: whether pages were fed.
            came: how many pages came.

        Raises:
            ScannerNoDocument, ScannerJammed, ScannerCoverOpen, ScannerBusy, ScannerFailed: as the device says.
        """
        state = self.status()
        found: type[DeskError] | None = FEEDER_TROUBLE.get(state.feeder) if feeder and state.feeder else None
        if found is not None and not (found is ScannerNoDocument and came):
            raise found
        if came:
            return
        if state.state in WORKING:
            raise ScannerBusy
        if state.state in STOPPED and state.state is not None:
            raise ScannerFailed(reason=state.state.value)
        raise ScannerFailed(reason="refused")

    def give_up(self, job: str) -> None:
        """Cancel a job, so that the device is free; whatever it answers."""
        try:
            EsclLine(Cancel()).ask("DELETE", urljoin(self.url, job), seconds=GIVE_UP_S)
        except DeskError:
            return

    def _got(self, path: str, seconds: float = ANSWER_S) -> bytes:
        answer = self.ask("GET", path, seconds=seconds)
        if answer.status == HTTPStatus.SERVICE_UNAVAILABLE:
            raise ScannerBusy
        if answer.status != HTTPStatus.OK:
            raise words.NotEscl(str(answer.status))
        return answer.content
