"""How much one worker takes at once: beyond it a desk is told to come again a little later, and nothing is begun.

An open TLS connection holds some 200 KB. Requests at work wait for one of the database's few connections; a queue that
is kept short is worked through within a second.
"""

import random
from collections.abc import Callable
from typing import Final

from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.failures import Refusal
from sscard_desk.central.signed import OLDEST_PROTOCOL
from sscard_desk.wire import messages

MOST_OPEN: Final = 800
"""Connections; from here on each is answered that it comes again, and closed."""
SLACK: Final = 200
"""So many more are told so; one beyond is closed without a word."""
MOST_AT_WORK: Final = 16
"""Requests that have come whole and are not answered yet; twice as many as the database's connections."""
AGAIN_SECONDS: Final = (2, 8)
"""When to come again: spread, so that those who were sent away do not come back together."""


class Room:
    """An application in front of the centre's, that sends away who comes when too many are there."""

    def __init__(self, app: ASGIApp, centre: OpenCentre, connections: Callable[[], int]) -> None:
        """Stand in front.

        Args:
            app: the centre's.
            centre: whose time an answer says.
            connections: how many are open now.
        """
        self._app = app
        self._centre = centre
        self._connections = connections

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or send it away."""
        if self._connections() > MOST_OPEN:
            answer = busy_response(self._centre)
            answer.headers["connection"] = "close"
            await answer(scope, receive, send)
        else:
            await self._app(scope, receive, send)


def busy_response(centre: OpenCentre) -> Response:
    """Return 503 with the time after which to come again."""
    failure = messages.Failure(reason=messages.BUSY, server_ms=centre.now_ms(), oldest_protocol=OLDEST_PROTOCOL)
    wait = random.randint(*AGAIN_SECONDS)
    return Refusal(failure, {"retry-after": str(wait)})
