import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sscard_desk.forms.digest import content_digest
from sscard_desk.forms.load import load_form
from tests.forms.persons import LI_SI

FORM = load_form("registration")
PHOTO = "ab" * 32


def test_the_same_content_has_the_same_digest_whatever_the_order() -> None:
    turned = dict(reversed(LI_SI.items()))
    assert content_digest(FORM, LI_SI, PHOTO) == content_digest(FORM, turned, PHOTO.upper())


@pytest.mark.parametrize("changed", [{"postcode": "100011"}, {"phone": "66001234"}, {"mobile": ""}])
def test_any_changed_answer_changes_it(changed: dict[str, str]) -> None:
    assert content_digest(FORM, LI_SI, PHOTO) != content_digest(FORM, LI_SI | changed, PHOTO)


def test_another_photo_form_or_edition_changes_it() -> None:
    first = content_digest(FORM, LI_SI, PHOTO)
    assert content_digest(FORM, LI_SI, "cd" * 32) != first
    assert content_digest(dataclasses.replace(FORM, edition="2026-2"), LI_SI, PHOTO) != first
    assert content_digest(load_form("confirmation"), LI_SI, PHOTO) != first


def test_what_is_not_asked_does_not_count() -> None:
    assert content_digest(FORM, LI_SI | {"agent_name": "王五"}, PHOTO) == content_digest(FORM, LI_SI, PHOTO)


def test_it_is_what_other_programs_compute() -> None:
    form = dataclasses.replace(FORM, fields=(FORM.field("name"), FORM.field("mobile")))
    assert (
        content_digest(form, {"name": "李四", "mobile": " 13800138000 "}, "")
        == "8992b84d5dd5035317fbbf3a9471db48a554d1f2745d15ec8bda42a64644a1de"
    )


@given(st.text(min_size=1, max_size=20).filter(str.strip), st.text(min_size=1, max_size=20).filter(str.strip))
def test_different_names_never_share_it(one: str, other: str) -> None:
    same = one.strip() == other.strip()
    assert (content_digest(FORM, {"name": one}, "") == content_digest(FORM, {"name": other}, "")) is same
