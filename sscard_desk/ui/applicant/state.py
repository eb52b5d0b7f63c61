"""What the applicant sees."""

from dataclasses import dataclass
from enum import Enum

from sscard_desk.ui.photo_sources.state import ConsentState
from sscard_desk.ui.words import Words


class Question(Enum):
    """One question a page."""

    NOTHING = "nothing"
    BANK = "bank"
    CONSENT = "consent"
    WAIT = "wait"


@dataclass(frozen=True)
class BankButton:
    """One bank as a large button."""

    code: str
    name: str
    note: str
    chosen: bool = False


@dataclass(frozen=True)
class ApplicantState:
    """The second window.

    Attributes:
        question: what is asked.
        service_point: where the applicant is.
        window: at which counter.
        name: the applicant's name; empty when nobody is served.
        facts: sex and date of birth.
        number: masked in the middle.
        banks: the choice.
        chosen: name of the chosen bank.
        answered: whether the applicant said that the choice is made.
        consent: the words to be read and signed, None where there are none.
    """

    question: Question = Question.NOTHING
    service_point: str = ""
    window: str = ""
    name: str = ""
    facts: Words = ""
    number: str = ""
    banks: tuple[BankButton, ...] = ()
    chosen: str = ""
    answered: bool = False
    consent: ConsentState | None = None
