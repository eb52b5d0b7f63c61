"""Step 5: say of each material how it was shown."""

from dataclasses import replace
from typing import Final, Protocol

from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.events import Material
from sscard_desk.domain.steps import Step
from sscard_desk.ui.application_flow import Station, can_change, can_void, next_open
from sscard_desk.ui.materials.state import MaterialLine, MaterialsState
from sscard_desk.ui.serving.material_words import both
from sscard_desk.ui.serving.serving import STORE, Serving
from sscard_desk.ui.states import ActionState, ChipState, Mark, PanelLine
from sscard_desk.ui.words import say
from sscard_desk.usecases.case_of import materials_asked
from sscard_desk.usecases.check_materials import COPY_KEPT, MISSING, ORIGINAL_SEEN, check_materials

STATES: Final = (ORIGINAL_SEEN, COPY_KEPT, MISSING)
"""In the order of the keys 1, 2, 3."""


class View(Protocol):
    """What shows the materials page."""

    def show_state(self, state: MaterialsState) -> None:
        """Show it."""


class MaterialsPresenter:
    """The materials page."""

    def __init__(self, serving: Serving) -> None:
        self._serving = serving
        self._state = MaterialsState()
        self._views: list[View] = []
        self._shown_for = ("", -1)
        self._touched = False

    def attach(self, view: View) -> None:
        """Show this page in a view."""
        self._views.append(view)
        view.show_state(self._state)

    # -- the path's calls

    def opened(self) -> None:
        """The page came into view, or the application changed."""
        application = self._serving.application
        if self._shown_for != (application.id, application.version):
            self._shown_for, self._touched = (application.id, application.version), False
            known = {material.name: material.state for material in application.materials}
            lines = tuple(
                MaterialLine(asked.id, both(asked.words), both(asked.hint), known.get(asked.id, ""))
                for asked in materials_asked(application)
            )
            first = next((line.name for line in lines if not line.state), lines[0].name if lines else "")
            self._state = MaterialsState(lines=lines, current=first)
        locked = not can_change(application, "materials.checked")
        out = application.step in {Step.OPENED, Step.BANK_CONFIRMED, Step.FORM_ISSUED}
        self._state = replace(
            self._state,
            locked=(say("materials.too_early") if out else say("materials.locked")) if locked else "",
            can_unlock=locked and can_void(application),
            sent_back=application.sent_back_reason,
            busy=False,
        )
        self._refresh()

    def closed(self) -> None:
        """Another page comes into view."""

    def stop(self) -> bool:
        """Esc: nothing runs here."""
        return False

    def go_on(self) -> None:
        """Ctrl+Enter: keep the checklist, or go on where it stands already."""
        application, counter = self._serving.application, self._serving.counter
        if self._state.locked or (application.step is Step.MATERIALS_CHECKED and not self._touched):
            following = next_open(application)
            self._serving.go(following if following is not Station.MATERIALS else Station.SIGN)
            return
        if self._state.busy or not self._state.action.enabled:
            return
        materials = tuple(Material(line.name, line.state) for line in self._state.lines)
        self._state = replace(self._state, busy=True)
        self._refresh()
        self._serving.run(
            STORE,
            lambda: check_materials(counter.store, counter.session, application, materials),
            self._serving.keep,
            self._failed,
        )

    # -- the clerk's words

    def go_to(self, name: str) -> None:
        """The focus came to a line."""
        if name != self._state.current:
            self._state = replace(self._state, current=name)
            self._refresh()

    def mark(self, state: str, name: str = "") -> None:
        """1, 2, 3: say how a material was shown, and go to the next line that nobody looked at."""
        if self._state.locked or state not in STATES:
            return
        wanted = name or self._state.current
        lines = tuple(replace(line, state=state) if line.name == wanted else line for line in self._state.lines)
        self._touched = True
        following = next((line.name for line in lines if not line.state), wanted)
        self._state = replace(self._state, lines=lines, current=following)
        self._refresh()

    def mark_all(self) -> None:
        """All originals were seen."""
        for line in self._state.lines:
            if not line.state:
                self.mark(ORIGINAL_SEEN, line.name)

    def change(self) -> None:
        """Open signed content again."""
        self._serving.ask_to_void("materials")

    # -- inner

    def _failed(self, error: DeskError) -> None:
        self._state = replace(self._state, busy=False)
        self._refresh()
        self._serving.tell(error)

    def _refresh(self) -> None:
        lines = self._state.lines
        seen = [line for line in lines if line.state in {ORIGINAL_SEEN, COPY_KEPT}]
        missing = [line for line in lines if line.state == MISSING]
        open_ = [line for line in lines if not line.state]
        chips = [
            ChipState(
                say("materials.seen", done=len(seen), all=len(lines)),
                Mark.OK if len(seen) == len(lines) else None,
                name="seen",
            )
        ]
        if missing:
            chips.append(ChipState(say("materials.missing_count", count=len(missing)), Mark.ERR, name="missing"))
        self._state = replace(self._state, chips=tuple(chips), action=self._action(open_, missing))
        for view in self._views:
            view.show_state(self._state)
        shown = tuple(
            PanelLine(say("materials.panel_missing", name=line.words), Mark.ERR, target=line.name) for line in missing
        ) + tuple(
            PanelLine(say("materials.panel_open", name=line.words), Mark.TODO, target=line.name) for line in open_
        )
        self._serving.describe(missing=shown, note=say("materials.note", done=len(seen), all=len(lines)))

    def _action(self, open_: list[MaterialLine], missing: list[MaterialLine]) -> ActionState:
        sign = say("shell.next", step=say("steps.sign"))
        if self._state.locked:
            return ActionState(sign)
        if self._state.busy:
            return ActionState(sign, enabled=False, reason=say("materials.keeping"), reason_mark=Mark.BUSY)
        if missing:
            names = tuple(line.words for line in missing)
            return ActionState(
                sign, enabled=False, reason=say("materials.reason_missing", names=names), reason_mark=Mark.ERR
            )
        if open_:
            names = tuple(line.words for line in open_)
            return ActionState(
                sign, enabled=False, reason=say("materials.reason_open", names=names), reason_mark=Mark.WARN
            )
        if not self._serving.application.photo_settled:
            return ActionState(sign, enabled=False, reason=say("materials.reason_photo"), reason_mark=Mark.WARN)
        return ActionState(sign, reason=say("materials.complete"), reason_mark=Mark.OK)
