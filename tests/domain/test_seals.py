"""What an approval names: everything that somebody approves, and nothing that changes by itself."""

from dataclasses import replace

import pytest

from sscard_desk.domain import events
from sscard_desk.domain.application import KeptDocument
from sscard_desk.domain.errors.operator import SignatureVoid
from sscard_desk.domain.folding import apply
from sscard_desk.domain.ids import BlobId, PersonKey
from sscard_desk.domain.seals import content_of, shown_of
from sscard_desk.domain.steps import Step
from tests.domain.standing import DIGEST, SUPERVISOR, standing_at

APPLICATION = standing_at(Step.SIGNED)


@pytest.mark.parametrize(
    "changes",
    [
        {"id_number": "11010119900307454X"},
        {"name": "别人"},
        {"document_kind": "passport"},
        {"person": PersonKey("ab" * 16)},
        {"answers": {"phone": "13900000001"}},
        {"register_says": {"name": "别人"}},
        {"bank": "99999"},
        {"bank_name": "另一家"},
        {"outlet": "01"},
        {"outlet_name": "支行"},
        {"photo": BlobId("ab" * 32)},
        {"photo_exempt": ""},
        {"edition": "2"},
        {"parties": ("guardian", "clerk")},
        {"signatures": (replace(APPLICATION.signatures[0], evidence=BlobId("cd" * 32)), APPLICATION.signatures[1])},
        {"signatures": APPLICATION.signatures[:1]},
    ],
)
def test_whatever_is_approved_changes_what_the_approval_names(changes: dict[str, object]) -> None:
    assert content_of(replace(APPLICATION, **changes)) != content_of(APPLICATION)


def test_what_comes_after_an_approval_does_not() -> None:
    document = KeptDocument("household_register", "pages", BlobId("ab" * 32), 1, 10)
    later = replace(
        APPLICATION, number="P01D01-26-000099", documents=(document,), version=9, step=Step.APPROVED, materials=()
    )
    assert content_of(later) == content_of(APPLICATION)


def test_an_approval_of_other_content_or_used_once_more_does_not_fold() -> None:
    approval = events.Approved(DIGEST, b"", content_of(APPLICATION), "n" * 32, b"seal")
    after = apply(APPLICATION, approval, SUPERVISOR)
    assert after.approval is not None
    assert (after.step, after.approval.content) == (Step.APPROVED, approval.content)
    with pytest.raises(SignatureVoid):
        apply(replace(APPLICATION, bank="99999"), approval, SUPERVISOR)
    again = replace(after, step=Step.SIGNED, approval=None)
    with pytest.raises(SignatureVoid):
        apply(again, approval, SUPERVISOR)


def test_a_signature_of_other_content_or_used_once_more_does_not_fold() -> None:
    unsigned = replace(APPLICATION, step=Step.MATERIALS_CHECKED, signatures=())
    signature = events.Signed(
        "clerk", "strokes", DIGEST, None, content=shown_of(unsigned), nonce="n" * 32, content_seal=b"seal"
    )
    after = apply(unsigned, signature, SUPERVISOR)
    assert after.clerk_is(SUPERVISOR)
    for before in (replace(unsigned, bank="99999"), replace(after, signatures=())):
        with pytest.raises(SignatureVoid):
            apply(before, signature, SUPERVISOR)
