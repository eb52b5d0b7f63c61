"""Lets an open data folder forget what the centre has and the desk needs no more, after each exchange."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sscard_desk.domain.erasure import Erasure
from sscard_desk.domain.errors.erasure import ErasureWaits
from sscard_desk.forms.keeping_rules import KIND, KeepingRules, keeping_rules

if TYPE_CHECKING:
    from sscard_desk.store.desk_store import DeskStore

LOOKED: Final = "retention_looked_ms"
"""Name under which the database keeps at which time of the centre was last looked for what ended."""
LOOK_MS: Final = 3_600_000


def rules_of(store: "DeskStore") -> KeepingRules:
    """Return how long this desk keeps what: the centre's rows before what is shipped."""
    return keeping_rules().with_rows(store.reference(KIND))


@dataclass(frozen=True)
class Forgotten:
    """What a run brought.

    Attributes:
        asked: subjects that are new on the list of erasures.
        erased: subjects that went.
        waiting: what waits until the centre has received something.
    """

    asked: tuple[str, ...]
    erased: tuple[str, ...]
    waiting: tuple[Erasure, ...]


def waiting_orders(store: "DeskStore") -> ErasureWaits | None:
    """Return what to tell after an exchange where an order of the centre still waits for entries to be settled."""
    ordered = {one.subject for one in store.erasures() if one.waiting and one.why.from_centre}
    unsent = [count for subject, count in store.erasures_waiting() if subject in ordered] if ordered else []
    return ErasureWaits(count=len(unsent), unsent=sum(unsent)) if unsent else None


def forget_ended(store: "DeskStore", *, now: bool = False) -> Forgotten:
    """Erase what ended so long ago that the rule lets it go, and what waited; the counter goes on meanwhile.

    Args:
        store: open.
        now: look for what ended even if that was done less than an hour ago, by the centre's time.

    Raises:
        DiskFull, DiskTrouble: the one at hand stays as it was.
    """
    time, looked = store.centre_time(), int(store.setting(LOOKED) or b"0")
    asked: Sequence[str] = ()
    if now or not looked or time - looked >= LOOK_MS:
        asked = store.ask_erasure_of_ended(rules_of(store).at_desk)
        store.set_setting(LOOKED, str(time).encode())
    erased = store.carry_out_erasures()
    waiting = tuple(one for one in store.erasures() if one.waiting)
    return Forgotten(tuple(asked), tuple(erased), waiting)
