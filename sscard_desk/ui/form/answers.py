"""The answers behind the form page: what the journal says, what is proposed, and what was typed since."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sscard_desk.domain.application import Application
from sscard_desk.forms.banks import BankList
from sscard_desk.forms.checks import check, check_field
from sscard_desk.forms.definition import FieldType, FormDefinition
from sscard_desk.forms.findings import Finding, Findings
from sscard_desk.forms.tidy import tidy
from sscard_desk.usecases.issue_form import paper_answers

_CITIZEN = "citizen"
_REGION = 6


@dataclass
class FormAnswers:
    """What stands in the form of one application now.

    Attributes:
        definition: the form.
        application: whose form.
        base: the journal's answers with proposals where it has none.
        typed: what was typed since, by field.
        listed: the centre's banks and outlets, None where it listed none.
        proposed: what may be taken over by one key where a field is empty; never an answer by itself.
    """

    definition: FormDefinition
    application: Application
    base: dict[str, str]
    typed: dict[str, str] = field(default_factory=dict)
    listed: BankList | None = None
    proposed: dict[str, str] = field(default_factory=dict)

    @classmethod
    def begin(
        cls,
        definition: FormDefinition,
        application: Application,
        today: date,
        draft: Mapping[str, str],
        outlet_name: str = "",
        *,
        listed: BankList | None = None,
    ) -> "FormAnswers":
        """Put the answers together; a proposal is what card and register let expect, and can be overwritten."""
        known = paper_answers(application, {})
        proposals = {
            "document_kind": application.document_kind,
            "applied_on": today.isoformat(),
            "mailing_address": known.get("address", ""),
            "region": known.get("id_number", "")[:_REGION] if application.document_kind == _CITIZEN else "",
            "photo_source": application.photo_source,
            "outlet_name": outlet_name,
        }
        base = {name: value for name, value in (proposals | known).items() if definition.has(name)}
        base |= {name: proposals[name] for name in ("photo_source", "outlet_name") if definition.has(name)}
        base |= {name: value for name, value in proposals.items() if definition.has(name) and not base.get(name)}
        editable = {name: value for name, value in draft.items() if definition.has(name)}
        return cls(definition, application, base, editable, listed)

    def all(self) -> dict[str, str]:
        """Return every answer as it stands now."""
        return self.base | self.typed

    def value(self, field_id: str) -> str:
        """Return one answer."""
        return self.typed.get(field_id, self.base.get(field_id, ""))

    def proposal(self, field_id: str) -> str:
        """Return what may be taken over into an empty field, nothing otherwise."""
        return "" if self.value(field_id) else self.proposed.get(field_id, "")

    def type(self, field_id: str, text: str) -> None:
        """Take a key."""
        self.typed[field_id] = text

    def settle(self, field_id: str) -> None:
        """The field was left: stray blanks go, and a value that is the old one again is no change."""
        value = tidy(self.definition.field(field_id), self.value(field_id))
        if value == self.base.get(field_id, ""):
            self.typed.pop(field_id, None)
        else:
            self.typed[field_id] = value

    def restore(self, field_id: str) -> None:
        """Take back what was typed into a field."""
        self.typed.pop(field_id, None)

    def changed(self) -> dict[str, str]:
        """Return what differs from the journal's answers and proposals."""
        return {name: value for name, value in self.typed.items() if value != self.base.get(name, "")}

    def finding(self, field_id: str) -> Finding | None:
        """Return what is wrong with one field."""
        answers = self.all()
        return check_field(self.definition, field_id, answers.get(field_id, ""), answers, self.listed)

    def findings(self) -> Findings:
        """Return everything that is wrong or missing."""
        return check(self.definition, self.all(), self.listed)

    def judged_at_last_key(self, field_id: str) -> bool:
        """Return whether the field holds an id number that has all its characters."""
        number = self.definition.field(field_id).type is FieldType.ID_NUMBER
        return number and len(self.value(field_id).replace(" ", "")) >= 18
