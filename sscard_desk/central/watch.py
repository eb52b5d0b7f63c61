"""Every request of a desk as one line of the log and in the measures: who, which route, how long, what came of it.

Nothing of what a request says goes in: no body, no query, no header but its own mark. A desk's number stands there once
its signature has held; before that it is whatever somebody wrote.
"""

import logging
import secrets
import time
from typing import Any, Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sscard_desk.central.access import ACCESS
from sscard_desk.central.centre import OpenCentre

OTHER: Final = "other"
"""The route of whatever is none: a stranger's path goes into no line and no label."""
DESK: Final = "sscard.desk"
CODE: Final = "sscard.code"
SAID: Final = "said"
HEADER: Final = b"x-request-id"
CLOSING: Final = ((b"connection", b"close"),)
"""Said while the worker stops, so that desks go by themselves."""
NO_ANSWER: Final = 0
"""The status of a request whose end nobody waited for."""
DEFECT: Final = 500
_log = logging.getLogger(__name__)


def route_of(method: str, path: str) -> str:
    """Return the row of the table of routes that a request asks for; HEAD asks for what GET does."""
    route = f"{'GET' if method == 'HEAD' else method} {path}"
    return route if route in ACCESS else OTHER


class Watched:
    """An application that is watched."""

    def __init__(self, app: ASGIApp, centre: OpenCentre) -> None:
        """Stand in front of it.

        Args:
            app: what serves.
            centre: whose measures count the requests.
        """
        self._app = app
        self._centre = centre

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request and note it."""
        began, mark, status = time.perf_counter(), secrets.token_hex(8), NO_ANSWER

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                ours = [(HEADER, mark.encode()), *(CLOSING if self._centre.stopping else ())]
                message = {**message, "headers": [*message.get("headers", ()), *ours]}
            await send(message)

        failed: Exception | None = None
        try:
            await self._app(scope, receive, noting)
        except Exception as defect:
            failed = defect
            raise
        finally:
            seconds = time.perf_counter() - began
            route = route_of(scope["method"], scope["path"])
            self._centre.measures.answered(route, DEFECT if failed else status, seconds)
            if _log.isEnabledFor(logging.INFO):
                said = _line(scope, mark, route, status, seconds)
                if failed:
                    _log.error("request", extra={SAID: said | {"status": DEFECT}}, exc_info=failed)
                else:
                    _log.info("request", extra={SAID: said})


def _line(scope: Scope, mark: str, route: str, status: int, seconds: float) -> dict[str, Any]:
    return {
        "request": mark,
        "desk": scope.get(DESK, ""),
        "route": route,
        "status": status,
        "ms": round(seconds * 1000, 1),
        "code": scope.get(CODE, ""),
    }
