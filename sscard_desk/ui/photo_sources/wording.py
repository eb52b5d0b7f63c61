"""What the page says at each stage: the notice, the button of F7, and the action bar."""

from typing import Final

from sscard_desk.domain.application import Application
from sscard_desk.domain.errors import CardholderCanFix, DeskError
from sscard_desk.domain.errors.photo_sources import ChipDecoderMissing
from sscard_desk.domain.photo_source import CHIP
from sscard_desk.ui.photo_sources.state import ConsentState, SourcesState, Stage
from sscard_desk.ui.serving.ports import Question
from sscard_desk.ui.states import ActionState, Mark
from sscard_desk.ui.words import Words, advice_of, message_of, say

_MARKS: Final = {
    Stage.CONSENT: Mark.WARN,
    Stage.READY: Mark.TODO,
    Stage.ASKING: Mark.BUSY,
    Stage.MADE: Mark.OK,
}


def notice_of(stage: Stage, source: str, application: Application) -> tuple[Mark, Words, Words, Words]:
    """Return mark, notice, what to do, and what F7 does."""
    chip_kept = application.chip_photo is not None
    if stage is Stage.TROUBLE:
        raise ValueError("a trouble has its own words")
    name = f"{source}_kept" if source == CHIP and chip_kept and stage in {Stage.READY, Stage.ASKING} else source
    act: Words = say(f"photo_sources.act.{name}") if stage in {Stage.READY, Stage.MADE} else ""
    if stage is Stage.READY and application.photo_source == source:
        return Mark.OK, say("photo_sources.in_use"), say("photo_sources.in_use_note"), act
    if stage is Stage.MADE:
        return _MARKS[stage], say("photo_sources.made"), say("photo_sources.made_note"), act
    note = say(f"photo_sources.note.{stage.value}_{name}")
    return _MARKS[stage], say(f"photo_sources.notice.{stage.value}_{name}"), note, act


def trouble_of(error: DeskError) -> tuple[Mark, Words, Words]:
    """Return mark, what happened, and what to do with the code; what the applicant can mend warns."""
    known = isinstance(error, CardholderCanFix | ChipDecoderMissing)
    note = say("missing.advice", advice=advice_of(error), code=error.code)
    return Mark.WARN if known else Mark.ERR, message_of(error), note


def action_of(state: SourcesState, *, adopted: bool) -> ActionState:
    """Return the action bar: sign, adopt, or go on."""
    following = say("shell.next", step=say("steps.form"))
    if state.locked:
        return ActionState(following, enabled=adopted)
    if state.consent is not None:
        return _consent_action(state.consent, busy=state.busy)
    if state.found:
        portrait = state.found[state.chosen].portrait
        adopt = say("photo_sources.adopt")
        if not portrait.acceptable:
            rule = say(f"photo.rule.{portrait.refused_by[0]}")
            reason = say("photo_page.reason_refused", rule=rule)
            return ActionState(adopt, enabled=False, reason=reason, reason_mark=Mark.ERR)
        return ActionState(adopt, enabled=not state.busy, reason=say("photo_page.fine"), reason_mark=Mark.OK)
    if adopted:
        return ActionState(following, reason=say("photo_page.adopted"), reason_mark=Mark.OK)
    return ActionState(
        say("photo_sources.adopt"), enabled=False, reason=say("photo_sources.need_picture"), reason_mark=Mark.WARN
    )


def _consent_action(consent: ConsentState, *, busy: bool) -> ActionState:
    """Return the action bar while words stand to be signed: whatever is open is confirmed."""
    if consent.reprint is not None:
        return ActionState(say("printing.again_now", copy=consent.reprint.copy + 1))
    if consent.witness.party:
        return ActionState(say("sign.witness_confirm"), enabled=not busy)
    enough = consent.way == "pad" and consent.strokes.enough
    lacks = {"paper": "sheet_reason", "thumb": "thumb_reason"}.get(consent.way, "consent_reason")
    reason = say("photo_sources.consent_ready" if enough else f"photo_sources.{lacks}")
    mark = Mark.OK if enough else Mark.WARN
    return ActionState(say("photo_sources.agree"), enabled=enough and not busy, reason=reason, reason_mark=mark)


def revoke_question(application: Application, source: str) -> Question:
    """Return what is asked before a consent is taken back: what goes with it."""
    from_here = application.photo_source == source
    signed = len(application.valid_signatures()) if from_here else 0
    consequence = say("photo_sources.revoke_photo" if from_here else "photo_sources.revoke_only")
    if signed:
        consequence = say("photo_sources.revoke_signed", count=signed)
    return Question(
        title=say("photo_sources.revoke_title"),
        consequence=consequence,
        safe=say("photo_sources.revoke_safe"),
        act=say("photo_sources.revoke"),
    )
