"""An error of the database names its statement and never a person."""

from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import StatementError

from sscard_desk.store.engine import writing

from ._desk import ID_NUMBER, NAME, begin, make_desk


def test_a_broken_rule_of_the_database_shows_no_values(tmp_path: Path) -> None:
    desk = make_desk(tmp_path / "desk")
    begin(desk)
    statement = text("insert into application (id, number, id_number) values (:id, :number, :id_number)")
    values = {"id": None, "number": NAME, "id_number": ID_NUMBER}
    with pytest.raises(StatementError) as caught, writing(desk._engine) as connection:
        connection.execute(statement, values)
    desk.close()
    said = f"{caught.value} {caught.value!r}"
    assert ID_NUMBER not in said
    assert NAME not in said
