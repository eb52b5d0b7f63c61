"""What the lines of the list say, and how the line to the centre is. No Qt."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, overload

from sscard_desk.domain.errors.centre import CentreBusy, CentreUnreachable
from sscard_desk.domain.events import BATCHES, KINDS, STOCK
from sscard_desk.ports.devices import DeviceState, Health
from sscard_desk.ports.unsent import Tried, UnsentItem
from sscard_desk.ui.app.coming import amount_words, coming_words, share_of
from sscard_desk.ui.app.gate import LineState, ListComing
from sscard_desk.ui.centre_word import centre_word
from sscard_desk.ui.language import text
from sscard_desk.ui.states import Mark
from sscard_desk.ui.unsent.state import ComingState, UnsentRow
from sscard_desk.ui.words import Words, message_of, say

_OF_THE_DESK: Final = (
    STOCK
    | BATCHES
    | {"print.ordered", "print.moved", "card.pin_served", "session.noted", "date.set", "slot.given", "slot.removed"}
    | {"desk.rekeyed", "payload.erased", "erasure.asked"}
)
"""Acts that stand in no application's history; the others are called as they are there."""


_AWAY: Final = (CentreUnreachable, CentreBusy)


class UnsentRows(Sequence[UnsentRow]):
    """Items in words, each made when it is looked at: there may be thousands."""

    def __init__(self, items: Sequence[UnsentItem], tried: Tried, line: LineState) -> None:
        self._items, self._tried, self._line = items, tried, line

    def __len__(self) -> int:
        return len(self._items)

    @overload
    def __getitem__(self, at: int) -> UnsentRow: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[UnsentRow]: ...
    def __getitem__(self, at: int | slice) -> UnsentRow | Sequence[UnsentRow]:
        if isinstance(at, slice):
            return UnsentRows(self._items[at], self._tried, self._line)
        return row_of(self._items[at], self._tried, self._line)


def row_of(item: UnsentItem, tried: Tried, line: LineState) -> UnsentRow:
    """Return an item in words."""
    tries = tried.of(item.seq)
    mark: Mark
    error: Words
    following: Words
    if item.code:
        mark, error, following = Mark.WARN, say(f"sync.refusal.{item.code}"), say("unsent.somebody")
    elif tries and not line.running:
        mark, error, following = Mark.OFF, _broke_off(line), _next(tried)
    else:
        mark, error, following = (Mark.BUSY if line.running else Mark.TODO), "", say("unsent.soon")
    return UnsentRow(
        key=item.key,
        what=what_words(item),
        mark=mark,
        number=item.number,
        since=moment_text(item.at) if item.at is not None else "",
        tries=str(tries) if tries and not item.code else "",
        error=error,
        following=following,
    )


def what_words(item: UnsentItem) -> Words:
    """Return what an item is: the act, or the picture or scan of an act."""
    if item.is_blob:
        return say("unsent.blob", what=act_words(item.kind)) if item.kind else say("unsent.blob_alone")
    return act_words(item.kind)


def act_words(kind: str) -> Words:
    """Return an act as the history of an application calls it, or as this list does."""
    if kind not in KINDS:
        return say("unsent.newer")
    return say(f"unsent.act.{kind}" if kind in _OF_THE_DESK else f"missing.did.{kind}")


def kinds_like(typed: str) -> frozenset[str]:
    """Return the acts whose words, in the language of the window, contain what was typed."""
    wanted = typed.casefold()
    return frozenset(kind for kind in KINDS if wanted in text(act_words(kind)).casefold())


def moment_text(at: datetime) -> str:
    """Return when something was, in local time: the hour today, with the day in this year, else with the year too."""
    local, now = at.astimezone(), datetime.now().astimezone()
    if local.date() == now.date():
        return f"{local:%H:%M}"
    return f"{local:%m-%d %H:%M}" if local.year == now.year else f"{local:%Y-%m-%d %H:%M}"


def line_words(line: LineState) -> tuple[Mark, Words, Words]:
    """Return how the line is, and what happens next by itself."""
    left: Words = say("unsent.days_left", n=line.offline_days) if line.offline_days is not None else ""
    if line.trouble is not None:
        mark, _ = centre_word(DeviceState(Health.SILENT, trouble=line.trouble))
        again = line.next_try
        if again is not None:
            key = "unsent.next" if line.offline_days is None else "unsent.next_and_left"
            left = say(key, n=line.tries, time=f"{again.astimezone():%H:%M:%S}", days=line.offline_days or 0)
        return mark, message_of(line.trouble), left
    if line.running and line.unsent:
        return Mark.BUSY, say("unsent.sending", n=line.unsent), left
    if line.unsent:
        return Mark.TODO, say("unsent.waiting", n=line.unsent), left
    if line.up_to_date and line.last_success is not None:
        return Mark.OK, say("unsent.all_there"), say("unsent.proved", time=moment_text(line.last_success))
    return Mark.TODO, say("unsent.nothing"), left


def coming_state(coming: ListComing | None) -> ComingState | None:
    """Return how far a large list has come."""
    if coming is None:
        return None
    return ComingState(
        coming_words(coming), amount_words(coming), share_of(coming), coming.held, can_hold=not coming.placing
    )


def _broke_off(line: LineState) -> Words:
    if line.trouble is None:
        return say("unsent.broke_off")
    return say("unsent.away") if isinstance(line.trouble, _AWAY) else message_of(line.trouble)


def _next(tried: Tried) -> Words:
    return f"{tried.next_at.astimezone():%H:%M:%S}" if tried.next_at is not None else say("unsent.soon")
