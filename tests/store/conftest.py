from collections.abc import Iterator
from pathlib import Path

import pytest

from sscard_desk.store.desk_store import DeskStore
from tests.store._desk import make_desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[DeskStore]:
    store = make_desk(tmp_path / "desk")
    yield store
    store.close()
