"""E469, an act of a verb that another person has to confirm."""

from dataclasses import dataclass
from typing import ClassVar

from sscard_desk.domain.errors.base import CentreTrouble


@dataclass(eq=False)
class SecondOperatorAsked(CentreTrouble):
    """The centre asks for a second person: the act was not done and waits for an operator in the browser."""

    code: ClassVar[str] = "E469"
