"""GET /v1/ready: whether this worker takes requests now; not answered from a queue, so that a full one is no outage."""

from collections.abc import Awaitable, Callable
from typing import Final

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.exchange import MEDIA_TYPE
from sscard_desk.central.readiness import Readiness
from sscard_desk.wire.readiness import Ready

PATH: Final = "/v1/ready"
NOT_READY: Final = 503


def for_probes(centre: OpenCentre) -> Callable[[Request], Awaitable[Response]]:
    """Return the endpoint that says whether a centre can be asked; it names neither address nor table."""
    readiness = Readiness(centre)

    async def ready(request: Request) -> Response:  # noqa: ARG001 - the shape of an endpoint
        reason = await readiness.word()
        said = Ready(ready=not reason, reason=reason, server_ms=centre.now_ms())
        return Response(
            msgspec.msgpack.encode(said),
            status_code=NOT_READY if reason else 200,
            headers={"cache-control": "no-store"},
            media_type=MEDIA_TYPE,
        )

    return ready
