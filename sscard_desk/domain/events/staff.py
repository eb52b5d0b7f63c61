"""Who was let in at a desk, and who was shut out."""

from dataclasses import dataclass
from typing import ClassVar

from sscard_desk.domain.events.base import Event


@dataclass(frozen=True)
class SlotGiven(Event):
    """An account got a way in at this desk; subject is the account, actor who stood beside it.

    Attributes:
        public_key: the account's new Ed25519 key at this desk, hex.
        replaces: the key that it had here before, hex; empty for none.
        seal: the giver's Ed25519 signature over `wire.staff.key_bytes`; empty for a recovery.
        recovery: the request that the centre answered, where the account opened the desk by that.
    """

    kind: ClassVar[str] = "slot.given"
    public_key: str
    replaces: str = ""
    seal: bytes = b""
    recovery: str = ""


@dataclass(frozen=True)
class SlotRemoved(Event):
    """An account's way in at this desk was closed; subject is the account.

    Attributes:
        reason: `ended` by the centre, `closed` by a supervisor here, `unproved` where nobody could say whose it was.
    """

    kind: ClassVar[str] = "slot.removed"
    reason: str


@dataclass(frozen=True)
class DatabaseRekeyed(Event):
    """The journal database gets another key, which every slot that is left is given; subject is the desk.

    Attributes:
        reason: why: `ended`, `closed` or `recovered`.
        slots: how many ways in are left.
    """

    kind: ClassVar[str] = "desk.rekeyed"
    reason: str
    slots: int
