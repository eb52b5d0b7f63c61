"""Who stands at the counter: by id card, by number, by name, pinyin or initials."""

from collections.abc import Sequence
from dataclasses import dataclass

from sscard_desk.cards.gbk import split_name
from sscard_desk.cards.ssse import HOLDER_NAME, NAME_EXTENSION
from sscard_desk.domain.application import Application
from sscard_desk.domain.comparison import Compared, card_answers, compare, person_answers, whole_name
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.operator import CharacterNotOnCard, NameTooLongForCard
from sscard_desk.domain.id_card import IdCard
from sscard_desk.domain.numbers.citizen_id import IdNumber, parse_id_number
from sscard_desk.domain.person import Person
from sscard_desk.ports.devices import Cancel
from sscard_desk.ports.id_reader import IdReader
from sscard_desk.ports.store import Persons, Store


@dataclass(frozen=True)
class Identity:
    """What is known of the person before an application is opened.

    Attributes:
        evidence: `chip`, `typed` or `register`.
        answers: form answers known from the best source, card before register.
        document_kind: `citizen` and so on.
        card: the id card, if it was read.
        person: the register's row, if there is one.
        compared: both side by side, empty without both.
        open_application: the application that is open for this number already.
    """

    evidence: str
    answers: dict[str, str]
    document_kind: str
    card: IdCard | None
    person: Person | None
    compared: tuple[Compared, ...]
    open_application: Application | None

    def __repr__(self) -> str:
        return f"Identity(evidence={self.evidence!r}, known={self.person is not None})"


def read_card(reader: IdReader, cancel: Cancel, wait_s: float = 0.0) -> IdCard:
    """Read the id card that lies on the reader, or wait for one.

    Raises:
        IdCardNotRead, IdFrameDamaged, IdReaderRefused, IdReaderMissing: from the reader.
    """
    with reader.open() as session:
        return session.read(cancel, wait_s)


def identify_card(card: IdCard, persons: Persons, store: Store) -> Identity:
    """Hold an id card against the register and the open applications."""
    person = persons.by_number(card.number)
    known = person_answers(person) if person else {}
    read = card_answers(card) | ({"name": whole_name(card, person)} if person else {})
    return Identity(
        evidence="chip",
        answers=known | {name: value for name, value in read.items() if value},
        document_kind=card.kind.value,
        card=card,
        person=person,
        compared=compare(card, person) if person else (),
        open_application=store.open_for(card.number),
    )


def identify_number(number: str, persons: Persons, store: Store) -> Identity:
    """Look a typed number up.

    Raises:
        NumberLengthWrong, CheckDigitWrong, NumberMalformed: the number cannot be one (GB 11643-1999).
    """
    parsed = parse_id_number(number)
    person = persons.by_number(parsed.text)
    return Identity(
        evidence="typed",
        answers=person_answers(person) if person else _answers_of_number(parsed),
        document_kind=parsed.kind.value,
        card=None,
        person=person,
        compared=(),
        open_application=store.open_for(parsed.text),
    )


def identify_person(person: Person, store: Store) -> Identity:
    """Take a person that was chosen from the list of hits."""
    return Identity(
        evidence="register",
        answers=person_answers(person),
        document_kind=person.document_kind,
        card=None,
        person=person,
        compared=(),
        open_application=store.open_for(person.id_number),
    )


def look_up(text: str, persons: Persons, limit: int = 20) -> Sequence[Person]:
    """Search the cached register by number, name, pinyin or initials."""
    text = text.strip()
    return persons.search(text, limit) if text else ()


def name_on_card(name: str) -> DeskError | None:
    """Return why no card can hold a name, to be said before anything else is done for the applicant; None if one can.

    Cards without the name extension (version 1.00) hold less; that is found when the blank is known.
    """
    try:
        split_name(name, HOLDER_NAME.length, NAME_EXTENSION.length)
    except (CharacterNotOnCard, NameTooLongForCard) as trouble:
        return trouble
    return None


def _answers_of_number(number: IdNumber) -> dict[str, str]:
    answers = {"id_number": number.text, "sex": number.sex}
    if number.birth:
        answers["birth"] = number.birth.isoformat()
    return {name: value for name, value in answers.items() if value}
