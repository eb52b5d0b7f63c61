"""An id reader's cable that can be pulled and plugged in again."""

from pathlib import Path

from sscard_desk.devices.id_reader.simulated import SimulatedIdReader


class Cable:
    """A reader's cable: the name stays, what is behind it comes and goes (as udev's links by id do)."""

    def __init__(self, link: Path) -> None:
        self.link = link
        self.reader: SimulatedIdReader | None = None

    def plug(self) -> SimulatedIdReader:
        self.reader = SimulatedIdReader("pty").__enter__()
        self.link.symlink_to(self.reader.port)
        return self.reader

    def pull(self) -> None:
        self.link.unlink()
        if self.reader is not None:
            self.reader.unplug()
        self.reader = None
