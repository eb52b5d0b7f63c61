"""A person as the population register knows them: what the desk caches and looks up."""

from dataclasses import dataclass
from datetime import date

from sscard_desk.domain.ids import PersonKey


@dataclass(frozen=True, slots=True)
class Person:
    """One row of the register.

    Attributes:
        key: random key; what journal headers and logs may hold of this person.
        id_number: 18 characters, or 15 for the foreign card of 2017.
        document_kind: a `DocumentKind` word, `citizen` for most.
        name: the Chinese name, with `·` (U+00B7) between the parts of a minority name.
        sex: GB/T 2261.1 code, `1` male, `2` female.
        ethnic: GB/T 3304 code as two digits, empty where the document has none.
        birth: date of birth.
        address: residence as registered.
        region: six digits of GB/T 2260 where the person is registered.
        authority: who issued the document.
        valid_from: first day of the document.
        valid_to: its last day, None for 长期 (no end).
        phone: mobile number, eleven digits, or empty.
        version: the register's version of this row, counted from 1.
    """

    key: PersonKey
    id_number: str
    document_kind: str
    name: str
    sex: str
    ethnic: str
    birth: date
    address: str
    region: str
    authority: str
    valid_from: date
    valid_to: date | None
    phone: str
    version: int

    def __repr__(self) -> str:
        return f"Person(key={self.key!r}, version={self.version})"
