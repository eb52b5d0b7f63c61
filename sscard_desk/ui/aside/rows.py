"""What the lines of the list say. No Qt."""

from collections.abc import Mapping, Sequence
from typing import Final

from sscard_desk.domain.application import Application
from sscard_desk.forms.definition import FormDefinition
from sscard_desk.ports.conflicts import Conflict
from sscard_desk.ui.aside.state import MINE, THEIRS, AsideRow, SideRow, WayRow
from sscard_desk.ui.form.shape import shown_value
from sscard_desk.ui.states import Mark
from sscard_desk.ui.words import Both, Words, say
from sscard_desk.usecases.mending import Mend, Trouble
from sscard_desk.usecases.settle_conflict import BANK, PHOTO, Sides
from sscard_desk.usecases.transfer_application import Question
from sscard_desk.wire.refusals import Refusal

UNFOLDED: Final = frozenset(
    {
        "unreadable",
        "training",
        "digest",
        "unknown-kind",
        "number-taken",
        "seal-wrong",
        "not-supervisor",
        "witness-unknown",
        "account-unknown",
    }
)
"""Reasons that have words of their own; any other one is the code of an error."""
ASK, GRANT, DECLINE = "ask", "grant", "decline"
"""Ways besides those of `Mend`."""


def trouble_row(trouble: Trouble) -> AsideRow:
    """Return the line of entries that the centre did not take."""
    application = trouble.application
    title: Words = application.number if application is not None else say("aside.other_subject")
    if trouble.decided:
        return AsideRow(trouble.subject, title, say("aside.decided"), mark=Mark.BUSY)
    return AsideRow(trouble.subject, title, say(f"sync.refusal.{trouble.code.value}"), _counted(trouble))


def question_row(question: Question) -> AsideRow:
    """Return the line of a transfer that somebody asks for."""
    if question.ours:
        words = say("aside.asks", point=question.to_name or question.to_point)
        return AsideRow(_of_question(question), question.number, words, question.reason)
    words = say("aside.asked", point=question.from_name or question.from_point)
    return AsideRow(_of_question(question), question.number, words, say("aside.transfer.waiting"), Mark.BUSY)


def elsewhere_row(row: Mapping[str, str]) -> AsideRow:
    """Return the line of a second application, or a card, of another desk."""
    mine = row.get("first") or row.get("number", "")
    at = row.get("point_name") or row.get("point", "")
    if row.get("what") == Refusal.ALREADY_OPEN.value:
        words: Words = say("aside.second_elsewhere", point=at, number=row.get("number", ""))
    else:
        words = say("sync.refusal.card-outside")
    return AsideRow(_of_conflict(row), mine, words, card_words(row.get("card", "")), Mark.WARN)


def unfolded_row(found: Sequence[Conflict], number: str) -> AsideRow:
    """Return the line of entries of other desks about one application that do not fit what stands here."""
    desks = "、".join(sorted({each.desk for each in found}))
    words = say("aside.unfolded.line", desks=desks, count=len(found))
    return AsideRow(of_unfolded(found[0].subject), number or say("aside.unfolded.unknown"), words, mark=Mark.OFF)


def unfolded_why(found: Sequence[Conflict]) -> Words:
    """Return why these entries do not fit, and what becomes of them: each with its desk and its number there."""
    parts: list[Words] = [
        say("aside.unfolded.entry", desk=each.desk, seq=each.seq, why=_not_folded(each.reason)) for each in found
    ]
    return say("aside.unfolded.kept", entries=tuple(parts))


def of_unfolded(subject: str) -> str:
    """Return the key of such a line."""
    return f"unfolded:{subject}"


def _not_folded(reason: str) -> Words:
    word = reason if reason in UNFOLDED else "order"
    return say(f"aside.unfolded.reason.{word}", code=reason)


def why_of(trouble: Trouble, names: Mapping[str, str]) -> Words:
    """Return what a line is about, in whole sentences; `names` are those of other service points."""
    parts: list[Words] = [say(f"sync.refusal.{trouble.code.value}")]
    other = trouble.other
    if trouble.code is Refusal.ALREADY_OPEN and other is not None:
        parts = [say("aside.open_elsewhere", number=other.number, point=_place(other.point, names))]
    elif trouble.code is Refusal.TRANSFERRED and trouble.reason:
        parts.append(trouble.reason)
    card = card_words(trouble.card)
    if card:
        parts.append(card)
    return say("aside.why", parts=tuple(parts))


def card_words(card: str) -> Words:
    """Return what became of a card, nothing where there was none."""
    return say(f"aside.card_{card}") if card in {"intended", "written", "handed_over", "spoiled"} else ""


def ways_of(trouble: Trouble, own_point: str, names: Mapping[str, str]) -> tuple[WayRow, ...]:
    """Return the ways that are offered; what another service point has is asked for instead of compared."""
    found: list[WayRow] = []
    other = trouble.other
    away = other is not None and other.here is None and other.point not in {"", own_point}
    for mend in trouble.mends:
        if mend is Mend.COMPARE and trouble.code is Refusal.ALREADY_OPEN and (other is None or other.here is None):
            continue
        found.append(WayRow(mend.value, say(f"aside.mend.{mend.value}.act"), say(f"aside.mend.{mend.value}.note")))
        if mend is Mend.WITHDRAW and away and other is not None:
            note = say("aside.mend.ask.note", point=_place(other.point, names))
            found.append(WayRow(ASK, say("aside.mend.ask.act"), note))
    return tuple(found)


def question_ways(question: Question) -> tuple[WayRow, ...]:
    """Return what can be answered to a question for an application."""
    if not question.ours:
        return ()
    grant = WayRow(GRANT, say("aside.transfer.grant"), say("aside.transfer.grant_note"))
    decline = WayRow(DECLINE, say("aside.transfer.decline"), say("aside.transfer.decline_note"))
    return (grant, decline)


def side_rows(sides: Sides, definition: FormDefinition, taken: Mapping[str, str]) -> tuple[SideRow, ...]:
    """Return the comparison: only fields in which both sides differ."""
    return tuple(
        SideRow(
            field=name,
            label=_label(name, definition),
            base=_shown(name, sides.base, definition),
            mine=_shown(name, sides.mine, definition),
            theirs=_shown(name, sides.theirs, definition),
            taken=taken.get(name, THEIRS),
        )
        for name in sides.differing()
    )


def taken_mine(rows: Sequence[SideRow]) -> tuple[str, ...]:
    """Return the fields in which the own value is taken."""
    return tuple(row.field for row in rows if row.taken == MINE)


def carried(rows: Sequence[SideRow], application: Application | None) -> tuple[str, ...]:
    """Return the answers that can be carried to another application."""
    answers = application.answers if application is not None else {}
    return tuple(name for name in taken_mine(rows) if name in answers)


def _of_question(question: Question) -> str:
    return f"transfer:{question.key}"


def _of_conflict(row: Mapping[str, str]) -> str:
    return f"conflict:{row.get('id', '')}"


def _counted(trouble: Trouble) -> Words:
    return say("aside.entries", count=len(trouble.entries), day=trouble.entries[0].at.astimezone().date())


def _place(point: str, names: Mapping[str, str]) -> Words:
    return names.get(point, "") or say("aside.here")


def _label(name: str, definition: FormDefinition) -> Words:
    if name in {BANK, PHOTO}:
        return say(f"aside.compare.{name}")
    if definition.has(name):
        words = definition.field(name).words
        return Both(words.zh, words.en)
    return name


def _shown(name: str, values: Mapping[str, str], definition: FormDefinition) -> Words:
    value = values.get(name, "")
    if not value:
        return say("aside.compare.nothing")
    if name == PHOTO:
        return say("aside.compare.photo_value", name=value)
    if name == BANK or not definition.has(name) or definition.field(name).beside:
        return value
    return shown_value(definition, name, {name: value})
