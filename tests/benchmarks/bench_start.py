"""How long until the sign-in page can be used, and what the desk takes while idle, beside a bare PySide6 window.

Both are measured in the same run, in fresh processes that take turns; medians. The desk is the whole program
(`sscard-desk window`) on a data folder made for the run; while idle it has looked at its devices.
Usable means: the first empty field has the focus and its window has been painted.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from time import monotonic

from sscard_desk.training.set_up import TrainingFolder, set_up

ROUNDS = 7
WAIT_IDLE_S = 2.0
LIMITS = {"start_times_bare": 2.5, "idle_memory_times_bare": 3.0}

BARE = """
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
app = QApplication([])
window = QWidget()
field = QLineEdit()
QVBoxLayout(window).addWidget(field)
window.resize(1366, 768)
window.show()
window.activateWindow()
field.setFocus()
report(app)
"""

PROGRAM = """
from PySide6.QtWidgets import QApplication
def begin(*_):
    report(QApplication.instance())
    return 0
QApplication.exec = staticmethod(begin)
from sscard_desk.cli.run import run
run(["window"])
"""

REPORT = """
import os, time
def report(app):
    from PySide6.QtWidgets import QLineEdit
    while not isinstance(app.focusWidget(), QLineEdit):
        app.processEvents()
    app.processEvents()
    usable = time.monotonic()
    until = usable + float(os.environ["WAIT_IDLE_S"])
    while time.monotonic() < until:
        app.processEvents()
        time.sleep(0.01)
    print(usable, flush=True)
    input()
    os._exit(0)
"""


def pss(process: int) -> int:
    """Return the proportional memory of a process and all below it, in KiB."""
    total = 0
    for line in Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines():
        if line.startswith("Pss:"):
            total += int(line.split()[1])
    for child in Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split():
        total += pss(int(child))
    return total


def measure(code: str) -> tuple[float, float]:
    """Start one fresh process; return seconds until usable, and MiB while idle."""
    environment = os.environ | {"WAIT_IDLE_S": str(WAIT_IDLE_S), "QT_QPA_PLATFORM": "offscreen"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program has its bytecode
    begun = monotonic()  # one clock for all processes of the machine
    with subprocess.Popen(
        [sys.executable, "-c", f"import sys; sys.argv = ['start']\n{REPORT}\n{code}"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=environment,
    ) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        usable = float(process.stdout.readline())
        memory = pss(process.pid) / 1024
        process.stdin.write("\n")
        process.stdin.close()
        process.wait(10)
    return usable - begun, memory


def main() -> None:
    """Print one JSON object."""
    with tempfile.TemporaryDirectory() as folder:
        set_up(TrainingFolder(Path(folder) / "desk"), lambda _word: None, count=100)
        os.environ["SSCARD_DESK_HOME"] = str(Path(folder) / "desk")
        _compare()


def _compare() -> None:
    measure(BARE)
    measure(PROGRAM)  # once each, so that files are in the cache and bytecode is written
    bare, desk = [], []
    for _ in range(ROUNDS):
        bare.append(measure(BARE))
        desk.append(measure(PROGRAM))
    bare_s, desk_s = (statistics.median(seconds for seconds, _ in runs) for runs in (bare, desk))
    bare_mib, desk_mib = (statistics.median(mib for _, mib in runs) for runs in (bare, desk))
    print(
        json.dumps(
            {
                "what": "the whole program",
                "bare_start_ms": round(bare_s * 1000),
                "desk_start_ms": round(desk_s * 1000),
                "start_times_bare": round(desk_s / bare_s, 2),
                "bare_idle_mib": round(bare_mib, 1),
                "desk_idle_mib": round(desk_mib, 1),
                "idle_memory_times_bare": round(desk_mib / bare_mib, 2),
                "rounds": ROUNDS,
                "limits": LIMITS,
            }
        )
    )


if __name__ == "__main__":
    main()
