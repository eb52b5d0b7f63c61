"""What is not for this side, not whole or not in order is refused with its code, and nothing of it is taken."""

from pathlib import Path

import pytest
from sqlalchemy import func, select

from sscard_desk.central.centre import init_centre
from sscard_desk.central.stick.answer import export_stick
from sscard_desk.central.stick.receive import import_stick
from sscard_desk.central.store import desks, tables
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.backup import DeskEnded
from sscard_desk.domain.errors.centre import DeskNotEnrolled
from sscard_desk.domain.errors.stick import (
    StickDamaged,
    StickDeskUnknown,
    StickMissing,
    StickNothingYet,
    StickOrderWrong,
    StickOtherCentre,
    StickOtherDesk,
)
from sscard_desk.domain.errors.store import DiskFull
from sscard_desk.sync.stick import export as export_module
from sscard_desk.sync.stick import own
from sscard_desk.wire.stick.found import found
from tests.machines.counter import POINT, REGION, Counter
from tests.machines.stick_desk import StickDesk, noise, take

from .conftest import MakeDesk


def nothing_taken(counter: Counter) -> bool:
    with counter.open.database.reading() as connection:
        return all(
            connection.execute(select(func.count()).select_from(table)).scalar_one() == 0
            for table in (tables.entry, tables.blob, tables.stick_file, tables.stick_desk)
        )


def test_a_file_cut_anywhere_is_refused(counter: Counter, desk: StickDesk, stick: Path) -> None:
    key = desk.open_one(1)
    desk.attach_photo(key, noise(1, 300_000))
    path = desk.export(stick).files[0].path
    whole = path.read_bytes()
    for length in (0, 1, 11, 12, 200, len(whole) // 2, len(whole) - 64, len(whole) - 1):
        path.write_bytes(whole[:length])
        with pytest.raises(StickDamaged):
            import_stick(counter.open, path)
    path.write_bytes(whole + b"\0")
    with pytest.raises(StickDamaged):
        import_stick(counter.open, path)
    assert nothing_taken(counter)
    path.write_bytes(whole)
    assert import_stick(counter.open, path).stored == 2


def test_a_byte_changed_anywhere_is_refused(counter: Counter, desk: StickDesk, stick: Path) -> None:
    desk.open_one(1)
    path = desk.export(stick).files[0].path
    whole = path.read_bytes()
    for at in [*range(0, 400, 7), *range(400, len(whole), 61), len(whole) - 1]:
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        with pytest.raises(DeskError) as refused:
            import_stick(counter.open, path)
        assert refused.value.code in {"E168", "E170", "E167", "E403", "E480", "E481", "E404"}
    assert nothing_taken(counter)


def test_an_answer_that_was_changed_or_cut_changes_nothing_at_the_desk(
    counter: Counter, desk: StickDesk, stick: Path
) -> None:
    desk.open_one(1)
    take(counter.open, desk.export(stick))
    path = export_stick(counter.open, "D-0001", stick).files[0].path
    whole = path.read_bytes()
    for broken in (whole[:-1], whole[:-65] + bytes([whole[-65] ^ 1]) + whole[-64:]):
        path.write_bytes(broken)
        with pytest.raises(StickDamaged):
            desk.bring_in(path)
    assert (desk.store.unsent(), desk.store.cursor(f"point:{POINT}").position) == (1, 0)


def test_another_desks_answer_is_refused(counter: Counter, make: MakeDesk, stick: Path) -> None:
    first, second = make("D-0001"), make("D-0002")
    take(counter.open, first.export(stick))
    answer = export_stick(counter.open, "D-0001", stick)
    with pytest.raises(StickOtherDesk) as refused:
        second.bring_in(answer.files[0].path)
    assert refused.value.desk == "D-0001"


def test_a_file_that_goes_the_other_way_is_refused(counter: Counter, desk: StickDesk, stick: Path) -> None:
    sent = desk.export(stick).files[0].path
    with pytest.raises(StickOtherDesk):
        desk.bring_in(sent)
    import_stick(counter.open, sent)
    answer = export_stick(counter.open, "D-0001", stick).files[0].path
    with pytest.raises(StickOtherDesk):
        import_stick(counter.open, answer)


def test_a_later_part_first_is_refused_and_says_which_is_needed(counter: Counter, desk: StickDesk, stick: Path) -> None:
    key = desk.open_one(1)
    for number in range(4):
        desk.attach_photo(key, noise(number, 921_600))
    sent = desk.export(stick, part_bytes=1_000_000).files
    with pytest.raises(StickOrderWrong) as refused:
        import_stick(counter.open, sent[1].path)
    assert refused.value.part == 1
    assert nothing_taken(counter)
    import_stick(counter.open, sent[0].path)
    with pytest.raises(StickOrderWrong) as refused:
        import_stick(counter.open, sent[2].path)
    assert refused.value.part == 2


def test_parts_of_two_series_do_not_mix(counter: Counter, desk: StickDesk, stick: Path) -> None:
    key = desk.open_one(1)
    for number in range(3):
        desk.attach_photo(key, noise(number, 921_600))
    first = desk.export(stick, part_bytes=1_000_000).files
    second = desk.export(stick, part_bytes=1_000_000).files
    import_stick(counter.open, first[0].path)
    with pytest.raises(StickOrderWrong):
        import_stick(counter.open, second[1].path)


def test_another_centre_refuses_the_file_and_its_desk_refuses_that_centres(
    counter: Counter, desk: StickDesk, stick: Path, tmp_path: Path
) -> None:
    other = init_centre(tmp_path / "other", training=True, name="另一个")
    try:
        sent = desk.export(stick).files[0].path
        with pytest.raises(StickOtherCentre):
            import_stick(other, sent)
        with pytest.raises(StickMissing):
            found([stick], "to-centre", other.keys.receipt_key)
    finally:
        other.close()


@pytest.mark.parametrize("state", ["revoked", "ended"])
def test_a_revoked_or_ended_desk_is_refused_and_gets_nothing(
    counter: Counter, desk: StickDesk, stick: Path, state: str
) -> None:
    take(counter.open, desk.export(stick))
    desk.open_one(1)
    sent = desk.export(stick).files[0].path
    with counter.open.database.writing() as connection:
        (desks.revoke_desk if state == "revoked" else desks.end_desk)(connection, "D-0001", counter.open.now_ms())
    wanted = StickDeskUnknown if state == "revoked" else DeskEnded
    with pytest.raises(wanted):
        import_stick(counter.open, sent)
    with pytest.raises(wanted):
        export_stick(counter.open, "D-0001", stick)
    assert desk.store.unsent() == 1


def test_a_file_signed_by_another_desks_key_is_refused(counter: Counter, make: MakeDesk, stick: Path) -> None:
    first, second = make("D-0001"), make("D-0002")
    first.identity = type(first.identity)(
        **{**vars(first.identity), "key": second.identity.key}  # somebody with a key of his own in another's name
    )
    first.open_one(1)
    with pytest.raises(StickDamaged):
        import_stick(counter.open, first.export(stick).files[0].path)
    assert nothing_taken(counter)


def test_a_desk_without_a_file_cannot_be_answered(counter: Counter, make: MakeDesk, stick: Path) -> None:
    make("D-0001")
    with pytest.raises(StickNothingYet):
        export_stick(counter.open, "D-0001", stick)


def test_a_stick_that_is_not_there_or_has_no_room_is_told_before_anything_is_written(
    desk: StickDesk, stick: Path
) -> None:
    with pytest.raises(StickMissing):
        desk.export(stick / "pulled out")
    with pytest.raises(DiskFull):
        export_module.need_room(stick, 1 << 60)
    desk.store.set_setting(own.CENTRE_BOX, b"")
    with pytest.raises(DeskNotEnrolled):
        desk.export(stick)
    assert list(stick.iterdir()) == []


def test_an_export_that_is_broken_off_leaves_nothing_behind(desk: StickDesk, stick: Path) -> None:
    class StoppedError(Exception):
        pass

    key = desk.open_one(1)
    for number in range(4):
        desk.attach_photo(key, noise(number, 921_600))
    left = [3]

    def check() -> None:
        left[0] -= 1
        if left[0] < 0:
            raise StoppedError

    with pytest.raises(StoppedError):
        export_module.export_unsent(
            desk.store, desk.identity, stick, export_module.Steps(check=check), part_bytes=1_000_000
        )
    assert list(stick.iterdir()) == []


def test_neither_names_nor_heads_of_files_hold_personal_data_and_the_rest_is_not_readable(
    desk: StickDesk, stick: Path
) -> None:
    desk.open_one(7)
    (file,) = desk.export(stick).files
    assert file.path.name == "to-centre-D-0001-000001-001.stick"
    raw = file.path.read_bytes()
    for plain in ("训练7", "13900000000", "330106", REGION, POINT):
        assert plain.encode() not in raw
