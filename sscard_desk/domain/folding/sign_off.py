"""Signatures and the supervisor's approval, each bound to what the application says."""

from dataclasses import replace

from sscard_desk.domain import events
from sscard_desk.domain.application import Application, Signature
from sscard_desk.domain.errors.operator import OwnApplication, SignatureVoid
from sscard_desk.domain.ids import AccountId
from sscard_desk.domain.seals import content_of, mark_of, shown_of
from sscard_desk.domain.steps import Step


def signed(before: Application, event: events.Signed, actor: AccountId) -> Application:
    """Add a party's signature; an earlier one of the same party and an approval fall.

    One that names its content is of that content alone, and counts once.
    """
    if event.digest != before.digest:
        raise SignatureVoid(party=event.party)
    shown, mark = shown_of(before), mark_of(event.content_seal)
    if event.content and (event.content != shown or mark in before.signature_marks):
        raise SignatureVoid(party=event.party)
    signature = Signature(
        event.party,
        event.kind_of_signature,
        event.digest,
        event.evidence,
        actor,
        event.seal,
        event.witness,
        content=event.content,
        nonce=event.nonce,
        content_seal=event.content_seal,
    )
    used = {each: shown for each in (mark_of(event.seal), mark) if each}
    others = tuple(s for s in before.signatures if s.party != event.party)
    after = replace(
        before,
        signatures=(*others, signature),
        sent_back_reason="",
        approval=None,
        signature_marks=used | before.signature_marks,
        paper=event.paper or before.paper,
    )
    complete = all(after.signed_by(party) for party in after.parties)
    return replace(after, step=Step.SIGNED if complete else Step.MATERIALS_CHECKED)


def approved(before: Application, event: events.Approved, actor: AccountId) -> Application:
    """Add the approval of somebody else than who took the application in.

    One that names its content is of that content alone, and counts once. Whether one of before that was used already
    the centre asks (`central.sign_offs`): old journals fold as they did.
    """
    if actor == before.opened_by:
        raise OwnApplication
    if event.digest != before.digest or not all(before.signed_by(party) for party in before.parties):
        raise SignatureVoid(party="supervisor")
    mark = mark_of(event.content_seal)
    if event.content and (event.content != content_of(before) or mark in before.approval_marks):
        raise SignatureVoid(party="supervisor")
    approval = Signature(
        "supervisor",
        "password",
        event.digest,
        None,
        actor,
        event.seal,
        content=event.content,
        nonce=event.nonce,
        content_seal=event.content_seal,
    )
    step = before.step if before.step is Step.CARD_WRITTEN else Step.APPROVED
    used = tuple(each for each in (mark_of(event.seal), mark) if each)
    return replace(before, step=step, approval=approval, approval_marks=(*before.approval_marks, *used))
