"""The side panel of one application: what is missing (first = what blocks), due dates, history newest last."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from sscard_desk.domain.application import Application
from sscard_desk.domain.due import FORM, Counting, Due, DueItem, due_items
from sscard_desk.domain.steps import BEFORE_CARD, ENDED, Step
from sscard_desk.ports.conflicts import Correction
from sscard_desk.ui.application_flow import Station, is_done, is_voided, next_open, row_of
from sscard_desk.ui.serving.dossier import Dossier
from sscard_desk.ui.serving.material_words import words_of_material
from sscard_desk.ui.states import HistoryLine, Mark, PanelLine, PanelState
from sscard_desk.ui.words import Words, say
from sscard_desk.usecases.time_limit import TimeLimit

MOST_LINES: Final = 4
MOST_HISTORY: Final = 8
_UNSAID: Final = frozenset({"print.ordered", "print.moved"})
"""What a printer did stands with the papers; the history tells what people did."""
_PRINTED: Final = frozenset({Step.OPENED, Step.BANK_CONFIRMED})


def panel_state(dossier: Dossier, own: tuple[PanelLine, ...] = (), limit: TimeLimit | None = None) -> PanelState:
    """Return the panel.

    Args:
        dossier: the application with its history.
        own: what the page in view knows to be missing; it comes first.
        limit: the time limit for the form.
    """
    application = dossier.application
    return PanelState(
        portrait=dossier.portrait,
        portrait_title=say("missing.portrait") if dossier.portrait else "",
        portrait_note=say(f"missing.photo.{application.photo_source}") if dossier.portrait else "",
        missing=(*own, *missing_lines(application, skip_first=bool(own)))[:MOST_LINES],
        due=(
            *due_lines(application, dossier.today, limit or TimeLimit()),
            *correction_lines(dossier.corrections),
            PanelLine(say("papers.open"), Mark.OFF, target=PAPERS, quiet=True),
            *closing_lines(application),
        ),
        history=tuple(
            HistoryLine(line.at.astimezone(), say(f"missing.did.{line.kind}"))
            for line in [line for line in dossier.history if line.kind not in _UNSAID][-MOST_HISTORY:]
        ),
    )


def missing_lines(application: Application, *, skip_first: bool = False) -> tuple[PanelLine, ...]:
    """Return what is still to do, in the order of the path.

    Args:
        application: where it stands.
        skip_first: leave out the station that is open next, because its page says it in more detail.
    """
    if application.step in ENDED:
        return ()
    lines: list[PanelLine] = []
    first = next_open(application)
    for station in Station:
        if is_done(application, station) or (skip_first and station is first):
            continue
        lines += _lines(application, station)
    return tuple(lines)


def _lines(application: Application, station: Station) -> list[PanelLine]:
    mark = Mark.WARN if is_voided(application, station) else Mark.TODO
    if station is Station.SIGN:
        return [
            PanelLine(say(f"missing.sign.{party}"), mark, target=station.value)
            for party in application.parties
            if not application.signed_by(party)
        ]
    if station is Station.FORM and application.step is Step.FORM_ISSUED:
        return [PanelLine(say("missing.form_out"), mark, target=station.value)]
    if station is Station.MATERIALS and application.sent_back_reason:
        reason = application.sent_back_reason
        return [PanelLine(say("missing.sent_back"), Mark.WARN, note=reason, target=station.value)]
    if station is Station.CARD:
        if application.card is not None and application.card.state == "intended":
            return [PanelLine(say("missing.card_unknown"), Mark.UNKNOWN, target=station.value)]
        key = "hand_over" if application.step in {Step.CARD_WRITTEN, Step.CARD_RECEIVED} else "card"
        return [PanelLine(say(f"missing.todo.{key}"), mark, target=station.value)]
    note: Words = say("missing.voided_note") if mark is Mark.WARN else ""
    return [PanelLine(say(f"missing.todo.{station.value}"), mark, note=note, target=station.value)]


def due_lines(application: Application, today: date, limit: TimeLimit) -> tuple[PanelLine, ...]:
    """Return the time limits of an application; today and overdue are computed, never stored."""
    if application.step in ENDED:
        return ()
    if application.step in _PRINTED:
        count = "working" if limit.working else "natural"
        return (PanelLine(say(f"due.after_print_{count}", days=limit.days)),)
    lines = tuple(_due_line(item, application.counted) for item in due_items(application, today))
    if application.step is Step.FORM_ISSUED or application.due is None:
        return lines
    return (*lines, PanelLine(say("due.returned"), Mark.OK, quiet=True))


def correction_lines(corrections: Sequence[Correction]) -> tuple[PanelLine, ...]:
    """Return what the register was asked to correct, and how far that is."""
    return tuple(
        PanelLine(
            say("due.correction", fields=tuple(say(f"identity.row.{row_of(name)}") for name in each.fields)),
            _CORRECTIONS.get(each.state, Mark.TODO),
            note=say(f"due.correction_{each.state}") if each.state in _CORRECTIONS else "",
        )
        for each in corrections
    )


_CORRECTIONS: Final = {"requested": Mark.TODO, "accepted": Mark.OK, "declined": Mark.WARN}

PAPERS: Final = "papers"
"""Target of the line that leads to the page of the case's papers; it is the page's key too."""

CLOSING: Final = "closing"
"""Target of the line that leads to the page for closing; it is the page's key too."""


def closing_lines(application: Application) -> tuple[PanelLine, ...]:
    """Return the way to close an application without a card, or why it was closed."""
    if application.closed_reason:
        return (PanelLine(say(f"missing.at.{application.step.value}"), Mark.OFF, note=application.closed_reason),)
    if application.step not in BEFORE_CARD or application.card is not None:
        return ()
    return (PanelLine(say("closing.open"), Mark.OFF, target=CLOSING, quiet=True),)


def due_words(item: DueItem) -> Words:
    """Return what is due and when, in words."""
    if item.subject == FORM:
        return say(f"due.form_{item.state.value}", day=item.day, days=-item.days)
    name = words_of_material(item.subject)
    return say(f"due.material_{item.state.value}", name=name, day=item.day, days=-item.days)


DUE_MARKS: Final = {Due.RUNNING: Mark.TODO, Due.SOON: Mark.WARN, Due.TODAY: Mark.WARN, Due.OVERDUE: Mark.ERR}


def _due_line(item: DueItem, counted: str) -> PanelLine:
    form = item.subject == FORM
    note: Words = say("due.weekdays_note") if form and counted == Counting.WEEKDAYS else ""
    target = Station.FORM.value if form else Station.MATERIALS.value
    return PanelLine(due_words(item), DUE_MARKS[item.state], note=note, target=target)
