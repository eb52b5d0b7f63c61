"""The rows of the identity table: fields that belong together share a row, as on the id card."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sscard_desk.domain.application import Application
from sscard_desk.domain.comparison import Compared, Verdict
from sscard_desk.domain.numbers.shown import grouped
from sscard_desk.ui.serving.person_strip import code_words
from sscard_desk.ui.states import Decision, DifferenceState, Mark
from sscard_desk.ui.words import Both, Words, say
from sscard_desk.usecases.identify import Identity

GROUPS: Final[tuple[tuple[str, tuple[str, ...], str], ...]] = (
    ("name", ("name",), ""),
    ("id_number", ("id_number",), ""),
    ("sex", ("sex", "ethnic"), " / "),
    ("birth", ("birth",), ""),
    ("address", ("address",), ""),
    ("valid", ("valid_from", "valid_to"), " — "),
    ("authority", ("authority",), ""),
)
"""Row, its fields, and what stands between them."""


@dataclass(frozen=True)
class Row:
    """One row before it is drawn.

    Attributes:
        name: the row's name.
        fields: those of its fields that differ.
        card: the card's values as they are read.
        register: the register's values likewise.
        verdict: how they agree.
    """

    name: str
    fields: tuple[str, ...]
    card: Words
    register: Words
    verdict: Verdict


def rows_of(identity: Identity) -> tuple[Row, ...]:
    """Return the rows of an identity; without a card only the register's column is filled, and the other way round."""
    if identity.compared:
        by_field = {each.field: each for each in identity.compared}
        return tuple(row for group in GROUPS if (row := _compared(group, by_field)) is not None)
    told = identity.card is not None or identity.person is None  # by the chip, or by the number that was typed
    only = Verdict.CARD_ONLY if told else Verdict.REGISTER_ONLY
    return _single(identity.answers, only)


def rows_of_application(application: Application) -> tuple[DifferenceState, ...]:
    """Return the rows of an application that is open already: decided, with what was taken."""
    decided = {each.field: each for each in application.differences}
    shown: list[DifferenceState] = []
    for row in _single(application.answers, Verdict.SAME):
        fields = next(fields for name, fields, _ in GROUPS if name == row.name)
        own = [decided[field] for field in fields if field in decided]
        if not own:
            shown.append(
                DifferenceState(row.name, _label(row.name), row.card, "", result=say("identity.used"), mark=Mark.OK)
            )
            continue
        values = application.answers | {each.field: each.new for each in own}
        before = application.answers | {each.field: each.old for each in own}
        taken = own[0].taken
        shown.append(
            DifferenceState(
                row.name,
                _label(row.name),
                _joined(row.name, fields, values),
                _joined(row.name, fields, before),
                same=False,
                decision=Decision.TAKEN if taken else Decision.KEPT,
                decided_note=say("identity.was_taken" if taken else "identity.was_kept"),
            )
        )
    return tuple(shown)


def row_state(row: Row, decision: Decision, who: str = "", when: str = "") -> DifferenceState:
    """Return a row as it is shown."""
    open_or_decided = row.verdict is Verdict.DIFFERENT
    results: dict[Verdict, Words] = {
        Verdict.SAME: say("identity.same"),
        Verdict.CARD_ONLY: say("identity.card_only"),
        Verdict.REGISTER_ONLY: say("identity.register_only"),
        Verdict.DIFFERENT: "",
    }
    note: Words = ""
    if open_or_decided and decision is not Decision.OPEN:
        note = say("identity.taken" if decision is Decision.TAKEN else "identity.kept", who=who, when=when)
    return DifferenceState(
        field=row.name,
        label=_label(row.name),
        new=row.card,
        old=row.register,
        same=not open_or_decided,
        new_note=say("identity.new_note") if open_or_decided else "",
        old_note=say("identity.old_note") if open_or_decided else "",
        decision=decision,
        decided_note=note,
        result=results[row.verdict],
        mark=Mark.OFF if row.verdict is Verdict.REGISTER_ONLY else None,
    )


def _label(name: str) -> Words:
    return say(f"identity.row.{name}")


def _compared(group: tuple[str, tuple[str, ...], str], by_field: Mapping[str, Compared]) -> Row | None:
    name, fields, _ = group
    present = [by_field[field] for field in fields if field in by_field]
    if not present:
        return None
    verdicts = {each.verdict for each in present}
    verdict = Verdict.DIFFERENT if Verdict.DIFFERENT in verdicts else present[0].verdict
    return Row(
        name,
        tuple(each.field for each in present if each.verdict is Verdict.DIFFERENT),
        _joined(name, fields, {each.field: each.card for each in present}),
        _joined(name, fields, {each.field: each.register for each in present}),
        verdict,
    )


def _single(answers: Mapping[str, str], verdict: Verdict) -> tuple[Row, ...]:
    rows: list[Row] = []
    for name, fields, _ in GROUPS:
        value = _joined(name, fields, answers)
        if value:
            left, right = (value, "") if verdict is not Verdict.REGISTER_ONLY else ("", value)
            rows.append(Row(name, (), left, right, verdict))
    return tuple(rows)


def _joined(name: str, fields: tuple[str, ...], values: Mapping[str, str]) -> Words:
    between = next(between for group, _, between in GROUPS if group == name)
    parts = [_shown(field, values[field]) for field in fields if values.get(field)]
    if any(isinstance(part, Both) for part in parts):
        both = [part if isinstance(part, Both) else Both(part, part) for part in parts]
        return Both(between.join(part.zh for part in both), between.join(part.en for part in both))
    return between.join(part for part in parts if isinstance(part, str))


def _shown(field: str, value: str) -> Both | str:
    if field == "id_number":
        return grouped(value)
    if field in {"sex", "ethnic"}:
        words = code_words(field, value)
        if not isinstance(words, Both):
            return value
        return words if field == "sex" else Both(f"{words.zh}族", words.en)
    return value
