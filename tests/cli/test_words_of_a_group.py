"""Somebody who does not know a verb by heart is told which there are."""

import subprocess
import sys

import pytest

from sscard_desk.cli.run import VERBS, run


@pytest.mark.parametrize("words", [["central"], ["central", "--help"], ["central", "-h"]])
def test_the_first_word_of_a_group_lists_its_verbs(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        run(words)
    said = capsys.readouterr().out
    assert end.value.code == 0
    listed = {line.strip().split("  ")[0] for line in said.splitlines()[2:]}
    assert listed == {name for name in VERBS if name.startswith("central ")}


@pytest.mark.parametrize(
    ("words", "near"),
    [(["central", "sattus"], "central status"), (["dcotor"], "doctor"), (["card", "wirte", "--json"], "card write")],
)
def test_a_mistyped_verb_is_told_the_nearest(words: list[str], near: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(words) == 2
    last = capsys.readouterr().err.strip().splitlines()[-1]
    assert last.startswith("E153 ")
    assert near in last


def test_a_word_near_nothing_is_refused_by_itself(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["zzzzzz"]) == 2
    assert "near it" not in capsys.readouterr().err


def test_a_reader_who_has_gone_gets_no_trace() -> None:
    command = [sys.executable, "-m", "sscard_desk", "--help"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as program:
        if program.stdout is None or program.stderr is None:
            raise AssertionError(command)
        program.stdout.close()
        said = program.stderr.read()
    assert (program.returncode, said) == (1, b"")
