"""Opens a data folder for the window. Imported before the first screen, so it names nothing heavy."""

from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from sscard_desk import __version__
from sscard_desk.bootstrap.rescue_here import FolderRescue
from sscard_desk.bootstrap.settings import load_settings
from sscard_desk.store.facts import read_facts
from sscard_desk.store.left_over import LeftOver
from sscard_desk.ui.app.gate import Facts, OpenCounter

if TYPE_CHECKING:
    from sscard_desk.ports.counter_devices import Devices


class FolderGate:
    """Fits `ui.app.gate.Gate` over one data folder.

    Raises:
        NotSetUp: no desk was made here.
        SettingUnknown, SettingWrong: `desk.toml`.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        settings = load_settings(folder)
        facts = read_facts(folder)
        window = settings.window
        self.facts = Facts(
            facts.desk,
            facts.training,
            __version__,
            window.idle_minutes,
            window.language,
            window.theme,
            LeftOver(folder).read(),
        )
        self.rescue = FolderRescue(folder)
        self._settings = settings
        self._devices: Devices | None = None
        self._making = Lock()

    def devices(self) -> "Devices":
        """Return the devices of this counter, made at the first call."""
        from sscard_desk.bootstrap.devices import make_devices

        with self._making:
            if self._devices is None:
                self._devices = make_devices(self._settings, self._folder)
            return self._devices

    def load_ahead(self) -> None:
        """Load what draws and shows the papers of every application."""
        from sscard_desk.bootstrap.breathing import breathing

        with breathing():
            from sscard_desk.forms.load import load_form
            from sscard_desk.paper import prepare
            from sscard_desk.usecases.form_of import CONFIRMATION, REGISTRATION

            prepare((load_form(CONFIRMATION), load_form(REGISTRATION)), self.facts.language)

    def open(self, login: str, password: str) -> OpenCounter:
        """Sign in and open the store."""
        from sscard_desk.bootstrap.desk import enter
        from sscard_desk.bootstrap.open_counter import FolderCounter
        from sscard_desk.domain.errors.base import StoreTrouble

        desk = enter(self._folder, login, password)
        with suppress(StoreTrouble):  # what a killed program left behind hinders nobody from working
            desk.store.sweep()
        opened = FolderCounter(desk, self.devices())
        opened.note("signed_in")
        return opened
