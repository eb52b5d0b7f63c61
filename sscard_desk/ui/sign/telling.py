"""What the sign page says: facts beside the paper, each party's state, what is open, what can be done. No Qt."""

from collections.abc import Callable
from typing import Final

from sscard_desk.domain.application import Application, Signature
from sscard_desk.domain.errors.store import BlobDamaged, BlobMissing
from sscard_desk.domain.seals import THUMB
from sscard_desk.domain.steps import Step
from sscard_desk.ports.store import Store
from sscard_desk.ui.application_flow import Station, is_voided, row_of
from sscard_desk.ui.serving.sheet import Sheet
from sscard_desk.ui.sign.state import Fact, PartyState, SignStage
from sscard_desk.ui.sign.strokes import Strokes, read_strokes
from sscard_desk.ui.states import ActionState, ChipState, Mark, PanelLine
from sscard_desk.ui.words import Words, say

OPEN: Final = frozenset({Step.MATERIALS_CHECKED, Step.SIGNED})
"""Steps at which somebody may sign."""


def short_digest(digest: str) -> str:
    """Return a SHA-256 as people compare it: first eight and last four characters in groups."""
    upper = digest.upper()
    return f"{upper[:4]} {upper[4:8]}…{upper[-4:]}" if digest else ""


def name_of_party(application: Application, party: str, clerk: str) -> str:
    """Return who signs for a party: the applicant, the guardian or agent that the form names, or the clerk."""
    if party == "clerk":
        return clerk
    return application.name if party == "applicant" else application.answers.get("agent_name", "")


def page_note(sheet: Sheet | None) -> Words:
    """Return what stands above the paper."""
    if sheet is None:
        return say("sign.drawing")
    return say("sign.page_again") if sheet.again else say("sign.page", page=1, pages=len(sheet.pages))


def facts_of(application: Application) -> tuple[Fact, ...]:
    """Return what is confirmed by signing, in short."""
    changed = tuple(say(f"identity.row.{row_of(d.field)}") for d in application.differences if d.taken)
    return (
        Fact(say("sign.fact_bank"), application.bank_name),
        Fact(say("sign.fact_photo"), say(f"missing.photo.{application.photo_source}") if application.photo else "—"),
        Fact(
            say("sign.fact_changes"),
            say("sign.list", names=tuple(dict.fromkeys(changed))) if changed else say("sign.no_changes"),
        ),
        Fact(say("sign.fact_digest"), short_digest(application.digest)),
    )


def party_state(
    application: Application,
    party: str,
    name: str,
    strokes: Strokes | None,
    *,
    signing: bool,
    name_of: Callable[[str], str],
) -> PartyState:
    """Return how a party stands.

    Args:
        application: what is signed.
        party: whose state.
        name: of the party.
        strokes: what was drawn, or what is kept of it; None where nothing is.
        signing: whether this party is signing now.
        name_of: the display name of an account.
    """
    drawn = strokes or Strokes()
    signature = next((s for s in application.signatures if s.party == party), None)
    if signing:
        note = say("sign.pen_confirm") if drawn.enough else say("sign.pen_how")
        return PartyState(party, name, SignStage.SIGNING, note, "strokes", drawn)
    if signature is None:
        void = is_voided(application, Station.SIGN)
        note = say("sign.void_note") if void else say(f"sign.{party}_note")
        return PartyState(party, name, SignStage.VOID if void else SignStage.WAITS, note)
    if signature.digest != application.digest:
        return PartyState(party, name, SignStage.VOID, say("sign.void_note"), signature.kind_of_signature)
    return PartyState(party, name, SignStage.SIGNED, _kept(signature, name_of), signature.kind_of_signature, drawn)


def chip_of(parties: tuple[PartyState, ...]) -> ChipState:
    """Return how many have signed, as the head shows it."""
    done = sum(1 for party in parties if party.stage is SignStage.SIGNED)
    mark = Mark.OK if done == len(parties) else Mark.BUSY if done else Mark.TODO
    return ChipState(say("sign.chip", done=done, all=len(parties)), mark, name="signed")


def open_lines(parties: tuple[PartyState, ...]) -> tuple[PanelLine, ...]:
    """Return who has not signed yet, for the panel."""
    return tuple(
        PanelLine(
            say(f"missing.sign.{party.party}"),
            Mark.BUSY if party.stage is SignStage.SIGNING else Mark.TODO,
            target=party.party,
        )
        for party in parties
        if party.stage is not SignStage.SIGNED
    )


def action_of(parties: tuple[PartyState, ...], *, locked: bool) -> ActionState:
    """Return the action bar while nobody witnesses."""
    approve = say("shell.next", step=say("steps.approve"))
    open_ = tuple(say(f"sign.{party.party}") for party in parties if party.stage is not SignStage.SIGNED)
    if locked or not open_:
        return ActionState(
            approve, reason=say("sign.all_signed") if not open_ else "", reason_mark=None if open_ else Mark.OK
        )
    return ActionState(approve, enabled=False, reason=say("sign.reason", parties=open_), reason_mark=Mark.WARN)


def kept_strokes(store: Store, signatures: tuple[Signature, ...]) -> dict[str, Strokes]:
    """Read what was drawn, by party; runs on the store's lane."""
    found: dict[str, Strokes] = {}
    for signature in signatures:
        if signature.evidence is None:
            continue
        try:
            strokes = read_strokes(store.blob(signature.evidence))
        except (BlobMissing, BlobDamaged):
            continue  # `verify` names it; the page shows the signature without its picture
        if strokes is not None:
            found[signature.party] = strokes
    return found


def _kept(signature: Signature, name_of: Callable[[str], str]) -> Words:
    digest = short_digest(signature.digest)
    if signature.kind_of_signature == THUMB:
        return say("sign.kept_thumb", witness=name_of(signature.witness or ""), digest=digest)
    return say(f"sign.kept_{signature.kind_of_signature}", digest=digest)
