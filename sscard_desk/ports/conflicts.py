"""Entries that the centre did not take, as the use cases see them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sscard_desk.domain.application import Application
from sscard_desk.domain.events import Event
from sscard_desk.domain.ids import AccountId, ApplicationId


@dataclass(frozen=True)
class AsideEntry:
    """One own entry that the centre did not take.

    Attributes:
        seq: its number in the journal.
        entry_id: its id.
        kind: word of the event.
        subject: what it is about.
        at: when it was recorded.
        actor: who acted.
        code: the centre's word, a `Refusal`.
        reason: what the centre added to it.
        current: what the centre holds instead, on a conflict.
        mended_by: number of the own entry that decided on it, None while nobody did.
    """

    seq: int
    entry_id: str
    kind: str
    subject: str
    at: datetime
    actor: AccountId
    code: str
    reason: str
    current: Mapping[str, str]
    mended_by: int | None = None


@dataclass(frozen=True)
class Conflict:
    """An entry of another desk that could not be folded here; it is kept, and changes nothing that is shown.

    Attributes:
        desk: who wrote it.
        seq: its number there.
        subject: the application.
        reason: code of the error that folding gave, or one of the words of `store.foreign` and `store.sign_off`.
    """

    desk: str
    seq: int
    subject: str
    reason: str


@dataclass(frozen=True)
class ThreeWay:
    """An application three times: as both sides saw it last, as it is here, and as the centre has it.

    Each is None where there is none, or where what it said was erased.
    """

    base: Application | None
    mine: Application | None
    theirs: Application | None
    said: tuple[Event, ...] = ()
    """What the set-aside entries say, in their order."""


@dataclass(frozen=True)
class Correction:
    """What was asked of the register: names of fields, and `requested`, `accepted` or `declined`."""

    fields: tuple[str, ...]
    state: str
    at: datetime
    sent: bool


class ConflictStore(Protocol):
    """The part of the desk's database that knows what the centre did not take."""

    def aside(self) -> Sequence[AsideEntry]:
        """Return what the centre did not take, in order of seq; what was decided and not yet sent is among it."""

    def conflicts(self) -> Sequence[Conflict]:
        """Return the entries of other desks that could not be folded into what stands here."""

    def three_way(self, application: ApplicationId, aside: Sequence[int]) -> ThreeWay:
        """Return an application without and with these set-aside entries."""

    def corrections(self, application: ApplicationId) -> Sequence[Correction]:
        """Return what was asked of the register for an application, oldest first."""

    def send_again(self, seq: int) -> None:
        """Take an entry off the list set aside: it goes out with the next push."""
