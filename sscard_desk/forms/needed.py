"""What the program itself fills in or reads in a form of this name: an edition without it would print empty papers."""

from collections.abc import Mapping, Sequence
from typing import Final

from sscard_desk.forms.definition import FieldDefinition, FieldType
from sscard_desk.forms.layout import PaperLayout
from sscard_desk.forms.node import Node

_PERSON: Final = {"name": FieldType.NAME, "id_number": FieldType.ID_NUMBER}
_FIELDS: Final[Mapping[str, Mapping[str, FieldType]]] = {
    "registration": _PERSON | {"sex": FieldType.CODE, "birth": FieldType.DATE},
    "confirmation": _PERSON | {"bank": FieldType.BANK},
}
_LISTS: Final[Mapping[str, str]] = {
    "class_list": "students",
    "bank_handover": "cards",
    "materials_receipt": "materials",
    "missing_notice": "missing",
    "spoiled_register": "papers",
}


def check_fields(root: Node, name: str, fields: Sequence[FieldDefinition]) -> None:
    """Note a field that the program needs and that is not there, or is of another type."""
    types = {field.id: field.type for field in fields}
    for wanted, kind in _FIELDS.get(name, {}).items():
        if types.get(wanted) is not kind:
            root.refuse("field", "program_field", id=wanted, type=kind.value)


def check_lists(root: Node, name: str, layout: PaperLayout) -> None:
    """Note that a form's table has another list than the program fills, or that there is none."""
    wanted = _LISTS.get(name)
    lists = {block.list for block in layout.lists()}
    if wanted is not None and lists != {wanted}:
        root.refuse("block", "program_list", found=", ".join(sorted(lists)), wanted=wanted)
