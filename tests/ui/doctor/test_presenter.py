from datetime import UTC, datetime, timedelta

from sscard_desk.domain.errors.device import CardReaderSilent, PrinterOutOfPaper
from sscard_desk.domain.errors.station import ExaminerFileMissing
from sscard_desk.ports.devices import DeviceState, Health
from sscard_desk.ui.doctor.presenter import DoctorPresenter
from sscard_desk.ui.doctor.samples import AtOnce
from sscard_desk.ui.doctor.state import DoctorState
from sscard_desk.ui.states import DeviceWord, Mark, ToastState

BEGUN = datetime(2026, 11, 23, 9, 50, tzinfo=UTC)


class Seen:
    def __init__(self) -> None:
        self.last = DoctorState()

    def show_state(self, state: DoctorState) -> None:
        self.last = state


class Counter:
    """Two devices, a clock, and what the status line was told."""

    def __init__(self) -> None:
        self.now = BEGUN
        self.states = {"card_reader": DeviceState(Health.READY), "centre": DeviceState(Health.READY)}
        self.told: list[tuple[DeviceWord, ...]] = []
        self.view = Seen()
        probes = {key: (lambda key=key: self.states[key]) for key in self.states}
        self.doctor = DoctorPresenter(self.view, AtOnce(), probes, lambda: self.now, self.told.append)

    def pull_the_reader(self) -> None:
        self.states["card_reader"] = DeviceState(Health.SILENT, trouble=CardReaderSilent())
        self.now += timedelta(minutes=30)
        self.doctor.examine_all()


def test_the_worst_device_is_opened_first() -> None:
    counter = Counter()
    counter.doctor.examine_all()
    counter.pull_the_reader()
    counter.doctor.opened()
    assert counter.view.last.chosen == "card_reader"
    assert counter.view.last.finding.code == "E302"
    assert len(counter.view.last.finding.causes) == 4
    assert len(counter.view.last.finding.steps) == 3


def test_the_status_line_is_told_only_when_something_changed() -> None:
    counter = Counter()
    counter.doctor.examine_all()
    told = len(counter.told)
    counter.doctor.examine_all()
    assert len(counter.told) == told
    counter.pull_the_reader()
    marks = {word.key: word.mark for word in counter.told[-1]}
    assert marks == {"card_reader": Mark.ERR, "centre": Mark.OK}


def test_an_optional_part_that_lacks_its_file_is_told_here_and_not_in_the_status_line() -> None:
    counter = Counter()
    counter.states["portrait_examiners"] = DeviceState(
        Health.WARNING, "faces.onnx", ExaminerFileMissing(part="yunet", file="faces.onnx")
    )
    probes = {key: (lambda key=key: counter.states[key]) for key in counter.states}
    doctor = DoctorPresenter(counter.view, AtOnce(), probes, lambda: counter.now, counter.told.append)
    doctor.examine_all()
    doctor.choose("portrait_examiners")
    assert counter.view.last.finding.code == "E333"
    assert {word.key for word in counter.told[-1]} == {"card_reader", "centre"}


def test_the_hour_shows_how_long_something_was_wrong() -> None:
    counter = Counter()
    counter.doctor.examine_all()
    counter.pull_the_reader()
    counter.now += timedelta(minutes=15)
    counter.doctor.choose("card_reader")
    reader = next(one for one in counter.view.last.patients if one.key == "card_reader")
    assert [(stretch.mark, round(stretch.share, 2)) for stretch in reader.hour] == [(Mark.OK, 0.75), (Mark.ERR, 0.25)]


def test_an_unreachable_centre_is_offline_and_not_broken() -> None:
    counter = Counter()
    counter.states["centre"] = DeviceState(Health.SILENT)
    counter.doctor.examine_all()
    centre = next(word for word in counter.doctor.words() if word.key == "centre")
    assert centre.mark is Mark.OFF


def test_a_probe_that_fails_is_a_finding() -> None:
    view = Seen()

    def probe() -> DeviceState:
        raise CardReaderSilent

    doctor = DoctorPresenter(view, AtOnce(), {"card_reader": probe}, lambda: BEGUN, lambda _words: None)
    doctor.examine_again()
    assert view.last.finding.code == "E302"
    assert [happened.mark for happened in view.last.finding.history] == [Mark.ERR]


def test_a_device_that_is_being_looked_at_is_not_looked_at_twice() -> None:
    asked: list[str] = []

    class Slow(AtOnce):
        def submit(self, lane: str, *_: object) -> None:  # type: ignore[override] # as it is called here
            asked.append(lane)

    doctor = DoctorPresenter(
        Seen(), Slow(), {"camera": lambda: DeviceState(Health.READY)}, lambda: BEGUN, lambda _words: None
    )
    doctor.examine_all()
    doctor.examine_all()
    assert asked == ["camera"]


def test_the_ruler_sheet_is_offered_at_the_printer_alone_and_its_trouble_is_told() -> None:
    told: list[ToastState] = []
    done: list[str] = []

    def work() -> None:
        done.append("printed")
        if len(done) > 1:
            raise PrinterOutOfPaper(jobs=1)

    view = Seen()
    probes = {key: (lambda: DeviceState(Health.READY)) for key in ("printer", "camera")}
    presenter = DoctorPresenter(
        view, AtOnce(), probes, lambda: BEGUN, lambda _words: None, try_printer=work, notify=told.append
    )
    presenter.choose("camera")
    assert not presenter.state.can_try
    presenter.choose("printer")
    assert presenter.state.can_try
    presenter.try_printer()
    presenter.try_printer()
    assert [toast.mark for toast in told] == [Mark.OK, Mark.WARN]
    assert not presenter.state.trying
