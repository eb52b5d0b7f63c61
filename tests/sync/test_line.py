"""A line that is cut, repeated or led elsewhere: nothing is lost, nothing is believed that should not be."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sscard_desk.central import imports
from sscard_desk.central.store.desks import revoke_desk
from sscard_desk.domain.errors.centre import (
    AnswerMalformed,
    CentreUnreachable,
    DeskNotEnrolled,
    EnrolmentCodeWrong,
    ServerCertificateWrong,
    TrainingRefused,
)
from sscard_desk.domain.errors.desk_identity import DeskRevoked
from sscard_desk.sync.client import HttpCentre
from sscard_desk.sync.enrolment import enrol
from sscard_desk.sync.identity import DeskIdentity
from sscard_desk.sync.pace import FIRST, Pace
from sscard_desk.sync.passes import run_pass
from sscard_desk.sync.signed_line import wall_clock_ms
from sscard_desk.wire.feed import persons_scope
from tests.machines.counter import POINT, REGION, Counter, opened, person, subject
from tests.machines.line import Line
from tests.machines.model_desk import ModelDesk

DAY_MS = 86_400_000


def through(identity: DeskIdentity, line: Line) -> DeskIdentity:
    return DeskIdentity(
        identity.desk, identity.training, identity.key, identity.authority, line.url, identity.receipt_key
    )


def test_a_lost_answer_is_harmless(counter: Counter) -> None:
    desk, pace = ModelDesk("D-0001"), Pace()
    for n in range(20):
        desk.record(opened(n), subject())
    with Line(counter.port) as line, HttpCentre(through(counter.identity(), line)) as centre:
        centre.hello()
        line.cut_after(10, answers_only=True)
        with pytest.raises(CentreUnreachable):
            centre.push(desk.pending_entries(500, 1_000_000))
        line.mend()
        report = run_pass(desk, centre, pace)
    assert (report.acknowledged, report.unsent, report.up_to_date) == (20, 0, True)


def test_a_cut_push_halves_the_next_batch_and_answers_let_it_grow_back(counter: Counter) -> None:
    desk, pace = ModelDesk("D-0001"), Pace()
    for n in range(40):
        desk.record(opened(n), subject())
    with Line(counter.port) as line, HttpCentre(through(counter.identity(), line)) as centre:
        line.cut_after(6_000)
        with pytest.raises(CentreUnreachable) as silent:
            run_pass(desk, centre, pace)
        cut = pace.entries
        line.mend()
        run_pass(desk, centre, pace)
    assert (silent.value.waiting, cut, pace.entries, desk.unsent()) == (40, 32, 128, 0)


def test_a_line_that_falls_silent_is_given_up_after_its_deadline(counter: Counter) -> None:
    desk = ModelDesk("D-0001")
    desk.record(opened(1), subject())
    with Line(counter.port) as line, HttpCentre(through(counter.identity(), line), silence=0.3) as centre:
        centre.hello()
        line.hold()
        with pytest.raises(CentreUnreachable) as silent:
            run_pass(desk, centre)
        line.mend()
        report = run_pass(desk, centre)
    assert (silent.value.waiting, report.up_to_date) == (1, True)


def test_a_pass_that_is_told_to_end_proves_nothing_and_loses_nothing(counter: Counter) -> None:
    desk = ModelDesk("D-0001")
    for n in range(2 * FIRST):
        desk.record(opened(n), subject())
    turns = iter([True, True, True])
    with counter.client() as centre:
        ended = run_pass(desk, centre, go_on=lambda: next(turns, False))  # greets, and sends one batch
        whole = run_pass(desk, centre)
    assert (ended.acknowledged, ended.up_to_date) == (FIRST, False)
    assert (whole.acknowledged, whole.up_to_date) == (FIRST, True)


def test_a_snapshot_that_broke_off_goes_on_where_it_stopped(counter: Counter) -> None:
    imports.import_persons(counter.open, REGION, [person(n) for n in range(5_000)])
    desk = ModelDesk("D-0001")
    with Line(counter.port) as line, HttpCentre(through(counter.identity(), line)) as centre:
        line.cut_after(40_000, answers_only=True)
        with pytest.raises(CentreUnreachable):
            centre.fetch_snapshot(desk.stage(centre.snapshot_info(persons_scope(REGION))))
        begun = next(iter(desk.staged.values())).size
        line.mend()
        report = run_pass(desk, centre)
    assert begun > 10_000
    assert (report.proved, report.items, desk.snapshots) == (True, 5_000, 1)


def test_another_authority_at_the_same_address_is_not_believed(counter: Counter, tmp_path: Path) -> None:
    identity = counter.identity()
    with Counter(tmp_path / "other") as other:
        stranger = DeskIdentity("D-0001", True, identity.key, identity.authority, other.url, identity.receipt_key)
        with HttpCentre(stranger) as centre, pytest.raises(ServerCertificateWrong):
            centre.hello()


def test_a_code_of_another_centre_is_not_shown_to_the_one_that_answers(counter: Counter, tmp_path: Path) -> None:
    with Counter(tmp_path / "other") as other:
        code = imports.enrolment_code(other.open, "D-0001", POINT).text()
        with pytest.raises(ServerCertificateWrong):
            enrol(counter.url, code, training=True)


def test_a_code_is_good_for_one_key_and_its_lost_answer_may_be_asked_for_again(counter: Counter) -> None:
    code = imports.enrolment_code(counter.open, "D-0001", POINT).text()
    key = Ed25519PrivateKey.generate()
    first = enrol(counter.url, code, training=True, key=key)
    again = enrol(counter.url, code.lower().replace("d-0001", "D-0001"), training=True, key=key)
    assert (first[0].key, first[0].desk, first[0].authority) == (again[0].key, again[0].desk, again[0].authority)
    with pytest.raises(EnrolmentCodeWrong):
        enrol(counter.url, code, training=True)


@pytest.mark.parametrize("code", ["", "D-0001", "D-0001:ABC", "D-0001:!!!!", ":" + "A" * 76])
def test_what_is_no_code_is_refused_before_anything_is_sent(code: str) -> None:
    with pytest.raises(EnrolmentCodeWrong):
        enrol("https://127.0.0.1:9", code, training=True)


def test_a_revoked_desk_is_told_so_over_the_line_that_was_open(counter: Counter) -> None:
    with counter.client() as centre:
        centre.hello()
        with counter.open.database.writing() as connection:
            revoke_desk(connection, "D-0001", counter.open.now_ms())
        with pytest.raises(DeskRevoked):
            centre.hello()


def test_a_real_desk_cannot_enrol_at_or_greet_a_training_centre(counter: Counter) -> None:
    code = imports.enrolment_code(counter.open, "D-0001", POINT).text()
    with pytest.raises(TrainingRefused):
        enrol(counter.url, code, training=False)
    known = counter.identity()
    real = DeskIdentity("D-0001", False, known.key, known.authority, known.url, known.receipt_key)
    with HttpCentre(real) as centre, pytest.raises(TrainingRefused):
        centre.hello()


def test_a_desk_whose_clock_is_two_days_off_works_and_learns_by_how_much(counter: Counter) -> None:
    desk = ModelDesk("D-0001")
    desk.record(opened(1), subject())

    def slow() -> int:
        return wall_clock_ms() - 2 * DAY_MS

    with counter.client(now_ms=slow) as centre:
        report = run_pass(desk, centre, now_ms=slow)
    assert report.up_to_date
    assert desk.offset_ms is not None
    assert round(desk.offset_ms / DAY_MS, 3) == 2


def test_a_restarted_centre_goes_on_with_the_same_desk(counter: Counter) -> None:
    desk = ModelDesk("D-0001")
    identity = counter.identity()
    with Line(counter.port) as line, HttpCentre(through(identity, line)) as centre:
        desk.record(opened(1), subject())
        run_pass(desk, centre)
        counter.restart()
        line.aim(counter.port)
        desk.record(opened(2), subject())
        report = run_pass(desk, centre)
    assert report.up_to_date


def test_a_receipt_that_another_key_sealed_acknowledges_nothing(counter: Counter, tmp_path: Path) -> None:
    desk = ModelDesk("D-0001")
    desk.record(opened(1), subject())
    known = counter.identity()
    with Counter(tmp_path / "other") as other:
        foreign = other.open.keys.receipt_key
    doubting = DeskIdentity("D-0001", True, known.key, known.authority, known.url, foreign)
    with HttpCentre(doubting) as centre, pytest.raises(AnswerMalformed, match="receipt"):
        run_pass(desk, centre)
    assert desk.unsent() == 1


def test_an_enrolled_desk_finds_its_identity_in_its_settings_again(counter: Counter) -> None:
    desk = ModelDesk("D-0001")
    with pytest.raises(DeskNotEnrolled):
        DeskIdentity.load(desk, "D-0001", training=True)
    identity = counter.identity()
    identity.keep(desk)
    assert DeskIdentity.load(desk, "D-0001", training=True) == identity
    assert identity.key.hex() not in repr(identity)


def test_nobody_at_the_address_is_a_centre_that_does_not_answer() -> None:
    code = "D-0001:" + "A" * 76
    with pytest.raises(CentreUnreachable):
        enrol("https://127.0.0.1:9", code, training=True)
