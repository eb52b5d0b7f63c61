"""/v1/blobs: pictures and scans by their SHA-256; a desk reaches those of its own service point."""

from sqlalchemy import Connection

from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.exchange import Answer, Question
from sscard_desk.central.failures import RequestFailed
from sscard_desk.central.late_blobs import keep_wanted
from sscard_desk.central.routes.contracts import BYTES
from sscard_desk.central.store import blobs as kept
from sscard_desk.central.store.blob_parts import Part, keep_part
from sscard_desk.central.store.desks import Desk
from sscard_desk.wire import messages

PATH = "/v1/blobs"
MISSING_PATH = "/v1/blobs/missing"
PART_PATH = "/v1/blobs/part"
MOST_NAMES = 1_000
NAME_LENGTH = 64


def missing(centre: OpenCentre, desk: Desk, question: Question) -> Answer:
    """Return which of the named blobs this service point has not brought yet.

    Raises:
        RequestFailed: no list of names, or too long a one.
    """
    names = question.read(messages.BlobNames)
    if len(names.blobs) > MOST_NAMES:
        raise RequestFailed(messages.TOO_LARGE)
    with centre.database.reading() as connection:
        there = kept.at_point(connection, desk.point, names.blobs)
    return Answer(messages.BlobNames(blobs=tuple(name for name in names.blobs if name not in there)))


def put(centre: OpenCentre, desk: Desk, question: Question) -> Answer:
    """Keep several blobs; the names that they have from now on go back.

    Raises:
        RequestFailed: no blobs, or too many.
    """
    bodies = question.read(messages.Blobs).bodies
    if len(bodies) > messages.MAX_BLOBS:
        raise RequestFailed(messages.TOO_LARGE)

    def keep(connection: Connection) -> tuple[str, ...]:
        question.once(connection)
        return keep_wanted(connection, desk, bodies)

    names = centre.database.write(keep)
    return Answer(messages.BlobNames(blobs=names))


def part(centre: OpenCentre, desk: Desk, question: Question) -> Answer:
    """Keep a part of a large blob, and say how much of it is here; an empty part only asks.

    Where the part begins and how long the whole is stand in the target, which is signed.

    Raises:
        RequestFailed: no name or numbers, or a larger blob than is taken.
    """
    name, first, total = question.word("blob"), question.number("from"), question.number("size")
    if len(name) != NAME_LENGTH or not name.isalnum():
        raise RequestFailed(messages.MALFORMED)
    if total > messages.LARGEST_BLOB:
        raise RequestFailed(messages.TOO_LARGE)

    def keep(connection: Connection) -> int:
        question.once(connection)
        part = Part(name, first, total, question.body)
        return keep_part(
            connection, desk.point, part, centre.now_ms(), lambda whole: keep_wanted(connection, desk, [whole])
        )

    return Answer(messages.BlobPart(blob=name, have=centre.database.write(keep)))


def get(centre: OpenCentre, desk: Desk, question: Question) -> Answer:
    """Return one blob of the desk's service point.

    Raises:
        RequestFailed: not there, or another service point's, which is not told apart.
    """
    with centre.database.reading() as connection:
        body = kept.find(connection, desk.point, question.word("blob"))
    if body is None:
        raise RequestFailed(messages.UNKNOWN)
    return Answer(body=body, kind=BYTES)
