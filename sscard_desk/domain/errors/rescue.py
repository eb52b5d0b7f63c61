"""A desk whose last password is lost (E457-E459, E461; at the desk E514-E516)."""

from dataclasses import dataclass
from typing import ClassVar

from sscard_desk.domain.errors.base import CentreTrouble


@dataclass(eq=False)
class RescueRequestWrong(CentreTrouble):
    """This is no request of a desk that the centre listens to, or it was not made with this centre's rescue key."""

    code: ClassVar[str] = "E457"


@dataclass(eq=False)
class RescueAnswered(CentreTrouble):
    """The centre has answered this request before."""

    code: ClassVar[str] = "E458"


@dataclass(eq=False)
class RescueKeyAway(CentreTrouble):
    """This centre has no rescue key, or its file cannot be read."""

    code: ClassVar[str] = "E459"


@dataclass(eq=False)
class RescuePassphraseWrong(CentreTrouble):
    """The passphrase does not open the centre's rescue key."""

    code: ClassVar[str] = "E461"
