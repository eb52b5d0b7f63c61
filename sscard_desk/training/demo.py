"""One applicant from sign-in to hand-over, served by hands at the real window; an unfinished one is gone on with."""

import json
import shutil
from pathlib import Path
from time import monotonic
from typing import Final

from sscard_desk.bootstrap.program import make_program
from sscard_desk.devices.process_memory import peak_rss_mb
from sscard_desk.domain.application import Application
from sscard_desk.domain.steps import ENDED, Step
from sscard_desk.store.lock import FolderLock
from sscard_desk.training import demo_steps
from sscard_desk.training.card_tray import take_out
from sscard_desk.training.demo_note import DemoNote
from sscard_desk.training.running import running_training
from sscard_desk.training.set_up import PERSONS, Tell, TrainingFolder
from sscard_desk.training.tour import Tour
from sscard_desk.ui.hands import Hands
from sscard_desk.ui.stall_watch import StallWatch

REPORT: Final = "report.json"
CARD_REST_S: Final = 3600.0
"""The one card of a demo stays in the reader to its end."""


def serve_one(folder: TrainingFolder, out: Path, tell: Tell, *, count: int = PERSONS) -> dict[str, object]:
    """Serve one applicant and return the report that also stands in `out/report.json`.

    Args:
        folder: the data folder; set up if it is empty.
        out: where pictures, papers and report go.
        tell: is given `at STEP` when a step begins, and a word for each part that is done.
        count: how many synthetic persons a new register has.

    Raises:
        TooLong: the window did not get where it should in time.
        FolderInUse: another window works in the folder.
        FolderNotEmpty, StationSilent, SystemPackagesMissing: the set-up.
    """
    begun = monotonic()
    out.mkdir(parents=True, exist_ok=True)
    running = running_training(folder, tell, count=count, rest_s=1.0, card_rest_s=CARD_REST_S)
    with running as hint, FolderLock(folder.path):
        program = make_program(folder.path, hint)
        watch = StallWatch()
        program.window.shell.show()
        tour = Tour(out, Hands(program.app, program.window.shell, watch), program, tell)
        try:
            application = _serve(tour, folder, watch)
            report = _report(tour, folder, application, watch)
        finally:
            program.window.close()
            program.window.shell.close()
    report["seconds"] = round(monotonic() - begun, 2)
    (out / REPORT).write_text(json.dumps(report, ensure_ascii=False, indent=1), encoding="utf-8")
    if tour.note is not None:
        take_out(folder.cards, tour.note.card_code)
        tour.note.remove()
    return report


def _serve(tour: Tour, folder: TrainingFolder, watch: StallWatch) -> Application:
    watch.start()
    tour.step("sign_in", demo_steps.sign_in)
    newest = tour.store.recent(1)
    tour.note = DemoNote.take_up(folder.path, newest[0].number if newest else "")
    tour.step("identify", _take_up)
    while not _done(tour.application):
        station = tour.serving.here
        if station is None:
            tour.step("identify", demo_steps.identify)
        else:
            tour.step(station.value, demo_steps.AT[station])
    watch.pause()
    application = tour.application
    if application is None:
        raise LookupError("nobody was served")
    tour.step("sync", demo_steps.sync)
    return application


def _report(tour: Tour, folder: TrainingFolder, application: Application, watch: StallWatch) -> dict[str, object]:
    found, hands = tour.store.verify(), tour.hands
    return {
        "application_no": application.number,
        "steps": tour.steps,
        "papers": _papers(folder, application, tour.out),
        "shots": tour.shots,
        "card": tour.note.card if tour.note else {},
        "journal": {"entries": found.entries, "unsent": found.unsent, "chain_ok": found.chain_ok},
        "hands": {"keys": hands.keys, "clicks": hands.clicks, "strokes": hands.strokes},
        "peak_rss_mb": peak_rss_mb(),
        "longest_stall_ms": round(watch.longest_ms, 1),
        "stalls": [{"step": step, "ms": round(ms, 1)} for step, ms in watch.by_place.items()],
    }


def _take_up(tour: Tour) -> None:
    """Go on with the application that an earlier, broken-off demo began, or wait for the next id card."""
    mine = tour.serving.counter.session.account
    recent = [a for a in tour.store.recent() if a.opened_by == mine]
    unfinished = [a for a in recent if a.step not in ENDED]
    if not unfinished and recent and tour.note is not None and recent[0].number != tour.note.before:
        unfinished = recent[:1]  # handed over, and broken off before the report
    if unfinished:
        demo_steps.start_page(tour)  # the desk begins with nobody in hand: what is opened before would be put away
        tour.serving.open(unfinished[0].id)
        tour.hands.wait(lambda: tour.application is not None and tour.serving.here is not None, "the application")
    else:
        demo_steps.identify(tour)


def _done(application: Application | None) -> bool:
    return application is not None and application.step is Step.HANDED_OVER


def _papers(folder: TrainingFolder, application: Application, out: Path) -> list[str]:
    """Copy what the training printer printed for this application."""
    kept = []
    (out / "papers").mkdir(exist_ok=True)
    for paper in sorted(folder.printed.glob(f"*{application.number}*.pdf")):
        shutil.copyfile(paper, out / "papers" / paper.name)
        kept.append(f"papers/{paper.name}")
    return kept
