"""How far the writing of a card is, as whoever watches is told."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum

from sscard_desk.cards.plan import CardPlan, RecordWrite
from sscard_desk.cards.proof import ItemResult, Standing


class Stage(Enum):
    """Where the writing is, in the order of the screen."""

    IDENTIFY = "identify"
    AUTHENTICATE = "authenticate"
    WRITE = "write"
    READ_BACK = "read_back"
    RECORD = "record"
    DONE = "done"


@dataclass(frozen=True)
class CardLine:
    """One record on the screen.

    Attributes:
        name: file and tag, for example `EF06 0A`.
        planned: what is to stand there, as text.
        state: `todo`, `written` (the card acknowledged it), `same` (read back and equal), `different`.
    """

    name: str
    planned: str
    state: str = "todo"


@dataclass(frozen=True)
class CardProgress:
    """How far the writing is.

    Attributes:
        stage: where it is.
        lines: every record, once the card is known.
        stock_no: the blank's number on the stock list, once known.
        waiting: no card was laid in yet.
        warned: keys of sentences about the stock book that the data let pass.
    """

    stage: Stage
    lines: tuple[CardLine, ...] = ()
    stock_no: str = ""
    waiting: bool = False
    warned: tuple[str, ...] = ()

    @property
    def done(self) -> int:
        """Records that the card acknowledged or gave back."""
        return sum(line.state in {"written", "same"} for line in self.lines)


Watch = Callable[[CardProgress], None]


class ProgressTeller:
    """Keeps the lines of one try at one card, and tells whoever watches.

    Attributes:
        stock_no: the blank's number on the stock list, once known.
        warned: keys of sentences about the stock book that the data let pass.
    """

    def __init__(self, watch: Watch, warned: tuple[str, ...] = ()) -> None:
        self._watch = watch
        self._lines: tuple[CardLine, ...] = ()
        self.stock_no = ""
        self.warned = warned

    def tell(self, stage: Stage, *, waiting: bool = False) -> None:
        """Say where the writing is; `waiting` for a card that was not laid in yet."""
        self._watch(CardProgress(stage, self._lines, self.stock_no, waiting=waiting, warned=self.warned))

    def planned(self, plan: CardPlan) -> None:
        """Show every record that is to be written."""
        self._lines = tuple(CardLine(one.name, one.item.decode(one.value)) for one in plan)
        self.tell(Stage.IDENTIFY)

    def written(self, record: RecordWrite) -> None:
        """The card acknowledged a record."""
        told = [replace(line, state="written") if line.name == record.name else line for line in self._lines]
        self._lines = tuple(told)
        self.tell(Stage.WRITE)

    def mark(self, results: tuple[ItemResult, ...]) -> None:
        """Keep what stands in each record; it is told with the next stage."""
        states = {result.name: _STATES[result.standing] for result in results}
        self._lines = tuple(replace(line, state=states[line.name]) for line in self._lines)


_STATES = {Standing.AS_PLANNED: "same", Standing.BLANK: "todo", Standing.OTHER: "different"}
