"""What the photo page says of a live picture, of a shot, and of what is missing. No Qt."""

from dataclasses import replace

from sscard_desk.domain.portrait import ONLY_OF_A_FILE, Grade, Verdict
from sscard_desk.ui.photo.rules import MARKS, count_fits, first_broken, rule_lines, value_of
from sscard_desk.ui.photo.state import Live, PhotoState, Shot
from sscard_desk.ui.states import Mark, PanelLine
from sscard_desk.ui.words import Words, say


def with_live(state: PhotoState, live: Live, verdicts: tuple[Verdict, ...], *, by_itself: bool) -> PhotoState:
    """Return the page with one frame and what was found in it.

    Args:
        state: the page before.
        live: the frame.
        verdicts: one for each rule.
        by_itself: whether the page will shoot once all rules fit.
    """
    questions = tuple(verdict for verdict in verdicts if verdict.grade is Grade.ASKS)
    verdicts = tuple(verdict for verdict in verdicts if verdict.rule not in ONLY_OF_A_FILE)
    broken = first_broken(verdicts)
    if broken is None:
        advice, mark = say("photo_page.all_fit_now"), Mark.OK
        note: Words = say("photo_page.hold") if by_itself else ""
    else:
        advice, mark = say(broken.advice), MARKS[broken.grade]
        so_far = say("photo_page.note_auto" if by_itself else "photo_page.note_now")
        rule = say(f"photo.rule.{broken.rule}")
        note = say("photo_page.note_rule", rule=rule, value=value_of(broken), then=so_far)
    return replace(
        state,
        live=live,
        rules=rule_lines(verdicts),
        fits=count_fits(verdicts),
        advice=advice,
        advice_mark=mark,
        advice_note=note,
        trouble="",
        trouble_note="",
        question=say(questions[0].advice) if questions else state.question,
    )


def shot_note(shot: Shot | None) -> Words:
    """Return what the path says of the chosen shot."""
    if shot is None:
        return ""
    return say("photo_page.shot_fine" if shot.mark is Mark.OK else "photo_page.shot", number=shot.number)


def missing_lines(shot: Shot | None, *, adopted: bool) -> tuple[PanelLine, ...]:
    """Return what the side panel says is still to do."""
    if shot is not None and shot.portrait.acceptable and not shot.portrait.asks:
        return (PanelLine(say("photo_page.not_adopted"), note=say("photo_page.adopt_how"), target="photo"),)
    if adopted:
        return ()
    return (PanelLine(say("missing.todo.photo"), note=say("photo_page.how"), target="photo"),)
