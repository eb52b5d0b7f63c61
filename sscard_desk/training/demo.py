"""One applicant from sign-in to hand-over, served by hands at the real window; an unfinished one is gone on with."""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Final

from sscard_desk.bootstrap.program import Program, make_program
from sscard_desk.devices.process_memory import peak_rss_mb
from sscard_desk.domain.application import Application
from sscard_desk.domain.steps import ENDED, Step
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.store.lock import FolderLock
from sscard_desk.training import demo_steps
from sscard_desk.training.running import running_training
from sscard_desk.training.set_up import PERSONS, Tell, TrainingFolder
from sscard_desk.ui.hands import Hands, TooLong
from sscard_desk.ui.serving.serving import Serving
from sscard_desk.ui.stall_watch import StallWatch

REPORT: Final = "report.json"


@dataclass
class Tour:
    """One demo: where it is, and what it leaves.

    Attributes:
        out: folder for pictures, papers and report.
        hands: at the window.
        program: the window.
        steps: name and seconds of each step that was done.
        shots: pictures, relative to `out`.
    """

    out: Path
    hands: Hands
    program: Program
    steps: list[dict[str, object]] = field(default_factory=list)
    shots: list[str] = field(default_factory=list)
    card: dict[str, object] = field(default_factory=dict)

    @property
    def serving(self) -> Serving:
        """Who is being served."""
        return self.program.window.bench.serving

    @property
    def application(self) -> Application | None:
        """The application in hand."""
        return self.serving.dossier.application if self.serving.dossier else None

    def shoot(self, name: str) -> None:
        """Keep a picture of the window."""
        path = Path("shots") / f"{len(self.shots) + 1:02d}-{name}.png"
        self.hands.picture(self.out / path)
        self.shots.append(path.as_posix())

    def step(self, name: str, work: Callable[["Tour"], None]) -> None:
        """Do one step and note how long it took."""
        begun = monotonic()
        try:
            work(self)
        except TooLong:
            self.shoot(f"{name}-stopped")
            raise
        self.steps.append({"name": name, "seconds": round(monotonic() - begun, 2)})


def serve_one(folder: TrainingFolder, out: Path, tell: Tell, *, count: int = PERSONS) -> dict[str, object]:
    """Serve one applicant and return the report that also stands in `out/report.json`.

    Args:
        folder: the data folder; set up if it is empty.
        out: where pictures, papers and report go.
        tell: is given a word for each step.
        count: how many synthetic persons a new register has.

    Raises:
        TooLong: the window did not get where it should in time.
        FolderInUse: another window works in the folder.
        FolderNotEmpty, StationSilent, SystemPackagesMissing: the set-up.
    """
    begun = monotonic()
    out.mkdir(parents=True, exist_ok=True)
    with running_training(folder, tell, count=count, rest_s=1.0) as hint, FolderLock(folder.path):
        program = make_program(folder.path, hint)
        try:
            report = _tour(program, folder, out, tell)
        finally:
            program.window.close()
            program.window.shell.close()
    report["seconds"] = round(monotonic() - begun, 2)
    (out / REPORT).write_text(json.dumps(report, ensure_ascii=False, indent=1), encoding="utf-8")
    return report


def _tour(program: Program, folder: TrainingFolder, out: Path, tell: Tell) -> dict[str, object]:
    watch = StallWatch()
    shell = program.window.shell
    shell.show()
    tour = Tour(out, Hands(program.app, shell, watch), program)
    watch.start()
    tour.step("sign_in", demo_steps.sign_in)
    tell("sign_in")
    tour.step("identify", _take_up)
    while not _done(tour.application):
        station = tour.serving.here
        if station is None:
            tour.step("identify", demo_steps.identify)
            continue
        tour.step(station.value, demo_steps.AT[station])
        tell(station.value)
    watch.pause()
    application = tour.application
    if application is None:
        raise LookupError("nobody was served")
    tour.step("sync", demo_steps.sync)
    tell("sync")
    store = _store(tour)
    found = store.verify()
    return {
        "application_no": application.number,
        "steps": tour.steps,
        "papers": _papers(folder, application, out),
        "shots": tour.shots,
        "card": tour.card,
        "journal": {"entries": found.entries, "unsent": found.unsent, "chain_ok": found.chain_ok},
        "peak_rss_mb": peak_rss_mb(),
        "longest_stall_ms": round(watch.longest_ms, 1),
    }


def _take_up(tour: Tour) -> None:
    """Go on with the application that an earlier, broken-off demo began, or wait for the next id card."""
    unfinished = [a for a in _store(tour).recent() if a.step not in ENDED]
    if unfinished:
        tour.serving.open(unfinished[0].id)
        tour.hands.wait(lambda: tour.application is not None and tour.serving.here is not None, "the application")
    else:
        demo_steps.identify(tour)


def _done(application: Application | None) -> bool:
    return application is not None and application.step is Step.HANDED_OVER


def _store(tour: Tour) -> DeskStore:
    store = tour.serving.counter.store
    if not isinstance(store, DeskStore):
        raise TypeError("the demo looks into the desk's own store")
    return store


def _papers(folder: TrainingFolder, application: Application, out: Path) -> list[str]:
    """Copy what the training printer printed for this application."""
    kept = []
    (out / "papers").mkdir(exist_ok=True)
    for paper in sorted(folder.printed.glob(f"*{application.number}*.pdf")):
        shutil.copyfile(paper, out / "papers" / paper.name)
        kept.append(f"papers/{paper.name}")
    return kept
