"""Feeds without what every desk has passed: who asks from before that takes the scope whole."""

from dataclasses import dataclass
from functools import partial
from typing import Final

from sqlalchemy import Connection

from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.store import compaction
from sscard_desk.central.store.audit import Record, unrecorded
from sscard_desk.central.store.blob_parts import forget_parts

DAYS: Final = 60
"""A desk that was silent for longer holds nothing back; when it comes again it takes what changed as one file."""

PARTS_DAYS: Final = 30
"""Parts of a scan whose rest did not come for so long are dropped."""
NOTE_EVERY_MS: Final = 60_000
_DAY_MS: Final = 86_400_000


@dataclass(frozen=True)
class Compacted:
    """What became of one scope.

    Attributes:
        scope: its name.
        head: its newest position.
        passed: position up to which every desk that counts has read it.
        removed: old positions that went now.
    """

    scope: str
    head: int
    passed: int
    removed: int


def note_passed(centre: OpenCentre, desk: str, scope: str, position: int) -> None:
    """Note how far a desk has read, at most once a minute for each desk and scope."""
    noted, at_ms = centre.passed.get((scope, desk), (0, 0))
    now = centre.now_ms()
    if position == noted or now - at_ms < NOTE_EVERY_MS:
        return
    centre.database.write(lambda connection: compaction.note(connection, desk, scope, position))
    centre.passed[scope, desk] = position, now


def is_noted(centre: OpenCentre, desk: str, scope: str, position: int) -> bool:
    """Return whether it is on record already that a desk has read so far."""
    return centre.passed.get((scope, desk), (0, 0))[0] == position


def compact(centre: OpenCentre, days: int = DAYS, record: Record = unrecorded) -> list[Compacted]:
    """Remove what every desk has passed from every feed; desks are served meanwhile.

    Args:
        centre: the centre.
        days: desks that were not heard for so long hold nothing back.
        record: notes it with the first that goes.
    """
    with centre.database.reading() as connection:
        reading = compaction.readers(connection, centre.now_ms() - days * _DAY_MS)
        heads = compaction.scopes(connection)
        marks = {name: compaction.positions(connection, name) for name, _ in heads}

    def begin(connection: Connection) -> None:
        forget_parts(connection, before_ms=centre.now_ms() - PARTS_DAYS * _DAY_MS)
        record(connection, f"{days}")

    centre.database.write(begin)
    done: list[Compacted] = []
    for name, head in heads:
        upto = min((marks[name].get(desk.id, 0) for desk in reading if name in desk.scopes), default=head)
        done.append(Compacted(name, head, upto, _drop(centre, name, upto)))
    return done


def _drop(centre: OpenCentre, name: str, upto: int) -> int:
    removed = 0
    for after in range(0, upto, compaction.STRIDE):
        until = min(after + compaction.STRIDE, upto)
        removed += centre.database.write(partial(compaction.drop_superseded, name=name, after=after, upto=until))
    return removed
