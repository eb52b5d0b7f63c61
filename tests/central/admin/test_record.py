"""The record of acts: in the transaction of the act, only added to, seen when changed. Over both databases."""

import pytest
import sqlalchemy.exc

from sscard_desk.central.admin import operators
from sscard_desk.central.admin.acting import acting
from sscard_desk.central.admin.secrets import AUDIT, derived
from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.imports import enrolment_code
from sscard_desk.central.store import audit
from sscard_desk.domain.errors.administration import OperatorExists, OperatorNameWrong, OperatorUnknown
from sscard_desk.domain.errors.operator import ServicePointUnknown
from tests.machines.counter import POINT


def noted(centre: OpenCentre) -> list[tuple[str, str, str, str]]:
    with centre.database.reading() as connection:
        return [(act.operator, act.act, act.object, act.outcome) for act in audit.acts(connection)]


def broken(centre: OpenCentre) -> int | None:
    with centre.database.reading() as connection:
        return audit.verify(connection, derived(centre.keys, AUDIT))[2]


def test_an_act_and_its_record_commit_together_and_a_refusal_is_on_record_alone(centre: OpenCentre) -> None:
    with acting(centre, "li.ming", "desk.expect", "D-0500") as noting:
        enrolment_code(noting, "D-0500", POINT)
    with (
        pytest.raises(ServicePointUnknown) as refused,
        acting(centre, "li.ming", "desk.expect", "D-0501") as noting,
    ):
        enrolment_code(noting, "D-0501", "P-99")
    with pytest.raises(ZeroDivisionError), acting(centre, "li.ming", "desk.expect", "D-0502") as noting:
        noting.database.write(lambda _connection: 1 // 0)
    assert noted(centre) == [
        ("li.ming", "desk.expect", "D-0501", refused.value.code),
        ("li.ming", "desk.expect", "D-0500", "done"),
    ]
    assert broken(centre) is None


def test_the_database_refuses_to_change_or_delete_what_is_on_record(centre: OpenCentre) -> None:
    operators.add(centre, "li.ming")
    for statement in ("UPDATE audit SET outcome = 'done'", "DELETE FROM audit"):
        with pytest.raises(sqlalchemy.exc.DBAPIError), centre.database.writing() as connection:
            connection.exec_driver_sql(statement)
    assert len(noted(centre)) == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET object = 'somebody' WHERE seq = 2",
        "UPDATE audit SET seq = seq + 10 WHERE seq = 3",
        "DELETE FROM audit WHERE seq = 2",
    ],
)
def test_whoever_takes_the_triggers_off_and_changes_the_record_is_seen(centre: OpenCentre, statement: str) -> None:
    for name in ("li.ming", "zhao.liu", "sun.ba"):
        operators.add(centre, name)
    with centre.database.writing() as connection:
        for trigger in ("audit_kept", "audit_stays"):
            on = " ON audit" if connection.dialect.name == "postgresql" else ""
            connection.exec_driver_sql(f"DROP TRIGGER {trigger}{on}")
    assert broken(centre) is None
    with centre.database.writing() as connection:
        connection.exec_driver_sql(statement)
    assert broken(centre) is not None


def test_names_of_operators_are_never_given_twice_and_removed_ones_stay_on_the_list(centre: OpenCentre) -> None:
    operators.add(centre, "li.ming")
    for wrong in ("Li", "x", "console", "1a", "li ming", "a" * 33):
        with pytest.raises(OperatorNameWrong):
            operators.add(centre, wrong)
    operators.remove(centre, "li.ming")
    with pytest.raises(OperatorExists):
        operators.add(centre, "li.ming")
    for change in (operators.reset, operators.remove):
        with pytest.raises(OperatorUnknown):
            change(centre, "li.ming")
    (listed,) = operators.listed(centre)
    assert (listed["operator"], listed["state"]) == ("li.ming", "removed")
