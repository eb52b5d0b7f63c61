"""How the centre is called in the status line and on the doctor page: "offline" only where nobody answered."""

from typing import Final

from sscard_desk.domain.errors.backup import DeskEnded
from sscard_desk.domain.errors.centre import CentreBusy, CentreUnreachable
from sscard_desk.domain.errors.desk_identity import DeskRevoked
from sscard_desk.ports.devices import DeviceState, Health
from sscard_desk.ui.states import Mark
from sscard_desk.ui.words import Words, say

_AWAY: Final = (CentreUnreachable, CentreBusy)
_OVER: Final = (DeskRevoked, DeskEnded)


def centre_word(state: DeviceState) -> tuple[Mark, Words]:
    """Return the mark and the word for how the centre was heard last."""
    if state.health is Health.READY:
        return Mark.OK, say("shell.health.connected")
    if isinstance(state.trouble, _OVER):
        return Mark.ERR, say("shell.health.revoked")
    if state.health in {Health.OFF, Health.SILENT}:
        if state.trouble is None or isinstance(state.trouble, _AWAY):
            return Mark.OFF, say("shell.health.offline")
        return Mark.ERR, say("shell.health.interrupted")  # somebody answered, and it went no further
    return Mark.of_health(state.health), say(f"shell.health.{state.health.value}")
