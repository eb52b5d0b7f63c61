"""What a clerk types, as a question to the population cache: number, name, pinyin, initials, or a mixture."""

from typing import Final

from sqlalchemy import Connection

from sscard_desk.domain.numbers.shown import normalised
from sscard_desk.store.pinyin import typed_letters

_LAST: Final = "\U0010ffff"
_SHORTEST_SYLLABLE: Final = 2
_GIVEN_INITIALS: Final = (2, 3)
_FOREIGN_NUMBER: Final = 3
"""From so many letters and at least one digit on, a text is the number of a foreign card of 2017."""


def find(connection: Connection, asked: str, limit: int) -> list[int]:
    """Return the row ids of persons that a typed text means, best first, without repeats."""
    number = normalised(asked).upper()
    letters = sum(c.isalpha() for c in number)
    if number[:1].isdigit() and number.rstrip("X").isdigit():
        return _range(connection, "id_number", number, limit)
    if number.isascii() and letters >= _FOREIGN_NUMBER and any(c.isdigit() for c in number):
        return _range(connection, "id_number", number, limit)
    words = typed_letters(asked)
    if not words:
        return _range(connection, "name", asked, limit)
    joined = "".join(words)
    whole = _range(connection, "pinyin", joined, limit)
    initials = _range(connection, "initials", joined, limit) if len(words) == 1 else []
    room = max(limit - len(initials), limit // 2)
    best = [*whole[:room], *initials, *whole[room:]]
    if len(best) < limit:
        best += _surname_and_initials(connection, joined, limit)
    if len(best) < limit and all(len(word) >= _SHORTEST_SYLLABLE for word in words):
        query = " AND ".join(f'"{word}"*' for word in words)
        rows = connection.exec_driver_sql("SELECT rowid FROM syllables WHERE syllables MATCH ? LIMIT ?", (query, limit))
        best += rows.scalars()
    return list(dict.fromkeys(best))


_RANGES: Final = {
    column: f"SELECT id, {column} FROM person WHERE {column} >= ? AND {column} < ? ORDER BY {column} LIMIT ?"  # noqa: S608 - own names
    for column in ("id_number", "name", "pinyin", "initials")
}


def _range(connection: Connection, column: str, prefix: str, limit: int) -> list[int]:
    rows = connection.exec_driver_sql(_RANGES[column], (prefix, prefix + _LAST, limit))
    return list(rows.scalars())


def _surname_and_initials(connection: Connection, typed: str, limit: int) -> list[int]:
    """Return who is found by a whole surname and the initials of the given name: `zengxm` for 曾小明."""
    found: list[int] = []
    for given in _GIVEN_INITIALS:
        surname, rest = typed[:-given], typed[-given:]
        if len(surname) >= _SHORTEST_SYLLABLE:
            initials = surname[0] + rest
            rows = connection.exec_driver_sql(
                "SELECT id, initials, pinyin FROM person WHERE initials >= ? AND initials < ? "
                "AND pinyin >= ? AND pinyin < ? ORDER BY initials, pinyin LIMIT ?",
                (initials, initials + _LAST, surname, surname + _LAST, limit),
            )
            found += rows.scalars()
    return found


def bodies(connection: Connection, ids: list[int]) -> list[bytes]:
    """Return the stored persons of these rows, in the order of the rows."""
    marks = ", ".join("?" * len(ids))
    rows = connection.exec_driver_sql(f"SELECT id, body FROM person WHERE id IN ({marks})", tuple(ids))  # noqa: S608 - marks only
    by_id = {row.id: row.body for row in rows}
    return [by_id[row_id] for row_id in ids if row_id in by_id]
