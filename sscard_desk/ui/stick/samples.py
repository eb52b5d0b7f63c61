"""The stick's page in named states, for pictures and tests."""

from pathlib import Path

from sscard_desk.domain.errors.stick import StickDamaged
from sscard_desk.ports.devices import Cancel
from sscard_desk.ports.stick import BroughtBack, TakenOut, Tell, Waiting
from sscard_desk.ui.doctor.samples import AtOnce
from sscard_desk.ui.navigation.areas import join_stick
from sscard_desk.ui.running import running_application
from sscard_desk.ui.shell import Shell
from sscard_desk.ui.shell.samples import framed
from sscard_desk.ui.stick.presenter import StickPresenter
from sscard_desk.ui.stick.view import StickView


class SampleStick:
    """A stick with room, and what a centre answered."""

    def __init__(self, *, room: int = 7_800_000_000, damaged: bool = False, up_to_date: bool = True) -> None:
        self._room, self._damaged, self._up_to_date = room, damaged, up_to_date

    def waiting(self) -> Waiting:
        """Return a day's work."""
        return Waiting(312, 46_000_000)

    def room(self, folder: Path) -> int:
        """Return what is free."""
        del folder
        return self._room

    def take_out(self, folder: Path, cancel: Cancel, tell: Tell) -> TakenOut:
        """Say that it was written."""
        del folder, cancel
        tell(1, 1)
        return TakenOut((("to-centre-D-0231-000012-001.stick", 46_213_884),), 312, 71, 0)

    def bring_back(self, folder: Path, cancel: Cancel, tell: Tell) -> BroughtBack:
        """Say what came."""
        del folder, cancel, tell
        if self._damaged:
            raise StickDamaged
        files = (("to-desk-D-0231-000011-001.stick", True), ("to-desk-D-0231-000012-001.stick", False))
        unsent = 0 if self._up_to_date else 9
        return BroughtBack(files, 312, 0, 1_204, 3, unsent, more=False, up_to_date=self._up_to_date)


def sample(name: str) -> Shell:
    """Return the window with the stick's page in one state."""
    app = running_application()
    shell, page = framed(app, "setup"), StickView()
    runner = AtOnce()
    small, damaged = name == "no_room", name == "damaged"
    stick = SampleStick(room=12_000_000 if small else 7_800_000_000, damaged=damaged, up_to_date=name != "behind")
    presenter = StickPresenter(page, runner, stick, lambda: None)
    join_stick(page, presenter)
    presenter.opened()
    if name != "empty":
        presenter.choose_folder("E:/")
    if name in {"brought", "behind", "damaged"}:
        presenter.choose("bring")
    if name == "writing":
        runner.asleep = True
    if name not in {"empty", "no_room", "ready"}:
        presenter.go_on()
    if name == "writing":
        presenter.progress(0.42)
    shell.set_page(page, serving=False)
    return shell


STATES = ("empty", "ready", "no_room", "writing", "taken", "brought", "behind", "damaged")
