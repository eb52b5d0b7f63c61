"""`central recovered` as a program."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sscard_desk.central.centre import init_centre
from sscard_desk.central.imports import import_point
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
