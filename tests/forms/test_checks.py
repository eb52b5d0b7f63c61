import pytest
from hypothesis import given
from hypothesis import strategies as st

from sscard_desk.domain.numbers.citizen_id import check_character
from sscard_desk.forms.checks import check, check_field
from sscard_desk.forms.definition import FieldType, FormDefinition
from sscard_desk.forms.findings import Verdict
from sscard_desk.forms.load import load_form
from sscard_desk.forms.tidy import tidy
from sscard_desk.texts import ENGLISH, LANGUAGES, SIMPLIFIED_CHINESE, Catalogue
from tests.forms.persons import LI_SI, MINOR

FORM = load_form("registration")
TEXTS = {language: Catalogue(language) for language in LANGUAGES}


def text_of(field: str, value: str, **others: str) -> str | None:
    finding = check_field(FORM, field, value, LI_SI | others)
    return finding.text if finding else None


@pytest.mark.parametrize("answers", [LI_SI, MINOR])
def test_complete_answers_have_no_findings(answers: dict[str, str]) -> None:
    findings = check(FORM, answers)
    assert [(finding.field, finding.text) for finding in findings] == []
    assert findings.complete


def test_a_mobile_number_one_digit_short_says_so_as_designed() -> None:
    finding = check_field(FORM, "mobile", "1380013800", LI_SI)
    assert finding is not None
    assert finding.message(TEXTS[SIMPLIFIED_CHINESE]) == "现在 10 位，手机号码应为 11 位。请补上缺的 1 位。"
    assert finding.message(TEXTS[ENGLISH]) == "10 of 11 digits. Add the missing 1."


@pytest.mark.parametrize(
    ("field", "value", "text"),
    [
        ("mobile", "138001380001", "forms.mobile_long"),
        ("mobile", "12800138000", "forms.mobile_start"),
        ("mobile", "1380013800a", "forms.mobile_other"),
        ("mobile", "１３８００１３８０００", "forms.mobile_other"),
        ("phone", "010-66001234", None),
        ("phone", "66001234", None),
        ("phone", "0", "forms.phone"),
        ("postcode", "10001", "forms.postcode_short"),
        ("postcode", "1000100", "forms.postcode_long"),
        ("email", "li@example.com", None),
        ("email", "li@example", "forms.email"),
        ("mailing_address", "长" * 70, None),
        ("mailing_address", "长" * 71, "forms.too_long"),
        ("mailing_address", "路1号", "forms.address_short"),
        ("mailing_address", "示例市\u0007城关区", "forms.control"),
        ("household_kind", "53", "forms.unknown_code"),
        ("person_status", "", "forms.not_chosen"),
        ("postcode", "", "forms.not_filled"),
        ("phone", "", None),
        ("birth", "1990-3-7", "forms.date"),
        ("birth", "1990-02-30", "forms.date"),
        ("birth", "1990-03-08", "forms.birth_differs_from_number"),
        ("valid_to", "长期", None),
        ("valid_to", "2020-01-01", "forms.ends_before_start"),
        ("name", "李4", "forms.name_character"),
        ("name", "阿依古丽·买买提江", None),
        ("name", "𠅤䶮", "forms.name_not_on_card"),
        ("name", "\U000323af", "forms.name_not_on_card"),
        ("name", "李\ue000", "forms.control"),
        ("id_number", "110101199003070021", "forms.check_digit"),
        ("id_number", "11010119900307", "forms.number_short"),
        ("id_number", "110101199013070021", "forms.number_birth"),
        ("id_number", "990101199003070021", "forms.number_region"),
        ("id_number", "1101011990030700AB", "forms.number_digits"),
        ("chip_photo_consent", "", "forms.not_ticked"),
        ("chip_photo_consent", "no", "forms.not_ticked"),
    ],
)
def test_each_kind_of_answer_is_judged(field: str, value: str, text: str | None) -> None:
    assert text_of(field, value) == text


def test_a_passport_has_a_free_number() -> None:
    assert text_of("id_number", "E12345678", document_kind="08") is None
    assert text_of("id_number", "E-12", document_kind="08") == "forms.paper_number"


def test_a_foreign_number_with_an_odd_check_is_a_warning_and_does_not_block() -> None:
    answers = LI_SI | {"id_number": "911124198108030028", "document_kind": "07", "birth": "1981-08-03"}
    findings = check(FORM, answers)
    assert findings.complete
    found = findings.of("id_number")
    assert found is not None
    assert found.verdict is Verdict.WARNING


def test_a_sex_that_differs_from_the_number_is_a_warning() -> None:
    finding = check_field(FORM, "sex", "1", LI_SI)
    assert finding is not None
    assert (finding.text, finding.verdict) == ("forms.sex_differs_from_number", Verdict.WARNING)


def test_the_guardians_questions_are_asked_for_a_child_and_not_for_an_adult() -> None:
    assert check_field(FORM, "agent_name", "", LI_SI) is None
    missing = check_field(FORM, "agent_name", "", MINOR)
    assert missing is not None
    assert missing.verdict is Verdict.MISSING


def test_a_child_does_not_apply_alone() -> None:
    assert check(FORM, MINOR | {"applied_by": "1"}).of("applied_by") is not None


def test_the_agent_is_somebody_else() -> None:
    finding = check(FORM, MINOR | {"agent_id_number": MINOR["id_number"]}).of("agent_id_number")
    assert finding is not None
    assert finding.text == "forms.agent_is_applicant"


def test_an_answer_to_a_question_of_no_form_is_said_and_does_not_vanish() -> None:
    finding = check(FORM, LI_SI | {"shoe_size": "42"}).of("shoe_size")
    assert finding is not None
    assert finding.text == "forms.unknown_field"


def test_filled_questions_are_counted_among_those_that_are_asked() -> None:
    one_less = check(FORM, LI_SI | {"postcode": ""})
    assert check(FORM, LI_SI).filled - one_less.filled == 1
    assert check(FORM, MINOR).total > one_less.total


FIELDS = st.sampled_from([field.id for field in FORM.fields])


@given(FIELDS, st.text(max_size=90))
def test_any_text_in_any_field_is_judged_in_both_languages(field: str, value: str) -> None:
    finding = check_field(FORM, field, value, MINOR)
    if finding is not None:
        assert all(finding.message(texts) for texts in TEXTS.values())
        assert finding.field == field


@given(st.dictionaries(FIELDS, st.text(max_size=30)))
def test_a_form_has_one_finding_for_a_field_at_most(answers: dict[str, str]) -> None:
    findings = check(FORM, answers)
    names = [finding.field for finding in findings]
    assert len(names) == len(set(names))
    assert findings.filled <= findings.total


NOT_NUMBERS = FIELDS.filter(lambda name: FORM.field(name).type is not FieldType.ID_NUMBER)


@given(NOT_NUMBERS, st.text(max_size=40))
def test_tidying_twice_changes_nothing_more(field: str, typed: str) -> None:
    once = tidy(FORM.field(field), typed)
    assert tidy(FORM.field(field), once) == once


@given(st.dates().filter(lambda day: day.year >= 1900), st.integers(0, 999))
def test_every_number_with_a_right_check_is_taken_and_with_a_wrong_one_refused(birth: object, sequence: int) -> None:
    first = f"110101{birth:%Y%m%d}{sequence:03d}"
    right = check_character(first)
    assert text_of("id_number", first + right) is None
    wrong = "0" if right != "0" else "1"
    assert text_of("id_number", first + wrong) == "forms.check_digit"


def test_findings_never_repeat_a_whole_answer(registration: FormDefinition) -> None:
    number = "110101199003070021"
    finding = check_field(registration, "id_number", number, LI_SI)
    assert finding is not None
    assert number not in repr(finding)


def test_signatures_and_photo_are_not_asked_while_filling_in(registration: FormDefinition) -> None:
    kinds = {FieldType.SIGNATURE, FieldType.PHOTO}
    elsewhere = [field.id for field in registration.fields if field.type in kinds]
    assert elsewhere
    assert all(check_field(registration, name, "", {}) is None for name in elsewhere)
