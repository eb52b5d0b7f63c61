"""Running numbers of applications: one row per year, moved in the transaction that uses the number."""

from sqlalchemy import Connection, select

from sscard_desk.domain.errors.operator import StockEmpty
from sscard_desk.domain.numbers.application_number import MOST_IN_A_YEAR, ApplicationNumber
from sscard_desk.store import tables


def next_number(connection: Connection, point: str, desk_no: int, year: int) -> str:
    """Return the next application number of this desk in this year.

    Raises:
        StockEmpty: the year's numbers are used up.
    """
    last = connection.execute(select(tables.running.c.last).where(tables.running.c.year == year)).scalar() or 0
    if last >= MOST_IN_A_YEAR:
        raise StockEmpty
    tables.put(connection, tables.running, year=year, last=last + 1)
    return str(ApplicationNumber(point=point, desk=desk_no, year=year, running=last + 1))
