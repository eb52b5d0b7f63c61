"""Handing the card over: what holds it back, and a supervisor's leave to hand it over all the same. No Qt."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from sscard_desk.domain.application import Application
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.steps import Step
from sscard_desk.ui.application_flow import Station
from sscard_desk.ui.serving.leave import Leave, Unlock
from sscard_desk.ui.serving.material_words import words_of_material
from sscard_desk.ui.serving.serving import STORE, Serving
from sscard_desk.ui.states import ActionState, Mark, PanelLine, ToastState
from sscard_desk.ui.words import Words, say
from sscard_desk.usecases.hand_over import hand_over, holding_back

_WRITTEN: Final = frozenset({Step.CARD_WRITTEN, Step.CARD_RECEIVED})


@dataclass(frozen=True)
class Held:
    """A card that stays at the counter for what was promised and has not come."""

    names: tuple[Words, ...]

    @property
    def title(self) -> Words:
        """What is missing."""
        return say("card.held", names=self.names)

    @property
    def lines(self) -> tuple[PanelLine, ...]:
        """What is still to come, one line each, leading to where it is kept."""
        target = Station.MATERIALS.value
        return tuple(PanelLine(say("card.panel_held", name=name), Mark.WARN, target=target) for name in self.names)


class HandOver:
    """The last act at the counter.

    Args:
        serving: who is being served.
        unlock: account and password of a supervisor to a session.
        changed: shows the page again.
    """

    def __init__(self, serving: Serving, unlock: Unlock, changed: Callable[[], None]) -> None:
        self._serving, self._changed = serving, changed
        self.leave = Leave(unlock, changed)
        self.busy = False

    def held(self, application: Application) -> Held | None:
        """Return what holds the card back, and offer to ask a supervisor for leave."""
        ready = application.step in _WRITTEN and application.approval is not None
        names = tuple(words_of_material(name) for name in holding_back(application)) if ready else ()
        self.leave.offer(offered=bool(names))
        return Held(names) if names else None

    def action(self, application: Application, held: Held | None) -> ActionState:
        """Return the action bar of a card that is written and proved."""
        primary = say("card.hand_over")
        if application.approval is None:
            return ActionState(primary, enabled=False, reason=say("card.reason_deferred"), reason_mark=Mark.WARN)
        if self.busy:
            return ActionState(primary, enabled=False, reason=say("card.handing_over"), reason_mark=Mark.BUSY)
        if held is None:
            return ActionState(primary, reason=say("card.proved"), reason_mark=Mark.OK)
        if self.leave.state.open:
            return self.leave.action(say("leave.act_hand_over"))
        return ActionState(primary, enabled=False, reason=held.title, reason_mark=Mark.WARN)

    def begin(self) -> None:
        """Keep that the card left the counter, with the supervisor's leave where it is asked for."""
        if self.busy:
            return
        counter, application, allow = self._serving.counter, self._serving.application, self.leave.exemption()
        self.busy = True
        self._changed()

        def work() -> Application:
            return hand_over(counter.store, counter.session, application, exemption=allow())

        self._serving.run(STORE, work, self._done, self._failed)

    def forget(self) -> None:
        """Another page or person comes: no password stays behind."""
        self.leave.forget()

    def _done(self, application: Application) -> None:
        self.busy = False
        self.forget()
        self._serving.notify(ToastState(say("card.handed_over"), say("card.handed_over_note")))
        self._serving.keep(application, go_on=False)

    def _failed(self, error: DeskError) -> None:
        self.busy = False
        told = self.leave.refused(error)
        self._changed()
        if not told:
            self._serving.tell(error)
