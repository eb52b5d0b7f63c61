"""Whether one entry is taken: the rules of the domain, asked a second time where nobody at a counter can bend them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import msgspec
from sqlalchemy import Connection

from sscard_desk.central import conflicts, settling, sign_offs, staff_keys, transfers
from sscard_desk.central.batch import Applications
from sscard_desk.central.reading import Read
from sscard_desk.central.store import staff
from sscard_desk.central.store.applications import Packed, Standing
from sscard_desk.central.store.desks import Desk
from sscard_desk.domain import events, seals
from sscard_desk.domain.conflicts.outcomes import LEAVE_AS_THEY_ARE, Settlement
from sscard_desk.domain.conflicts.table import CHANGING, CONTENT, RULES, Rule
from sscard_desk.domain.errors.operator import OwnApplication, SignatureVoid, StepNotAllowed
from sscard_desk.domain.events import KINDS, Event
from sscard_desk.domain.folding import apply, open_application
from sscard_desk.domain.ids import AccountId, ApplicationId, Role
from sscard_desk.domain.prints import is_list
from sscard_desk.wire.entry import Header
from sscard_desk.wire.erasure import ERASED
from sscard_desk.wire.messages import Outcome
from sscard_desk.wire.refusals import Refusal
from sscard_desk.wire.unpacking import unpack_as

_WITH_TEXT: Final = (
    events.CardReceived,
    events.ConflictSettled,
    events.CorrectionRequested,
    events.TransferDeclined,
    events.Transferred,
)
"""Events besides those of cards and of the stock whose texts a table of the centre keeps."""


@dataclass(frozen=True)
class Judgement:
    """What becomes of an entry; `current` is what the centre holds, on a conflict."""

    outcome: Outcome
    code: str = ""
    reason: str = ""
    current: bytes = b""
    event: Event | None = None
    """What an entry says, where more follows from it than where its application stands."""
    held: Sequence[dict[str, Any]] = ()
    """Rows of entries that were not taken and that by this one are held as they are."""
    taken: Mapping[str, Any] | None = None
    """The row of an entry that by this one is taken after all."""


STORED: Final = Judgement("stored")
ERASED_SUBJECT: Final = Judgement("stored", ERASED)
"""It came after everything of its subject was erased: its header is kept, so that the desk has its receipt."""
_OF_THE_DESK: Final = (
    events.SessionNoted,
    events.DateSet,
    events.PayloadErased,
    events.PinServed,
    events.SlotRemoved,
    events.DatabaseRekeyed,
)
NUL: Final = "\0"

OUTSIDE: Final = frozenset(
    {
        Refusal.APPLICATION_UNKNOWN.value,
        Refusal.FOREIGN_POINT.value,
        Refusal.TRANSFERRED.value,
        Refusal.STEP.value,
    }
)
"""Why an act on a card may fit no application; the act is kept all the same."""

FOLLOWED: Final = (
    events.CardIntended,
    events.CardWritten,
    events.CardSpoiled,
    events.CardReceived,
    events.HandedOver,
    events.Transferred,
)
"""Stored events after which more changes than their application."""


def judge(  # noqa: C901, PLR0911, PLR0912 - one return per rule
    connection: Connection,
    at: Applications,
    desk: Desk,
    read: Read,
    header: Header,
    *,
    training: bool,
) -> Judgement:
    """Return what becomes of an entry that continues its desk's chain; a stored one is folded into `at`.

    Args:
        connection: the batch's transaction.
        at: the applications of the batch, and the cards that it gives.
        desk: who sent it.
        read: the entry.
        header: its header.
        training: whether this is a training centre.
    """
    if header.training != training:
        return _refused(Refusal.TRAINING)
    if read.entry.payload is None or read.entry.salt is None:
        return _refused(Refusal.PAYLOAD_MISSING)
    if not read.fits:
        return _refused(Refusal.DIGEST)
    if header.kind not in KINDS:
        return _refused(Refusal.UNKNOWN_KIND, header.kind)
    event = read.event
    if event is None:
        return _refused(Refusal.MALFORMED, header.kind)
    if isinstance(event, events.SlotGiven):
        refused = staff_keys.objection(connection, desk, header, event, at.keys_given)
        if refused is not None:
            return _refused(refused)
        at.keys_given |= {event.public_key.lower(), event.replaces.lower()}
        return replace(STORED, event=event)
    if isinstance(event, _OF_THE_DESK):
        return STORED  # about a desk's own doings or a card: nothing to fold, and what a desk erased stays here
    rule = RULES[header.kind]
    if header.subject in at.erased:
        moves_card = rule is Rule.CARD and not _holds_nul(event)
        return replace(ERASED_SUBJECT, event=event if moves_card else None)
    if isinstance(event, events.Opened):
        return _opened(connection, at, desk, header, event, read.begun)
    if (header.kind in events.STOCK or rule is Rule.CARD or isinstance(event, _WITH_TEXT)) and _holds_nul(event):
        return _refused(Refusal.MALFORMED, header.kind)
    if header.kind in events.STOCK:
        return _of_stock(connection, desk, header, event)
    if header.kind in events.BATCHES:
        return STORED  # in which order cards were laid in; what became of them, their applications say
    if isinstance(event, events.ConflictSettled):
        return _settled(connection, at, desk, header, event)
    if isinstance(event, events.CorrectionRequested):
        return replace(STORED, event=event)  # never dropped, whatever became of the application
    if header.kind in events.PRINTS and is_list(header.subject):
        return STORED  # a paper about many applications: it belongs to the point, and to none of them
    taken = at.cards.taken(event, header.subject)
    if taken:
        return _refused(Refusal.CARD_TAKEN, taken)
    verdict = _of_application(connection, at, desk, header, event)
    if verdict.outcome != "stored" and rule is Rule.CARD and verdict.code in OUTSIDE:
        verdict = Judgement("conflict", Refusal.CARD_OUTSIDE.value, verdict.reason, event=event)
    if verdict.event is not None:
        at.cards.give(event, header.subject, desk.id)
    return verdict


def _of_application(  # noqa: PLR0911 - one return per rule
    connection: Connection, at: Applications, desk: Desk, header: Header, event: Event
) -> Judgement:
    """Judge an act that needs its application."""
    standing = at.find(header.subject)
    if standing is None:
        return _refused(Refusal.APPLICATION_UNKNOWN)
    if isinstance(event, events.TransferAsked):
        return _asked(desk, standing, event)
    if standing.point != desk.point:
        gone = standing.state.point
        return (
            _refused(Refusal.TRANSFERRED, standing.state.point_name or gone)
            if gone
            else _refused(Refusal.FOREIGN_POINT)
        )
    if header.kind in events.PRINTS or isinstance(event, events.ErasureAsked):
        return STORED  # papers are kept and handed on; where the application stands does not change by them
    if isinstance(event, events.TransferDeclined):
        return replace(STORED, event=event)
    unsealed = sign_offs.refusal(connection, desk, header, event)
    if unsealed is not None:
        return _refused(unsealed)
    if isinstance(event, events.Transferred) and not transfers.is_point(connection, event.to_point, desk):
        return _refused(Refusal.POINT_UNKNOWN, event.to_point)
    return _applied(connection, at, standing, desk, header, event)


def _asked(desk: Desk, standing: Standing, event: events.TransferAsked) -> Judgement:
    """Take a question for an application of another service point, while it can still go."""
    if event.to_point != desk.point or NUL in event.number + event.reason:
        return _refused(Refusal.MALFORMED, event.kind)
    if standing.point == desk.point:
        return STORED  # it came meanwhile
    if not transfers.may_go(standing):
        return _refused(Refusal.STEP, f"{event.kind} at {standing.state.step.value}")
    return replace(STORED, event=event)


def _opened(  # noqa: PLR0917 - one return per rule; what an opening is judged by
    connection: Connection,
    at: Applications,
    desk: Desk,
    header: Header,
    event: events.Opened,
    begun: Packed | None = None,
) -> Judgement:
    """Take a new application; a second one for a person needs the reason and the name of a supervisor of the point."""
    if NUL in event.number + event.id_number:
        return _refused(Refusal.MALFORMED, header.kind)  # no text of a database
    if at.find(header.subject) is not None:
        return _refused(Refusal.SUBJECT_TAKEN)
    if at.number_taken(event.number):
        at.need_look(header.subject)
        return _refused(Refusal.NUMBER_TAKEN, event.number)
    other = at.open_for(event.id_number)
    if other is not None and not (event.exception and _is_supervisor(connection, event.exempted_by, desk)):
        at.need_look(header.subject)
        return replace(_conflict(Refusal.ALREADY_OPEN, other), event=event)
    state = begun.state if begun else open_application(ApplicationId(header.subject), event, AccountId(header.actor))
    at.keep(Standing(state, desk.point, desk.id, state.version, desk.id, second=other is not None), begun)
    return STORED


def _settled(
    connection: Connection, at: Applications, desk: Desk, header: Header, event: events.ConflictSettled
) -> Judgement:
    """Take a decision; with a supervisor's leave, or a new number, the entry that opened the application is taken."""
    if event.outcome == Settlement.KEPT_BOTH and not _is_supervisor(connection, event.exempted_by, desk):
        return _refused(Refusal.NOT_SUPERVISOR)
    own = at.find(header.subject)
    if desk.point not in conflicts.deciders(connection, header.subject, desk.point, own):
        return _refused(Refusal.FOREIGN_POINT)
    rows = settling.mended_rows(connection, desk.id, event, at.turned_away)
    opening = settling.opening_of(rows, header.subject, event)
    if opening is not None:
        opener = unpack_as(Header, opening.row["header"])
        at.look_for(opening.event)
        verdict = _opened(connection, at, desk, opener, opening.event)
        if verdict.outcome != "stored":
            return replace(verdict, event=None)
    standing = at.find(header.subject)
    if standing is not None and standing.point == desk.point:
        verdict = _applied(connection, at, standing, desk, header, event)
        if verdict.outcome != "stored":
            return verdict
    # what fits once the application is open is judged anew when it comes again
    held = () if event.outcome in LEAVE_AS_THEY_ARE else rows
    return replace(STORED, event=event, held=held, taken=opening.row if opening else None)


def _is_supervisor(connection: Connection, account: str | None, desk: Desk) -> bool:
    known = staff.find(connection, account) if account else None
    if known is None or known.ended:
        return False
    return known.role == Role.SUPERVISOR.value and known.point == desk.point


def _applied(  # noqa: PLR0917 - one return per rule; what an act is judged by
    connection: Connection, at: Applications, standing: Standing, desk: Desk, header: Header, event: Event
) -> Judgement:
    unseen = standing.content_desk != desk.id and standing.content_version > header.base_version
    if unseen and event.kind in CONTENT:
        return _conflict(Refusal.CHANGED_ELSEWHERE, standing)
    try:
        state = apply(standing.state, event, AccountId(header.actor))
    except StepNotAllowed as illegal:
        return _refused(Refusal.STEP, f"{illegal.act} at {illegal.step}")
    except OwnApplication:
        return _refused(Refusal.OWN_APPLICATION)
    except SignatureVoid as void:
        return _refused(Refusal.SIGNATURE_VOID, void.party)
    objection = None
    if isinstance(event, events.Approved | events.Signed):
        objection = sign_offs.objection(connection, standing, event, header.actor)
    if objection is not None:
        return _refused(objection)
    after = replace(standing, state=state)
    if event.kind in CHANGING:  # who has not seen what stood before has to look again too
        after = replace(after, content_version=state.version, content_desk="" if unseen else desk.id)
    if isinstance(event, events.Transferred):
        after = replace(after, point=event.to_point)
    at.keep(after)
    return replace(STORED, event=event) if isinstance(event, FOLLOWED) else STORED


def _of_stock(connection: Connection, desk: Desk, header: Header, event: Event) -> Judgement:
    """Take what a desk did with its cards; whoever confirms a spoiled one is staff of the desk's point."""
    if isinstance(event, events.SpoilConfirmed):
        known = staff.find(connection, header.actor)
        if known is None or known.ended:
            return _refused(Refusal.ACCOUNT_UNKNOWN)
        if known.point != desk.point:
            return _refused(Refusal.FOREIGN_POINT)
        if (
            event.seal
            and known.public_keys
            and not known.holds(seals.confirmed_bytes(event.identification_code), event.seal)
        ):
            return _refused(Refusal.SEAL_WRONG)
    return replace(STORED, event=event)


def _holds_nul(event: Event) -> bool:
    """Return whether a text of an event has a character that no text of a database has."""
    return b"\\u0000" in msgspec.json.encode(event)


def _refused(code: Refusal, reason: str = "") -> Judgement:
    return Judgement("refused", code.value, reason)


def _conflict(code: Refusal, standing: Standing) -> Judgement:
    state = standing.state
    current = {
        "number": state.number,
        "application": state.id,
        "desk": standing.content_desk,
        "point": standing.point,
        "step": state.step.value,
    }
    if code is Refusal.CHANGED_ELSEWHERE:
        current |= {f"answers.{name}": value for name, value in state.answers.items()}
    return Judgement("conflict", code.value, state.number, msgspec.msgpack.encode(current))
