"""An application's row holds what its fields say, and nothing for those that nobody has set."""

from dataclasses import fields, replace

import msgspec
import pytest

from sscard_desk.central.store.applications import pack
from sscard_desk.domain.application import Application
from sscard_desk.domain.steps import Step
from tests.domain.standing import standing_at

read = msgspec.msgpack.Decoder(Application).decode


@pytest.mark.parametrize("step", Step)
def test_an_application_comes_back_as_it_was_at_every_step(step: Step) -> None:
    state = standing_at(step)
    assert read(pack(state).body) == state


def test_a_field_that_nobody_has_set_takes_no_room() -> None:
    new = standing_at(Step.OPENED)
    whole = msgspec.msgpack.encode(new)
    assert read(whole) == new  # as programs of before wrote it
    kept = msgspec.msgpack.decode(pack(new).body)
    unset = {each.name for each in fields(Application) if not getattr(new, each.name)} - {"name", "origin", "evidence"}
    assert unset
    assert not unset & kept.keys()


def test_a_field_that_says_something_by_itself_is_kept_when_it_was_emptied() -> None:
    state = replace(standing_at(Step.OPENED), parties=(), name="")
    assert read(pack(state).body) == state


@pytest.mark.parametrize("name", ["person", "photo", "chip_photo", "photo_receipt", "paper", "second_exempted_by"])
def test_an_empty_word_does_not_become_none(name: str) -> None:
    state = replace(standing_at(Step.OPENED), **{name: ""})
    assert read(pack(state).body) == state
    assert read(pack(state).body).photo_settled == state.photo_settled
