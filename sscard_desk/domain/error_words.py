"""Which fields of errors hold an id of ours: its words stand in the catalogues, nobody reads the id itself."""

from typing import Final

from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.card_keys import (
    CardKeyNotApproved,
    CardKeyScopeWrong,
    KeyComponentWrong,
    KeysNotSetUp,
    TokenRefused,
)
from sscard_desk.domain.errors.centre import EntryConflict, EntryRefused
from sscard_desk.domain.errors.device import KeyHolderRefused
from sscard_desk.domain.errors.operator import RoleMissing
from sscard_desk.domain.errors.scanning import ScannerCannot
from sscard_desk.domain.errors.stock import BlankStateWrong

_NAMED: Final[tuple[tuple[type[DeskError], str, str], ...]] = (
    (RoleMissing, "role", "shell.role"),
    (BlankStateWrong, "state", "stock.state"),
    (ScannerCannot, "what", "documents.cannot"),
    (EntryRefused, "reason", "sync.refusal"),
    (EntryConflict, "reason", "sync.refusal"),
    (KeyHolderRefused, "reason", "card_keys.holder"),
    (CardKeyNotApproved, "reason", "card_keys.not_approved"),
    (CardKeyScopeWrong, "reason", "card_keys.scope"),
    (KeyComponentWrong, "reason", "card_keys.component"),
    (TokenRefused, "reason", "card_keys.token"),
    (KeysNotSetUp, "reason", "card_keys.place"),
)


def words_of_fields(error: DeskError) -> dict[str, str]:
    """Return field to text key for fields that hold an id; where no text stands there, the field is said as it is."""
    return {name: f"{under}.{error.values()[name]}" for leaf, name, under in _NAMED if isinstance(error, leaf)}
