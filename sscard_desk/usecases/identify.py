"""Who stands at the counter: by id card, by number, by name, pinyin or initials."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sscard_desk.domain.application import Application
from sscard_desk.domain.comparison import SAME_DOTS, Compared, card_answers, compare, person_answers, whole_name
from sscard_desk.domain.document_kind import DocumentKind
from sscard_desk.domain.events import ScanConfirmed
from sscard_desk.domain.evidence import Evidence
from sscard_desk.domain.id_card import IdCard
from sscard_desk.domain.numbers.citizen_id import IdNumber, parse_id_number
from sscard_desk.domain.person import Person
from sscard_desk.forms.cases import evidence_source
from sscard_desk.ports.devices import Cancel
from sscard_desk.ports.id_reader import IdReader
from sscard_desk.ports.store import Persons, Store


@dataclass(frozen=True)
class ScanCompared:
    """The scan of a document, and how it was held against the person.

    Attributes:
        kind: of the document, a `DocumentKind` word.
        files: as they were scanned.
        fields: each as it was confirmed.
        person: `camera` beside a picture of the person, `seen` beside the person alone.
    """

    kind: str
    files: tuple[bytes, ...]
    fields: tuple[ScanConfirmed, ...]
    person: str

    def __repr__(self) -> str:
        return f"ScanCompared(files={len(self.files)}, person={self.person!r})"


@dataclass(frozen=True)
class Identity:
    """What is known of the person before an application is opened.

    Attributes:
        evidence: an `Evidence` word.
        answers: form answers known from the best source, card before register.
        document_kind: `citizen` and so on.
        card: the id card, if it was read.
        person: the register's row, if there is one.
        compared: both side by side, empty without both.
        open_application: the application that is open for this number already.
        source: what was shown, an id of `resources/cases/evidence.toml`.
        scan: the scan it was taken from and what was compared, None without one.
    """

    evidence: str
    answers: dict[str, str]
    document_kind: str
    card: IdCard | None
    person: Person | None
    compared: tuple[Compared, ...]
    open_application: Application | None
    source: str = ""
    scan: ScanCompared | None = None

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
        evidence=Evidence.CHIP.value,
        answers=known | {name: value for name, value in read.items() if value},
        document_kind=card.kind.value,
        card=card,
        person=person,
        compared=compare(card, person) if person else (),
        open_application=store.open_for(card.number),
        source="id_card_chip",
    )


def identify_number(number: str, persons: Persons, store: Store, source: str = "id_card") -> Identity:
    """Look a typed number up.

    Args:
        number: as typed.
        persons: the cached register.
        store: the desk's database.
        source: what was shown, an id of `resources/cases/evidence.toml`; it says how much that proves.

    Raises:
        NumberLengthWrong, CheckDigitWrong, NumberMalformed: the number cannot be one (GB 11643-1999).
    """
    return identify_document(number, {}, persons, store, source)


def identify_document(
    number: str, typed: Mapping[str, str], persons: Persons, store: Store, source: str = "id_card"
) -> Identity:
    """Take a person from a document that no reader read: number, and what else was typed from it.

    Args:
        number: as typed.
        typed: form answers typed from the document (name, birth, sex ...); they go before the register's.
        persons: the cached register.
        store: the desk's database.
        source: what was shown, an id of `resources/cases/evidence.toml`.

    Raises:
        NumberLengthWrong, CheckDigitWrong, NumberMalformed: the number cannot be one (GB 11643-1999).
    """
    parsed, shown = parse_id_number(number), evidence_source(source)
    person = persons.by_number(parsed.text)
    known = person_answers(person) if person else {}
    return Identity(
        evidence=shown.evidence.value,
        answers=known | _answers_of_number(parsed) | _plain(typed),
        document_kind=shown.document_kind or parsed.kind.value,
        card=None,
        person=person,
        compared=(),
        open_application=store.open_for(parsed.text),
        source=source,
    )


def shown_as(identity: Identity, source: str) -> Identity:
    """Return an identity that was not read from a card as shown by something else.

    Args:
        identity: typed, or found in the register.
        source: what was shown, an id of `resources/cases/evidence.toml`.
    """
    shown = evidence_source(source)
    kind = shown.document_kind or identity.document_kind
    if not shown.document_kind and kind == DocumentKind.FOREIGN_2004:
        kind = DocumentKind.FOREIGN_2017.value
    return replace(identity, evidence=shown.evidence.value, source=source, document_kind=kind)


def identify_person(person: Person, store: Store) -> Identity:
    """Take a person that was chosen from the list of hits."""
    return Identity(
        evidence=Evidence.REGISTER.value,
        answers=person_answers(person),
        document_kind=person.document_kind,
        card=None,
        person=person,
        compared=(),
        open_application=store.open_for(person.id_number),
        source="register",
    )


def look_up(text: str, persons: Persons, limit: int = 20) -> Sequence[Person]:
    """Search the cached register by number, name, pinyin or initials."""
    text = text.strip()
    return persons.search(text, limit) if text else ()


def _plain(typed: Mapping[str, str]) -> dict[str, str]:
    """Return what was typed and is not empty, with the one dot that names have on the form."""
    return {
        name: value.translate(SAME_DOTS) if name == "name" else value for name, value in typed.items() if value.strip()
    }


def _answers_of_number(number: IdNumber) -> dict[str, str]:
    answers = {"id_number": number.text, "sex": number.sex}
    if number.birth:
        answers["birth"] = number.birth.isoformat()
    return {name: value for name, value in answers.items() if value}
