"""The scanned card in hand: what was proposed, what stands in the field, what was confirmed."""

from dataclasses import dataclass, field
from datetime import date

from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.id_scan import IdScan, ScannedField
from sscard_desk.domain.numbers.shown import normalised
from sscard_desk.ui.id_scan.rows import portrait_row, row_of, shown_value
from sscard_desk.ui.id_scan.state import PORTRAIT, ScanRow
from sscard_desk.usecases.identify_scan import ScanTrouble, held_against, trouble_of


@dataclass
class InHand:
    """One card between its first scan and the last confirmation.

    Attributes:
        scan: the proposals, None before a scan was read.
        confirmed: form answers by field, and an empty one for the portrait.
        current: the field in hand, or the portrait.
        typed: what stands in its field.
        trouble: why that cannot be confirmed.
    """

    scan: IdScan | None = None
    confirmed: dict[str, str] = field(default_factory=dict)
    current: str = ""
    typed: str = ""
    trouble: ScanTrouble | DeskError | None = None

    def __repr__(self) -> str:
        return f"InHand(current={self.current!r}, confirmed={len(self.confirmed)})"

    @property
    def names(self) -> tuple[str, ...]:
        """Return what has to be confirmed, in its order."""
        return (*(each.name for each in self.scan.fields), PORTRAIT) if self.scan is not None else ()

    @property
    def left(self) -> int:
        """Return how many are not confirmed."""
        return sum(name not in self.confirmed for name in self.names)

    @property
    def field(self) -> ScannedField | None:
        """Return the proposal in hand, None at the portrait."""
        if self.scan is None or self.current in {"", PORTRAIT}:
            return None
        return self.scan.field(self.current)

    @property
    def rows(self) -> tuple[ScanRow, ...]:
        """Return the list as it is shown."""
        if self.scan is None:
            return ()
        rows = tuple(row_of(each, self.confirmed.get(each.name)) for each in self.scan.fields)
        return (*rows, portrait_row(confirmed=PORTRAIT in self.confirmed))

    def take(self, scan: IdScan, today: date) -> None:
        """A scan was read: what was confirmed stays where the card says the same as before."""
        same = {each.name: each.text for each in self.scan.fields} if self.scan is not None else {}
        kept = {each.name for each in scan.fields if same.get(each.name) == each.text}
        self.confirmed = {name: text for name, text in self.confirmed.items() if name in kept}
        self.scan = scan
        if "id_number" in self.confirmed:
            self._hold_against(self.confirmed["id_number"], today)
        self.choose(self._first_open())

    def choose(self, name: str) -> None:
        """Take a field in hand."""
        self.current, self.trouble = name, None
        proposal = self.field
        if proposal is not None:
            self.typed = shown_value(proposal, self.confirmed.get(name, proposal.text))

    def type(self, text: str) -> None:
        """A key in the field."""
        self.typed, self.trouble = text, None

    def confirm(self, today: date) -> bool:
        """Confirm what stands in the field, or the person, and go on to the next open one; False if it cannot be."""
        name, text = self.current, ""
        if name != PORTRAIT:
            text = normalised(self.typed) if name == "id_number" else self.typed.strip()
            self.trouble = trouble_of(name, text, self.confirmed.get("id_number", ""), today)
        if self.trouble is not None:
            return False
        if name == "id_number":
            if self.confirmed.get(name, text) != text:
                for other in ("sex", "birth"):  # they were confirmed beside another number
                    self.confirmed.pop(other, None)
            self._hold_against(text, today)
        self.confirmed[name] = text
        self.choose(self._first_open())
        return True

    def _hold_against(self, number: str, today: date) -> None:
        if self.scan is not None:
            self.scan = held_against(self.scan, number, today)

    def _first_open(self) -> str:
        return next((name for name in self.names if name not in self.confirmed), PORTRAIT)
