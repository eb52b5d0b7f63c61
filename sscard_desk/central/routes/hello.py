"""GET /v1/hello: the centre's time and mode, where each scope stands, and up to where it holds the desk's journal."""

from typing import Final

import msgspec
from sqlalchemy import Connection

from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.exchange import Answer, Question
from sscard_desk.central.failures import RequestFailed
from sscard_desk.central.issuing import word_for
from sscard_desk.central.signed import OLDEST_PROTOCOL
from sscard_desk.central.store import desks, feeds, recovery
from sscard_desk.central.store.desks import Desk
from sscard_desk.wire import messages

PATH = "/v1/hello"
NOTE_EVERY_MS: Final = 15 * 60 * 1000
LONGEST_SEQ: Final = 18
"""Digits that any database takes as a number."""


def hello(centre: OpenCentre, desk: Desk, question: Question) -> Answer:
    """Greet a desk of the same mode.

    Raises:
        RequestFailed: a training desk at a production centre, or the other way round.
    """
    if question.word("training") != str(int(centre.training)):
        raise RequestFailed(messages.TRAINING_DIFFERS)
    with centre.database.reading() as connection:
        # who asks may come from memory; how far it is, does not
        now = desks.find_desk(connection, desk.id) or desk
        said = greeting(centre, connection, now)
        # here alone: a certificate cannot be asked for on a stick
        answer = Answer(msgspec.structs.replace(said, certificate=word_for(centre, connection, now)))
    _note(centre, now, question.word("head"))
    return answer


def greeting(centre: OpenCentre, connection: Connection, desk: Desk) -> messages.Hello:
    """Return what the centre says of itself and of where it stands, over the line or on a stick."""
    return messages.Hello(
        protocol=messages.PROTOCOL,
        server_ms=centre.now_ms(),
        training=centre.training,
        scopes=feeds.heads(connection, desk.scopes),
        acked=desk.head_seq,
        acked_hash=desk.head_hash,
        point=desk.point,
        oldest_protocol=OLDEST_PROTOCOL,
        box=centre.keys.box.public_key().public_bytes_raw(),
        recovery=recovery.newest(connection, centre.keys.receipt),
    )


def _note(centre: OpenCentre, desk: Desk, said: str) -> None:
    """Note when a desk was heard and how far its journal goes by its own word: now and then, or when that changed.

    Whoever greets without that word, as a restore does in the name of a lost desk, leaves the desk's own standing.
    """
    said_seq = int(said) if said.isascii() and said.isdecimal() and len(said) <= LONGEST_SEQ else desk.said_seq
    now_ms = centre.now_ms()
    if said_seq == desk.said_seq and desk.seen_ms is not None and now_ms - desk.seen_ms < NOTE_EVERY_MS:
        return
    centre.database.write(lambda connection: desks.note_greeting(connection, desk.id, said_seq, now_ms))
