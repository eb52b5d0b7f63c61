"""Official forms as data: what they ask, when, in which words, and whether the answers hold. The centre uses it too."""

from sscard_desk.forms.checks import check, check_field
from sscard_desk.forms.codes import CodeRow, CodeTable, table
from sscard_desk.forms.conditions import Answers, visible
from sscard_desk.forms.definition import FieldDefinition, FieldType, FormDefinition, Section
from sscard_desk.forms.digest import content_digest
from sscard_desk.forms.findings import Finding, Findings, Verdict
from sscard_desk.forms.load import load_form
from sscard_desk.forms.tidy import tidy

__all__ = [
    "Answers",
    "CodeRow",
    "CodeTable",
    "FieldDefinition",
    "FieldType",
    "Finding",
    "Findings",
    "FormDefinition",
    "Section",
    "Verdict",
    "check",
    "check_field",
    "content_digest",
    "load_form",
    "table",
    "tidy",
    "visible",
]
