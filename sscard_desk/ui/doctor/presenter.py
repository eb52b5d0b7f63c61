"""Looking at the devices, in the clerk's words. No Qt."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final, Protocol

from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.desk_time import ClockWrong, OfflineEnded
from sscard_desk.ports.devices import DeviceState, Health
from sscard_desk.ports.scanner import ScannerChooser
from sscard_desk.ui.centre_word import centre_word
from sscard_desk.ui.doctor import remedies
from sscard_desk.ui.doctor.clock import CLOCK, clock_facts, clock_note, clock_word
from sscard_desk.ui.doctor.record import Record
from sscard_desk.ui.doctor.scanner_choice import SCANNER, Scanners
from sscard_desk.ui.doctor.state import Cause, DoctorState, Finding, Patient
from sscard_desk.ui.serving.ports import Runner
from sscard_desk.ui.serving.print_words import trouble_words
from sscard_desk.ui.states import DeviceWord, Mark, ToastState
from sscard_desk.ui.words import Words, advice_of, message_of, say

PARTS: Final = ("chip_photo", "portrait_examiners")
"""Optional parts of other makers: looked at here, and no devices of the status line."""
ORDER: Final = ("centre", "id_reader", "card_reader", "camera", "printer", "scanner", *PARTS, "sign_pad", "clock")
_LANES: Final = {"centre": "network", "clock": "store", "sign_pad": "imaging"} | dict.fromkeys(PARTS, "imaging")
_ICONS: Final = {"chip_photo": "id_reader", "portrait_examiners": "camera"}


class DoctorView(Protocol):
    """What the presenter asks of the page."""

    def show_state(self, state: DoctorState) -> None:
        """Show a state."""


class DoctorPresenter:
    """Probes devices on their own lanes and says what was found.

    Args:
        view: the page.
        runner: the lanes.
        probes: per device, a cheap look that never raises for "not there".
        now: the time of day, aware.
        told: gets the words of all devices for the status line whenever one changes.
        try_printer: prints the ruler sheet and waits for it; None where that is not offered.
        notify: says something at the bottom right.
        scanners: which scanners there are; None where none can be chosen.
    """

    def __init__(
        self,
        view: DoctorView,
        runner: Runner,
        probes: Mapping[str, Callable[[], DeviceState]],
        now: Callable[[], datetime],
        told: Callable[[tuple[DeviceWord, ...]], None],
        *,
        try_printer: Callable[[], object] | None = None,
        notify: Callable[[ToastState], None] = lambda _toast: None,
        scanners: ScannerChooser | None = None,
    ) -> None:
        self._view, self._runner, self._now, self._told = view, runner, now, told
        self._try_printer, self._notify, self._trying = try_printer, notify, False
        self._probes = {key: probes[key] for key in ORDER if key in probes}
        self._records = {key: Record() for key in self._probes}
        self._waiting: set[str] = set()
        self._scanners = Scanners(scanners, runner, self._show, lambda: self._examine(SCANNER), self._not_chosen)
        self.state = DoctorState(chosen=next(iter(self._probes), ""))
        self._show()

    def words(self) -> tuple[DeviceWord, ...]:
        """Return every device as the status line says it."""
        return tuple(
            DeviceWord(key, say(f"shell.device.{key}"), *_word(key, record.state))
            for key, record in self._records.items()
            if key not in PARTS
        )

    def opened(self, device: str = "") -> None:
        """The page came into view, at a device."""
        self.choose(device or self._worst() or self.state.chosen)
        self._scanners.look()
        self.examine_all()

    def choose(self, device: str) -> None:
        """Look at another device."""
        if device in self._records:
            self.state = replace(self.state, chosen=device)
            self._show()

    def examine_again(self) -> None:
        """Probe the chosen device again."""
        self._examine(self.state.chosen)
        if self.state.chosen == SCANNER:
            self._scanners.look()

    def choose_scanner(self, key: str) -> None:
        """Use another scanner from now on."""
        self._scanners.choose(key)

    def _not_chosen(self, error: DeskError) -> None:
        note = say("missing.advice", advice=advice_of(error), code=error.code)
        self._notify(ToastState(message_of(error), note, Mark.WARN))

    def try_printer(self) -> None:
        """Print the sheet that shows how the printer feeds paper."""
        work = self._try_printer
        if work is None or self._trying:
            return
        self._trying = True
        self._show()
        self._runner.submit("printer", work, self._tried, self._not_tried)

    def _tried(self, _job: object) -> None:
        self._trying = False
        self._show()
        self._notify(ToastState(say("printing.sheet.printed"), say("printing.sheet.printed_note")))

    def _not_tried(self, error: DeskError) -> None:
        self._trying = False
        self._show()
        title, note, mark = trouble_words(error)
        self._notify(ToastState(title, note, mark))
        self._examine("printer")

    def examine_all(self) -> None:
        """Probe all devices again."""
        for device in self._probes:
            self._examine(device)

    def noticed(self, device: str, state: DeviceState) -> None:
        """A device said by itself how it is, for example when its card was written."""
        self._waiting.discard(device)
        if device not in self._records:
            return
        news = self._records[device].note(state, _word(device, state)[0], self._now())
        self._show()
        if news:
            self._told(self.words())

    def _examine(self, device: str) -> None:
        if device in self._waiting or device not in self._probes:
            return
        self._waiting.add(device)
        self._show()
        self._runner.submit(
            _LANES.get(device, device),
            self._probes[device],
            lambda state: self.noticed(device, state),
            lambda error: self._failed(device, error),
        )

    def _failed(self, device: str, error: DeskError) -> None:
        self.noticed(device, DeviceState(Health.SILENT, trouble=error))

    def _worst(self) -> str:
        rank = {Mark.ERR: 0, Mark.UNKNOWN: 1, Mark.WARN: 2}
        bad = [
            (rank[word.mark], word.key) for word in self.words() if word.mark in rank and self._records[word.key].state
        ]
        return min(bad)[1] if bad else ""

    def _show(self) -> None:
        now = self._now()
        patients = tuple(self._patient(key, now) for key in self._records)
        examined = self.state.examined_at if self._waiting else now if self._any_seen() else None
        self.state = replace(
            self.state,
            patients=patients,
            finding=self._finding(self.state.chosen),
            examining=bool(self._waiting),
            can_try=self._try_printer is not None and self.state.chosen == "printer",
            trying=self._trying,
            can_date=self._can_date(),
            can_carry=self.state.chosen == "centre",
            scanners=self._scanners.state(self.state.chosen),
            examined_at=examined,
        )
        self._view.show_state(self.state)

    def _can_date(self) -> bool:
        record = self._records.get(self.state.chosen)
        trouble = record.state.trouble if record is not None and record.state is not None else None
        return self.state.chosen == CLOCK or isinstance(trouble, (ClockWrong, OfflineEnded))

    def _any_seen(self) -> bool:
        return any(record.state for record in self._records.values())

    def _patient(self, key: str, now: datetime) -> Patient:
        record = self._records[key]
        mark, word = _word(key, record.state)
        if key in self._waiting and record.state is None:
            mark, word = Mark.BUSY, say("doctor.examining")
        name = record.state.name if record.state else ""
        return Patient(key, _ICONS.get(key, key), say(f"shell.device.{key}"), name, mark, word, record.hour(now))

    def _finding(self, key: str) -> Finding:
        record = self._records.get(key)
        if record is None or record.state is None:
            if key in self._waiting:
                title = say("doctor.well", device=say(f"shell.device.{key}"), word=say("doctor.examining"))
                return Finding(title, mark=Mark.BUSY)
            return Finding(say("doctor.not_examined"), mark=Mark.TODO)
        state, device = record.state, say(f"shell.device.{key}")
        facts: tuple[tuple[Words, Words], ...] = tuple(sorted(state.facts.items()))
        if key == CLOCK:
            facts = clock_facts(state)
        mark, word = _word(key, state)
        if state.trouble is None:
            title = say("doctor.well", device=device, word=word)
            note: Words = say("doctor.not_used") if state.health is Health.OFF else say("doctor.nothing_to_do")
            if key == CLOCK:
                note = clock_note(state)
            return Finding(title, note, mark, facts=facts, history=record.happened())
        code = state.trouble.code
        causes = tuple(Cause(words, sign) for words, sign in remedies.causes(code))
        steps: tuple[tuple[Words, Words], ...] = remedies.steps(code) or ((advice_of(state.trouble), ""),)
        effect = remedies.effect(code, key)
        message = message_of(state.trouble)
        title = say("doctor.well", device=device, word=word)
        return Finding(title, message, mark, code, effect, facts, causes, steps, record.happened())


def _word(key: str, state: DeviceState | None) -> tuple[Mark, Words]:
    if state is None:
        return Mark.TODO, say("doctor.not_yet")
    if key == "centre":
        return centre_word(state)
    if key == CLOCK:
        return clock_word(state)
    return Mark.of_health(state.health), say(f"shell.health.{state.health.value}")
