"""GET /v1/hello: the centre's time and mode, where each scope stands, and up to where it holds the desk's journal."""

from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.exchange import Answer, Question
from sscard_desk.central.failures import RequestFailed
from sscard_desk.central.signed import OLDEST_PROTOCOL
from sscard_desk.central.store import feeds
from sscard_desk.central.store.desks import Desk
from sscard_desk.wire import messages

PATH = "/v1/hello"


def hello(centre: OpenCentre, desk: Desk, question: Question) -> Answer:
    """Greet a desk of the same mode.

    Raises:
        RequestFailed: a training desk at a production centre, or the other way round.
    """
    if question.word("training") != str(int(centre.training)):
        raise RequestFailed(messages.TRAINING_DIFFERS)
    with centre.database.reading() as connection:
        scopes = feeds.heads(connection, desk.scopes)
    return Answer(
        messages.Hello(
            protocol=messages.PROTOCOL,
            server_ms=centre.now_ms(),
            training=centre.training,
            scopes=scopes,
            acked=desk.head_seq,
            acked_hash=desk.head_hash,
            point=desk.point,
            oldest_protocol=OLDEST_PROTOCOL,
        )
    )
