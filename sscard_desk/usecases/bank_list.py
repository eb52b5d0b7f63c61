"""The banks and outlets that the centre's feed lists for this service point.

Rows of kind `bank`: `code`, `name`, `outlet` and `outlet_name` of the one that serves the point. Rows of kind `outlet`:
`code`, `bank`, `name`, and `closed` (anything but empty) for one that serves nobody any more.
"""

from collections.abc import Mapping

from sscard_desk.domain.errors.operator import FormIncomplete
from sscard_desk.forms.banks import BankList, Outlet
from sscard_desk.forms.checks import check
from sscard_desk.forms.definition import FormDefinition
from sscard_desk.ports.store import Store


def bank_list(store: Store) -> BankList | None:
    """Return the centre's list; None while it listed no bank, and answers can be held against nothing."""
    rows = store.reference("bank")
    if not rows:
        return None
    outlets = {
        row["outlet"]: Outlet(row["outlet"], row.get("outlet_name", ""), row["code"])
        for row in rows
        if row.get("outlet")
    }
    for row in store.reference("outlet"):
        code = row.get("code") or row["id"]
        outlets[code] = Outlet(code, row.get("name", ""), row.get("bank", ""), bool(row.get("closed")))
    return BankList({row["code"]: row["name"] for row in rows}, outlets)


def need_listed(store: Store, definition: FormDefinition, answers: Mapping[str, str]) -> None:
    """Make sure that bank and outlet of a form stand on the centre's list, before it is printed or taken back.

    Raises:
        FormIncomplete: one of them does not, or the outlet was closed.
    """
    listed = bank_list(store)
    if listed is None:
        return
    wrong = {finding.field for finding in check(definition, answers, listed).blocking}
    wrong -= {finding.field for finding in check(definition, answers).blocking}
    if wrong:
        raise FormIncomplete(fields=tuple(sorted(wrong)))
