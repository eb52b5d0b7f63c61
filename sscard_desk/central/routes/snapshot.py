"""GET /v1/snapshot and /v1/snapshot/file: a scope as one static file, to be fetched in parts where the line breaks."""

from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.exchange import Answer, Question
from sscard_desk.central.failures import RequestFailed
from sscard_desk.central.snapshots import current_snapshot, snapshot_file
from sscard_desk.central.store.desks import Desk
from sscard_desk.wire import messages

PATH = "/v1/snapshot"
FILE_PATH = "/v1/snapshot/file"


def snapshot(centre: OpenCentre, desk: Desk, question: Question) -> Answer:
    """Say what the newest file of a scope is.

    Raises:
        RequestFailed: not this desk's scope.
    """
    scope = question.word("scope")
    info = current_snapshot(centre, scope) if scope in desk.scopes else None
    if info is None:
        raise RequestFailed(messages.UNKNOWN)
    return Answer(info)


def file(centre: OpenCentre, desk: Desk, question: Question) -> Answer:
    """Serve a file by its hash; a `Range` header asks for the rest of one (RFC 9110, 14.2).

    Raises:
        RequestFailed: not this desk's scope, or no such file any more.
    """
    scope = question.word("scope")
    path = snapshot_file(centre, scope, question.word("sha256")) if scope in desk.scopes else None
    if path is None:
        raise RequestFailed(messages.UNKNOWN)
    return Answer(file=path)
