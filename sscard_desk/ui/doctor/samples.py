"""The doctor page in named states, for pictures and tests."""

from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from PySide6.QtWidgets import QApplication

from sscard_desk.domain.desk_time import DAY_MS, TimeKnown
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.centre import CentreUnreachable
from sscard_desk.domain.errors.desk_identity import DeskRevoked
from sscard_desk.domain.errors.device import CardReaderSilent, PrinterOutOfPaper
from sscard_desk.ports.devices import Cancel, DeviceState, Health
from sscard_desk.ports.scanner import ScannerChoice
from sscard_desk.ui.doctor.clock import clock_state
from sscard_desk.ui.doctor.presenter import DoctorPresenter
from sscard_desk.ui.doctor.view import DoctorPage
from sscard_desk.ui.shell import Shell
from sscard_desk.ui.shell.samples import at, framed
from sscard_desk.ui.states import StatusState

T = TypeVar("T")
_NOW = int(at(10, 52).timestamp() * 1000)
_BEHIND = 6 * DAY_MS
WELL = {
    "centre": DeviceState(Health.READY, "https://centre.example"),
    "id_reader": DeviceState(Health.READY, "COM1", facts={"SAM": "05.03-20260101"}),
    "card_reader": DeviceState(Health.READY, "PC/SC 01", facts={"PC/SC": "1.9.9"}),
    "camera": DeviceState(Health.READY, "1280 × 720"),
    "printer": DeviceState(Health.READY, "counter-2"),
    "scanner": DeviceState(Health.OFF),
    "clock": clock_state(TimeKnown(_NOW, heard_ms=-1_400, latest_ms=_NOW, through_ms=_NOW)),
}
CHANGES = {
    "well": {},
    "card_reader_silent": {
        "card_reader": DeviceState(
            Health.SILENT, "PC/SC 01", CardReaderSilent(), {"PC/SC": "1.9.9", "USB": "3-2", "T": "0, 1"}
        ),
    },
    "out_of_paper": {"printer": DeviceState(Health.WARNING, "counter-2", PrinterOutOfPaper(jobs=1))},
    "offline": {"centre": DeviceState(Health.SILENT, "https://centre.example", CentreUnreachable(4))},
    "clock_wrong": {"clock": clock_state(TimeKnown(_NOW - _BEHIND, heard_ms=_BEHIND, latest_ms=_NOW - _BEHIND))},
    "clock_set": {"clock": clock_state(TimeKnown(_NOW - _BEHIND, heard_ms=0, latest_ms=_NOW, set_ms=_BEHIND))},
    "revoked": {"centre": DeviceState(Health.SILENT, "https://centre.example", DeskRevoked())},
}


class AtOnce:
    """A runner that does the work where it stands, or never (`asleep`), for samples and presenter tests."""

    def __init__(self, *, asleep: bool = False) -> None:
        self.asleep = asleep

    def submit(
        self,
        lane: str,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[DeskError], None],
        cancel: Cancel | None = None,
    ) -> None:
        """Do it now."""
        if self.asleep:
            return
        try:
            result = work()
        except DeskError as error:
            failed(error)
        else:
            done(result)

    def post(self, work: Callable[[], None]) -> None:
        """Do it now."""
        work()


class SampleScanners:
    """Three scanners, the second of them in use."""

    def __init__(self) -> None:
        self.used = "sane:b"

    def choices(self) -> tuple[ScannerChoice, ...]:
        """Return all three."""
        found = ScannerChoice("sane:b", "Noname 4200"), ScannerChoice("sane:c", "Noname ADF 60")
        return (ScannerChoice("settings", "192.0.2.7"), *found)

    def chosen(self) -> str:
        """Return the one in use."""
        return self.used

    def choose(self, key: str) -> None:
        """Use another."""
        self.used = key


def sample(name: str) -> Shell:
    """Return the window with the doctor page in one state."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)  # noqa: S101 - samples are made inside a running application only
    shell, page = framed(app, "setup"), DoctorPage()
    clock = [at(9, 50)]
    states: dict[str, DeviceState] = dict(WELL)
    probes = {key: (lambda key=key: states[key]) for key in WELL}
    runner = AtOnce(asleep=name == "examining")
    presenter = DoctorPresenter(
        page,
        runner,
        probes,
        lambda: clock[0],
        lambda _words: None,
        try_printer=lambda: None,
        scanners=SampleScanners(),
    )
    presenter.examine_all()
    if name == "scanners":
        states["scanner"] = DeviceState(Health.READY, "Noname 4200")
        presenter.opened("scanner")
    elif name != "examining":
        clock[0] = at(10, 38)
        states |= CHANGES[name]
        presenter.examine_all()
        clock[0] = at(10, 52) + timedelta(seconds=8)
        presenter.opened()
    shell.show_status(StatusState(presenter.words(), unsent=2, offline_days=30))
    shell.set_page(page, serving=False)
    return shell


STATES = (*CHANGES, "examining", "scanners")
