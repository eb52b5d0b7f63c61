"""What every side of an open desk database works on: the parts of one data folder."""

from dataclasses import dataclass, field

from sqlalchemy import Engine

from sscard_desk.store.blobs import BlobFolder
from sscard_desk.store.clock import DeskClock
from sscard_desk.store.erasing import Eraser
from sscard_desk.store.facts import FolderFacts
from sscard_desk.store.form_editions import editions_of
from sscard_desk.store.persons import PersonCache


@dataclass(frozen=True)
class OpenFolder:
    """What is open of one data folder.

    Attributes:
        engine: the encrypted database.
        facts: which desk this is.
        folder: where pictures and scans lie.
        persons: the population cache.
        clock: the desk's own.
        key: of the database, 32 bytes.
    """

    engine: Engine
    facts: FolderFacts
    folder: BlobFolder
    persons: PersonCache
    clock: DeskClock
    key: bytes = field(repr=False)


class Side:
    """One side of an open data folder; `DeskStore` is all of them together."""

    def __init__(self, opened: OpenFolder) -> None:
        self._engine = opened.engine
        self._facts = opened.facts
        self._folder = opened.folder
        self._key = opened.key
        self.persons = opened.persons
        self.clock = opened.clock
        self.forms = editions_of(opened.engine)
        """Every edition of every form that this desk can open."""
        self._eraser = Eraser(opened.engine, opened.facts, opened.folder, opened.clock)
