"""What typed text can mean: an id number, an application number, a name, pinyin or initials."""

from dataclasses import dataclass

from sscard_desk.domain.application import Application
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.operator import ApplicationUnknown, CheckDigitWrong, NumberLengthWrong, NumberMalformed
from sscard_desk.domain.numbers.application_number import LENGTH as APPLICATION_LENGTH
from sscard_desk.domain.numbers.application_number import parse_application_number
from sscard_desk.domain.numbers.citizen_id import LENGTH, OLD_LENGTH, check_so_far, parse_id_number
from sscard_desk.domain.numbers.shown import masked, normalised
from sscard_desk.domain.person import Person
from sscard_desk.ports.store import Persons, Store
from sscard_desk.ui.serving.person_strip import code_words
from sscard_desk.ui.states import Hit, Mark
from sscard_desk.ui.words import Words, say
from sscard_desk.usecases.find_returned import form_code, is_returned
from sscard_desk.usecases.identify import look_up

MOST: int = 8
SHORTEST_NUMBER: int = 6


@dataclass(frozen=True)
class Found:
    """What was found for a text: persons, and the application that is open for the number, if one is."""

    text: str
    persons: tuple[Person, ...] = ()
    application: Application | None = None
    form: bool = False
    """Whether a registration form's code was typed or scanned: its application is opened where the form comes back."""

    def hits(self) -> tuple[Hit, ...]:
        """Return the lines of the list; an open application comes first."""
        first = [application_hit(self.application, form=self.form)] if self.application else []
        return (*first, *(person_hit(person) for person in self.persons))


def looks_like_number(text: str) -> bool:
    """Return whether somebody is typing an id number."""
    bare = normalised(text)
    return len(bare) >= SHORTEST_NUMBER and bare[:-1].isdigit() and bare[-1] in "0123456789X"


def is_foreign(bare: str) -> bool:
    """Return whether this is the number of a foreigner's permit with three letters and twelve digits."""
    letters, digits = bare[:3], bare[3:]
    return len(bare) == OLD_LENGTH and bare.isascii() and letters.isalpha() and digits.isdigit()


def is_whole_number(text: str) -> bool:
    """Return whether a whole id number is typed: 18 characters, or the 15 of a foreigner's permit."""
    bare = normalised(text)
    return (len(bare) == LENGTH and looks_like_number(bare)) or is_foreign(bare)


def judge(text: str, *, whole: bool = False) -> Words | None:
    """Return what is wrong with a number as far as it is typed; its check character is judged at the last key.

    Args:
        text: what was typed.
        whole: the user pressed Enter, so a short number is wrong too.
    """
    bare = normalised(text)
    if not looks_like_number(text) or _is_application(bare):
        return None
    try:
        if len(bare) >= LENGTH or whole:
            parse_id_number(bare)
        else:
            check_so_far(bare)
    except NumberLengthWrong as error:
        return say("serve.length", have=error.have, need=error.need)
    except CheckDigitWrong as error:
        return say("serve.check_digit", expected=error.expected)
    except NumberMalformed as error:
        return say(f"serve.malformed_{error.part}")
    return None


def find(text: str, persons: Persons, store: Store) -> Found:
    """Look a text up; runs on the store's lane."""
    bare = normalised(text)
    serial = form_code(text)
    if serial is not None:
        return Found(text, application=_application(serial.application.digits, store), form=is_returned(serial))
    if _is_application(bare):
        return Found(text, application=_application(bare, store))
    application = store.open_for(bare) if is_whole_number(bare) else None
    return Found(text, tuple(look_up(text, persons, MOST)), application)


def person_hit(person: Person) -> Hit:
    """Return the line of a person; the number is masked."""
    note = say(
        "serve.person",
        number=masked(person.id_number),
        sex=code_words("sex", person.sex),
        birth=f"{person.birth:%Y-%m-%d}",
    )
    return Hit(f"person:{person.key}", person.name, note)


def application_hit(application: Application, *, form: bool = False) -> Hit:
    """Return the line of an open application; `form` opens it where its form comes back."""
    note = say("serve.application", number=application.number, step=say(f"missing.at.{application.step.value}"))
    return Hit(f"{'form' if form else 'application'}:{application.id}", application.name, note, Mark.BUSY)


def _is_application(bare: str) -> bool:
    if len(bare) != APPLICATION_LENGTH or not bare.isdigit():
        return False
    try:
        parse_application_number(bare)
    except DeskError:
        return False
    return True


def _application(bare: str, store: Store) -> Application | None:
    try:
        return store.find_application(str(parse_application_number(bare)))
    except ApplicationUnknown:
        return None
