"""Key slots, their change of key, and the computer they belong to (E512-E516)."""

from dataclasses import dataclass
from typing import ClassVar

from sscard_desk.domain.errors.base import StoreTrouble


@dataclass(eq=False)
class OtherMachine(StoreTrouble):
    """The slot belongs to another computer, or this one does not open it any more; `kind` is who keeps its secret."""

    code: ClassVar[str] = "E512"
    kind: str


@dataclass(eq=False)
class MachineSealTrouble(StoreTrouble):
    """What keeps this computer's secret is not there or refuses; `reason` is its own word."""

    code: ClassVar[str] = "E513"
    kind: str
    reason: str


@dataclass(eq=False)
class RecoveryUnready(StoreTrouble):
    """This desk has no recovery slot: the centre's recovery key was never heard here."""

    code: ClassVar[str] = "E514"


@dataclass(eq=False)
class RecoveryAnswerWrong(StoreTrouble):
    """The answer is not one to this desk's request, or the password is not the one that was typed with it."""

    code: ClassVar[str] = "E515"


@dataclass(eq=False)
class RecoveryNameMissing(StoreTrouble):
    """The centre's list names nothing to sign in with for this account, and nothing was typed; nothing has changed."""

    code: ClassVar[str] = "E516"
