"""GET /v1/feed: what changed in a scope after a position; 304 where nothing did."""

from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.compaction import note_passed
from sscard_desk.central.exchange import Answer, Question
from sscard_desk.central.failures import RequestFailed
from sscard_desk.central.store import feeds
from sscard_desk.central.store.desks import Desk
from sscard_desk.wire import messages

PATH = "/v1/feed"


def feed(centre: OpenCentre, desk: Desk, question: Question) -> Answer:
    """Return one page of a scope that the desk may read.

    An empty epoch means a reader at position 0 that knows none yet.

    Raises:
        RequestFailed: not this desk's scope, another epoch, a position past the head, or one before what was compacted.
    """
    scope, epoch = question.word("scope"), question.word("epoch")
    after, limit = question.number("after"), min(question.number("limit"), messages.MAX_PAGE)
    if scope not in desk.scopes:
        raise RequestFailed(messages.UNKNOWN)
    turn = centre.memory.turn()
    with centre.database.reading() as connection:
        heads = feeds.heads(connection, [scope])
        if not heads:
            raise RequestFailed(messages.UNKNOWN)
        head = heads[0]
        if (epoch or head.epoch) != head.epoch or (not epoch and after) or not head.compacted <= after <= head.head:
            raise RequestFailed(messages.FEED_BROKEN)
        centre.memory.keep_head(turn, head)
        tag = tag_of(head)
        if after == head.head and question.headers.get("if-none-match") == tag:
            items = None
        else:
            items = feeds.page(connection, scope, after, limit, desk.id)
    note_passed(centre, desk.id, scope, after)
    if items is None:
        return Answer(status=304, headers={"etag": tag})
    page = messages.FeedPage(
        scope=scope, epoch=head.epoch, after=after, head=head.head, server_ms=centre.now_ms(), items=items
    )
    return Answer(page, headers={"etag": tag})


def tag_of(head: messages.ScopeHead) -> str:
    """Return the tag of a scope that stands so; a desk names it in `If-None-Match`."""
    return f'"{head.epoch}-{head.head}"'
