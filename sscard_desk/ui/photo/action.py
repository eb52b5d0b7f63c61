"""What the action bar of the photo page says: whether the chosen shot can be adopted, and why not. No Qt."""

from sscard_desk.ui.photo.state import PhotoState, Shot
from sscard_desk.ui.states import ActionState, Mark
from sscard_desk.ui.words import say


def action_of(state: PhotoState, shot: Shot | None) -> ActionState:
    """Return the action bar for a state and the chosen shot, None without one."""
    following = say("shell.next", step=say("steps.form"))
    if state.locked:
        return ActionState(following)
    if shot is not None:
        return _of_shot(shot)
    if state.adopted:
        return ActionState(following, reason=say("photo_page.adopted"), reason_mark=Mark.OK)
    return ActionState(say("photo_page.adopt"), enabled=False, reason=say("photo_page.reason"), reason_mark=Mark.WARN)


def _of_shot(shot: Shot) -> ActionState:
    adopt = say("photo_page.adopt_shot", number=shot.number)
    if not shot.portrait.acceptable:
        reason = say("photo_page.reason_refused", rule=shot.words)
        return ActionState(adopt, enabled=False, reason=reason, reason_mark=Mark.ERR)
    if shot.portrait.asks:
        return ActionState(adopt, enabled=False, reason=say("photo_page.reason_question"), reason_mark=Mark.WARN)
    if shot.mark is Mark.WARN:
        return ActionState(adopt, reason=say("photo_page.reason_warned", rule=shot.words), reason_mark=Mark.WARN)
    return ActionState(adopt, reason=say("photo_page.fine"), reason_mark=Mark.OK)
