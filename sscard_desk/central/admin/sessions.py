"""Sessions: a token that the browser alone holds, its digest in the database, an end when idle and an end for good."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import Connection

from sscard_desk.central.admin.secrets import REQUESTS, derived
from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.store import operator_sessions
from sscard_desk.central.store.operator_sessions import Session

SIGNED_IN: Final = "signed-in"
SETTING_UP: Final = "setting-up"
"""Came with the first password: chooses an own one and sets the second factor up, and can do nothing else."""
IDLE_MS: Final = 15 * 60_000
LONGEST_MS: Final = 8 * 3_600_000
_NOTE_EVERY_MS: Final = 30_000
_TOKEN_BYTES: Final = 32


@dataclass(frozen=True)
class Open:
    """A session that holds, and the token it came with."""

    session: Session
    token: str = field(repr=False)


def made(centre: OpenCentre, operator: str, stage: str, pending: bytes = b"") -> Open:
    """Return a new session with its token; `begin` lets it count."""
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    now = centre.now_ms()
    return Open(Session(_digest(token), operator, stage, pending, now, now), token)


def begin(connection: Connection, opened: Open) -> None:
    """Let a session count, in the transaction that let its operator in; those that are over are dropped."""
    now = opened.session.begun_ms
    operator_sessions.forget(connection, now - LONGEST_MS, now - IDLE_MS)
    operator_sessions.begin(connection, opened.session)


def find(centre: OpenCentre, token: str) -> Open | None:
    """Return the session of a token, or None if there is none, or it is over; note that it was used."""
    if not token:
        return None
    now = centre.now_ms()
    with centre.database.reading() as connection:
        found = operator_sessions.find(connection, _digest(token))
    if found is None or now - found.begun_ms > LONGEST_MS or now - found.seen_ms > IDLE_MS:
        return None
    if now - found.seen_ms > _NOTE_EVERY_MS:
        with centre.database.writing() as connection:
            operator_sessions.seen(connection, found.digest, now)
    return Open(found, token)


def request_token(centre: OpenCentre, token: str) -> str:
    """Return what every form of a session carries: nobody else can compute it."""
    return hmac.digest(derived(centre.keys, REQUESTS), token.encode(), hashlib.sha256).hex()


def request_token_fits(centre: OpenCentre, token: str, said: str) -> bool:
    """Return whether a form came from a page of this session."""
    return hmac.compare_digest(request_token(centre, token).encode(), said.encode("utf-8", "surrogatepass"))


def new_token() -> str:
    """Return a token for a browser in which nobody is signed in yet: its sign-in form is bound to it."""
    return secrets.token_urlsafe(_TOKEN_BYTES)


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
