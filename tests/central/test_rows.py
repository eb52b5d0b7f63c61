"""Many rows at once, over both databases: whole or not at all, and the same however many they are."""

from collections.abc import Callable

import pytest
from sqlalchemy import Connection, select
from sqlalchemy.exc import IntegrityError

from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.store.rows import COPY_FROM, among, insert_new, insert_rows
from sscard_desk.central.store.tables import blank_place, blob
from sscard_desk.domain.errors.centre_database import DatabaseAway
from tests.machines.postgres import PostgresServer

COUNTS = (1, COPY_FROM - 1, COPY_FROM, 3 * COPY_FROM)


def blobs(count: int, first: int = 0) -> list[dict[str, object]]:
    return [{"id": f"{n:064x}", "body": b"\x00\\N\n\t" + bytes([n % 256])} for n in range(first, first + count)]


def kept(connection: Connection) -> dict[str, bytes]:
    return {row.id: row.body for row in connection.execute(select(blob))}


@pytest.mark.parametrize("count", COUNTS)
def test_rows_are_kept_byte_for_byte(centre: OpenCentre, count: int) -> None:
    rows = blobs(count)
    with centre.database.writing() as connection:
        insert_rows(connection, blob, rows)
    with centre.database.reading() as connection:
        assert kept(connection) == {row["id"]: row["body"] for row in rows}


def test_texts_numbers_and_what_is_empty_come_back_as_they_were(centre: OpenCentre) -> None:
    names = [column.name for column in blank_place.columns]
    rows = [{name: f"{name}-{n}-示例\t\\N" if n else "" for name in names} for n in range(2 * COPY_FROM)]
    for n, row in enumerate(rows):
        row["identification_code"] = f"{n:032x}"
    with centre.database.writing() as connection:
        insert_rows(connection, blank_place, rows)
    with centre.database.reading() as connection:
        found = connection.execute(select(blank_place).order_by(blank_place.c.identification_code)).mappings()
        assert [dict(row) for row in found] == rows


@pytest.mark.parametrize("count", COUNTS)
def test_of_rows_of_which_one_is_there_already_none_is_written(centre: OpenCentre, count: int) -> None:
    with centre.database.writing() as connection:
        insert_rows(connection, blob, blobs(1))
    with pytest.raises(IntegrityError), centre.database.writing() as connection:
        insert_rows(connection, blob, [*blobs(count, first=1), *blobs(1)])
    with centre.database.reading() as connection:
        assert list(kept(connection)) == [f"{0:064x}"]


@pytest.mark.parametrize("address", ["postgresql"], indirect=True)
def test_work_that_meets_anothers_row_is_done_again_and_sees_it(centre: OpenCentre) -> None:
    met: list[int] = []

    def work(connection: Connection) -> int:
        known = kept(connection)
        if not met:
            with centre.database.writing() as other:
                insert_rows(other, blob, blobs(1))
        met.append(len(known))
        insert_rows(connection, blob, [row for row in blobs(2 * COPY_FROM) if row["id"] not in known])
        return len(known)

    assert centre.database.write(work) == 1
    assert met == [0, 1]
    with centre.database.reading() as connection:
        assert len(kept(connection)) == 2 * COPY_FROM


@pytest.mark.parametrize("count", COUNTS)
@pytest.mark.parametrize("address", ["postgresql"], indirect=True)
def test_a_connection_that_is_lost_between_two_writes_is_told_as_a_database_that_is_away(
    centre: OpenCentre, postgres: PostgresServer, address: str, count: int
) -> None:
    def lose(connection: Connection) -> None:
        insert_rows(connection, blob, blobs(1))
        postgres.cut(address.split("?", maxsplit=1)[0].rpartition("/")[2])
        insert_rows(connection, blob, blobs(count, first=1))

    with pytest.raises(DatabaseAway):
        centre.database.write(lose)
    with centre.database.reading() as connection:
        assert kept(connection) == {}


@pytest.mark.parametrize("count", [0, *COUNTS])
def test_values_are_found_among_any_number_of_them(centre: OpenCentre, count: int) -> None:
    def ids(asked: list[str]) -> Callable[[Connection], set[str]]:
        return lambda c: set(c.execute(select(blob.c.id).where(among(c, blob.c.id, asked))).scalars())

    rows = blobs(2 * COPY_FROM)
    with centre.database.writing() as connection:
        insert_new(connection, blob, [*rows, *rows])
    asked = [f"{n:064x}" for n in range(count)]
    with centre.database.reading() as connection:
        assert ids([*asked, "nobody's"])(connection) == set(asked[: 2 * COPY_FROM])
