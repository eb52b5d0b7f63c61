"""A counter on real parts: an encrypted store, two people with keys, a stock of blanks."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sscard_desk.store.desk_store import DeskStore
from tests.machines import training_desk
from tests.machines.training_desk import KEY, Person

__all__ = ["KEY", "Person"]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[DeskStore]:
    desk = training_desk.training_desk(tmp_path / "desk", blanks=5)
    yield desk
    desk.close()


@pytest.fixture
def clerk() -> Person:
    return training_desk.clerk()


@pytest.fixture
def supervisor() -> Person:
    return training_desk.supervisor()
