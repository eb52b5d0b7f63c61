"""Kill a program that takes scans back, or imports a class list, again and again: nothing is lost, nothing done twice.

`python -m tests.faults.kill_acts --kills 200 --seed 1 --json` prints one object: where each kill fell, and what was not
as it should be. The exit status is 1 if anything was.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from random import Random
from typing import Final

from sscard_desk.domain.application import Application
from sscard_desk.domain.events import FormReturned
from sscard_desk.domain.ids import AccountId, Role
from sscard_desk.domain.person import Person as RegisteredPerson
from sscard_desk.domain.steps import Step
from sscard_desk.forms.card_characters import beyond_gbk
from sscard_desk.store import journal
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.store.opening import create_folder, open_desk
from sscard_desk.training.id_cards import id_card_of
from sscard_desk.training.persons import persons
from sscard_desk.training.point import training_point
from sscard_desk.usecases.attach_photo import attach_photo
from sscard_desk.usecases.confirm_bank import confirm_bank
from sscard_desk.usecases.identify import identify_card
from sscard_desk.usecases.issue_form import issue_form
from sscard_desk.usecases.open_application import open_application
from sscard_desk.wire.entry import decode_event
from tests.faults.act_process import CLASS, ENDED, KEY, PUPILS, SCANS, TODAY, paper_of, pupil
from tests.usecases.conftest import Person
from tests.usecases.test_counter_operations import REST

FORMS: Final = 12
"""Forms that wait for their scans in a data folder."""
ACT_S: Final = {SCANS: 0.03, CLASS: 0.012}
"""About how long one act takes; the kill falls at random into it."""


@dataclass
class Found:
    """What became of one data folder.

    Attributes:
        what: `scans` or `class`.
        killed_at: for each kill the act that had begun, and after how many seconds of it.
        done: how many acts were done after each kill.
        wrong: what was not as it should be.
    """

    what: str
    killed_at: list[tuple[int, float]] = field(default_factory=list)
    done: list[int] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def run(place: Path, what: str, kills: int, chance: Random) -> Found:
    """Make a data folder, kill the program in it so many times, and let it come to its end."""
    found = Found(what)
    _set_up(place, what)
    for _ in range(kills):
        _killed(place, found, chance)
        _look(place, found)
    said = _program(place, what).communicate(timeout=120)[0].split()
    if said[-1:] != [ENDED]:
        found.wrong.append("the last run did not come to its end")
    _look(place, found)
    if found.done[-1] != (FORMS if what == SCANS else PUPILS):
        found.wrong.append(f"{found.done[-1]} acts are done in the end")
    return found


def _set_up(place: Path, what: str) -> None:
    point = training_point()
    create_folder(
        place, desk_id=point.desk, service_point=point.code, desk_no=point.desk_no, training=True, database_key=KEY
    )
    store, clerk = open_desk(place, KEY), Person(AccountId("c" * 32), "", Role.CLERK)
    if what == SCANS:
        for bank in point.banks:
            store.keep_local_reference("bank", bank["code"], bank)
        known = persons(300)
        grown = [each for each in known if each.birth < date(1990, 1, 1) and _ordinary(each)]
        for person in grown[:FORMS]:
            _issued(store, clerk, open_application(
                store, clerk, identify_card(id_card_of(person), store.persons, store), today=TODAY
            ))  # fmt: skip
    store.close()


def _ordinary(person: RegisteredPerson) -> bool:
    return person.document_kind == "citizen" and not beyond_gbk(person.name) and len(person.name) <= len("欧阳小明")


def _issued(store: DeskStore, clerk: Person, application: Application) -> None:
    application = confirm_bank(store, clerk, application, "02", b"%PDF-1.4 bank")
    application = attach_photo(store, clerk, application.id, jpeg=b"\xff\xd8 portrait", source="camera", measures={})
    answers = REST | {"mobile": "13812345678", "region": application.id_number[:6]}
    issued = issue_form(store, clerk, application, answers, pdf=b"%PDF-1.4", due=date(2026, 12, 7))
    store.keep_draft(issued.id, {"postcode": "430001"}, "postcode")


def _program(place: Path, what: str) -> "subprocess.Popen[str]":
    words = [sys.executable, "-m", "tests.faults.act_process", str(place), what]
    return subprocess.Popen(words, stdout=subprocess.PIPE, text=True)


def _killed(place: Path, found: Found, chance: Random) -> None:
    with _program(place, found.what) as running:
        assert running.stdout is not None
        at, delay = chance.randint(1, 4), chance.uniform(0, ACT_S[found.what])
        for _ in range(at):
            if running.stdout.readline().strip() in {"", ENDED}:
                break
        time.sleep(delay)
        running.kill()
        running.communicate()
    found.killed_at.append((at, round(delay, 4)))


def _look(place: Path, found: Found) -> None:
    store = open_desk(place, KEY)
    try:
        store.sweep()  # as the window does when it opens the folder
        if not store.verify().sound:
            found.wrong.append("the journal or a kept file is not sound")
        if store.verify().stray_files:
            found.wrong.append("a file is there that nothing names")
        done = _scans(store, found) if found.what == SCANS else _pupils(store, found)
    finally:
        store.close()
    if found.done and done < found.done[-1]:
        found.wrong.append("what was done is gone")
    found.done.append(done)


def _scans(store: DeskStore, found: Found) -> int:
    """Each form is back with all its pages, byte for byte, or not at all, and then its draft is still there."""
    returned = Counter[str]()
    with store._engine.connect() as connection:
        entries = list(journal.entries(connection))
    for entry in entries:
        header = entry.read_header()
        if header.kind != FormReturned.kind or entry.payload is None:
            continue
        returned[header.subject] += 1
        event = decode_event(header.kind, entry.payload)
        assert isinstance(event, FormReturned)
        paper = paper_of(store.application(header.subject))  # type: ignore[arg-type] # a subject is its key
        if [store.blob(scan) for scan in event.scans] != [page.straight for page in paper.pages]:
            found.wrong.append("a page is not what was scanned")
        if [store.blob(cut.blob) for cut in event.cut_outs] != [c.jpeg for p in paper.pages for c in p.cut_outs]:
            found.wrong.append("a cut-out is not what was scanned")
    for application in store.in_work():
        back = application.step is Step.FORM_RETURNED
        if returned[application.id] != int(back):
            found.wrong.append("a form is back more or less than once")
        if (store.draft(application.id) is None) is not back:
            found.wrong.append("what was typed is gone, or there twice")
    return sum(returned.values())


def _pupils(store: DeskStore, found: Found) -> int:
    """Each pupil has one application at most, with a number of its own."""
    opened = [each for each in store.in_work() if each.origin == "class"]
    by_pupil = Counter(each.id_number for each in opened)
    if max(by_pupil.values(), default=0) > 1 or not set(by_pupil) <= {pupil(at) for at in range(PUPILS)}:
        found.wrong.append("a pupil has two applications, or somebody else has one")
    if len({each.number for each in opened}) != len(opened):
        found.wrong.append("two applications have one number")
    return len(opened)


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    words = parser.parse_args()
    chance, each = Random(words.seed), 4
    found: list[Found] = []
    with tempfile.TemporaryDirectory() as folder:
        for turn in range(max(1, words.kills // (2 * each))):
            found += [run(Path(folder) / f"{what}-{turn}", what, each, chance) for what in (SCANS, CLASS)]
    wrong = sorted({fault for one in found for fault in one.wrong})
    kills = sum(len(one.killed_at) for one in found)
    runs = [asdict(one) for one in found] if words.json else []
    sys.stdout.write(json.dumps({"kills": kills, "wrong": wrong, "runs": runs}) + "\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
