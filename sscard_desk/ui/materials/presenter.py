"""Step 5: say of each material how it was shown."""

from dataclasses import fields, replace
from typing import Final, Protocol

from sscard_desk.domain.application import Application
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.events import Material
from sscard_desk.domain.steps import Step
from sscard_desk.forms.conditions import as_date
from sscard_desk.ui.application_flow import Station, can_change, can_void, next_open
from sscard_desk.ui.materials.counting import Counted
from sscard_desk.ui.materials.papers import MaterialsPapers, PapersPart
from sscard_desk.ui.materials.state import MaterialLine, MaterialsState
from sscard_desk.ui.serving.leave import Leave, Unlock
from sscard_desk.ui.serving.material_words import both
from sscard_desk.ui.serving.serving import STORE, Serving
from sscard_desk.ui.serving.voiding import ask_to_void
from sscard_desk.ui.states import ActionState, Mark
from sscard_desk.ui.words import say
from sscard_desk.usecases.case_of import materials_asked
from sscard_desk.usecases.check_materials import (
    COPY_KEPT,
    MISSING,
    ORIGINAL_SEEN,
    PROMISED,
    ChecklistLine,
    bring_material,
    check_materials,
    checklist_of,
    promise_until,
)

STATES: Final = (ORIGINAL_SEEN, COPY_KEPT, MISSING, PROMISED)
"""In the order of the keys 1, 2, 3, 4."""


class View(Protocol):
    """What shows the materials page."""

    def show_state(self, state: MaterialsState) -> None:
        """Show it."""


class MaterialsPresenter:
    """The materials page."""

    def __init__(self, serving: Serving, unlock: Unlock) -> None:
        self._serving = serving
        self.leave = Leave(unlock, self._refresh)
        self._state = MaterialsState()
        self.papers = MaterialsPapers(serving, self._marked, self._refresh)
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
            before = self._shown_for[0]
            self._shown_for = (application.id, application.version)
            self.leave.forget()
            self.papers.forget()
            lines = self._lines(application, same=application.id == before)
            first = next((line.name for line in lines if not line.state), lines[0].name if lines else "")
            self._state = MaterialsState(lines=lines, current=first)
        locked = not can_change(application, "materials.checked")
        out = application.step in {Step.OPENED, Step.BANK_CONFIRMED, Step.FORM_ISSUED}
        self._state = replace(
            self._state,
            locked=(say("materials.too_early") if out else say("materials.locked")) if locked else "",
            can_unlock=locked and can_void(application),
            sent_back=application.sent_back_reason,
            exception=application.materials_exception,
            busy=False,
            can_scan=can_change(application, "document.kept"),
        )
        self._refresh()

    def closed(self) -> None:
        """Another page comes into view: no password stays behind."""
        self.leave.forget()
        self.papers.forget()

    def stop(self) -> bool:
        """Esc: close the paper, cancel its print, or no exception after all."""
        return self.papers.stop() or self.leave.stop()

    def go_on(self) -> None:
        """Ctrl+Enter: keep the checklist, or go on where it stands already; print where the reason was asked."""
        if self.papers.paper.reprint.ask is not None:
            self.papers.paper.print()
            return
        application, counter = self._serving.application, self._serving.counter
        if self._state.locked or (application.step is Step.MATERIALS_CHECKED and not self._touched):
            following = next_open(application)
            self._serving.go(following if following is not Station.MATERIALS else Station.SIGN)
            return
        if self._state.busy or not self._state.action.enabled:
            return
        materials = self._marked()
        allow = self.leave.exemption()
        today, days = counter.today(), counter.working_days
        self._state = replace(self._state, busy=True)
        self._refresh()

        def keep() -> Application:
            return check_materials(
                counter.store, counter.session, application, materials, allow(), today=today, calendar=days
            )

        self._serving.run(STORE, keep, self._kept, self._failed)

    @property
    def current(self) -> str:
        """The material that the keys answer for."""
        return self._state.current

    # -- the clerk's words

    def go_to(self, name: str) -> None:
        """The focus came to a line."""
        if name != self._state.current:
            self._state = replace(self._state, current=name)
            self._refresh()

    def mark(self, state: str, name: str = "") -> None:
        """1 to 4: say how a material was shown, and go to the next line that nobody looked at."""
        wanted = name or self._state.current
        line = next((line for line in self._state.lines if line.name == wanted), None)
        if line is None or state not in line.states or self._state.busy:
            return
        if self._state.locked:
            self._bring(line, state)
            return
        promised = self._promise(wanted) if state == PROMISED else ""
        lines = tuple(
            replace(each, state=state, promised=promised) if each is line else each for each in self._state.lines
        )
        self._touched = True
        following = next((each.name for each in lines if not each.state), wanted)
        self._state = replace(self._state, lines=lines, current=following)
        self._refresh()

    def promise(self, name: str, day: str) -> None:
        """Until when something is promised, as it was typed; it is judged when the checklist is kept."""
        lines = tuple(replace(each, promised=day) if each.name == name else each for each in self._state.lines)
        self._touched = True
        self._state = replace(self._state, lines=lines)
        self._refresh()

    def mark_all(self) -> None:
        """All originals were seen."""
        for line in self._state.lines:
            if not line.state and ORIGINAL_SEEN in line.states:
                self.mark(ORIGINAL_SEEN, line.name)

    def change(self) -> None:
        """Open signed content again."""
        ask_to_void(self._serving, "materials")

    # -- inner

    def _marked(self) -> tuple[Material, ...]:
        return tuple(_material(line) for line in self._state.lines if line.state)

    def _lines(self, application: Application, *, same: bool) -> tuple[MaterialLine, ...]:
        """Return the checklist; what was marked and is not kept yet stays while a scan of it is kept."""
        lines = tuple(self._line(line) for line in checklist_of(application))
        marked = {line.name: line for line in self._state.lines} if same and self._touched else {}
        if not marked or not can_change(application, "materials.checked") or application.materials:
            self._touched = False
            return lines
        return tuple(
            replace(line, state=marked[line.name].state, promised=marked[line.name].promised)
            if line.name in marked and not line.state
            else line
            for line in lines
        )

    def _line(self, line: ChecklistLine) -> MaterialLine:
        application, asked = self._serving.application, line.asked
        return MaterialLine(
            name=asked.id,
            words=both(asked.words),
            hint=both(asked.hint),
            state=line.state,
            states=asked.states,
            promised=line.promised.isoformat() if line.promised else "",
            blocks=asked.blocks,
            later=line.outstanding and can_change(application, "material.brought"),
            scanned=sum(each.pages for each in line.documents),
        )

    def _promise(self, name: str) -> str:
        """Return the last day that the data allow: the clerk types an earlier one where that was said."""
        counter = self._serving.counter
        asked = next(each for each in materials_asked(self._serving.application) if each.id == name)
        day = promise_until(asked, counter.today(), counter.working_days)
        return day.isoformat() if day else ""

    def _bring(self, line: MaterialLine, state: str) -> None:
        """Something promised or missing came after the materials were checked."""
        if not line.later or state not in {ORIGINAL_SEEN, COPY_KEPT}:
            return
        application, counter = self._serving.application, self._serving.counter
        self._serving.run(
            STORE,
            lambda: bring_material(counter.store, counter.session, application, line.name, state),
            lambda after: self._serving.keep(after, go_on=False),
            self._failed,
        )

    def _kept(self, application: Application) -> None:
        self.leave.forget()
        self._serving.keep(application)

    def _failed(self, error: DeskError) -> None:
        self._state = replace(self._state, busy=False)
        told = self.leave.refused(error)
        self._refresh()
        if not told:
            self._serving.tell(error)

    def _refresh(self) -> None:
        counted = Counted.of(self._state.lines)
        self.leave.offer(offered=bool(counted.blocking) and not counted.open and not self._state.locked)
        part = {each.name: getattr(self.papers.state(), each.name) for each in fields(PapersPart)}
        action = self.papers.paper.reprint.action() or self._action(counted)
        self._state = replace(self._state, chips=counted.chips, leave=self.leave.state, action=action, **part)
        for view in self._views:
            view.show_state(self._state)
        self._serving.describe(Station.MATERIALS, missing=counted.panel, note=counted.note)

    def _action(self, counted: Counted) -> ActionState:
        sign = say("shell.next", step=say("steps.sign"))
        if self._state.locked:
            return ActionState(sign)
        if self._state.busy:
            return ActionState(sign, enabled=False, reason=say("materials.keeping"), reason_mark=Mark.BUSY)
        if self.leave.state.open:
            return self.leave.action(say("leave.act_materials"))
        return counted.action(photo_settled=self._serving.application.photo_settled)


def _material(line: MaterialLine) -> Material:
    """Return the line as it is kept; a day that cannot be read is none, and the data refuse a promise without one."""
    day = as_date(line.promised) if line.state == PROMISED else None
    return Material(line.name, line.state, day)
