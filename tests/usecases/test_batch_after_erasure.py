"""A batch goes on, is shown and exported without the one of its people who was erased."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sscard_desk.domain.erasure import Erasure, Why
from sscard_desk.domain.errors.operator import ApplicationUnknown
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.usecases.batch_lineup import line_up, open_batch
from sscard_desk.usecases.return_file import return_rows
from tests.machines import training_desk
from tests.machines.approved_class import approved_class
from tests.machines.training_desk import clerk, supervisor
from tests.store.test_erasing import received, sent_blobs


@pytest.fixture
def store(tmp_path: Path) -> Iterator[DeskStore]:
    desk = training_desk.training_desk(tmp_path / "desk", blanks=1)
    yield desk
    desk.close()


def test_who_was_erased_is_left_out_and_the_others_are_written(store: DeskStore) -> None:
    first, gone, last = approved_class(store, clerk(), supervisor(), 3)
    batch = open_batch(store, clerk(), "3-2", [first, gone, last])
    received(store, 1)
    sent_blobs(store)
    store.ask_erasures([Erasure(gone.id, Why.REQUEST, "order", store.clock.now())])
    assert list(store.carry_out_erasures()) == [gone.id]
    with pytest.raises(ApplicationUnknown):
        store.application(gone.id)
    assert [each.id for each in line_up(store, batch).ready] == [first.id, last.id]
    assert [row["name"] for row in return_rows(store, batch)] == [first.name, last.name]
    assert store.verify().sound
