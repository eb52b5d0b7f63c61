"""The rescue of this data folder, as the window asks for it before anybody signed in. Names nothing heavy."""

from pathlib import Path
from typing import Final

from sscard_desk.domain.errors.slots import RecoveryAnswerWrong
from sscard_desk.domain.errors.stick import StickMissing
from sscard_desk.ports.rescue import Rescued, RescueStanding

_LARGEST: Final = 64_000


class FolderRescue:
    """Fits `ports.rescue.Rescue` over one data folder; what it needs is loaded by its first question, on a lane."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def standing(self) -> RescueStanding:
        """Return where this desk stands."""
        from sscard_desk.bootstrap.desk import slots_of
        from sscard_desk.bootstrap.rescue import asked

        slots = slots_of(self._folder)
        ready = slots.exist() and slots.recovery() is not None
        made = asked(self._folder) if ready else None
        return RescueStanding(ready, made.text() if made else "")

    def ask(self, password: str) -> str:
        """Make a request."""
        from sscard_desk.bootstrap.rescue import ask

        return ask(self._folder, password).text()

    def save(self, request: str, folder: Path) -> str:
        """Write the request into a folder."""
        from sscard_desk.disk import write_whole
        from sscard_desk.store.facts import read_facts

        if not folder.is_dir():
            raise StickMissing
        name = f"rescue-request-{read_facts(self._folder).desk}.txt"
        write_whole(folder / name, [f"{request}\n".encode("ascii")])
        return name

    def read(self, path: Path) -> str:
        """Return the answer that a file holds."""
        try:
            with path.open("rb") as file:
                return file.read(_LARGEST).decode("ascii").strip()
        except OSError as error:
            raise StickMissing from error
        except UnicodeDecodeError as error:
            raise RecoveryAnswerWrong from error

    def is_whole(self, answer: str) -> bool:
        """Return whether every character of an answer is there and right."""
        from sscard_desk.wire.rescue import RescueAnswer

        try:
            RescueAnswer.read(answer)
        except ValueError:
            return False
        return True

    def finish(self, answer: str, password: str, login: str) -> Rescued:
        """Take the centre's answer."""
        from sscard_desk.bootstrap.rescue import finish

        return finish(self._folder, answer, password, login)
