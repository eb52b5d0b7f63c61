"""What the window asks of whoever opens data folders. No Qt: bootstrap fits these shapes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from sscard_desk.domain.desk_time import Forecast, TimeKnown
from sscard_desk.domain.errors import DeskError
from sscard_desk.ports.rescue import Rescue
from sscard_desk.ports.session import Session
from sscard_desk.ports.ways_in import WaysIn

if TYPE_CHECKING:
    from sscard_desk.ports.counter_devices import Devices
    from sscard_desk.ports.erasures import ErasureBook
    from sscard_desk.ports.stick import StickExchange
    from sscard_desk.ports.unsent import UnsentBook
    from sscard_desk.usecases.counter import Counter


@dataclass(frozen=True)
class ListComing:
    """A large list on its way from the centre.

    Attributes:
        scope: which one, as the centre calls it.
        placing: whether it is being put in place; before that it comes over the line.
        done: bytes that came, or items that are in place.
        of: the same in all; 0 where that is not known yet.
        held: whether it waits until somebody lets it come.
    """

    scope: str
    placing: bool = False
    done: int = 0
    of: int = 0
    held: bool = False


@dataclass(frozen=True)
class LineState:
    """Where the exchange with the centre stands.

    Attributes:
        unsent: entries that the centre has not acknowledged, and pictures that it is not known to have.
        up_to_date: proved by both sides' counts and sums, with nothing unsent.
        running: whether a pass is under way.
        trouble: why the last pass broke off.
        warning: what came from the centre and cannot be used here, though the exchange goes on.
        offline_days: whole days that work may go on without the centre; None without a limit.
        offline: the same with its last day, and what happens after it.
        clock: how far this computer's clock is to be believed; None while nobody looked.
        next_try: when the exchange is tried again by itself, after it broke off.
        tries: how often in a row it broke off.
        last_success: when a pass came through last, by the line or by a stick.
        coming: a large list that comes, or waits.
    """

    unsent: int = 0
    up_to_date: bool = False
    running: bool = False
    trouble: DeskError | None = None
    warning: DeskError | None = None
    offline_days: int | None = None
    offline: Forecast | None = None
    clock: TimeKnown | None = None
    next_try: datetime | None = None
    tries: int = 0
    last_success: datetime | None = None
    coming: ListComing | None = None


@dataclass(frozen=True)
class Facts:
    """What is known of the data folder before anybody signs in; nothing in it is secret.

    Attributes:
        desk: the desk's name.
        training: whether it is a training folder.
        version: of the program.
        idle_minutes: after how long without a key the window locks.
        language: which the window begins with.
        theme: likewise, `light`, `dark` or `high_contrast`.
        unsent: entries that the centre had not acknowledged when this desk was open last; None if that was not kept.
    """

    desk: str
    training: bool
    version: str
    idle_minutes: int = 10
    language: str = "zh_CN"
    theme: str = "light"
    unsent: int | None = None


class OpenCounter(Protocol):
    """A data folder that somebody opened; it stays open until the program ends."""

    @property
    def counter(self) -> "Counter":
        """The counter in the name of whoever is signed in."""

    @property
    def stick(self) -> "StickExchange":
        """The exchange with the centre by a stick."""

    @property
    def unsent(self) -> "UnsentBook":
        """What waits to be sent to the centre."""

    def lock(self) -> None:
        """Forget the session's key; the store stays open and sync goes on."""

    def note(self, act: str) -> None:
        """Keep in the journal that somebody signed in, locked, unlocked or left; never on the window's thread."""

    def unlock(self, password: str) -> None:
        """Give the session its key back.

        Raises:
            PasswordWrong, AccountPaused: as at the sign-in.
        """

    def change_over(self, login: str, password: str) -> "OpenCounter":
        """Let somebody else work at the same open store.

        Raises:
            AccountUnknown, PasswordWrong, AccountPaused: as at the sign-in.
        """

    def confirm(self, login: str, password: str) -> Session:
        """Return another account's session for one act, for example a supervisor's at this counter.

        Raises:
            AccountUnknown, PasswordWrong, AccountPaused: as at the sign-in.
        """

    @property
    def ways_in(self) -> WaysIn:
        """Who may work at this desk, and what gives and closes ways in."""

    @property
    def erasures(self) -> "ErasureBook":
        """What is kept how long, and what persons asked to be erased."""

    def confirm_own(self, password: str) -> Session:
        """Return the signed-in account's session, proved by its password once more."""

    def follow_line(self, listener: Callable[[LineState], None]) -> None:
        """Start the exchange with the centre, and be told of each new state on its thread."""

    def wake_line(self) -> None:
        """Ask for a pass soon. Never waits."""

    def hold_lists(self, *, hold: bool) -> None:
        """Let large lists of the centre wait, or come again; everything else goes on. On a lane."""

    def close(self) -> None:
        """Stop the exchange and close the store."""


class Gate(Protocol):
    """Opens the data folder."""

    @property
    def facts(self) -> Facts:
        """What is known before anybody signs in."""

    def devices(self) -> "Devices":
        """Return the devices of this counter; asking how they are needs nobody signed in. Called on lanes."""

    @property
    def rescue(self) -> Rescue:
        """The way out where nobody can sign in any more."""

    def load_ahead(self) -> None:
        """Load what the first person will need and nobody signed in is asked for; on a lane, it takes a while."""

    def open(self, login: str, password: str) -> OpenCounter:
        """Sign in and open the store. Takes about half a second; never on the window's thread.

        Raises:
            AccountUnknown, PasswordWrong, AccountPaused, SlotDamaged: the sign-in.
            StoreTrouble: the database.
        """
