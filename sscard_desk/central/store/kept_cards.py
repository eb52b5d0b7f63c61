"""Cards whose numbers are kept by applications that do not have them, and what desks say of each."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import msgspec
from sqlalchemy import Connection, delete, insert, select

from sscard_desk.central.store import applications
from sscard_desk.central.store.card_keys import card_key_grant
from sscard_desk.central.store.conflict_tables import card_released, card_use, conflict
from sscard_desk.central.store.rows import among
from sscard_desk.central.store.tables import application, entry
from sscard_desk.domain.application import Application
from sscard_desk.domain.conflicts.table import CARD
from sscard_desk.domain.events import CardIntended, CardSpoiled, CardWritten, HandedOver
from sscard_desk.wire.entry import decode_event

INTENDED: Final = "intended"
WRITTEN: Final = "written"
SPOILED: Final = "spoiled"
HANDED_OVER: Final = "handed_over"
ERASED: Final = "erased"
"""What a desk said of it was erased: nobody here knows."""
_decoder: Final = msgspec.msgpack.Decoder(Application)


@dataclass(frozen=True)
class KeptCard:
    """A card that an application keeps and does not have.

    Attributes:
        identification_code: 32 hex characters; the card number where nothing else is known.
        card_number: empty where another application had it before.
        subject: key of the application.
        number: of the application, empty where the centre never had it.
        point: service point of the conflict.
        desk: who meant to write the card.
        did: the furthest that the desk went with it, by its own word.
        outcome: how the conflict was decided, empty for not yet.
        at_ms: when the conflict began, milliseconds since 1970 UTC.
        key_given: whether the centre gave the key for writing it.
    """

    identification_code: str
    card_number: str
    subject: str
    number: str
    point: str
    desk: str
    did: str
    outcome: str
    at_ms: int
    key_given: bool

    @property
    def may_go(self) -> bool:
        """Whether an operator may let its number go."""
        return self.did == INTENDED and not self.key_given


@dataclass(frozen=True)
class Released:
    """A number that was let go: whose it was, by whom, why, and when (milliseconds since 1970 UTC)."""

    identification_code: str
    card_number: str
    subject: str
    desk: str
    operator: str
    reason: str
    at_ms: int


def kept_cards(connection: Connection, code: str = "") -> list[KeptCard]:
    """Return them, the oldest conflict first.

    Args:
        connection: any transaction.
        code: of one card; empty for all.
    """
    columns = (card_use, conflict.c.number, conflict.c.point, conflict.c.outcome, conflict.c.at_ms)
    query = (
        select(*columns, card_key_grant.c.card.label("granted"))
        .join(conflict, conflict.c.subject == card_use.c.subject)
        .outerjoin(card_key_grant, card_key_grant.c.card == card_use.c.identification_code)
        .where(conflict.c.card != "")
    )
    if code:
        query = query.where(card_use.c.identification_code == code)
    rows = connection.execute(query.order_by(conflict.c.at_ms, card_use.c.identification_code)).all()
    have = _states(connection, {row.subject for row in rows})
    kept = [row for row in rows if not _has(have.get(row.subject), row.identification_code, row.card_number)]
    said = {subject: _said(connection, subject) for subject in {row.subject for row in kept}}
    return [
        KeptCard(
            row.identification_code,
            row.card_number or "",
            row.subject,
            row.number,
            row.point,
            row.desk,
            said[row.subject].get(row.identification_code, ERASED),
            row.outcome,
            row.at_ms,
            row.granted is not None,
        )
        for row in kept
    ]


def hold(connection: Connection, code: str) -> None:
    """Keep the application of a card as it is until the transaction ends; one that writes."""
    held = select(card_use.c.subject).where(card_use.c.identification_code == code)
    applications.find_all(connection, set(connection.execute(held).scalars()))


def let_go(connection: Connection, released: Released) -> bool:
    """Let a number go and keep that; return False where another one has done so meanwhile."""
    mine = (card_use.c.identification_code == released.identification_code) & (card_use.c.subject == released.subject)
    if connection.execute(delete(card_use).where(mine)).rowcount == 0:
        return False
    connection.execute(insert(card_released).values(**vars(released)))
    return True


def released_cards(connection: Connection) -> list[Released]:
    """Return what was let go, oldest first."""
    names = [column for column in card_released.columns if column.name != "id"]
    return [Released(**row._asdict()) for row in connection.execute(select(*names).order_by(card_released.c.id))]


def _states(connection: Connection, subjects: set[str]) -> dict[str, Application]:
    """Return how applications stand, held for nobody: pages read them too."""
    query = select(application.c.subject, application.c.state)
    rows = connection.execute(query.where(among(connection, application.c.subject, subjects)))
    return {row.subject: _decoder.decode(row.state) for row in rows}


def _has(state: Application | None, code: str, card_number: str | None) -> bool:
    """Return whether an application has the card here after all, or had it."""
    if state is None:
        return False
    run, spoiled = state.card, {each.upper() for each in state.spoiled}
    if code in spoiled:
        return True
    return run is not None and (run.identification_code.upper() == code or run.card_number in {code, card_number})


def _said(connection: Connection, subject: str) -> dict[str, str]:
    """Return the furthest that desks went with each card of an application, by what they sent, taken or not."""
    query = select(entry.c.kind, entry.c.payload).where(entry.c.subject == subject, entry.c.kind.in_(sorted(CARD)))
    rows = connection.execute(query.order_by(entry.c.received_ms, entry.c.desk, entry.c.seq)).all()
    return _furthest((row.kind, row.payload) for row in rows)


def _furthest(rows: Iterable[tuple[str, bytes | None]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for kind, payload in rows:
        if payload is None:
            return {}  # of which card it spoke, nobody can say
        try:
            event = decode_event(kind, payload)
        except msgspec.MsgspecError:
            return {}
        match event:
            case CardIntended():
                found.setdefault(event.identification_code.upper() or event.card_number, INTENDED)
            case CardWritten():
                found[event.identification_code.upper()] = WRITTEN
            case CardSpoiled():
                found[event.identification_code.upper()] = SPOILED
            case HandedOver():  # names no card: it may be any that is not spoiled
                found |= {code: HANDED_OVER for code, did in found.items() if did != SPOILED}
            case _:
                pass
    return found
