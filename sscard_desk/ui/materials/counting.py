"""How far the checklist is, and what page, panel and action bar say of it. No Qt."""

from dataclasses import dataclass
from typing import Self

from sscard_desk.domain.application import OUTSTANDING
from sscard_desk.ui.materials.state import MaterialLine
from sscard_desk.ui.states import ActionState, ChipState, Mark, PanelLine
from sscard_desk.ui.words import Words, say
from sscard_desk.usecases.check_materials import COPY_KEPT, MISSING, ORIGINAL_SEEN, PROMISED


@dataclass(frozen=True)
class Counted:
    """The lines of a checklist by how they stand.

    Attributes:
        lines: all of them.
        seen: original or copy.
        promised: brought later.
        missing: not there.
        blocking: missing, and the data let nobody go on without.
        open: nobody looked yet.
    """

    lines: tuple[MaterialLine, ...]
    seen: tuple[MaterialLine, ...]
    promised: tuple[MaterialLine, ...]
    missing: tuple[MaterialLine, ...]
    blocking: tuple[MaterialLine, ...]
    open: tuple[MaterialLine, ...]

    @classmethod
    def of(cls, lines: tuple[MaterialLine, ...]) -> Self:
        """Count the lines of a checklist."""
        missing = tuple(line for line in lines if line.state == MISSING)
        return cls(
            lines,
            seen=tuple(line for line in lines if line.state in {ORIGINAL_SEEN, COPY_KEPT}),
            promised=tuple(line for line in lines if line.state == PROMISED),
            missing=missing,
            blocking=tuple(line for line in missing if line.blocks),
            open=tuple(line for line in lines if not line.state),
        )

    @property
    def chips(self) -> tuple[ChipState, ...]:
        """The facts beside the title."""
        whole = Mark.OK if len(self.seen) == len(self.lines) else None
        chips = [ChipState(say("materials.seen", done=len(self.seen), all=len(self.lines)), whole, name="seen")]
        if self.missing:
            chips.append(ChipState(say("materials.missing_count", count=len(self.missing)), Mark.ERR, name="missing"))
        if self.promised:
            count = say("materials.promised_count", count=len(self.promised))
            chips.append(ChipState(count, Mark.WARN, name="promised"))
        return tuple(chips)

    @property
    def panel(self) -> tuple[PanelLine, ...]:
        """What the side panel says is still to do, what blocks first."""
        return (
            *(PanelLine(say("materials.panel_missing", name=e.words), Mark.ERR, target=e.name) for e in self.blocking),
            *(PanelLine(say("materials.panel_open", name=e.words), Mark.TODO, target=e.name) for e in self.open),
        )

    @property
    def note(self) -> Words:
        """What the path says of the step."""
        return say("materials.note", done=len(self.seen), all=len(self.lines))

    def action(self, *, photo_settled: bool) -> ActionState:
        """Return the action bar: what is in the way, or that one may go on."""
        sign = say("shell.next", step=say("steps.sign"))
        if self.blocking:
            reason = say("materials.reason_missing", names=tuple(line.words for line in self.blocking))
            return ActionState(sign, enabled=False, reason=reason, reason_mark=Mark.ERR)
        if self.open:
            reason = say("materials.reason_open", names=tuple(line.words for line in self.open))
            return ActionState(sign, enabled=False, reason=reason, reason_mark=Mark.WARN)
        if not photo_settled:
            return ActionState(sign, enabled=False, reason=say("materials.reason_photo"), reason_mark=Mark.WARN)
        late = [line for line in self.lines if line.state in OUTSTANDING]
        if late:
            return ActionState(sign, reason=say("materials.outstanding", count=len(late)), reason_mark=Mark.WARN)
        return ActionState(sign, reason=say("materials.complete"), reason_mark=Mark.OK)
