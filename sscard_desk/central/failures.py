"""What a whole request can fail with, before any entry is looked at."""

from dataclasses import dataclass
from typing import Final

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
    messages.FEED_BROKEN: 409,
    messages.AHEAD: 409,
    messages.TOO_LARGE: 413,
    messages.PROTOCOL_TOO_OLD: 426,
    messages.BUSY: 503,
}


@dataclass
class RequestFailed(Exception):
    """A request that is not served; `reason` is a word of `wire.messages`."""

    reason: str

    @property
    def status(self) -> int:
        """The HTTP status that goes with the reason."""
        return STATUS[self.reason]
