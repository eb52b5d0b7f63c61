"""Starting the window says what is missing before anything heavy or lasting is done."""

from pathlib import Path

import pytest

from sscard_desk.bootstrap.program import run_window
from sscard_desk.domain.errors.store import NotSetUp


@pytest.mark.parametrize("name", ["", "missing"])
def test_a_folder_without_a_desk_is_not_set_up_and_stays_as_it_is(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(NotSetUp):
        run_window(folder)
    assert sorted(tmp_path.rglob("*")) == before
