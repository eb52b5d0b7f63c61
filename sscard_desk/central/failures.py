"""What a whole request can fail with, before any entry is looked at."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import msgspec
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from sscard_desk.central.watch import CODE
from sscard_desk.wire import messages

STATUS: Final = {
    messages.MALFORMED: 400,
    messages.SIGNATURE_WRONG: 401,
    messages.CLOCK_OFF: 401,
    messages.REPLAYED: 401,
    messages.NOT_ENROLLED: 403,
    messages.CODE_WRONG: 403,
    messages.DESK_ENDED: 403,
    messages.DESK_REVOKED: 403,
    messages.CERTIFICATE_WRONG: 403,
    messages.CERTIFICATE_MISSING: 403,
    messages.CERTIFICATE_REPLACED: 403,
    messages.CERTIFICATE_EXPIRED: 403,
    messages.TRAINING_DIFFERS: 403,
    messages.UNKNOWN: 404,
    messages.TOO_SLOW: 408,
    messages.FEED_BROKEN: 409,
    messages.AHEAD: 409,
    messages.TOO_LARGE: 413,
    messages.PROTOCOL_TOO_OLD: 426,
    messages.PHOTO_LIMIT: 429,
    messages.BUSY: 503,
}


@dataclass
class RequestFailed(Exception):
    """A request that is not served; `reason` is a word of `wire.messages`, `again_s` says when to come again."""

    reason: str
    again_s: int | None = None

    @property
    def status(self) -> int:
        """The HTTP status that goes with the reason."""
        return STATUS[self.reason]

    @property
    def headers(self) -> Mapping[str, str]:
        """What goes beside it."""
        return {} if self.again_s is None else {"retry-after": str(self.again_s)}


class Refusal(Response):
    """The answer to a request that is not served; whoever watches the requests is told the reason."""

    media_type = "application/vnd.msgpack"

    def __init__(self, failure: messages.Failure, headers: Mapping[str, str] | None = None) -> None:
        """Say why.

        Args:
            failure: what goes back.
            headers: beside it.
        """
        super().__init__(msgspec.msgpack.encode(failure), status_code=STATUS[failure.reason], headers=headers)
        self._reason = failure.reason

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it."""
        scope[CODE] = self._reason
        await super().__call__(scope, receive, send)
