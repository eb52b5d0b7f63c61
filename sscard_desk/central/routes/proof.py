"""GET /v1/proof: count and order-free sum of every scope of a desk, and the end of its journal, at one moment."""

from sqlalchemy import Connection

from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.exchange import Answer, Question
from sscard_desk.central.store import desks, feeds
from sscard_desk.central.store.desks import Desk
from sscard_desk.wire import messages

PATH = "/v1/proof"


def proof(centre: OpenCentre, desk: Desk, question: Question) -> Answer:  # noqa: ARG001 - one shape for all routes
    """Return what both sides compare."""
    with centre.database.reading() as connection:
        return Answer(proofs(centre, connection, desk))


def proofs(centre: OpenCentre, connection: Connection, desk: Desk) -> messages.Proofs:
    """Return it as of one transaction, over the line or on a stick."""
    now = desks.find_desk(connection, desk.id) or desk
    journal = messages.ScopeProof(
        scope=messages.journal_scope(desk.id), epoch="", position=now.head_seq, count=now.head_seq, sum=now.head_hash
    )
    scopes = feeds.proofs(connection, desk.scopes)
    return messages.Proofs(server_ms=centre.now_ms(), scopes=(*scopes, journal))
