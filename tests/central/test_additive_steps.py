"""Steps of the centre's database are additive, or wait: an older program serves beside a newer one (docs/adr/0053)."""

import re

import pytest

from sscard_desk.central.migrations import POSTGRESQL, _statements, _steps

BASELINE = 17
"""Steps up to here were written before two programs ever shared a database."""
APART = 2
"""A step that takes away comes so many steps, at the least, after the one since which nobody uses what goes."""
_CONTRACT = re.compile(r"\A-- contract since (\d{4}): \S")
_TABLE = re.compile(r"CREATE TABLE (?:IF NOT EXISTS )?(\w+)", re.IGNORECASE)
_INDEX = re.compile(r"CREATE (UNIQUE )?INDEX \w+ ON (\w+)", re.IGNORECASE)
_COLUMN = re.compile(r"ALTER TABLE \w+ ADD (?:COLUMN )?\w+ (.+)", re.IGNORECASE | re.DOTALL)
_LOOSER = re.compile(r"ALTER TABLE \w+ (DROP CONSTRAINT \w+|ALTER COLUMN \w+ DROP NOT NULL)\Z", re.IGNORECASE)
_FILLS = re.compile(r"INSERT INTO (\w+)", re.IGNORECASE)
_TELLS = re.compile(r"CREATE (FUNCTION|TRIGGER \w+ AFTER)\b", re.IGNORECASE)


def objections(statements: list[str]) -> list[str]:
    """The statements that an older program may not live with: they take away, or ask for more than it writes."""
    made: set[str] = set()
    found = []
    for statement in statements:
        table, index, column, fills = (pattern.match(statement) for pattern in (_TABLE, _INDEX, _COLUMN, _FILLS))
        if table:
            made.add(table[1])
        elif index:
            if index[1] and index[2] not in made:
                found.append(statement)
        elif column:
            if re.search(r"\bREFERENCES\b|\bCHECK\b|\bUNIQUE\b", column[1], re.IGNORECASE) or (
                re.search(r"\bNOT NULL\b", column[1], re.IGNORECASE)
                and not re.search(r"\bDEFAULT\b", column[1], re.IGNORECASE)
            ):
                found.append(statement)
        elif fills:
            if fills[1] not in made:
                found.append(statement)
        elif not _LOOSER.match(statement) and not _TELLS.match(statement):
            found.append(statement)
    return found


def waits(number: int, text: str) -> bool:
    """Whether a step that takes away says since when nobody uses it, and that is long enough ago."""
    said = _CONTRACT.match(text)
    return said is not None and number - int(said[1]) >= APART


@pytest.mark.parametrize("number", range(BASELINE + 1, len(_steps()) + 1))
def test_a_step_adds_only_or_has_waited(number: int) -> None:
    text = _steps()[number - 1]
    assert objections(_statements(text, POSTGRESQL)) == [] or waits(number, text)


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TABLE blob",
        "ALTER TABLE desk RENAME TO desks",
        "ALTER TABLE desk DROP COLUMN point",
        "ALTER TABLE desk ADD COLUMN colour TEXT NOT NULL",
        "ALTER TABLE desk ADD COLUMN owner TEXT REFERENCES desk (id)",
        "ALTER TABLE desk ALTER COLUMN point TYPE BIGINT",
        "CREATE UNIQUE INDEX one_desk ON desk (point)",
        "UPDATE entry SET reason = ''",
        "DELETE FROM blob",
        "INSERT INTO meta VALUES ('a', 'b')",
        "CREATE TRIGGER no_more BEFORE INSERT ON entry FOR EACH ROW EXECUTE FUNCTION refuse()",
    ],
)
def test_what_an_older_program_cannot_live_with_is_found(statement: str) -> None:
    assert objections([statement]) == [statement]


@pytest.mark.parametrize(
    "statements",
    [
        [
            "CREATE TABLE shelf (id TEXT PRIMARY KEY)",
            "CREATE UNIQUE INDEX one ON shelf (id)",
            "INSERT INTO shelf VALUES (1)",
        ],
        ["ALTER TABLE desk ADD COLUMN colour TEXT"],
        ["ALTER TABLE desk ADD COLUMN turns BIGINT NOT NULL DEFAULT 0"],
        ["CREATE INDEX desk_point ON desk (point)"],
        ["ALTER TABLE register_photo DROP CONSTRAINT register_photo_blob_fkey"],
    ],
)
def test_what_only_adds_or_loosens_passes(statements: list[str]) -> None:
    assert objections(statements) == []


def test_a_step_that_takes_away_has_to_name_a_step_that_is_long_enough_ago() -> None:
    taking = "DROP TABLE shelf;"
    assert waits(23, f"-- contract since 0020: nobody reads shelf\n{taking}")
    assert not waits(21, f"-- contract since 0020: nobody reads shelf\n{taking}")
    assert not waits(23, f"-- nobody reads shelf\n{taking}")
