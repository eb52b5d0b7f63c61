"""What desks ask of the register and what nobody decided, at the command line of the centre."""

from pathlib import Path

import pytest

from sscard_desk.central.centre import init_centre
from sscard_desk.central.imports import enrolment_code, import_point
from sscard_desk.central.store.desks import enrol_desk
from sscard_desk.domain import events
from tests.central._journal import receive
from tests.cli.desk import Desk, check
from tests.machines.counter import opened, subject
from tests.machines.model_desk import ModelDesk

pytestmark = pytest.mark.real


def test_a_request_is_listed_answered_and_told_and_a_second_application_stands_among_the_conflicts(
    tmp_path: Path,
) -> None:
    centre = init_centre(tmp_path / "centre", training=True, name="示例中心")
    for point, name in (("P-01", "D-0001"), ("P-02", "D-0009")):
        import_point(centre, point, "示例服务站", "330100")
        code = enrolment_code(centre, name, point)
        with centre.database.writing() as connection:
            enrol_desk(connection, name, code.secret, bytes(32), centre.now_ms())
    first, second = ModelDesk("D-0001"), ModelDesk("D-0009")
    said = events.Difference("name", "登记名", "证件名", taken=True, source="id_card")
    key = subject()
    receive(centre, "D-0001", [first.record(opened(1), key), first.record(events.CorrectionRequested((said,)), key)])
    receive(centre, "D-0009", [second.record(opened(1), subject())])
    centre.close()
    desk, folder = Desk(tmp_path / "desk"), ("--folder", str(tmp_path / "centre"))
    listed = check("central corrections", desk.call("central", "corrections", *folder))
    (request,) = listed["requests"]
    assert request["fields"] == [{"field": "name", "register": "登记名", "said": "证件名", "by": "id_card"}]
    answer = ("--accept", request["id"], "--operator", "op-1")
    answered = check("central corrections", desk.call("central", "corrections", *folder, *answer))
    assert (answered["answered"], answered["requests"]) == (True, [])
    status, _, _ = desk.call("central", "corrections", *folder, "--decline", request["id"])
    assert status != 0
    found = check("central conflicts", desk.call("central", "conflicts", *folder))["conflicts"]
    assert [(each["what"], each["desk"], each["card"]) for each in found] == [("already-open", "D-0009", "")]
