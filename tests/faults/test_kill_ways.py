"""Restoring, reading a stick and bringing a list in, killed at random: a seeded sample of `kill_ways`."""

from pathlib import Path
from random import Random

import pytest

from tests.faults import kill_list, kill_restore, kill_stick

pytestmark = [pytest.mark.real, pytest.mark.timeout(300)]

SEED = 20261126
ROUNDS = 5


def test_a_restore_that_is_killed_goes_on_and_holds_what_the_backup_held(tmp_path: Path) -> None:
    found = kill_restore.run(tmp_path / "restore", ROUNDS, Random(SEED))
    assert found.wrong == []
    assert len(found.killed_s) - found.too_late >= ROUNDS // 2


def test_a_desk_that_is_killed_while_it_reads_a_stick_has_all_of_it_once_in_the_end(tmp_path: Path) -> None:
    found = kill_stick.run(tmp_path / "stick", ROUNDS, Random(SEED))
    assert found.wrong == []
    assert len(found.killed_s) - found.too_late >= ROUNDS // 2


def test_a_list_whose_server_is_killed_is_taken_whole_and_told_so_or_not_at_all(tmp_path: Path) -> None:
    found = kill_list.run(tmp_path / "list", ROUNDS, Random(SEED))
    assert found.wrong == []
    assert len(found.killed_s) - found.too_late >= ROUNDS // 2
