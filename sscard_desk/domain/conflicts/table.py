"""Two desks, one thing: whose word holds, for every kind of entry and every kind of row of the feed.

One table, because whoever adds a kind has to say so here; a test walks all kinds and demands a row.
"""

from enum import Enum
from typing import Final


class Rule(Enum):
    """What happens where an entry does not agree with what the centre holds.

    IDENTITY: identity fields. The register wins on the card; what document or applicant say otherwise is kept as a
        correction request to the register. Two desks deciding side by side are shown to a clerk like ANSWERS.
    ANSWERS: what is signed later. The later one is refused, and a clerk decides field by field.
    STEP: only along the legal edges of `domain.steps`; another one is refused, and the centre's step stands.
    CARD: what happened to a card happened. Never dropped: where it fits no application it is kept as a conflict that
        supervisors are told of, and the card stands in the stock book.
    APPEND: a record beside the applications. It is kept, whatever else was done meanwhile.
    DESK: about the desk's own doings; nobody else can contradict it.
    """

    IDENTITY = "identity"
    ANSWERS = "answers"
    STEP = "step"
    CARD = "card"
    APPEND = "append"
    DESK = "desk"


RULES: Final[dict[str, Rule]] = {
    "application.opened": Rule.STEP,
    "identity.decided": Rule.IDENTITY,
    "identity.scanned": Rule.STEP,
    "correction.requested": Rule.APPEND,
    "bank.confirmed": Rule.ANSWERS,
    "photo.attached": Rule.ANSWERS,
    "photo.exempted": Rule.ANSWERS,
    "photo.consented": Rule.STEP,
    "photo.chip_kept": Rule.STEP,
    "photo.consent_revoked": Rule.STEP,
    "form.issued": Rule.ANSWERS,
    "form.returned": Rule.ANSWERS,
    "materials.checked": Rule.STEP,
    "material.brought": Rule.STEP,
    "document.kept": Rule.STEP,
    "document.taken_back": Rule.STEP,
    "application.signed": Rule.STEP,
    "signatures.voided": Rule.STEP,
    "application.approved": Rule.STEP,
    "application.sent_back": Rule.STEP,
    "approval.deferred": Rule.STEP,
    "card.intended": Rule.CARD,
    "card.written": Rule.CARD,
    "card.spoiled": Rule.CARD,
    "card.handed_over": Rule.CARD,
    "production.sent": Rule.STEP,
    "production.received": Rule.STEP,
    "application.withdrawn": Rule.STEP,
    "application.refused": Rule.STEP,
    "application.expired": Rule.STEP,
    "application.transferred": Rule.STEP,
    "transfer.asked": Rule.STEP,
    "transfer.declined": Rule.STEP,
    "conflict.settled": Rule.APPEND,
    "print.ordered": Rule.APPEND,
    "print.moved": Rule.APPEND,
    "paper.spoiled": Rule.APPEND,
    "paper.returned": Rule.APPEND,
    "card.pin_served": Rule.APPEND,
    "stock.received": Rule.APPEND,
    "stock.spoiled": Rule.APPEND,
    "stock.spoil_confirmed": Rule.APPEND,
    "stock.returned": Rule.APPEND,
    "stock.counted": Rule.APPEND,
    "batch.opened": Rule.APPEND,
    "batch.tried": Rule.APPEND,
    "batch.paused": Rule.APPEND,
    "batch.continued": Rule.APPEND,
    "batch.closed": Rule.APPEND,
    "batch.exported": Rule.APPEND,
    "batch.returned": Rule.APPEND,
    "session.noted": Rule.DESK,
    "date.set": Rule.DESK,
    "slot.given": Rule.DESK,
    "slot.removed": Rule.DESK,
    "desk.rekeyed": Rule.DESK,
    "payload.erased": Rule.DESK,
    "erasure.asked": Rule.APPEND,
}
"""The rule of every kind of entry."""

WRITTEN_AT_DESKS: Final = frozenset({"entry"})
"""Kinds of feed rows that desks bring forth; every other one is reference data: the centre's alone, read only."""

CONTENT: Final = frozenset(kind for kind, rule in RULES.items() if rule in {Rule.IDENTITY, Rule.ANSWERS})
"""Kinds that change what is signed later: two desks may not change it side by side."""

CHANGING: Final = CONTENT | {"photo.consent_revoked"}
"""Kinds after which other desks have to look again. A consent may be taken back whatever another desk did meanwhile."""

CARD: Final = frozenset(kind for kind, rule in RULES.items() if rule is Rule.CARD)
"""What happened to a card."""


def read_only(feed_kind: str) -> bool:
    """Return whether rows of this kind are reference data, which no entry of a desk can change."""
    return feed_kind not in WRITTEN_AT_DESKS
