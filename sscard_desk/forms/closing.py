"""Reasons for closing an application without a card, as data, with the remedies that the notice has to name."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from sscard_desk.forms.case_files import finish, root_of
from sscard_desk.forms.words import Words


class Closing(StrEnum):
    """How an application ends without a card."""

    WITHDRAWN = "withdrawn"
    REFUSED = "refused"
    EXPIRED = "expired"


@dataclass(frozen=True)
class ClosingReason:
    """One reason that a clerk can choose.

    Attributes:
        id: short name; stands in the journal.
        act: which act it belongs to.
        words: the reason.
        remedy: what the applicant can do, for the notice.
    """

    id: str
    act: Closing
    words: Words
    remedy: Words


@cache
def closing_reasons() -> tuple[ClosingReason, ...]:
    """Return every reason.

    Raises:
        FormDefinitionWrong: `closing.toml` breaks its schema.
    """
    root = root_of("closing")
    nodes = root.tables("reason")
    found = []
    for node in nodes:
        remedy = node.table("remedy")
        found.append(ClosingReason(node.id(), node.choice("act", Closing), node.words(), remedy.words()))
        remedy.done()
        node.done()
    finish(root, nodes, (each.id for each in found))
    return tuple(found)


def reasons_for(act: Closing) -> tuple[ClosingReason, ...]:
    """Return the reasons of one act."""
    return tuple(each for each in closing_reasons() if each.act is act)


def closing_reason(reason_id: str) -> ClosingReason | None:
    """Return one reason, None for words that a clerk typed."""
    return {each.id: each for each in closing_reasons()}.get(reason_id)
