"""The words under which the centre does not take one entry; texts stand in `sync.refusal.<word>`."""

from enum import StrEnum
from typing import Final


class Refusal(StrEnum):
    """`code` of an `EntryAnswer`; `reason` says more where there is more to say."""

    GAP = "gap"
    """Does not follow on what the centre holds; nothing is wrong with it, it is sent again."""
    CHAIN = "chain"
    """Its `prev_hash` is another than that of the entry the centre holds before it."""
    OTHER_CONTENT = "other-content"
    """The centre holds another entry under this seq or id."""
    MALFORMED = "malformed"
    FOREIGN_DESK = "foreign-desk"
    """The header names another desk than the one that signed the request."""
    TRAINING = "training"
    DIGEST = "digest"
    """Payload and salt do not fit the header's digest."""
    PAYLOAD_MISSING = "payload-missing"
    UNKNOWN_KIND = "unknown-kind"
    APPLICATION_UNKNOWN = "application-unknown"
    FOREIGN_POINT = "foreign-point"
    """The application belongs to another service point."""
    TRANSFERRED = "transferred"
    """The application went to another service point, which `reason` names."""
    POINT_UNKNOWN = "point-unknown"
    """A transfer to a service point that there is not, or to the own one."""
    SUBJECT_TAKEN = "subject-taken"
    NUMBER_TAKEN = "number-taken"
    """Another application has this number: two data folders give out the same desk's numbers."""
    CARD_TAKEN = "card-taken"
    """Another application has a card with this identification code or card number, which `reason` names."""
    STEP = "step-not-allowed"
    OWN_APPLICATION = "own-application"
    SIGNATURE_VOID = "signature-void"
    SEAL_WRONG = "seal-wrong"
    NOT_SUPERVISOR = "not-supervisor"
    """Approved by an account that the staff list does not have as a supervisor of this service point with a key."""
    SECOND_PERSON = "second-person"
    """Approved without a clerk's signature under the key of another account of this service point."""
    APPROVAL_USED = "approval-used"
    """An approval that does not say what it approves, under a seal that was used for this application before."""
    PARTIES_MISSING = "parties-missing"
    """Approved although not everybody signed who has to."""
    WITNESS_UNKNOWN = "witness-unknown"
    """A thumb print whose witness is who took it, or an account that the staff list does not have at this service point
    with a key."""
    ACCOUNT_UNKNOWN = "account-unknown"
    """A way in for an account that the staff list of this service point does not have, or that has ended."""
    KEY_USED = "key-used"
    """A way in with a key that was given or replaced before: the seal of then once more."""
    RECOVERY_UNKNOWN = "recovery-unknown"
    """A way in by a recovery that the centre did not answer for this account and desk, or that was used before."""
    ALREADY_OPEN = "already-open"
    """Conflict: an application for this person is open at another desk."""
    CHANGED_ELSEWHERE = "changed-elsewhere"
    """Conflict: another desk changed the contents that this entry was built on."""

    CARD_OUTSIDE = "card-outside"
    """Conflict: a card was worked on for an application that does not have it at the centre. The act is kept there,
    and supervisors are told."""


CONFLICTS: Final = frozenset({Refusal.ALREADY_OPEN, Refusal.CHANGED_ELSEWHERE, Refusal.CARD_OUTSIDE})
"""The centre holds something else, which a clerk compares; the others are simply not taken."""
