"""What the centre says to each entry of a batch."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sscard_desk.central import imports
from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.store import feeds
from sscard_desk.domain import events, seals
from sscard_desk.domain.ids import AccountId, ApplicationId, PrintId
from sscard_desk.domain.prints import list_subject
from sscard_desk.wire.entry import Entry, payload_digest
from sscard_desk.wire.feed import point_scope
from tests.central._journal import altered, outcomes, receive, with_payload
from tests.machines.counter import POINT, bank_confirmed, opened, subject
from tests.machines.model_desk import ModelDesk

CLERK, SUPERVISOR = "c1" * 16, "5b" * 16
FORM = events.FormIssued(edition="1", serial="S", copy=1, answers={}, digest="d1", due=None)
RETURNED = events.FormReturned(answers={}, changes=(), digest="d2")
PHOTO = events.PhotoExempted(reason="under 7")
CHECKED = events.MaterialsChecked(materials=())
APPLICANT = events.Signed(party="applicant", kind_of_signature="strokes", digest="d2", evidence=None)


def up_to_signatures(desk: ModelDesk, key: str) -> None:
    for event in (opened(1), bank_confirmed(), PHOTO, FORM, RETURNED, CHECKED, APPLICANT):
        desk.record(event, key, actor=CLERK)


def signed(key: Ed25519PrivateKey | None, act: str, subject_key: str, digest: str = "d2") -> bytes:
    return key.sign(seals.sealed_bytes(act, ApplicationId(subject_key), digest)) if key else b"seal"


def test_a_batch_that_comes_again_is_already_stored_received_when_it_was(centre: OpenCentre) -> None:
    desk = ModelDesk("D-0001")
    for n in range(3):
        desk.record(opened(n), subject())
    first = receive(centre, "D-0001", desk.entries)
    again = receive(centre, "D-0001", desk.entries)
    assert outcomes(again) == [("already-stored", "")] * 3
    assert [answer.received_ms for answer in again] == [answer.received_ms for answer in first]
    with centre.database.reading() as connection:
        assert feeds.heads(connection, [point_scope(POINT)])[0].head == 3


def test_the_same_entry_twice_in_one_batch_is_stored_once(centre: OpenCentre) -> None:
    desk = ModelDesk("D-0001")
    entry = desk.record(opened(1), subject())
    assert outcomes(receive(centre, "D-0001", [entry, entry])) == [("stored", ""), ("already-stored", "")]


def test_an_entry_with_an_altered_payload_is_refused_and_the_next_one_is_stored(centre: OpenCentre) -> None:
    desk = ModelDesk("D-0001")
    first = desk.record(opened(1), subject())
    second = desk.record(opened(2), subject())
    tampered = with_payload(first, bytes(first.payload or b"")[:-1] + b"\x00")
    assert outcomes(receive(centre, "D-0001", [tampered, second])) == [("refused", "digest"), ("stored", "")]


def test_an_altered_header_breaks_the_chain_after_it(centre: OpenCentre) -> None:
    desk = ModelDesk("D-0001")
    first = desk.record(opened(1), subject())
    second = desk.record(opened(2), subject())
    answers = receive(centre, "D-0001", [altered(first, actor="ff" * 16), second])
    assert outcomes(answers) == [("stored", ""), ("refused", "chain")]


def test_another_entry_under_a_known_number_is_refused_and_never_overwrites(centre: OpenCentre) -> None:
    desk, copied = ModelDesk("D-0001"), ModelDesk("D-0001")
    mine = desk.record(opened(1), subject())
    receive(centre, "D-0001", [mine])
    forged = copied.record(opened(2), subject())
    assert outcomes(receive(centre, "D-0001", [forged])) == [("refused", "other-content")]
    assert outcomes(receive(centre, "D-0001", [mine])) == [("already-stored", "")]


def test_an_entry_id_that_another_desk_used_is_refused(centre: OpenCentre) -> None:
    first, second = ModelDesk("D-0001"), ModelDesk("D-0002")
    used = first.record(opened(1), subject())
    receive(centre, "D-0001", [used])
    copied = altered(second.record(opened(2), subject()), entry_id=used.read_header().entry_id)
    assert outcomes(receive(centre, "D-0002", [copied])) == [("refused", "other-content")]


def test_an_entry_of_another_desk_is_refused(centre: OpenCentre) -> None:
    stranger = ModelDesk("D-0002")
    entry = stranger.record(opened(1), subject())
    assert outcomes(receive(centre, "D-0001", [entry])) == [("refused", "foreign-desk")]


def test_entries_after_a_gap_wait_for_what_is_missing(centre: OpenCentre) -> None:
    desk = ModelDesk("D-0001")
    for n in range(3):
        desk.record(opened(n), subject())
    assert outcomes(receive(centre, "D-0001", desk.entries[1:])) == [("refused", "gap")] * 2
    assert outcomes(receive(centre, "D-0001", desk.entries)) == [("stored", "")] * 3


def test_real_entries_are_refused_by_a_training_centre(centre: OpenCentre) -> None:
    desk = ModelDesk("D-0001", training=False)
    assert outcomes(receive(centre, "D-0001", [desk.record(opened(1), subject())])) == [("refused", "training")]


@pytest.mark.parametrize("header", [b"", b"\xc1", b"\x80", b"\xff" * 40, b"\x81\xa1x" + b"\x91" * 200_000])
def test_a_header_that_cannot_be_read_is_refused_alone(centre: OpenCentre, header: bytes) -> None:
    desk = ModelDesk("D-0001")
    good = desk.record(opened(1), subject())
    answers = receive(centre, "D-0001", [Entry(header=header, payload=b"", salt=b""), good])
    assert outcomes(answers) == [("refused", "malformed"), ("stored", "")]


DEEP = b"\x91" * 200_000 + b"\x01"


@pytest.mark.parametrize("payload", [b"", b"\xc1", b"\x81\xa6reason\xa1\xff", b"\x82\xa6reason\xa1a\xa1x" + DEEP])
def test_a_payload_that_cannot_be_read_is_set_aside(centre: OpenCentre, payload: bytes) -> None:
    desk = ModelDesk("D-0001")
    written = desk.record(PHOTO, subject())
    digest = payload_digest(written.salt or b"", payload)
    entry = with_payload(altered(written, payload_digest=digest), payload)
    assert outcomes(receive(centre, "D-0001", [entry])) == [("refused", "malformed")]


@given(header=st.binary(max_size=200), payload=st.binary(max_size=100), salt=st.binary(max_size=32))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_random_bytes_are_answered_and_kept_out(centre: OpenCentre, header: bytes, payload: bytes, salt: bytes) -> None:
    (answer,) = receive(centre, "D-0001", [Entry(header=header, payload=payload, salt=salt)])
    assert (answer.outcome, answer.code) == ("refused", "malformed")


@pytest.mark.parametrize("changes", [{"entry_id": "x" * 33}, {"seq": 0}, {"seq": -1}, {"subject": "s" * 65}])
def test_a_header_with_impossible_values_is_refused(centre: OpenCentre, changes: dict[str, object]) -> None:
    entry = altered(ModelDesk("D-0001").record(opened(1), subject()), **changes)
    assert outcomes(receive(centre, "D-0001", [entry])) == [("refused", "malformed")]


def test_an_unknown_kind_and_a_missing_payload_are_set_aside_and_the_chain_goes_on(centre: OpenCentre) -> None:
    desk = ModelDesk("D-0001")
    unknown = altered(desk.record(opened(1), subject()), kind="application.flown")
    desk.entries[-1] = unknown
    erased = desk.record(opened(2), subject())
    good = desk.record(opened(3), subject())
    batch = [unknown, Entry(header=erased.header, payload=None, salt=None), good]
    assert outcomes(receive(centre, "D-0001", batch)) == [
        ("refused", "unknown-kind"),
        ("refused", "payload-missing"),
        ("stored", ""),
    ]


def test_an_illegal_step_is_refused_with_its_reason(centre: OpenCentre) -> None:
    desk, key = ModelDesk("D-0001"), subject()
    desk.record(opened(1), key)
    desk.record(CHECKED, key)
    answers = receive(centre, "D-0001", desk.entries)
    assert outcomes(answers) == [("stored", ""), ("refused", "step-not-allowed")]
    assert answers[1].reason == "materials.checked at opened"


def keep_staff(centre: OpenCentre, account: str, role: str, point: str = POINT) -> Ed25519PrivateKey:
    key = Ed25519PrivateKey.generate()
    member = imports.StaffMember(account, "训练", role, key.public_key().public_bytes_raw())
    imports.import_staff(centre, point, [member])
    return key


def test_nobody_approves_an_application_that_they_took_in(centre: OpenCentre) -> None:
    taker = keep_staff(centre, CLERK, "supervisor")
    supervisor = keep_staff(centre, SUPERVISOR, "supervisor")
    desk, key = ModelDesk("D-0001"), subject()
    up_to_signatures(desk, key)
    desk.record(events.Signed("clerk", "strokes", "d2", None, seal=signed(taker, seals.SIGNED, key)), key, actor=CLERK)
    desk.record(events.Approved("d2", signed(taker, seals.APPROVED, key)), key, actor=CLERK)
    desk.record(events.Approved("d1", signed(supervisor, seals.APPROVED, key, "d1")), key, actor=SUPERVISOR)
    desk.record(events.Approved("d2", signed(supervisor, seals.APPROVED, key)), key, actor=SUPERVISOR)
    assert outcomes(receive(centre, "D-0001", desk.entries))[-4:] == [
        ("stored", ""),
        ("refused", "own-application"),
        ("refused", "signature-void"),
        ("stored", ""),
    ]


def test_only_a_supervisor_of_the_point_with_a_known_key_approves(centre: OpenCentre) -> None:
    clerk = keep_staff(centre, CLERK, "clerk")
    desk, about = ModelDesk("D-0001"), subject()
    up_to_signatures(desk, about)
    clerks = signed(clerk, seals.SIGNED, about)
    desk.record(events.Signed("clerk", "strokes", "d2", None, seal=clerks), about, actor=CLERK)
    assert outcomes(receive(centre, "D-0001", desk.entries))[-1] == ("stored", "")

    def approved_with(key: Ed25519PrivateKey) -> tuple[str, str]:
        entry = desk.record(events.Approved("d2", signed(key, seals.APPROVED, about)), about, actor=SUPERVISOR)
        return outcomes(receive(centre, "D-0001", [entry]))[0]

    refused = ("refused", "not-supervisor")
    assert approved_with(Ed25519PrivateKey.generate()) == refused
    assert approved_with(keep_staff(centre, SUPERVISOR, "clerk")) == refused
    assert approved_with(keep_staff(centre, SUPERVISOR, "supervisor", "P-02")) == refused
    key = keep_staff(centre, SUPERVISOR, "supervisor")
    imports.import_staff(centre, POINT, [imports.StaffMember(SUPERVISOR, "训练", "clerk")])
    assert approved_with(key) == refused
    imports.import_staff(centre, POINT, [imports.StaffMember(SUPERVISOR, "训练", "supervisor")])
    assert approved_with(key) == ("stored", "")


def test_a_clerks_signature_must_not_be_against_the_known_key(centre: OpenCentre) -> None:
    clerk = keep_staff(centre, CLERK, "clerk")
    desk, about = ModelDesk("D-0001"), subject()
    up_to_signatures(desk, about)
    for seal in (b"", b"s", signed(clerk, seals.APPROVED, about), signed(clerk, seals.SIGNED, about)):
        desk.record(events.Signed("clerk", "strokes", "d2", None, seal=seal), about, actor=CLERK)
    assert outcomes(receive(centre, "D-0001", desk.entries))[-4:] == [("refused", "seal-wrong")] * 3 + [("stored", "")]


def test_a_seal_against_the_known_key_of_its_account_is_refused(centre: OpenCentre) -> None:
    key, stranger = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    public = key.public_key().public_bytes_raw()
    imports.import_staff(centre, POINT, [imports.StaffMember(SUPERVISOR, "主管", "supervisor", public)])
    clerk = keep_staff(centre, CLERK, "clerk")
    desk, about = ModelDesk("D-0001"), subject()
    up_to_signatures(desk, about)
    clerks = signed(clerk, seals.SIGNED, about)
    desk.record(events.Signed("clerk", "strokes", "d2", None, seal=clerks), about, actor=CLERK)
    for seal in (
        signed(stranger, seals.APPROVED, about),
        signed(key, seals.SIGNED, about),
        signed(key, seals.APPROVED, about, "d1"),
        b"short",
        signed(key, seals.APPROVED, about),
    ):
        desk.record(events.Approved("d2", seal), about, actor=SUPERVISOR)
    assert outcomes(receive(centre, "D-0001", desk.entries))[-5:] == [("refused", "seal-wrong")] * 4 + [("stored", "")]


def test_a_thumb_print_is_taken_with_the_seal_of_another_member_of_the_points_staff_alone(centre: OpenCentre) -> None:
    clerk, witness = keep_staff(centre, CLERK, "clerk"), keep_staff(centre, SUPERVISOR, "clerk")
    away = keep_staff(centre, "aa" * 16, "clerk", "P-02")
    desk, about = ModelDesk("D-0001"), subject()
    for event in (opened(1), bank_confirmed(), PHOTO, FORM, RETURNED, CHECKED):
        desk.record(event, about, actor=CLERK)

    def thumb(account: str | None, seal: bytes) -> events.Signed:
        known = AccountId(account) if account else None
        return events.Signed("applicant", "thumb", "d2", None, witness=known, seal=seal)

    good = signed(witness, seals.WITNESSED, about)
    for event in (
        thumb(SUPERVISOR, b""),
        thumb(SUPERVISOR, signed(Ed25519PrivateKey.generate(), seals.WITNESSED, about)),
        thumb(SUPERVISOR, signed(witness, seals.SIGNED, about)),
        thumb(SUPERVISOR, signed(witness, seals.WITNESSED, subject())),
        thumb(SUPERVISOR, signed(witness, seals.WITNESSED, about, "d1")),
        thumb(None, good),
        thumb("ff" * 16, good),
        thumb(CLERK, signed(clerk, seals.WITNESSED, about)),
        thumb("aa" * 16, signed(away, seals.WITNESSED, about)),
        thumb(SUPERVISOR, good),
    ):
        desk.record(event, about, actor=CLERK)
    assert outcomes(receive(centre, "D-0001", desk.entries))[6:] == [
        *[("refused", "seal-wrong")] * 5,
        *[("refused", "witness-unknown")] * 4,
        ("stored", ""),
    ]


def test_a_consent_by_thumb_print_needs_its_witness_s_seal_too(centre: OpenCentre) -> None:
    witness = keep_staff(centre, SUPERVISOR, "clerk")
    desk, about = ModelDesk("D-0001"), subject()
    desk.record(opened(1), about, actor=CLERK)

    def consent(seal: bytes) -> events.PhotoConsented:
        when = datetime(2026, 11, 23, tzinfo=UTC)
        return events.PhotoConsented(
            "chip", "2026-1", "zh_CN", "p1", when, "applicant", "thumb", None, AccountId(SUPERVISOR), seal
        )

    for seal in (b"", signed(witness, seals.WITNESSED, about, "d9"), signed(witness, seals.WITNESSED, about, "p1")):
        desk.record(consent(seal), about, actor=CLERK)
    assert outcomes(receive(centre, "D-0001", desk.entries))[1:] == [("refused", "seal-wrong")] * 2 + [("stored", "")]


def test_one_person_has_one_open_application_until_it_ends(centre: OpenCentre) -> None:
    first, second = ModelDesk("D-0001"), ModelDesk("D-0009")
    key = subject()
    first.record(opened(1), key)
    receive(centre, "D-0001", first.entries)
    second.record(opened(1), subject())
    by_nobody = opened(1, exception="lost papers")
    second.record(by_nobody, subject())
    allowed = replace(opened(1, exception="lost papers"), exempted_by=SUPERVISOR)
    second.record(allowed, subject())
    answers = receive(centre, "D-0009", second.entries)
    assert outcomes(answers) == [("conflict", "already-open")] * 3
    assert all(answer.current for answer in answers)
    imports.import_staff(centre, "P-02", [imports.StaffMember(SUPERVISOR, "训练", "supervisor", bytes(32))])
    assert outcomes(receive(centre, "D-0009", second.entries)) == [("conflict", "already-open")] * 2 + [("stored", "")]
    first.record(events.Withdrawn(), key)
    first.record(opened(1), subject())
    assert outcomes(receive(centre, "D-0001", first.entries[1:])) == [("stored", "")] * 2


def test_contents_changed_at_two_desks_side_by_side_conflict(centre: OpenCentre) -> None:
    first, second, key = ModelDesk("D-0001"), ModelDesk("D-0002"), subject()
    first.record(opened(1), key)
    first.record(bank_confirmed("95588"), key, base_version=1)
    receive(centre, "D-0001", first.entries)
    second.record(bank_confirmed("95566"), key, base_version=1)
    second.record(bank_confirmed("95566"), key, base_version=2)
    assert outcomes(receive(centre, "D-0002", second.entries)) == [("conflict", "changed-elsewhere"), ("stored", "")]


def test_another_service_point_cannot_go_on_with_an_application(centre: OpenCentre) -> None:
    first, second, key = ModelDesk("D-0001"), ModelDesk("D-0009"), subject()
    receive(centre, "D-0001", [first.record(opened(1), key)])
    entry = second.record(bank_confirmed(), key)
    assert outcomes(receive(centre, "D-0009", [entry])) == [("refused", "foreign-point")]
    assert outcomes(receive(centre, "D-0009", [second.record(bank_confirmed(), subject())])) == [
        ("refused", "application-unknown")
    ]


def test_sessions_and_erasures_are_kept_without_an_application(centre: OpenCentre) -> None:
    desk = ModelDesk("D-0001")
    erased = desk.record(events.PayloadErased((1,), "retention"), CLERK)
    assert outcomes(receive(centre, "D-0001", [erased])) == [("stored", "")]
    assert outcomes(receive(centre, "D-0001", [desk.record(events.SessionNoted("signed_in"), CLERK)])) == [
        ("stored", "")
    ]


def test_the_print_of_a_list_belongs_to_the_point_and_one_about_an_unknown_application_is_refused(
    centre: OpenCentre,
) -> None:
    desk = ModelDesk("D-0001")
    order = events.PrintOrdered(
        print=PrintId("9" * 32), form="class_list", edition="1", serial="4201-03-26-00009-2-C1", copy=1, pages=9,
        printer="counter-2", members=(PrintId("8" * 32),),
    )  # fmt: skip
    listed = desk.record(order, list_subject("4201-03-26-00009-2"))
    lost = desk.record(order, subject())
    assert outcomes(receive(centre, "D-0001", [listed, lost])) == [
        ("stored", ""),
        ("refused", "application-unknown"),
    ]
