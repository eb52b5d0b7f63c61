"""Enrolment codes survive being typed; sums do not depend on order; refusals have words in every language."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sscard_desk.texts.catalogue import LANGUAGES, Catalogue, Language
from sscard_desk.wire.enrolment import SECRET_BYTES, EnrolmentCode
from sscard_desk.wire.messages import add_weights, item_weight
from sscard_desk.wire.refusals import Refusal


@given(st.binary(min_size=32, max_size=32), st.binary(min_size=SECRET_BYTES, max_size=SECRET_BYTES))
def test_a_code_is_read_back_however_it_was_typed(fingerprint: bytes, secret: bytes) -> None:
    code = EnrolmentCode("D-0231", fingerprint, secret)
    desk, packed = code.text().split(":")
    typed = "-".join(packed[at : at + 4] for at in range(0, len(packed), 4)).lower()
    assert EnrolmentCode.read(code.text()) == code
    assert EnrolmentCode.read(f"  {desk}: {typed}\n") == code


@given(st.text(max_size=120))
def test_any_other_text_is_a_value_error(text: str) -> None:
    with pytest.raises(ValueError):
        EnrolmentCode.read(text)


def test_the_secret_is_not_shown_and_the_authority_is_told_apart() -> None:
    code = EnrolmentCode("D-0231", hashlib.sha256(b"certificate").digest(), b"s" * SECRET_BYTES)
    assert "sss" not in repr(code)
    assert code.fits_authority(b"certificate")
    assert not code.fits_authority(b"another")


@given(st.permutations([("a", 1), ("b", 1), ("a", 2), ("", 7)]), st.binary(min_size=32, max_size=32))
def test_a_scopes_sum_is_free_of_order_and_can_be_taken_back(rows: list[tuple[str, int]], start: bytes) -> None:
    weights = [item_weight(*row) for row in rows]
    total = add_weights(start, *weights)
    assert total == add_weights(start, *sorted(weights))
    assert add_weights(total, *(-weight for weight in weights)) == start


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_has_words(language: Language) -> None:
    catalogue = Catalogue(language)
    assert [word for word in Refusal if not catalogue.has(f"sync.refusal.{word}")] == []
