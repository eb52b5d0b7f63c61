"""The centre's list of banks and outlets, as answers are held against it and chosen from it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sscard_desk.forms.codes import NO_CODES, Certainty, CodeRow, CodeTable
from sscard_desk.forms.conditions import Answers
from sscard_desk.forms.definition import FieldDefinition, FieldType
from sscard_desk.forms.findings import Finding, Verdict
from sscard_desk.forms.words import Words

FROM_CENTRE: Final = frozenset({FieldType.BANK, FieldType.OUTLET})
"""Types whose codes are the centre's."""


@dataclass(frozen=True)
class Outlet:
    """A bank's branch.

    Attributes:
        code: as the centre has it.
        name: for people.
        bank: code of its bank.
        closed: whether it serves nobody any more.
    """

    code: str
    name: str
    bank: str
    closed: bool = False


@dataclass(frozen=True)
class BankList:
    """What the centre lists for this service point.

    Attributes:
        banks: name by code, in the centre's order.
        outlets: by code, those that were closed among them.
    """

    banks: Mapping[str, str]
    outlets: Mapping[str, Outlet]

    def open_outlets(self, bank: str = "") -> tuple[Outlet, ...]:
        """Return the outlets that serve people, of one bank or of all, in the centre's order."""
        return tuple(each for each in self.outlets.values() if not each.closed and bank in {"", each.bank})

    def choices(self, field: FieldDefinition, answers: Answers) -> CodeTable:
        """Return what a bank or outlet field can be answered with; `NO_CODES` for any other field."""
        if field.type is FieldType.BANK:
            named = list(self.banks.items())
        elif field.type is FieldType.OUTLET:
            bank = answers.get(field.bank_field, "").strip() if field.bank_field else ""
            named = [(each.code, each.name) for each in self.open_outlets(bank)]
        else:
            return NO_CODES
        rows = tuple(CodeRow(code, Words(name, name), "") for code, name in named)
        return CodeTable(field.id, field.words, "", Certainty.OWN, rows)

    def finding(self, field: FieldDefinition, value: str, answers: Answers) -> Finding | None:
        """Return why the centre's list does not bear an answer, None where it does."""
        if field.type is FieldType.BANK and value not in self.banks:
            return Finding(field.id, Verdict.WRONG, "forms.bank_not_listed")
        if field.type is not FieldType.OUTLET:
            return None
        outlet = self.outlets.get(value)
        if outlet is None:
            return Finding(field.id, Verdict.WRONG, "forms.outlet_not_listed")
        if outlet.closed:
            return Finding(field.id, Verdict.WRONG, "forms.outlet_closed", {"name": outlet.name})
        bank = answers.get(field.bank_field, "").strip() if field.bank_field else outlet.bank
        return None if bank == outlet.bank else Finding(field.id, Verdict.WRONG, "forms.outlet_of_another_bank")
