"""POST /v1/end: a desk was restored on another computer; its journal ends where the centre has it."""

from sqlalchemy import Connection

from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.exchange import Answer, Question
from sscard_desk.central.failures import RequestFailed
from sscard_desk.central.store import desks
from sscard_desk.central.store.desks import Desk, DeskState
from sscard_desk.wire import messages


def end(centre: OpenCentre, desk: Desk, question: Question) -> Answer:
    """End a desk: whoever still works under its name, the lost computer if it turns up, is not listened to any more.

    Asked again it gives the same answer: the first one may have been lost.

    Raises:
        RequestFailed: `malformed`, or `ahead`: the asking side holds entries that are not here yet.
    """
    held = question.read(messages.EndDesk).held

    def note(connection: Connection) -> messages.DeskEnd:
        now = desks.find_desk(connection, desk.id, for_update=True) or desk
        if now.state is not DeskState.ENDED:
            if held > now.head_seq:
                raise RequestFailed(messages.AHEAD)
            desks.end_desk(connection, desk.id, centre.now_ms())
        return messages.DeskEnd(
            seq=now.head_seq, hash=now.head_hash, server_ms=centre.now_ms(), said_seq=now.said_seq or 0
        )

    return Answer(centre.database.write(note))
