"""OFIQ's sample program as a process of its own: a program with its command line, and every way to fail."""

import os
import stat
import textwrap
from pathlib import Path

import pytest

from sscard_desk.devices.portrait_examiner.ofiq import CONFIGURATION, Ofiq, scores_of
from sscard_desk.domain.errors.station import ExaminerFailed, ExaminerFileMissing, ExaminerFileWrong
from sscard_desk.ports.devices import Health
from sscard_desk.ports.portrait_examiner import PortraitExaminer

posix = pytest.mark.skipif(os.name != "posix", reason="the program here is a shell script")
JPEG = b"\xff\xd8\xff\xe0 not looked at by the script"
TABLE = "Filename;UnifiedQualityScore.native;Sharpness.native;UnifiedQualityScore.scalar;Sharpness.scalar;"
SAYS = f"""
echo "[INFO] Initialization took: 12ms"
echo "OFIQ library version: 1.0.2"
echo "{TABLE}assessment_time_in_ms;"
echo "$4;26.4;1;41;-1;13"
"""


def program(folder: Path, script: str) -> Ofiq:
    (folder / "data").mkdir()
    (folder / "data" / CONFIGURATION).write_text("{}")
    file = folder / "OFIQSampleApp"
    file.write_text("#!/bin/sh\n" + textwrap.dedent(script))
    file.chmod(stat.S_IRWXU)
    return Ofiq(file, folder / "data", seconds=5.0)


@posix
def test_the_unified_score_is_read_and_the_picture_is_handed_over_and_wiped(tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    examiner: PortraitExaminer = program(tmp_path, f'echo "$1 $3 $4" > {seen}; cp "$4" {seen}.jpg\n{SAYS}')
    assert examiner.probe().health is Health.READY
    assert examiner.measures(JPEG) == {"ofiq_quality": 41.0}
    first, second, picture = seen.read_text().split()
    assert (first, second, Path(picture).suffix) == ("-c", "-i", ".jpg")
    assert Path(f"{seen}.jpg").read_bytes() == JPEG
    assert not Path(picture).parent.exists()


@posix
@pytest.mark.parametrize(("script", "reason"), [("exit 1", "ended"), ("kill -9 $$", "ended"), ("echo hello", "answer")])
def test_a_program_that_fails_says_so(tmp_path: Path, script: str, reason: str) -> None:
    with pytest.raises(ExaminerFailed) as caught:
        program(tmp_path, script).measures(JPEG)
    assert caught.value.reason == reason


@posix
def test_a_program_that_hangs_is_ended(tmp_path: Path) -> None:
    hanging = program(tmp_path, "exec sleep 60")
    with pytest.raises(ExaminerFailed, match="silent"):
        Ofiq(tmp_path / "OFIQSampleApp", tmp_path / "data", seconds=0.2).measures(JPEG)
    assert hanging.probe().health is Health.READY


@posix
def test_files_that_are_missing_or_no_program_are_told_before_anything_runs(tmp_path: Path) -> None:
    examiner = program(tmp_path, SAYS)
    for spoil, trouble in (
        (lambda: (tmp_path / "OFIQSampleApp").chmod(0o600), ExaminerFileWrong),
        ((tmp_path / "data" / CONFIGURATION).unlink, ExaminerFileMissing),
        ((tmp_path / "OFIQSampleApp").unlink, ExaminerFileMissing),
    ):
        spoil()
        state = examiner.probe()
        assert (state.health, type(state.trouble)) == (Health.WARNING, trouble)
        with pytest.raises(trouble):
            examiner.measures(JPEG)


def test_what_it_could_not_measure_is_left_out_and_nonsense_is_refused() -> None:
    assert scores_of(f"{TABLE}\nx;1;1;-1;1;") == {}
    for said in (f"{TABLE}\nx;1;1;101;1;", f"{TABLE}\nx;1;1;much;1;", "Filename;Other;\nx;1;", TABLE):
        with pytest.raises(ExaminerFailed, match="answer"):
            scores_of(said)
