"""Driver for OFIQ (Open Source Face Image Quality, ISO/IEC 29794-5) through its sample program, a process of its own.

Program and data folder are the operator's: `OFIQSampleApp -c DATA -i PICTURE` writes semicolon-separated lines, first
the names (`UnifiedQualityScore.scalar`), then the values; -1 where a measure failed. Its form was taken from the
program's published source (BSI, MIT licence); the genuine program with its models was not at hand.
"""

import csv
import os
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from sscard_desk.domain.errors.station import ExaminerFailed, ExaminerFileMissing, ExaminerFileWrong
from sscard_desk.ports.devices import DeviceState, Health

KEY: Final = "ofiq"
MEASURES: Final = {"UnifiedQualityScore": "ofiq_quality"}
"""Component of ISO/IEC 29794-5 to rule key; scalars are 0 to 100, more is better."""
CONFIGURATION: Final = "ofiq_config.jaxn"
"""What the program looks for in its data folder."""
_MEMORY: Final = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it, mode 0700
_SCALAR: Final = ".scalar"
_FAILED: Final = -1.0
_MOST_BYTES: Final = 1_000_000


class Ofiq:
    """OFIQ's sample program; implements `ports.portrait_examiner.PortraitExaminer`."""

    key = KEY

    def __init__(self, program: Path, data: Path, *, seconds: float) -> None:
        """Name program and data folder; nothing is started.

        Args:
            program: `OFIQSampleApp`.
            data: the folder with `ofiq_config.jaxn` and `models`.
            seconds: for one portrait; the program reads its models anew each time.
        """
        self._program, self._data, self._seconds = program, data, seconds

    def probe(self) -> DeviceState:
        """See `PortraitExaminer.probe`."""
        try:
            self._need_files()
        except (ExaminerFileMissing, ExaminerFileWrong) as trouble:
            return DeviceState(Health.WARNING, self._program.name, trouble)
        return DeviceState(Health.READY, self._program.name, facts={"data": self._data.name})

    def measures(self, picture: bytes) -> Mapping[str, float]:
        """See `PortraitExaminer.measures`."""
        self._need_files()
        parent = _MEMORY if os.access(_MEMORY, os.W_OK) else None
        with tempfile.TemporaryDirectory(prefix="sscd-ofiq-", dir=parent) as folder:
            file = Path(folder) / ("portrait.png" if picture.startswith(b"\x89PNG") else "portrait.jpg")
            file.write_bytes(picture)
            try:
                said = self._run(file)
            finally:
                file.write_bytes(bytes(len(picture)))
        return scores_of(said)

    def _run(self, file: Path) -> str:
        command = [str(self._program), "-c", str(self._data), "-i", str(file)]
        try:
            done = subprocess.run(command, capture_output=True, timeout=self._seconds, cwd=file.parent, check=False)
        except subprocess.TimeoutExpired:
            raise ExaminerFailed(part=KEY, reason="silent") from None
        except OSError:
            raise ExaminerFileWrong(part=KEY, file=self._program.name) from None
        if done.returncode:
            raise ExaminerFailed(part=KEY, reason="ended")
        return done.stdout[:_MOST_BYTES].decode("utf-8", "replace")

    def _need_files(self) -> None:
        if not self._program.is_file():
            raise ExaminerFileMissing(part=KEY, file=self._program.name)
        if not self._data.is_dir() or not (self._data / CONFIGURATION).is_file():
            raise ExaminerFileMissing(part=KEY, file=CONFIGURATION)
        if not os.access(self._program, os.X_OK):
            raise ExaminerFileWrong(part=KEY, file=self._program.name)


def scores_of(said: str) -> dict[str, float]:
    """Return what the program printed, by rule key; what it could not measure is left out.

    Raises:
        ExaminerFailed: it printed no table, or something else than numbers of 0 to 100.
    """
    rows = list(csv.reader(said.splitlines(), delimiter=";"))
    head = next((at for at, row in enumerate(rows) if row and row[0] == "Filename"), None)
    if head is None or len(rows) <= head + 1:
        raise ExaminerFailed(part=KEY, reason="answer")
    named = dict(zip(rows[head], rows[head + 1], strict=False))
    scores: dict[str, float] = {}
    for component, key in MEASURES.items():
        try:
            score = float(named[component + _SCALAR])
        except (KeyError, ValueError):
            raise ExaminerFailed(part=KEY, reason="answer") from None
        if score == _FAILED:
            continue
        if not 0.0 <= score <= 100.0:  # noqa: PLR2004 - ISO/IEC 29794-5
            raise ExaminerFailed(part=KEY, reason="answer")
        scores[key] = score
    return scores
