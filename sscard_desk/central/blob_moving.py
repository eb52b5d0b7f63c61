"""Moving pictures and scans between the database and a folder, while desks are served; killed anywhere, it goes on.

The place of new ones changes first, for every server at once. Then those of the other place are moved a few at a time:
each group is kept in the new place and dropped from the old one in one transaction, so each is in one of them always.
"""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Table, delete, func, select

from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.store import bodies
from sscard_desk.central.store.blob_folder import BlobFolder, note_root, root_of
from sscard_desk.central.store.blob_sweep import remove_unheld, sweep
from sscard_desk.central.store.bodies import DATABASE, FOLDER, InDatabase, Setting, blob_file, blob_going
from sscard_desk.central.store.rows import among
from sscard_desk.central.store.tables import blob
from sscard_desk.domain.errors.blob_folder import BlobDamaged
from sscard_desk.domain.errors.operator import FolderNotEmpty

GROUP: Final = 8
"""So many are moved in one transaction: the embedded database lets nobody write meanwhile."""
_MARK_BYTES: Final = 16
_PART_HOURS: Final = 24


@dataclass(frozen=True)
class Moved:
    """What a move did.

    Attributes:
        place: where new ones go now.
        moved: how many went there.
        damaged: names of files that are missing or not what they are called; they stay where they are.
    """

    place: str
    moved: int
    damaged: tuple[str, ...] = ()


@dataclass(frozen=True)
class Counted:
    """Where they lie.

    Attributes:
        place: where new ones go.
        database: how many are in the database.
        folder: how many are in the folder.
        going: files that are to be removed still.
    """

    place: str
    database: int
    folder: int
    going: int


@dataclass(frozen=True)
class Checked:
    """What a look through the folder found.

    Attributes:
        files: how many were read.
        damaged: names of those that are missing or not what they are called.
        removed: files that nobody kept, of processes that were killed or of a database put back; gone now.
    """

    files: int
    damaged: tuple[str, ...]
    removed: int


def move(
    centre: OpenCentre, place: str, root: Path | None = None, tell: Callable[[int], None] = lambda _: None
) -> Moved:
    """Let new pictures and scans go to a place, and move the others there.

    Args:
        centre: the centre.
        place: `database` or `folder`.
        root: the folder, where this server sees it; None for where it is now, or `blobs` in the centre's own.
        tell: is given how many were moved, after each group.

    Raises:
        FolderNotEmpty: there is something in a folder that is to be this centre's.
        BlobFolderAway, BlobFolderFull, DatabaseAway: what was moved before that stays so; calling it again goes on.
    """
    if place == FOLDER:
        _use_folder(centre, root)
    else:
        centre.database.write(lambda c: bodies.choose(c, Setting(DATABASE, bodies.setting(c).mark)))
    moved = 0
    while True:
        done, damaged = _move_all(centre, place, tell)
        moved += done
        if not done:
            break  # a second look finds what was under way when the place changed
    centre.database.forget_freed()
    return Moved(place, moved, damaged)


def counted(centre: OpenCentre) -> Counted:
    """Return how many lie where."""
    with centre.database.reading() as connection:
        each = [
            int(connection.execute(select(func.count()).select_from(table)).scalar_one())
            for table in (blob, blob_file, blob_going)
        ]
        return Counted(bodies.setting(connection).place, *each)


def check(centre: OpenCentre) -> Checked:
    """Read every file that is kept, and remove those that nobody keeps.

    Raises:
        BlobFolderAway: the folder is not there.
    """
    with centre.database.reading() as connection:
        mark = bodies.setting(connection).mark
        if not mark:
            return Checked(0, (), 0)
        mine = bodies.in_folder(connection, mark)
    mine.folder.need(mark)
    sweep(centre.database)
    files, damaged, after = 0, list[str](), ""
    while True:
        with centre.database.reading() as connection:
            names = _next(connection, blob_file, after)
        if not names:
            break
        files, after = files + len(names), names[-1]
        damaged += [name for name in names if _is_damaged(centre, mine.folder, name)]
    removed = mine.folder.forget_parts(centre.now_ms() / 1000 - _PART_HOURS * 3600)
    for name in mine.folder.names():
        with centre.database.reading() as connection:
            kept = connection.execute(select(blob_file.c.id).where(blob_file.c.id == name)).first()
        if kept is None:
            removed += centre.database.write(partial(remove_unheld, names=[name]))
    return Checked(files, tuple(damaged), removed)


def need_folder(centre: OpenCentre) -> None:
    """Go on if this server sees the folder, where there is one.

    Raises:
        BlobFolderAway: it does not.
    """
    with centre.database.reading() as connection:
        now = bodies.setting(connection)
        if now.place == FOLDER:
            bodies.in_folder(connection, now.mark).folder.need(now.mark)


def free_bytes(centre: OpenCentre) -> int | None:
    """Return how much room the folder has, None where pictures and scans go into the database.

    Raises:
        BlobFolderAway: this server does not see it, or cannot write there.
    """
    with centre.database.reading() as connection:
        now = bodies.setting(connection)
        folder = bodies.in_folder(connection, now.mark).folder if now.place == FOLDER else None
    if folder is None:
        return None
    folder.need(now.mark)
    return folder.free_bytes()


def _move_all(centre: OpenCentre, place: str, tell: Callable[[int], None]) -> tuple[int, tuple[str, ...]]:
    """Move what lies in the other place; return how many went and the names of those that cannot."""
    table, step = (blob, _to_folder) if place == FOLDER else (blob_file, _to_database)
    moved, damaged, after = 0, list[str](), ""
    while True:
        with centre.database.reading() as connection:
            if bodies.setting(connection).place != place:
                break  # somebody is moving them back
            names = _next(connection, table, after)
        if not names:
            break
        done, bad = centre.database.write(partial(step, names=names))
        moved, after = moved + done, names[-1]
        damaged += bad
        tell(done)
    return moved, tuple(damaged)


def _use_folder(centre: OpenCentre, root: Path | None) -> None:
    with centre.database.reading() as connection:
        mark = bodies.setting(connection).mark
    folder = BlobFolder(root or root_of(centre.folder))
    if mark:
        folder.need(mark)
    elif folder.is_new():
        mark = secrets.token_hex(_MARK_BYTES)
        folder.begin(mark)
    elif folder.is_only_marked():
        mark = folder.mark()  # begun, and killed before the database knew
    else:
        raise FolderNotEmpty
    if root is not None:
        note_root(centre.folder, root)
    centre.database.write(lambda connection: bodies.choose(connection, Setting(FOLDER, mark)))


def _to_folder(connection: Connection, names: Sequence[str]) -> tuple[int, list[str]]:
    mine = bodies.in_folder(connection, bodies.setting(connection).mark)
    rows = connection.execute(
        select(blob).where(among(connection, blob.c.id, names)).order_by(blob.c.id).with_for_update()
    )
    named = [(row.id, row.body) for row in rows]
    if named:
        mine.keep(connection, named)
        connection.execute(delete(blob).where(among(connection, blob.c.id, [name for name, _ in named])))
    return len(named), []


def _to_database(connection: Connection, names: Sequence[str]) -> tuple[int, list[str]]:
    mine = bodies.in_folder(connection, bodies.setting(connection).mark)
    held = select(blob_file.c.id).where(among(connection, blob_file.c.id, names)).order_by(blob_file.c.id)
    named, damaged = list[tuple[str, bytes]](), list[str]()
    for name in connection.execute(held.with_for_update()).scalars().all():
        try:
            named.append((name, mine.find(connection, name) or b""))
        except BlobDamaged:
            damaged.append(name)
    InDatabase().keep(connection, named)
    mine.drop(connection, [name for name, _ in named])
    return len(named), damaged


def _next(connection: Connection, table: Table, after: str) -> Sequence[str]:
    return (
        connection.execute(select(table.c.id).where(table.c.id > after).order_by(table.c.id).limit(GROUP))
        .scalars()
        .all()
    )


def _is_damaged(centre: OpenCentre, folder: BlobFolder, name: str) -> bool:
    try:
        folder.get(name)
    except BlobDamaged:
        with centre.database.reading() as connection:  # erased meanwhile, it is no loss
            return connection.execute(select(blob_file.c.id).where(blob_file.c.id == name)).first() is not None
    return False
