"""What a demo notes in the data folder, so that a broken-off one is gone on with and nobody is served twice.

The note holds no personal data: an application number, a card's identification code and the names of its records.
"""

import json
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, Self

from sscard_desk.disk import write_whole

NAME: Final = "demo.json"


@dataclass(frozen=True)
class DemoNote:
    """A demo under way.

    Attributes:
        path: where the note is kept.
        before: number of the application that had changed last when the demo began; empty without one.
        card: what was read back from the card before the hand-over; empty until then.
        card_code: that card's identification code.
    """

    path: Path
    before: str = ""
    card: dict[str, object] = field(default_factory=dict)
    card_code: str = ""

    @classmethod
    def take_up(cls, folder: Path, newest: str) -> Self:
        """Return the note that a broken-off demo left, or begin one.

        Args:
            folder: the data folder.
            newest: number of the application that changed last; empty without one.

        Raises:
            DiskFull, DiskTrouble: it cannot be kept.
        """
        path = folder / NAME
        if path.exists():
            table = json.loads(path.read_text(encoding="utf-8"))
            return cls(path, table["before"], table["card"], table["card_code"])
        note = cls(path, newest)
        note.keep()
        return note

    def proved(self, card: dict[str, object], code: str) -> Self:
        """Return the note with what was read back from the card, kept.

        Raises:
            DiskFull, DiskTrouble: it cannot be kept.
        """
        note = replace(self, card=card, card_code=code)
        note.keep()
        return note

    def keep(self) -> None:
        """Write it.

        Raises:
            DiskFull, DiskTrouble: what was noted before still is.
        """
        table = {"before": self.before, "card": self.card, "card_code": self.card_code}
        write_whole(self.path, [json.dumps(table).encode()])

    def remove(self) -> None:
        """The demo came to its end."""
        self.path.unlink(missing_ok=True)
