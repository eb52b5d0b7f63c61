"""A computer that never had a line becomes a desk by a request and an answer on a stick, and ends up to date."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sscard_desk.bootstrap.desk import signed_in_desk
from sscard_desk.bootstrap.enrolment import NewAccount, begin_desk
from sscard_desk.bootstrap.joining import ASKED, ask_to_join, end_joining
from sscard_desk.central.imports import enrolment_code
from sscard_desk.central.stick.answer import export_stick
from sscard_desk.central.stick.join import join
from sscard_desk.central.stick.receive import import_stick
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.centre import CentreUnreachable, EnrolmentCodeWrong
from sscard_desk.domain.errors.operator import PasswordWrong
from sscard_desk.domain.errors.stick import StickDamaged, StickOtherDesk
from sscard_desk.domain.errors.store import NotSetUp
from sscard_desk.domain.ids import Role
from sscard_desk.sync.client import HttpCentre
from sscard_desk.sync.stick.bring_in import bring_in
from sscard_desk.sync.stick.export import export_unsent
from sscard_desk.wire.stick import joining
from tests.machines.counter import POINT, Counter, opened, subject

PASSWORD = "training-admin"


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    with Counter(tmp_path / "centre") as running:
        yield running


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def ask(counter: Counter, folder: Path, stick: Path, desk: str = "D-0001") -> tuple[Path, str]:
    code = enrolment_code(counter.open, desk, POINT).text()
    first = NewAccount("admin", PASSWORD, "管理员", Role.ADMINISTRATOR)
    made = begin_desk(folder, [first], training=True)
    return ask_to_join(made, code, stick, desk_no=1, window="1"), code


def test_a_computer_without_a_line_becomes_a_desk_and_ends_up_to_date(
    counter: Counter, stick: Path, tmp_path: Path
) -> None:
    request, _ = ask(counter, tmp_path / "desk", stick)
    with pytest.raises(NotSetUp):
        end_joining(tmp_path / "nothing", "admin", PASSWORD, request)
    name, answer = join(counter.open, request, stick)
    again, _ = join(counter.open, request, stick)  # its first answer may have been lost
    assert name == again == "D-0001"
    assert end_joining(tmp_path / "desk", "admin", PASSWORD, answer) == "D-0001"
    assert not (tmp_path / "desk" / ASKED).exists()
    with signed_in_desk(tmp_path / "desk", "admin", PASSWORD) as desk:
        assert (desk.store.desk, desk.store.service_point) == ("D-0001", POINT)
        with desk.store.work(desk.session.account) as work:
            work.record(opened(1), subject=subject())
        sent = export_unsent(desk.store, desk.identity(), stick)
        import_stick(counter.open, sent.files[0].path)
        back = export_stick(counter.open, "D-0001", stick)
        assert bring_in(desk.store, desk.identity(), back.files[0].path).up_to_date
        with desk.centre() as line, pytest.raises(CentreUnreachable):
            line.hello(0)


def test_neither_file_holds_the_code_and_the_note_between_them_opens_with_the_password_alone(
    counter: Counter, stick: Path, tmp_path: Path
) -> None:
    request, code = ask(counter, tmp_path / "desk", stick)
    _, answer = join(counter.open, request, stick)
    secret = code.partition(":")[2]
    for path in (request, answer, tmp_path / "desk" / ASKED):
        assert secret.encode() not in path.read_bytes()
    with pytest.raises(PasswordWrong):
        end_joining(tmp_path / "desk", "admin", "wrong", answer)


def test_somebody_who_finds_the_request_cannot_put_his_own_key_into_it(
    counter: Counter, stick: Path, tmp_path: Path
) -> None:
    path, _ = ask(counter, tmp_path / "desk", stick)
    request = joining.read(path, joining.JoinRequest)
    own = Ed25519PrivateKey.generate()
    public_key = own.public_key().public_bytes_raw()
    proof = own.sign(joining.request_bytes("D-0001", public_key, training=True))
    joining.write(path, msgspec.structs.replace(request, public_key=public_key, proof=proof))
    with pytest.raises(EnrolmentCodeWrong):
        join(counter.open, path, stick)
    joining.write(path, msgspec.structs.replace(request, proof=proof))
    with pytest.raises(StickDamaged):
        join(counter.open, path, stick)


def test_an_answer_that_the_centre_did_not_make_is_refused(counter: Counter, stick: Path, tmp_path: Path) -> None:
    request, _ = ask(counter, tmp_path / "desk", stick)
    _, path = join(counter.open, request, stick)
    answer = joining.read(path, joining.JoinAnswer)
    for changed in (
        msgspec.structs.replace(answer, enrolled=answer.enrolled[:-1] + bytes([answer.enrolled[-1] ^ 1])),
        msgspec.structs.replace(answer, authority=answer.authority.replace(b"A", b"B", 1)),
        msgspec.structs.replace(answer, mac=bytes(32)),
    ):
        joining.write(path, changed)
        with pytest.raises(StickDamaged):
            end_joining(tmp_path / "desk", "admin", PASSWORD, path)
    joining.write(path, msgspec.structs.replace(answer, desk="D-0002"))
    with pytest.raises(StickOtherDesk):
        end_joining(tmp_path / "desk", "admin", PASSWORD, path)
    joining.write(path, answer)
    assert end_joining(tmp_path / "desk", "admin", PASSWORD, path) == "D-0001"


def test_a_code_serves_one_computer_by_line_or_by_stick(counter: Counter, stick: Path, tmp_path: Path) -> None:
    request, code = ask(counter, tmp_path / "desk", stick)
    first = NewAccount("admin", PASSWORD, "管理员", Role.ADMINISTRATOR)
    other = begin_desk(tmp_path / "other", [first], training=True)
    join(counter.open, request, stick)
    second = ask_to_join(other, code, stick, desk_no=2, window="2")
    with pytest.raises(EnrolmentCodeWrong):
        join(counter.open, second, stick)


@pytest.mark.parametrize("raw", [b"", b"SSCENROL", b"SSCENROL\x81", b"something else" * 100])
def test_what_is_no_such_file_is_refused(counter: Counter, stick: Path, raw: bytes) -> None:
    path = stick / "x.stick"
    path.write_bytes(raw)
    with pytest.raises(DeskError) as refused:
        join(counter.open, path, stick)
    assert refused.value.code == "E170"


def test_a_request_on_a_stick_takes_no_desk_back_that_another_computer_has(
    counter: Counter, stick: Path, tmp_path: Path
) -> None:
    request, _ = ask(counter, tmp_path / "desk", stick)
    join(counter.open, request, stick)
    old = request.read_bytes()
    replacement = counter.identity("D-0001")
    request.write_bytes(old)
    with pytest.raises(EnrolmentCodeWrong):
        join(counter.open, request, stick)
    line = HttpCentre(replacement)
    try:
        line.hello()
    finally:
        line.close()
