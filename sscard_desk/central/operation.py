"""How a centre is operated: where its log and its measures go, and how long it takes to stop."""

import socket
from dataclasses import dataclass
from typing import Final

STOP_SECONDS: Final = 25
"""Below the 30 s after which most service managers kill, and above what a desk waits for its answer to a push."""


@dataclass(frozen=True)
class Operation:
    """The operator's wishes, the same for all workers.

    Attributes:
        log: as `log.begin_log` takes it.
        measures: a listening socket for Prometheus; None where nobody collects.
        stop_seconds: how long requests that are under way may take once the process is told to stop.
        notice_seconds: how long before that `/v1/ready` says so while everything is served still, for load balancers.
    """

    log: str = ""
    measures: socket.socket | None = None
    stop_seconds: int = STOP_SECONDS
    notice_seconds: int = 0


ORDINARY: Final = Operation()
