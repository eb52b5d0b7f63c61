"""The steps of an application and the acts that lead from one to the next (process reference, "Steps").

The photo is not a step of its own: it may come anywhere before the materials are checked, so it is a fact beside
the step. The screen shows it as its third station all the same.
"""

from enum import Enum
from typing import Final


class Step(Enum):
    """Where an application stands."""

    OPENED = "opened"
    BANK_CONFIRMED = "bank_confirmed"
    FORM_ISSUED = "form_issued"
    FORM_RETURNED = "form_returned"
    MATERIALS_CHECKED = "materials_checked"
    SIGNED = "signed"
    APPROVAL_DEFERRED = "approval_deferred"
    APPROVED = "approved"
    CARD_WRITTEN = "card_written"
    SENT_TO_PRODUCTION = "sent_to_production"
    CARD_RECEIVED = "card_received"
    HANDED_OVER = "handed_over"
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"
    EXPIRED = "expired"


ENDED: Final = frozenset({Step.HANDED_OVER, Step.WITHDRAWN, Step.REFUSED, Step.EXPIRED})
"""Nothing follows on these."""

BEFORE_CARD: Final = frozenset(
    {
        Step.OPENED,
        Step.BANK_CONFIRMED,
        Step.FORM_ISSUED,
        Step.FORM_RETURNED,
        Step.MATERIALS_CHECKED,
        Step.SIGNED,
        Step.APPROVAL_DEFERRED,
        Step.APPROVED,
    }
)
"""An application can be withdrawn, refused or expire from these, unless a card was begun."""

BEFORE_SIGNED: Final = frozenset(
    {Step.OPENED, Step.BANK_CONFIRMED, Step.FORM_ISSUED, Step.FORM_RETURNED, Step.MATERIALS_CHECKED}
)
"""Contents may still change without voiding a signature."""

FROM: Final[dict[str, frozenset[Step]]] = {
    "identity.decided": frozenset({Step.OPENED, Step.BANK_CONFIRMED}),
    "identity.scanned": frozenset({Step.OPENED}),
    "bank.confirmed": frozenset({Step.OPENED, Step.BANK_CONFIRMED, Step.FORM_ISSUED, Step.FORM_RETURNED}),
    "photo.attached": BEFORE_SIGNED - {Step.MATERIALS_CHECKED},
    "photo.exempted": BEFORE_SIGNED - {Step.MATERIALS_CHECKED},
    "photo.consented": BEFORE_SIGNED - {Step.MATERIALS_CHECKED},
    "photo.chip_kept": BEFORE_SIGNED - {Step.MATERIALS_CHECKED},
    "photo.consent_revoked": BEFORE_CARD,
    "form.issued": frozenset({Step.BANK_CONFIRMED, Step.FORM_ISSUED, Step.FORM_RETURNED}),
    "form.returned": frozenset({Step.FORM_ISSUED, Step.FORM_RETURNED, Step.MATERIALS_CHECKED}),
    "materials.checked": frozenset({Step.FORM_RETURNED, Step.MATERIALS_CHECKED}),
    "material.brought": frozenset(
        {
            Step.MATERIALS_CHECKED,
            Step.SIGNED,
            Step.APPROVAL_DEFERRED,
            Step.APPROVED,
            Step.CARD_WRITTEN,
            Step.SENT_TO_PRODUCTION,
            Step.CARD_RECEIVED,
        }
    ),
    "document.kept": BEFORE_CARD | {Step.CARD_WRITTEN, Step.SENT_TO_PRODUCTION, Step.CARD_RECEIVED},
    "document.taken_back": BEFORE_SIGNED,
    "application.signed": frozenset({Step.MATERIALS_CHECKED, Step.SIGNED}),
    "signatures.voided": frozenset({Step.SIGNED, Step.APPROVED, Step.APPROVAL_DEFERRED, Step.MATERIALS_CHECKED}),
    "application.approved": frozenset({Step.SIGNED, Step.APPROVAL_DEFERRED, Step.CARD_WRITTEN}),
    "application.sent_back": frozenset({Step.SIGNED, Step.APPROVAL_DEFERRED}),
    "approval.deferred": frozenset({Step.SIGNED}),
    "card.intended": frozenset({Step.APPROVED, Step.APPROVAL_DEFERRED}),
    "card.written": frozenset({Step.APPROVED, Step.APPROVAL_DEFERRED}),
    "card.spoiled": frozenset({Step.APPROVED, Step.APPROVAL_DEFERRED, Step.CARD_WRITTEN}),
    "card.handed_over": frozenset({Step.CARD_WRITTEN, Step.CARD_RECEIVED}),
    "production.sent": frozenset({Step.APPROVED}),
    "production.received": frozenset({Step.SENT_TO_PRODUCTION}),
    "application.withdrawn": BEFORE_CARD,
    "application.refused": BEFORE_CARD,
    "application.expired": BEFORE_CARD,
    "application.transferred": BEFORE_CARD,
    "conflict.settled": frozenset(Step),
}
"""From which steps an act is possible. Which further conditions hold is checked where the act is applied."""
