"""Empty polls: whether a scope's head is still the one that a desk names, answered from memory.

The desk's signature, time and nonce are looked at as everywhere; neither the database nor another thread is asked.
Whatever memory does not know for sure goes the ordinary way.
"""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response

from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.compaction import is_noted
from sscard_desk.central.exchange import failure_response, identified, shown_with
from sscard_desk.central.failures import RequestFailed
from sscard_desk.central.peer import read_peer
from sscard_desk.central.routes.feed import tag_of
from sscard_desk.central.store.desks import Desk
from sscard_desk.wire.signing import DESK_HEADER

NOT_MODIFIED = 304

Endpoint = Callable[[Request], Awaitable[Response]]


def for_polls(centre: OpenCentre, ordinary: Endpoint) -> Endpoint:
    """Return an endpoint that answers empty polls by itself and hands everything else on."""

    async def endpoint(request: Request) -> Response:
        return unchanged(centre, request) or await ordinary(request)

    return endpoint


def unchanged(centre: OpenCentre, request: Request) -> Response | None:
    """Return 304 where a scope stands as its desk says, a refusal where it may not ask, None where that is not known.

    Args:
        centre: the centre.
        request: of a feed; its body is not looked at.
    """
    asked = request.headers.get("if-none-match")
    desk = centre.memory.desk(request.headers.get(DESK_HEADER, "")) if asked else None
    with_body = request.headers.get("content-length", "0") != "0" or "transfer-encoding" in request.headers
    if desk is None or with_body:
        return None
    query = request.query_params
    head = centre.memory.head(query.get("scope", ""))
    if (
        head is None
        or head.scope not in desk.scopes
        or asked != tag_of(head)
        or (query.get("epoch"), query.get("after")) != (head.epoch, str(head.head))
        or not is_noted(centre, desk.id, head.scope, head.head)
        or not _settled(centre, desk, request)
    ):
        return None
    try:
        identified(centre, request, b"", desk)
    except RequestFailed as failed:
        return failure_response(centre, failed)
    return Response(status_code=NOT_MODIFIED, headers={"etag": asked})


def _settled(centre: OpenCentre, desk: Desk, request: Request) -> bool:
    """Return whether the certificate on the connection is the one that is known, so that nothing has to be asked."""
    shown = shown_with(centre, request)
    if shown is None:
        return True
    peer = read_peer(shown, centre.believed)
    return peer is not None and peer.serial == desk.certificate
