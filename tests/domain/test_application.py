"""An application goes only along its edges, and signatures hold only for what was shown."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from sscard_desk.domain import events
from sscard_desk.domain.application import Application
from sscard_desk.domain.errors.operator import OwnApplication, SignatureVoid, StepNotAllowed
from sscard_desk.domain.folding import apply, open_application
from sscard_desk.domain.ids import AccountId, ApplicationId, BlobId
from sscard_desk.domain.steps import BEFORE_CARD, ENDED, FROM, Step

CLERK, SUPERVISOR = AccountId("c" * 32), AccountId("s" * 32)
CODE = "110101D156000005" + "0" * 16


def opened() -> Application:
    event = events.Opened(
        number="4201-01-26-00001-0", id_number="x", name="y", document_kind="citizen", evidence="chip", answers={}
    )
    return open_application(ApplicationId("a" * 32), event, CLERK)


def issued(digest: str = "d1") -> events.FormIssued:
    return events.FormIssued(edition="e", serial="s", copy=1, answers={}, digest=digest, due=date(2026, 12, 7))


def signed(party: str, digest: str) -> events.Signed:
    return events.Signed(party=party, kind_of_signature="strokes", digest=digest, evidence=None)


def consented(source: str) -> events.PhotoConsented:
    at = datetime(2026, 11, 22, 2, 30, tzinfo=UTC)
    return events.PhotoConsented(source, "2026-1", "zh_CN", "w", at, "applicant", "strokes", None)


def intended() -> events.CardIntended:
    return events.CardIntended(
        identification_code=CODE,
        card_number="B22451259",
        profile="training",
        digest="p",
        items=("EF05 05",),
        issue_date=date(2026, 11, 22),
        valid_until=date(2036, 11, 22),
    )


WRITTEN = events.CardWritten(identification_code=CODE, digest="p", apdus=30, items=("EF05 05",))
TO_SIGNED: list[tuple[events.Event, AccountId]] = [
    (events.BankConfirmed(bank="1", bank_name="b", outlet="o", edition="e", serial="s"), CLERK),
    (events.PhotoAttached(photo=BlobId("f" * 64), source="camera", size=20000), CLERK),
    (issued(), CLERK),
    (events.FormReturned(answers={}, changes=(), digest="d2"), CLERK),
    (events.MaterialsChecked(materials=()), CLERK),
    (signed("applicant", "d2"), CLERK),
    (signed("clerk", "d2"), CLERK),
]


def run(application: Application, *steps: tuple[events.Event, AccountId]) -> Application:
    for event, actor in steps:
        application = apply(application, event, actor)
    return application


def test_the_whole_way_of_one_applicant_ends_with_the_card_handed_over() -> None:
    end = run(
        opened(),
        *TO_SIGNED,
        (events.Approved(digest="d2", seal=b"s"), SUPERVISOR),
        (intended(), CLERK),
        (WRITTEN, CLERK),
        (events.HandedOver(), CLERK),
    )
    assert end.step is Step.HANDED_OVER
    assert end.version == 12


def test_nobody_approves_what_they_took_in() -> None:
    with pytest.raises(OwnApplication):
        run(opened(), *TO_SIGNED, (events.Approved(digest="d2", seal=b""), CLERK))


@pytest.mark.parametrize(
    "change",
    [
        events.BankConfirmed(bank="2", bank_name="c", outlet="o", edition="e", serial="s"),
        events.PhotoAttached(photo=BlobId("e" * 64), source="file", size=20000),
        events.PhotoExempted("under seven"),
    ],
)
def test_a_bank_or_portrait_changed_after_the_form_came_back_is_never_signed_under_the_old_digest(
    change: events.Event,
) -> None:
    changed = run(opened(), *TO_SIGNED[:4], (change, CLERK))
    assert changed.step is Step.FORM_ISSUED
    with pytest.raises(StepNotAllowed):
        apply(changed, events.MaterialsChecked(materials=()), CLERK)


def test_identity_is_not_decided_again_under_a_form_that_is_out() -> None:
    difference = events.Difference("name", "a", "b", taken=True, source="id_card")
    for done in range(3, len(TO_SIGNED) + 1):
        with pytest.raises(StepNotAllowed):
            run(opened(), *TO_SIGNED[:done], (events.IdentityDecided((difference,)), CLERK))


def test_a_signature_of_other_content_is_refused() -> None:
    with pytest.raises(SignatureVoid):
        run(opened(), *TO_SIGNED[:5], (signed("applicant", "d1"), CLERK))


def test_a_change_after_signing_voids_every_signature_and_the_approval() -> None:
    voided = run(
        opened(),
        *TO_SIGNED,
        (events.Approved(digest="d2", seal=b""), SUPERVISOR),
        (events.SignaturesVoided(reason="address"), CLERK),
    )
    assert (voided.step, voided.signatures, voided.approval) == (Step.FORM_RETURNED, (), None)
    assert voided.void_reason == "address"


def test_signed_content_stays_closed_once_the_card_is_begun() -> None:
    begun = run(opened(), *TO_SIGNED, (events.Approved(digest="d2", seal=b""), SUPERVISOR), (intended(), CLERK))
    for event in (events.SignaturesVoided(reason="x"), events.Withdrawn(), intended()):
        with pytest.raises(StepNotAllowed):
            apply(begun, event, CLERK)


def test_a_result_for_another_card_or_other_records_is_refused() -> None:
    begun = run(opened(), *TO_SIGNED, (events.Approved(digest="d2", seal=b""), SUPERVISOR), (intended(), CLERK))
    for wrong in (replace(WRITTEN, digest="q"), replace(WRITTEN, identification_code="0" * 32)):
        with pytest.raises(StepNotAllowed):
            apply(begun, wrong, CLERK)


def test_a_card_written_under_deferred_approval_is_not_handed_over_before_somebody_approved() -> None:
    written = run(
        opened(), *TO_SIGNED, (events.ApprovalDeferred("alone"), CLERK), (intended(), CLERK), (WRITTEN, CLERK)
    )
    with pytest.raises(StepNotAllowed):
        apply(written, events.HandedOver(), CLERK)
    approved = apply(written, events.Approved(digest="d2", seal=b""), SUPERVISOR)
    assert apply(approved, events.HandedOver(), CLERK).step is Step.HANDED_OVER


def test_a_spoiled_card_leads_to_a_new_blank_for_the_same_application() -> None:
    spoiled = run(
        opened(),
        *TO_SIGNED,
        (events.Approved(digest="d2", seal=b""), SUPERVISOR),
        (intended(), CLERK),
        (events.CardSpoiled(identification_code=CODE, reason="chip"), CLERK),
    )
    assert (spoiled.step, spoiled.card, spoiled.spoiled) == (Step.APPROVED, None, (CODE,))


CHIP_WAY: list[tuple[events.Event, AccountId]] = [
    TO_SIGNED[0],
    (consented("chip"), CLERK),
    (events.ChipPhotoKept(BlobId("c" * 64)), CLERK),
    (events.PhotoAttached(photo=BlobId("d" * 64), source="chip", size=15000), CLERK),
    *TO_SIGNED[2:],
]
APPROVED = (events.Approved(digest="d2", seal=b""), SUPERVISOR)
REVOKED = events.PhotoConsentRevoked("chip", "asked")


def test_a_chip_picture_needs_a_consent() -> None:
    with pytest.raises(StepNotAllowed):
        run(opened(), (CHIP_WAY[3][0], CLERK))
    with pytest.raises(StepNotAllowed):
        run(opened(), (consented("register"), CLERK), (CHIP_WAY[3][0], CLERK))
    with pytest.raises(StepNotAllowed):
        run(opened(), (consented("camera"), CLERK))


@pytest.mark.parametrize("walked", range(4, len(CHIP_WAY) + 2))
def test_a_consent_taken_back_takes_the_portrait_and_every_signature_with_it(walked: int) -> None:
    before = run(opened(), *[*CHIP_WAY, APPROVED][:walked])
    after = run(before, (REVOKED, CLERK))
    assert (after.photo, after.photo_source, after.chip_photo, after.photo_consents) == (None, "", None, ())
    assert (after.signatures, after.approval) == ((), None)
    assert after.step in {Step.BANK_CONFIRMED, Step.FORM_ISSUED}
    if before.step not in {Step.BANK_CONFIRMED, Step.FORM_ISSUED}:
        assert after.void_reason == "consent_revoked"


def test_a_consent_cannot_be_taken_back_once_a_card_was_begun_or_in_production() -> None:
    approved = run(opened(), *CHIP_WAY, APPROVED)
    assert approved.consent_revocable
    begun = run(approved, (intended(), CLERK))
    spoiled = run(begun, (events.CardSpoiled(CODE, "chip"), CLERK))
    away = run(approved, (events.SentToProduction("maker"), CLERK))
    for late in (begun, spoiled, away):
        assert not late.consent_revocable
        with pytest.raises(StepNotAllowed):
            run(late, (REVOKED, CLERK))


def test_a_consent_to_another_source_leaves_the_portrait_alone() -> None:
    before = run(opened(), *TO_SIGNED[:2], (consented("register"), CLERK), *TO_SIGNED[2:])
    after = run(before, (events.PhotoConsentRevoked("register", "asked"), CLERK))
    assert (after.photo, after.step, after.signatures) == (before.photo, before.step, before.signatures)


def test_the_receipt_on_a_form_stays_known_when_the_form_is_taken_back_again_without_paper() -> None:
    cut = events.CutOut("photo_receipt", BlobId("9" * 64))
    other = events.CutOut("signature_applicant", BlobId("8" * 64))
    returned = events.FormReturned(answers={}, changes=(), digest="d2", cut_outs=(other, cut))
    after = run(opened(), *TO_SIGNED[:3], (returned, CLERK))
    assert after.photo_receipt == cut.blob
    assert run(after, TO_SIGNED[3]).photo_receipt == cut.blob


def test_every_event_of_the_journal_has_its_edges() -> None:
    others = {
        events.Opened.kind,
        events.SessionNoted.kind,
        events.DateSet.kind,
        events.SlotGiven.kind,
        events.SlotRemoved.kind,
        events.DatabaseRekeyed.kind,
        events.PayloadErased.kind,
        events.ErasureAsked.kind,
        events.PinServed.kind,
        *events.BESIDE,
        *events.PRINTS,
        *events.STOCK,
        *events.BATCHES,
    }
    assert set(FROM) == set(events.KINDS) - others


ACTS: list[events.Event] = [
    *(event for event, _ in TO_SIGNED),
    issued("d2"),
    signed("applicant", "d1"),
    events.IdentityDecided((events.Difference("address", "a", "b", taken=True, source="id_card"),)),
    events.IdentityScanned((BlobId("f" * 64),), (), "seen"),
    events.PhotoExempted("under seven"),
    consented("chip"),
    consented("register"),
    events.ChipPhotoKept(BlobId("c" * 64)),
    events.PhotoAttached(photo=BlobId("d" * 64), source="chip", size=15000),
    events.PhotoConsentRevoked("chip", "asked"),
    events.SignaturesVoided("changed"),
    events.Approved(digest="d2", seal=b""),
    events.Approved(digest="d1", seal=b""),
    events.SentBack("stamp", "materials_checked"),
    events.ApprovalDeferred("alone"),
    intended(),
    WRITTEN,
    events.CardSpoiled(CODE, "x"),
    events.HandedOver(),
    events.SentToProduction("maker"),
    events.CardReceived("B22451259"),
    events.Withdrawn(),
    events.Refused("x"),
    events.Expired("late"),
]


WAY: list[tuple[events.Event, AccountId]] = [
    *TO_SIGNED,
    (events.Approved(digest="d2", seal=b""), SUPERVISOR),
    (intended(), CLERK),
    (WRITTEN, CLERK),
    (events.HandedOver(), CLERK),
]


class Applications(RuleBasedStateMachine):
    """Random acts by random people; whatever is accepted must leave a sound application."""

    def __init__(self) -> None:
        super().__init__()
        self.now = opened()
        self.walked = 0

    @precondition(lambda self: self.walked < len(WAY))
    @rule()
    def go_on(self) -> None:
        event, actor = WAY[self.walked]
        self.act(event, actor)
        self.walked += 1

    @rule(event=st.sampled_from(ACTS), actor=st.sampled_from([CLERK, SUPERVISOR]))
    def act(self, event: events.Event, actor: AccountId) -> None:
        before = self.now
        try:
            self.now = apply(before, event, actor)
        except (StepNotAllowed, OwnApplication, SignatureVoid):
            return
        assert before.step in FROM[event.kind]
        assert self.now.version == before.version + 1

    @precondition(lambda self: self.now.step in ENDED)
    @rule(event=st.sampled_from(ACTS))
    def nothing_follows_on_an_end(self, event: events.Event) -> None:
        with pytest.raises(StepNotAllowed):
            apply(self.now, event, SUPERVISOR)

    @invariant()
    def a_card_is_never_handed_over_without_approval_by_another(self) -> None:
        if self.now.step is Step.HANDED_OVER:
            assert self.now.approval is not None
            assert self.now.approval.by != self.now.opened_by

    @invariant()
    def signed_means_bound_to_the_present_content(self) -> None:
        if self.now.step in {Step.SIGNED, Step.APPROVED, Step.APPROVAL_DEFERRED, Step.CARD_WRITTEN}:
            assert self.now.signed_by("applicant")
            assert self.now.signed_by("clerk")

    @invariant()
    def a_portrait_from_elsewhere_stands_only_under_a_consent(self) -> None:
        if self.now.photo_source in {"chip", "register"}:
            assert self.now.photo_consent(self.now.photo_source) is not None
        if self.now.chip_photo is not None:
            assert self.now.photo_consent("chip") is not None

    @invariant()
    def what_follows_on_the_materials_has_its_portrait_settled(self) -> None:
        if self.now.step in BEFORE_CARD - {Step.OPENED, Step.BANK_CONFIRMED, Step.FORM_ISSUED, Step.FORM_RETURNED}:
            assert self.now.photo_settled

    @invariant()
    def only_a_step_before_the_card_can_have_no_card_run(self) -> None:
        if self.now.step is Step.CARD_WRITTEN:
            assert self.now.card is not None
            assert self.now.card.state == "written"
        if self.now.card is not None and self.now.card.state == "intended":
            assert self.now.step in BEFORE_CARD


TestApplications = Applications.TestCase
TestApplications.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
