"""The path of one application on the screen: eight stations, which is open next, and what each says in the step bar.

No Qt and no I/O: everything follows from an `Application`.
"""

from enum import Enum
from typing import Final

from sscard_desk.domain.application import Application
from sscard_desk.domain.steps import BEFORE_SIGNED, FROM, Step
from sscard_desk.ui.states import Mark, StepState
from sscard_desk.ui.words import Words, say


class Station(Enum):
    """The eight parts of the step bar, in order; the value is the page's key."""

    IDENTITY = "identity"
    BANK = "bank"
    PHOTO = "photo"
    FORM = "form"
    MATERIALS = "materials"
    SIGN = "sign"
    APPROVE = "approve"
    CARD = "card"

    @property
    def number(self) -> int:
        """Return 1 to 8."""
        return list(Station).index(self) + 1


_BACK: Final = frozenset({Step.FORM_RETURNED, Step.MATERIALS_CHECKED})
_SIGNED: Final = frozenset(
    {
        Step.SIGNED,
        Step.APPROVED,
        Step.APPROVAL_DEFERRED,
        Step.CARD_WRITTEN,
        Step.SENT_TO_PRODUCTION,
        Step.CARD_RECEIVED,
        Step.HANDED_OVER,
    }
)


def is_done(application: Application, station: Station) -> bool:  # noqa: PLR0911 - one return for each station
    """Return whether nothing is left to do at a station."""
    step = application.step
    match station:
        case Station.IDENTITY:
            return True
        case Station.BANK:
            return bool(application.bank)
        case Station.PHOTO:
            return application.photo_settled
        case Station.FORM:
            return step in _BACK | _SIGNED
        case Station.MATERIALS:
            return step is Step.MATERIALS_CHECKED or step in _SIGNED
        case Station.SIGN:
            return step in _SIGNED
        case Station.APPROVE:
            return application.approval is not None
        case Station.CARD:
            return step is Step.HANDED_OVER


def next_open(application: Application | None) -> Station:
    """Return the first station with something to do; the last one when nothing is left."""
    if application is None:
        return Station.IDENTITY
    return next((station for station in Station if not is_done(application, station)), Station.CARD)


def reachable(application: Application | None, station: Station) -> bool:
    """Return whether a station can be opened: done ones to look at, the next open one, and the photo at any time."""
    if application is None:
        return station is Station.IDENTITY
    early = application.step in BEFORE_SIGNED and (
        station is Station.PHOTO or (station is Station.FORM and bool(application.bank))
    )
    deferred = application.step is Step.APPROVAL_DEFERRED and station is Station.CARD
    return early or deferred or is_done(application, station) or station is next_open(application)


def can_change(application: Application, act: str) -> bool:
    """Return whether an act (a journal word) is possible without opening signed content again."""
    return application.step in FROM[act]


def can_void(application: Application) -> bool:
    """Return whether checked or signed content may still be opened again: not once a card was begun, nor at the end."""
    return application.step in FROM["signatures.voided"] and application.card is None


def row_of(field: str) -> str:
    """Return the row of the identity table in which a field stands."""
    return {"valid_from": "valid", "valid_to": "valid", "ethnic": "sex"}.get(field, field)


def decided_rows(application: Application, *, taken: bool = False) -> int:
    """Return how many rows of the identity table differed, or in how many the card's value was taken."""
    return len({row_of(each.field) for each in application.differences if each.taken or not taken})


def is_voided(application: Application, station: Station) -> bool:
    """Return whether what was done at a station fell with the signatures."""
    return bool(application.void_reason) and station in {Station.MATERIALS, Station.SIGN}


def step_states(
    application: Application | None, here: Station, notes: dict[Station, Words] | None = None
) -> tuple[StepState, ...]:
    """Return the eight parts of the step bar.

    Args:
        application: what is being served, None while the person is being identified.
        here: the station that is on the screen.
        notes: second lines that the pages know better than the application does.
    """
    own = notes or {}
    return tuple(
        StepState(
            number=station.number,
            name=say(f"steps.{station.value}"),
            note=own.get(station, "") or note_of(application, station),
            mark=_mark(application, station),
            current=station is here,
            reachable=reachable(application, station),
        )
        for station in Station
    )


def note_of(application: Application | None, station: Station) -> Words:  # noqa: C901, PLR0911, PLR0912 - one arm each
    """Return the second line of a station: its result, or how far it is."""
    if application is None:
        return ""
    if is_voided(application, station):
        return say("missing.note.voided")
    match station:
        case Station.IDENTITY:
            taken = decided_rows(application, taken=True)
            return say("missing.note.updated", count=taken) if taken else say("missing.note.identified")
        case Station.BANK:
            return application.bank_name
        case Station.PHOTO:
            if application.photo_exempt:
                return say("missing.note.exempt")
            return say(f"missing.photo.{application.photo_source}") if application.photo else ""
        case Station.FORM:
            if is_done(application, station):
                return say("missing.note.returned")
            return say("missing.note.printed") if application.step is Step.FORM_ISSUED else ""
        case Station.MATERIALS:
            return (
                say("missing.note.complete", count=len(application.materials)) if is_done(application, station) else ""
            )
        case Station.SIGN:
            signed = sum(1 for party in application.parties if application.signed_by(party))
            return say("missing.note.signed", done=signed, all=len(application.parties)) if signed else ""
        case Station.APPROVE:
            if application.approval is not None:
                return say("missing.note.approved")
            return say("missing.note.deferred") if application.step is Step.APPROVAL_DEFERRED else ""
        case Station.CARD:
            if application.step is Step.HANDED_OVER:
                return say("missing.note.handed_over")
            return say(f"missing.note.{application.card.state}") if application.card else ""


def _mark(application: Application | None, station: Station) -> Mark:
    if application is None:
        return Mark.TODO
    if is_voided(application, station):
        return Mark.WARN
    if is_done(application, station):
        return Mark.OK
    if station is Station.CARD and application.card is not None and application.card.state == "intended":
        return Mark.UNKNOWN
    return Mark.TODO
