"""How devices, centre and clock are: looked at on their lanes, kept as words for status line and doctor page. No Qt."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Final

from sscard_desk.domain.errors import DeskError
from sscard_desk.ports import devices as ports
from sscard_desk.ports.devices import DeviceState
from sscard_desk.ui.app.gate import LineState
from sscard_desk.ui.centre_word import centre_word
from sscard_desk.ui.serving.ports import Runner
from sscard_desk.ui.states import DeviceWord, Mark
from sscard_desk.ui.words import Words, say

if TYPE_CHECKING:
    from sscard_desk.ports.counter_devices import Devices

ORDER: Final = ("centre", "id_reader", "card_reader", "camera", "printer", "scanner")
_LANES: Final = {"centre": "network"}
_NOT_LOOKED = DeviceState(ports.Health.UNKNOWN)
_PROBES: Final[Mapping[str, "Callable[[Devices], DeviceState]"]] = {
    "id_reader": lambda devices: devices.id_reader.probe(),
    "card_reader": lambda devices: devices.card_reader.probe(),
    "camera": lambda devices: devices.camera.probe(),
    "printer": lambda devices: devices.printer.probe(),
    "scanner": lambda devices: devices.scanner.probe(),
}


class Health:
    """Keeps the last look at everything.

    Args:
        devices: gives the devices of this counter; asked on a lane, not before the first look.
        runner: the lanes.
        changed: called on the window's thread after each change.
    """

    def __init__(self, devices: "Callable[[], Devices]", runner: Runner, changed: Callable[[], None]) -> None:
        self._runner, self._changed = runner, changed
        self._states: dict[str, DeviceState] = dict.fromkeys(ORDER, _NOT_LOOKED)
        self._centre = _NOT_LOOKED
        # a device is made when it is looked at first, on its lane; making all of them here would hold up the start
        self.probes: dict[str, Callable[[], DeviceState]] = {"centre": lambda: self._centre}
        self.probes |= {key: partial(_look_at, devices, probe) for key, probe in _PROBES.items()}
        self._waiting: set[str] = set()
        self._words: tuple[DeviceWord, ...] = ()

    def words(self) -> tuple[DeviceWord, ...]:
        """Return everything in the words of the status line."""
        return self._words or tuple(
            DeviceWord(key, say(f"shell.device.{key}"), *self._word(key, state)) for key, state in self._states.items()
        )

    def look(self, seen: Callable[[], None] | None = None) -> None:
        """Look at everything once; `seen` is called after the last answer."""

        def noted(key: str, state: DeviceState) -> None:
            self._waiting.discard(key)
            self._states[key] = state
            self._changed()
            if not self._waiting and seen is not None:
                seen()

        def failed(key: str, error: DeskError) -> None:
            noted(key, DeviceState(ports.Health.SILENT, trouble=error))

        for key, probe in self.probes.items():
            if key in self._waiting:
                continue
            self._waiting.add(key)
            self._runner.submit(
                _LANES.get(key, key),
                probe,
                partial(noted, key),
                partial(failed, key),
            )

    def line_changed(self, line: LineState) -> None:
        """The exchange with the centre told where it stands."""
        if line.trouble is not None:
            self._centre = DeviceState(ports.Health.SILENT, trouble=line.trouble)
        elif line.running and self._centre is _NOT_LOOKED:
            self._centre = DeviceState(ports.Health.BUSY)
        elif not line.running:
            health = ports.Health.WARNING if line.warning is not None else ports.Health.READY
            self._centre = DeviceState(health, trouble=line.warning)
        self._states = self._states | {"centre": self._centre}
        self._changed()

    def doctor_said(self, words: tuple[DeviceWord, ...]) -> None:
        """The doctor page looks at the devices from now on; its words are the newest."""
        self._words = words
        self._changed()

    @property
    def centre(self) -> DeviceState:
        """How the centre was heard last."""
        return self._centre

    @staticmethod
    def _word(key: str, state: DeviceState) -> tuple[Mark, Words]:
        if state is _NOT_LOOKED:
            return Mark.TODO, say("shell.health.unknown")
        if key == "centre":
            return centre_word(state)
        return Mark.of_health(state.health), say(f"shell.health.{state.health.value}")


def _look_at(devices: "Callable[[], Devices]", probe: "Callable[[Devices], DeviceState]") -> DeviceState:
    return probe(devices())
