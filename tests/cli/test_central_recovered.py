"""`central recovered` as a program."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sscard_desk.central.centre import init_centre
from sscard_desk.central.imports import enrolment_code, import_point
from tests.cli.desk import Desk, check

pytestmark = pytest.mark.real


def test_a_recovery_is_noted_and_a_desk_of_later_is_entered_by_its_key(tmp_path: Path) -> None:
    centre = init_centre(tmp_path / "centre", training=True, name="示例中心")
    import_point(centre, "0231", "示例街道服务站", "330100")
    centre.close()
    words = ("central", "recovered", "--folder", str(tmp_path / "centre"))
    here = Desk(tmp_path / "nowhere")
    first = check("central recovered", here.call(*words))
    assert first["desks"] == []
    key = Ed25519PrivateKey.generate().public_key().public_bytes_raw().hex()
    desk = ("--desk", "D-0009", "--point", "0231", "--public-key", key)
    entered = check("central recovered", here.call(*words, *desk))
    assert entered["recovery"] == first["recovery"]
    assert entered["desks"] == [{"desk": "D-0009", "state": "enrolled", "last_seq": 0}]
    status, said, _ = here.call(*words, *desk)
    assert (status, said["error"]["code"]) == (2, "E153")
    again = check("central recovered", here.call(*words))
    assert int(str(again["since_ms"])) > int(str(first["since_ms"]))


def test_after_a_recovery_the_status_names_points_whose_staff_is_to_be_brought_in_again(tmp_path: Path) -> None:
    centre = init_centre(tmp_path / "centre", training=True, name="示例中心")
    for point in ("0231", "0232"):
        import_point(centre, point, "示例街道服务站", "330100")
        enrolment_code(centre, f"D-{point}", point)
    centre.close()
    table = tmp_path / "staff.csv"
    table.write_text(f"account,name,role\n{'a' * 32},训练,clerk\n", encoding="utf-8")
    folder, here = ("--folder", str(tmp_path / "centre")), Desk(tmp_path / "nowhere")

    def to_import() -> object:
        return check("central status", here.call("central", "status", *folder))["staff_to_import"]

    def bring(point: str) -> None:
        words = ("import", "--kind", "staff", str(table), "--point", point)
        assert here.call("central", *words, *folder)[0] == 0

    bring("0231")
    assert to_import() == []
    check("central recovered", here.call("central", "recovered", *folder))
    assert to_import() == ["0231", "0232"]
    bring("0232")
    assert to_import() == ["0231"]
    bring("0231")
    assert to_import() == []
