"""One applicant from the id card to the supervisor's approval, through the real store and the real paper room."""

import hashlib
from dataclasses import replace
from datetime import date

import pytest
from cryptography.exceptions import InvalidSignature

from sscard_desk.domain.application import Application
from sscard_desk.domain.comparison import Verdict
from sscard_desk.domain.errors.cardholder import MaterialsMissing
from sscard_desk.domain.errors.operator import (
    AlreadyOpen,
    CheckDigitWrong,
    EvidenceMissing,
    FormIncomplete,
    NotAllowedHere,
    OwnApplication,
    OwnSignature,
    ReasonMissing,
    RoleMissing,
    SignatureVoid,
    StepNotAllowed,
    UnknownCode,
    WitnessNeeded,
)
from sscard_desk.domain.events import Material
from sscard_desk.domain.ids import AccountId, Role
from sscard_desk.domain.person import Person as Registered
from sscard_desk.domain.seals import APPROVED, WITNESSED, sealed_bytes
from sscard_desk.domain.steps import Step
from sscard_desk.forms.checks import check
from sscard_desk.forms.load import load_form
from sscard_desk.security.staff import staff_row
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.training.id_cards import id_card_of
from sscard_desk.training.persons import persons
from sscard_desk.usecases import approve as approving
from sscard_desk.usecases.approve import approve, send_back
from sscard_desk.usecases.attach_photo import attach_photo
from sscard_desk.usecases.check_materials import MISSING, ORIGINAL_SEEN, check_materials, checklist
from sscard_desk.usecases.confirm_bank import confirm_bank
from sscard_desk.usecases.identify import Identity, identify_card, identify_number
from sscard_desk.usecases.issue_form import issue_form
from sscard_desk.usecases.name_on_card import name_on_card
from sscard_desk.usecases.open_application import decide_identity, open_application
from sscard_desk.usecases.recording import Exemption
from sscard_desk.usecases.sign import sign
from sscard_desk.usecases.take_back_form import take_back_form, void_signatures

from .conftest import Person

REST = {
    "mobile": "14012345678",
    "postcode": "430000",
    "mailing_address": "示例市城关区和平路18号",
    "household_kind": "51",
    "person_status": "1",
    "pick_up": "1",
}


class Register:
    """A register of a few persons, at the port."""

    def __init__(self, *rows: Registered) -> None:
        self.rows = {row.id_number: row for row in rows}

    def by_number(self, id_number: str) -> Registered | None:
        return self.rows.get(id_number)

    def by_key(self, key: str) -> Registered | None:
        return next((row for row in self.rows.values() if row.key == key), None)

    def search(self, text: str, limit: int = 20) -> list[Registered]:
        return [row for row in self.rows.values() if row.name.startswith(text)][:limit]

    def count(self) -> int:
        return len(self.rows)


TODAY = date(2026, 11, 23)
GROWN = next(p for p in persons(50) if p.birth < date(1990, 1, 1) and p.document_kind == "citizen")


def identity(store: DeskStore, moved: bool = True) -> Identity:
    card = id_card_of(GROWN)
    return identify_card(
        replace(card, address="示例市城关区和平路18号3号楼502室") if moved else card, Register(GROWN), store
    )


def complete(application: Application) -> dict[str, str]:
    """Fill every field that the shipped form asks for."""
    answers = REST | {"mobile": "13812345678"}
    wrong = check(load_form("registration"), application.answers | answers | {"bank": "01", "outlet": "0101"}).blocking
    assert not wrong, [(f.field, f.text) for f in wrong]
    return answers


def at_signed(store: DeskStore, clerk: Person) -> Application:
    application = open_application(store, clerk, identity(store, moved=False), today=TODAY)
    application = confirm_bank(store, clerk, application, "02", b"%PDF-1.4 bank")
    application = attach_photo(store, clerk, application.id, jpeg=b"\xff\xd8 portrait", source="camera", measures={})
    application = issue_form(
        store, clerk, application, complete(application), pdf=b"%PDF-1.4 form", due=date(2026, 12, 7)
    )
    application = take_back_form(store, clerk, application, {"postcode": "430001"})
    materials = [Material(name, ORIGINAL_SEEN) for name in checklist(application, TODAY)]
    application = check_materials(store, clerk, application, materials)
    for party in ("applicant", "clerk"):
        application = sign(store, clerk, application, party=party, kind_of_signature="strokes", evidence=party.encode())
    return application


def test_card_and_register_are_compared_and_the_decision_is_kept_field_by_field(
    store: DeskStore, clerk: Person
) -> None:
    who = identity(store)
    differing = [row.field for row in who.compared if row.verdict is Verdict.DIFFERENT]
    assert differing == ["address"]
    application = open_application(store, clerk, who, today=TODAY)
    kept = decide_identity(store, clerk, application.id, who, {"address": False})
    assert kept.answers["address"] == GROWN.address
    taken = decide_identity(store, clerk, application.id, who, {"address": True})
    assert taken.answers["address"] == "示例市城关区和平路18号3号楼502室"
    assert taken.differences[0].old == GROWN.address


def test_a_name_that_the_chip_had_to_cut_is_taken_whole_from_the_register(store: DeskStore) -> None:
    long = list(persons(11))[10]
    card = id_card_of(long)
    assert long.name != card.name
    found = identify_card(card, Register(long), store)
    assert found.answers["name"] == long.name
    assert [row.field for row in found.compared if row.verdict is Verdict.DIFFERENT] == []
    other = identify_card(card, Register(replace(long, name=f"王{long.name}")), store)
    assert other.answers["name"] == card.name
    assert "name" in [row.field for row in other.compared if row.verdict is Verdict.DIFFERENT]


def test_opening_and_deciding_are_kept_together_or_not_at_all(
    store: DeskStore, clerk: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    who = identity(store)
    wait = store.unsent()

    def cut(*_arguments: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("sscard_desk.usecases.open_application._decided", cut)
        with pytest.raises(KeyboardInterrupt):
            open_application(store, clerk, who, today=TODAY, taken={"address": False})
    assert store.unsent() == wait
    assert list(store.recent()) == []
    kept = open_application(store, clerk, who, today=TODAY, taken={"address": False})
    assert kept.answers["address"] == GROWN.address
    assert [each.taken for each in kept.differences] == [False]


def test_a_foreign_card_brings_the_nationality_into_the_form(store: DeskStore) -> None:
    foreigner = next(p for p in persons(50) if p.document_kind == "foreign_2023")
    found = identify_card(id_card_of(foreigner), Register(foreigner), store)
    assert found.answers["nationality"] == id_card_of(foreigner).nationality != ""


def test_a_typed_number_is_judged_before_it_is_looked_up(store: DeskStore) -> None:
    wrong = GROWN.id_number[:-1] + ("0" if GROWN.id_number[-1] != "0" else "1")
    with pytest.raises(CheckDigitWrong):
        identify_number(wrong, Register(GROWN), store)
    unknown = identify_number(GROWN.id_number, Register(), store)
    assert unknown.answers["birth"] == GROWN.birth.isoformat()
    assert unknown.person is None


def test_a_second_application_for_the_same_person_is_refused_and_names_the_first(
    store: DeskStore, clerk: Person, supervisor: Person
) -> None:
    first = open_application(store, clerk, identity(store), today=TODAY)
    assert identity(store).open_application == first
    with pytest.raises(AlreadyOpen) as caught:
        open_application(store, clerk, identity(store), today=TODAY)
    assert caught.value.application_no == first.number
    allowed = open_application(
        store, clerk, identity(store), today=TODAY, exemption=Exemption("first one lost", supervisor)
    )
    assert allowed.number != first.number


def test_the_way_to_a_supervisors_approval(store: DeskStore, clerk: Person, supervisor: Person) -> None:
    signed = at_signed(store, clerk)
    assert signed.step is Step.SIGNED
    assert signed.answers["postcode"] == "430001"
    approved = approve(store, supervisor, signed)
    assert approved.step is Step.APPROVED
    assert approved.approval is not None
    seal = approved.approval.seal
    supervisor.key.public_key().verify(seal, sealed_bytes(APPROVED, approved.id, approved.digest))
    with pytest.raises(InvalidSignature):
        supervisor.key.public_key().verify(seal, sealed_bytes(APPROVED, approved.id, hashlib.sha256().hexdigest()))
    assert store.blob(approved.photo or pytest.fail("no photo")) == b"\xff\xd8 portrait"
    assert [line.kind for line in store.history(approved.id)][-1] == "application.approved"


def test_a_clerk_approves_nothing_and_a_supervisor_not_an_own_intake(
    store: DeskStore, clerk: Person, supervisor: Person
) -> None:
    signed = at_signed(store, clerk)
    with pytest.raises(RoleMissing):
        approve(store, clerk, signed)
    with pytest.raises(OwnApplication):
        approve(store, replace(supervisor, account=clerk.account), signed)
    taken_in_by_another = replace(signed, opened_by=AccountId("9" * 32))
    with pytest.raises(OwnSignature):
        approve(store, replace(supervisor, account=clerk.account), taken_in_by_another)
    assert store.application(signed.id).approval is None


def test_a_form_with_missing_fields_is_not_issued_and_nothing_is_lost(store: DeskStore, clerk: Person) -> None:
    application = open_application(store, clerk, identity(store), today=TODAY)
    application = confirm_bank(store, clerk, application, "01", b"%PDF")
    store.keep_draft(application.id, {"mobile": "138"}, "mobile")
    with pytest.raises(FormIncomplete) as caught:
        issue_form(store, clerk, application, {"mobile": "138"}, pdf=b"%PDF", due=None)
    assert "mobile" in caught.value.fields
    draft = store.draft(application.id)
    assert draft is not None
    assert (draft.values["mobile"], draft.field) == ("138", "mobile")


def test_a_bank_that_the_centre_does_not_list_is_refused(store: DeskStore, clerk: Person) -> None:
    application = open_application(store, clerk, identity(store), today=TODAY)
    with pytest.raises(UnknownCode):
        confirm_bank(store, clerk, application, "99", b"%PDF")


def test_missing_materials_block_unless_a_supervisor_allows_it(
    store: DeskStore, clerk: Person, supervisor: Person
) -> None:
    application = open_application(store, clerk, identity(store, moved=False), today=TODAY)
    application = confirm_bank(store, clerk, application, "02", b"%PDF")
    application = attach_photo(store, clerk, application.id, jpeg=b"j", source="file", measures={})
    application = issue_form(store, clerk, application, complete(application), pdf=b"%PDF", due=None)
    application = take_back_form(store, clerk, application, {})
    missing = [Material("id_card", MISSING)]
    with pytest.raises(MaterialsMissing):
        check_materials(store, clerk, application, missing)
    assert check_materials(
        store, clerk, application, missing, Exemption("lost, police note seen", supervisor)
    ).materials


def test_a_change_after_signing_needs_the_signatures_to_be_voided_first(
    store: DeskStore, clerk: Person, supervisor: Person
) -> None:
    signed = at_signed(store, clerk)
    with pytest.raises(StepNotAllowed):
        take_back_form(store, clerk, signed, {"postcode": "430002"})
    voided = void_signatures(store, clerk, signed, "postal code")
    assert voided.signatures == ()
    changed = take_back_form(store, clerk, voided, {"postcode": "430002"})
    assert changed.digest != signed.digest
    with pytest.raises(StepNotAllowed):
        approve(store, supervisor, changed)


def test_a_signature_of_an_older_content_is_refused_at_the_desk(store: DeskStore, clerk: Person) -> None:
    signed = at_signed(store, clerk)
    voided = void_signatures(store, clerk, signed, "x")
    changed = take_back_form(store, clerk, voided, {"postcode": "430009"})
    materials = [Material(name, ORIGINAL_SEEN) for name in checklist(changed, TODAY)]
    check_materials(store, clerk, changed, materials)
    with pytest.raises(SignatureVoid):
        sign(store, clerk, signed, party="applicant", kind_of_signature="strokes", evidence=b"s")


def test_what_a_supervisor_sends_back_says_why(store: DeskStore, clerk: Person, supervisor: Person) -> None:
    back = send_back(store, supervisor, at_signed(store, clerk), "stamp missing", "materials_checked")
    assert (back.step, back.sent_back_reason) == (Step.MATERIALS_CHECKED, "stamp missing")


def test_an_approval_can_be_deferred_where_one_person_works(store: DeskStore, clerk: Person) -> None:
    deferred = approving.defer_approval(store, clerk, at_signed(store, clerk), "alone at the point", one_person=True)
    assert deferred.step is Step.APPROVAL_DEFERRED


def test_only_a_supervisor_gives_leave_and_only_with_a_reason(clerk: Person, supervisor: Person) -> None:
    with pytest.raises(RoleMissing):
        Exemption("lost", clerk)
    with pytest.raises(ReasonMissing):
        Exemption("  ", supervisor)


def test_an_administrator_takes_nothing_in(store: DeskStore, clerk: Person) -> None:
    with pytest.raises(RoleMissing):
        open_application(store, replace(clerk, role=Role.ADMINISTRATOR), identity(store), today=TODAY)


def test_sending_back_needs_a_reason_and_a_place(store: DeskStore, clerk: Person, supervisor: Person) -> None:
    signed = at_signed(store, clerk)
    with pytest.raises(ReasonMissing):
        send_back(store, supervisor, signed, "", "materials_checked")
    with pytest.raises(ValueError, match="nonsense"):
        send_back(store, supervisor, signed, "x", "nonsense")
    assert store.application(signed.id).step is Step.SIGNED


def test_an_approval_is_deferred_only_where_the_points_data_allow_it(store: DeskStore, clerk: Person) -> None:
    signed = at_signed(store, clerk)
    with pytest.raises(NotAllowedHere):
        approving.defer_approval(store, clerk, signed, "alone", one_person=False)


def test_materials_that_nobody_looked_at_are_missing(store: DeskStore, clerk: Person) -> None:
    application = open_application(store, clerk, identity(store, moved=False), today=TODAY)
    with pytest.raises(MaterialsMissing) as caught:
        check_materials(store, clerk, application, [])
    assert "id_card" in caught.value.names


def test_a_signature_needs_strokes_or_a_scan(store: DeskStore, clerk: Person) -> None:
    with pytest.raises(EvidenceMissing):
        sign(store, clerk, at_signed(store, clerk), party="applicant", kind_of_signature="paper", evidence=b"")


@pytest.mark.parametrize(("name", "code"), [("王䶮", "E107"), ("李" * 30, "E108"), ("欧阳文静", None)])
def test_a_name_that_no_card_can_hold_is_told_at_the_first_page(name: str, code: str | None) -> None:
    trouble = name_on_card(name)
    assert (trouble.code if trouble else None) == code


def test_a_thumb_print_needs_another_account_as_witness_and_bears_its_seal(
    store: DeskStore, clerk: Person, supervisor: Person
) -> None:
    application = void_signatures(store, clerk, at_signed(store, clerk), "form")
    materials = [Material(name, ORIGINAL_SEEN) for name in checklist(application, TODAY)]
    application = take_back_form(store, clerk, application, {})
    application = check_materials(store, clerk, application, materials)
    thumb = {"party": "applicant", "kind_of_signature": "thumb", "evidence": b"\xff\xd8 thumb"}
    for witness in (None, clerk, Person(clerk.account, "又是王丽", Role.SUPERVISOR)):
        with pytest.raises(WitnessNeeded):
            sign(store, clerk, application, **thumb, witness=witness)  # type: ignore[arg-type] # words of one call
    with pytest.raises(NotAllowedHere):
        sign(store, clerk, application, **(thumb | {"party": "clerk"}), witness=supervisor)  # type: ignore[arg-type] # as good as one here
    application = sign(store, clerk, application, **thumb, witness=supervisor)  # type: ignore[arg-type] # likewise
    (signature,) = application.valid_signatures()
    assert (signature.kind_of_signature, signature.witness, signature.by) == (
        "thumb", supervisor.account, clerk.account,
    )  # fmt: skip
    assert store.blob(signature.evidence or pytest.fail("no evidence")) == b"\xff\xd8 thumb"
    said = sealed_bytes(WITNESSED, application.id, application.digest)
    supervisor.key.public_key().verify(signature.seal, said)
    with pytest.raises(InvalidSignature):
        clerk.key.public_key().verify(signature.seal, said)


def test_verify_holds_a_witness_against_the_staff_list(store: DeskStore, clerk: Person, supervisor: Person) -> None:
    application = at_signed(store, clerk)
    row = staff_row(supervisor.account, "陈静", supervisor.role, supervisor.key.public_key().public_bytes_raw())
    store.keep_local_reference("staff", supervisor.account, row)
    before = store.verify()
    forged = Person(supervisor.account, "陈静", Role.SUPERVISOR)
    for witness in (supervisor, forged):
        application = sign(
            store, clerk, application, party="applicant", kind_of_signature="thumb", evidence=b"thumb", witness=witness
        )
    after = store.verify()
    assert after.sign_offs == before.sign_offs + 1
    assert len(after.sign_offs_wrong) == len(before.sign_offs_wrong) + 1
