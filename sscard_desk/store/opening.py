"""Makes and opens a data folder. Import it after sign-in: it brings SQLAlchemy."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from sqlalchemy import Engine

from sscard_desk.disk import make_folder
from sscard_desk.domain.errors.operator import FolderNotEmpty
from sscard_desk.domain.errors.store import DatabaseDamaged, DatabaseKeyWrong
from sscard_desk.store import foreign, form_editions, key_slots, settings, time_known
from sscard_desk.store.blobs import BlobFolder
from sscard_desk.store.clock import DeskClock
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.store.engine import open_engine, reading, writing
from sscard_desk.store.facts import DataFolder, FolderFacts, key_check, read_facts, write_facts
from sscard_desk.store.migrations import DESK, migrate
from sscard_desk.store.persons import PersonCache
from sscard_desk.store.rekey import fitting
from sscard_desk.store.side import OpenFolder
from sscard_desk.wire.feed import REFERENCE, point_scope


def create_folder(
    path: Path,
    *,
    desk_id: str,
    service_point: str,
    desk_no: int,
    training: bool,
    database_key: bytes,
    scopes: Sequence[str] = (),
) -> FolderFacts:
    """Make the database of a new desk in a folder.

    Args:
        path: the data folder; settings and key slots may lie in it already.
        desk_id: what the centre calls this desk.
        service_point: four digits.
        desk_no: 0 to 99, this desk's number at its point.
        training: fixed for ever.
        database_key: 32 random bytes.
        scopes: feed scopes besides those of reference data and of the service point, such as `persons:420106`.

    Raises:
        FolderNotEmpty: a desk was made here before.
        DiskFull, DiskTrouble: it could not be made; what is there may be removed.
    """
    folder = DataFolder(path)
    if folder.facts.exists() or folder.database.exists():
        raise FolderNotEmpty
    make_folder(path)
    facts = FolderFacts(
        desk=desk_id,
        service_point=service_point,
        desk_no=desk_no,
        training=training,
        key_check=key_check(database_key),
    )
    engine = open_engine(folder.database, database_key, key_proved=True)
    try:
        migrate(engine, DESK, fresh=True)
        with writing(engine) as connection:
            settings.keep(connection, settings.DESK, desk_id)
            settings.keep(connection, settings.SERVICE_POINT, service_point)
            settings.keep(connection, settings.DESK_NO, desk_no)
            settings.keep(connection, settings.TRAINING, int(training))
            settings.keep(
                connection, settings.SCOPES, "\n".join(sorted({REFERENCE, point_scope(service_point), *scopes}))
            )
    finally:
        engine.dispose()
    folder.database.chmod(0o600)
    write_facts(folder, facts)
    return facts


def open_desk(path: Path, database_key: bytes, also: Sequence[bytes] = ()) -> DeskStore:
    """Open a desk's database, brought to the newest shape.

    Args:
        path: the data folder.
        database_key: 32 bytes.
        also: the other key of a change of keys that was broken off.

    Raises:
        NotSetUp: no desk was made here.
        DatabaseKeyWrong: this is not its key.
        DatabaseDamaged: the key is right, the file is not.
        DatabaseNewer: a newer program made it.
        DiskFull, DiskTrouble: it could not be opened.
    """
    folder = DataFolder(path)
    facts = read_facts(path)
    if not folder.database.exists():
        raise DatabaseDamaged if facts.key_fits(database_key) else DatabaseKeyWrong
    if also or not facts.key_fits(database_key):
        database_key, facts = _fitting(folder, facts, (database_key, *also))
    engine = open_engine(folder.database, database_key, key_proved=True)
    try:
        migrate(engine, DESK, fresh=False)
        inside, clock = _inside(engine, facts)
        _judge_forms_again(engine)
        _read_again(engine, inside)
    except BaseException:
        engine.dispose()
        raise
    with reading(engine) as connection:
        former = key_slots.read(connection).former
    persons = PersonCache(folder, database_key, former)
    return DeskStore(OpenFolder(engine, inside, BlobFolder(folder.blobs), persons, clock, database_key))


def _fitting(folder: DataFolder, facts: FolderFacts, keys: Sequence[bytes]) -> tuple[bytes, FolderFacts]:
    """Find the key that the file has after a change of keys was broken off, and have the open facts say so."""
    found = fitting(folder.database, keys)
    if found is None:
        raise DatabaseDamaged if any(facts.key_fits(key) for key in keys) else DatabaseKeyWrong
    if not facts.key_fits(found):
        facts = replace(facts, key_check=key_check(found))
        write_facts(folder, facts)
    return found, facts


def open_persons(path: Path, database_key: bytes) -> PersonCache:
    """Open the population cache beside a desk's database; its key is derived from the database's."""
    return PersonCache(DataFolder(path), database_key)


def _judge_forms_again(engine: Engine) -> None:
    with reading(engine) as connection:
        older = form_editions.refused_by_others(connection)
    if older:
        with writing(engine) as connection:
            form_editions.try_again(connection)


def _read_again(engine: Engine, inside: FolderFacts) -> None:
    """Read what came from newer desks while the program here was older."""
    with reading(engine) as connection:
        waits = foreign.waits_for_this_program(connection)
    if waits:
        with writing(engine) as connection:
            foreign.fold_newly_known(connection, inside.service_point, training=inside.training)


def _inside(engine: Engine, facts: FolderFacts) -> tuple[FolderFacts, DeskClock]:
    """Return the facts as the encrypted database has them (the open file is only their copy), and the clock."""
    with reading(engine) as connection:
        heard = settings.read_text(connection, settings.CLOCK_OFFSET)
        inside = FolderFacts(
            desk=settings.read_text(connection, settings.DESK),
            service_point=settings.read_text(connection, settings.SERVICE_POINT),
            desk_no=int(settings.read_text(connection, settings.DESK_NO, "0")),
            training=settings.read_text(connection, settings.TRAINING, "0") == "1",
            key_check=facts.key_check,
        )
        shift = time_known.set_ms(connection) or 0
    return inside, DeskClock(int(heard) if heard else None, shift)
