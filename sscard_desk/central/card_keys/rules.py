"""Who is given what a card key computes: asked at the centre, where nobody at a counter can bend it."""

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Final

from sqlalchemy import Connection

from sscard_desk.cards import key_chain
from sscard_desk.central.card_keys import spoiling
from sscard_desk.central.card_keys.approved import why_not
from sscard_desk.central.store import applications
from sscard_desk.central.store import card_keys as kept
from sscard_desk.central.store.applications import Standing
from sscard_desk.central.store.card_keys import HeldKey
from sscard_desk.central.store.desks import Desk
from sscard_desk.resources import resource
from sscard_desk.wire.card_keys import GIVEN, UNCONFIRMED, CardKeyQuestion

KIND: Final = {"write": "write", "prove": "write", "read": "read", "unblock_pin": "pin", "reset_pin": "pin"}
"""Which limit an act counts for."""

PURPOSES: Final = {
    "write": frozenset({"write", "read"}),  # a card of version 3 is read before and after it is written
    "prove": frozenset({"read"}),
    "read": frozenset({"read", "personal"}),
    "unblock_pin": frozenset({"pin"}),
    "reset_pin": frozenset({"pin"}),
}
"""What a key has to be for to serve an act."""


@dataclass(frozen=True)
class Verdict:
    """`given`, or why not; with `limit` how many an hour brings and in how many minutes there is one again."""

    state: str
    per_hour: int = 0
    minutes: int = 0
    detail: str = ""
    """With `other_card`: `unconfirmed` where a spoiled card waits for a second person."""


YES: Final = Verdict(GIVEN)


def judge(
    connection: Connection, desk: Desk, asked: CardKeyQuestion, key: HeldKey | None, now_ms: int, *, training: bool
) -> Verdict:
    """Return whether a desk is given an answer; nothing is kept of it yet.

    Args:
        connection: a writing transaction that holds the desk's row, so that nobody counts beside it.
        desk: who asks.
        asked: the question, in the right form.
        key: the key it names, None where the centre holds none.
        now_ms: the centre's time.
        training: whether this is a training centre.
    """
    if key is None:
        return Verdict("no_key")
    if key.training and not training:
        return Verdict("training")
    if key.purpose not in PURPOSES[asked.act] or bool(asked.header) != (KIND[asked.act] == "pin"):
        return Verdict("act")
    if asked.act in {"write", "prove"}:
        refused = _for_writing(connection, desk, asked)
    else:
        refused = _for_a_reason(connection, desk, asked)
    if refused == UNCONFIRMED:  # programs of before know the first word alone
        return Verdict("other_card", detail=UNCONFIRMED)
    return Verdict(refused) if refused else _within_limit(connection, desk, KIND[asked.act], now_ms)


def _for_writing(  # noqa: PLR0911 - one return per rule
    connection: Connection, desk: Desk, asked: CardKeyQuestion
) -> str:
    standing, refused = _held(connection, desk, asked.application)
    if standing is None:
        return refused or "unknown"
    owner = kept.application_of(connection, asked.identification_code)
    part = kept.card_part_of(connection, asked.identification_code)
    another = bool(part) and part != key_chain.card_part(asked.historical).hex()  # under the same code
    if asked.act == "prove":
        return "other_card" if another or owner != asked.application else ""
    refused = why_not(connection, standing)
    if refused or another:
        return refused or "other_card"
    if owner not in {None, asked.application}:
        return "other_application"
    run, code = standing.state.card, asked.identification_code
    if code in standing.state.spoiled or (run is not None and run.identification_code != code):
        return "other_card"
    others = set(kept.cards_of(connection, asked.application)) - {code}
    if others - set(standing.state.spoiled):
        return "other_card"
    return UNCONFIRMED if others - spoiling.confirmed(connection, others, desk.point) else ""


def _for_a_reason(connection: Connection, desk: Desk, asked: CardKeyQuestion) -> str:
    if asked.application:
        return _held(connection, desk, asked.application)[1]
    return "" if asked.reason.strip() else "no_reason"


def _held(connection: Connection, desk: Desk, application: str) -> tuple[Standing | None, str]:
    standing = applications.find_all(connection, [application]).get(application) if application else None
    if standing is None:
        return None, "unknown"
    return (standing, "") if standing.point == desk.point else (None, "point")


def _within_limit(connection: Connection, desk: Desk, kind: str, now_ms: int) -> Verdict:
    limit = kept.limit_of(connection, desk.id, kind)
    per_hour = shipped_limits()[kind] if limit is None else limit
    given, first_ms = kept.given_since(connection, desk.id, kind, now_ms - kept.HOUR_MS)
    if given < per_hour:
        return YES
    left_ms = max(0, (first_ms or now_ms) + kept.HOUR_MS - now_ms)
    return Verdict("limit", per_hour, 1 + left_ms // 60_000)


@cache
def shipped_limits() -> dict[str, int]:
    """Return how many an hour brings where the centre has set nothing, by kind."""
    table = tomllib.loads(resource("card_keys", "limits.toml").read_text(encoding="utf-8"))
    return {str(kind): int(count) for kind, count in table["per_hour"].items()}
