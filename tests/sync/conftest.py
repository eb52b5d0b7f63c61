from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.machines.counter import Counter


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    with Counter(tmp_path / "centre") as running:
        yield running
