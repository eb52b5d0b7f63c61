"""Kill the demo again and again, at moments spread over all of its steps, and see that nothing is lost.

`python -m tests.faults.kill_demo --kills 10 --seed 1 --persons 300 --json` prints one object: each kill with its step,
what `verify` found after it, and how everything stood at the end. The exit status is 1 if anything is wrong.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from random import Random
from typing import Any, Final

from tests.faults.demo_process import DemoProcess
from tests.faults.desk_folder import Standing, standing, verified

SET_UP: Final = ("begin", "accounts", "centre")
PATH: Final = ("sign_in", "identity", "bank", "photo", "form", "materials", "sign", "approve", "card")
REST: Final = ("desk", "devices", "identify", "sync")
ORDER: Final = (*SET_UP, "desk", "devices", "sign_in", "identify", *PATH[1:], "sync")
"""Every place, in the order of a demo; a set-up's place is named for the word before it."""
SPREAD_S: Final = {"begin": 2.0, "sign_in": 2.0, "bank": 1.2, "photo": 0.8, "form": 0.9, "card": 0.6, "approve": 0.7}
"""How long a place lasts about: the kill falls at random into this time."""
SHORT_S: Final = 0.4
WRITING_S: Final = 0.5
"""So long is a card written and read back."""
HALF: Final = 0.5
TYPED: Final = ("mailing_address", "postcode", "person_status", "pick_up")
KEPT_WITHIN_S: Final = 1.0
"""A key has to be kept after this time at the latest, even on a busy machine; it is told how long it took at most."""


@dataclass(frozen=True)
class Target:
    """When to kill: so many seconds after a word of the demo, or after the next place if that one is done already."""

    place: str
    word: str
    delay_s: float

    @property
    def words(self) -> frozenset[str]:
        """The word, and those that come only where its place was passed before."""
        return frozenset({self.word} | {f"at {later}" for later in ORDER[ORDER.index(self.place) + 1 :]})


@dataclass
class Kill:
    """One kill and what was found after it.

    Attributes:
        place: where it was meant to fall.
        step: what the demo was doing when it died; `finished` if it came to its end before.
        seconds: after the start of this demo.
        verify: what `verify` said; None while no desk was there.
        application: step of the application afterwards, with its card's state; empty without one.
        typed: fields typed in this run.
        kept: fields whose text was kept afterwards, in the draft or the journal.
        wrong: what was not as it should be.
    """

    place: str
    step: str
    seconds: float
    verify: dict[str, object] | None = None
    application: str = ""
    typed: int = 0
    kept: int = 0
    wrong: list[str] = field(default_factory=list)


def targets(count: int, random: Random) -> list[Target]:
    """Return moments in the order of a demo: one in the set-up, one in each step, further ones anywhere."""
    places = [random.choice(SET_UP), *PATH]
    chosen = random.sample(places, min(count, len(places)))
    chosen += [random.choice(ORDER) for _ in range(count - len(chosen))]
    return [_target(place, random) for place in sorted(chosen, key=ORDER.index)]


def at(places: Sequence[str], random: Random) -> list[Target]:
    """Return moments at chosen places."""
    return [_target(place, random) for place in sorted(places, key=ORDER.index)]


def _target(place: str, random: Random) -> Target:
    delay = random.uniform(0.0, SPREAD_S.get(place, SHORT_S))
    if place in {*SET_UP, "desk", "devices"}:
        return Target(place, place, delay)
    if place == "card" and random.random() < HALF:
        return Target(place, "writing card", random.uniform(0.0, WRITING_S))
    return Target(place, f"typed {random.choice(TYPED)}" if place == "form" else f"at {place}", delay)


class Trial:
    """One data folder, its demos and what was found.

    Args:
        root: an empty folder; data and what the demo leaves go into it.
        persons: how many synthetic persons the register has.
    """

    def __init__(self, root: Path, persons: int) -> None:
        self.folder, self.out = root / "desk", root / "out"
        self._persons = persons
        self._before: Standing | None = None
        self._kept: dict[str, str] = {}
        self.cut_s = 0.0
        self._finished: DemoProcess | None = None

    def kill(self, target: Target) -> Kill:
        """Run the demo, kill it there, and look at what it left."""
        demo = DemoProcess(self.folder, self.out, self._persons)
        ended = demo.wait_for(target.words, target.delay_s)
        step = "finished" if ended else demo.step
        self._finished = demo if ended else None
        kill = Kill(target.place, step, round(demo.kill(), 2))
        if ended and demo.status != 0:
            kill.wrong.append(f"the demo failed: {demo.last_words}")
        if demo.left_behind:
            kill.wrong.append(f"processes outlive the demo: {demo.left_behind}")
        self._look(kill, demo)
        return kill

    def _look(self, kill: Kill, demo: DemoProcess) -> None:
        kill.wrong += self._typed_again(demo)
        kill.typed = len(demo.typed)
        if not (self.folder / "centre" / "ready").exists():
            return
        kill.verify = verified(self.folder)
        if kill.verify.get("sound") is not True or kill.verify.get("chain_ok") is not True:
            kill.wrong.append("verify does not find everything sound")
        now = standing(self.folder)
        kill.wrong += now.lost_since(self._before)
        self._before = now
        kill.application = f"{now.applications[0].step} {now.card}".strip() if now.applications else ""
        for name, value, age_s in demo.typed_ages():
            if now.values.get(name) == value:
                kill.kept += 1
                self._kept[name] = value
            else:
                self.cut_s = max(self.cut_s, age_s)
                if age_s > KEPT_WITHIN_S:
                    kill.wrong.append(f"{name} was typed {age_s:.1f} s before and is not kept")

    def _typed_again(self, demo: DemoProcess) -> list[str]:
        """What was kept must stand in the form of the next demo: nobody has to type it again."""
        return [f"{name} was kept and is not in the form" for name in demo.typed if name in self._kept]

    def finish(self) -> tuple[dict[str, object], list[str]]:
        """Run the demo to its end and return how everything stands, and what is wrong with it."""
        demo = self._finished or DemoProcess(self.folder, self.out, self._persons)
        demo.wait()
        if demo.status != 0:
            return {}, [f"the last demo failed: {demo.last_words}"]
        wrong = [] if self._finished else self._typed_again(demo)
        report, found, now = demo.report(), verified(self.folder), standing(self.folder)
        end = {
            "applications": [asdict(application) for application in now.applications],
            "centre": [asdict(application) for application in now.centre],
            "stock": now.stock,
            "cards_written": now.cards_written,
            "papers": now.papers,
            "verify": found,
            "report": report,
            "cut_ms": round(self.cut_s * 1000),
        }
        journal, card = report["journal"], report["card"]
        checks = {
            "exactly one application, handed over": [a.step for a in now.applications] == ["handed_over"],
            "the centre has it so too": now.centre == now.applications,
            "the report is about it": [a.number for a in now.applications] == [report["application_no"]],
            "one card issued, none reserved or spoiled": now.stock_exact,
            "one card written, for this application": now.cards_written == now.cards_of_applications,
            "card verified": card.get("verified") is True,
            "nothing unsent": journal["unsent"] == 0 and found.get("unsent") == 0,
            "journal whole": journal["chain_ok"] is True and found.get("chain_ok") is True,
            "everything sound": found.get("sound") is True,
            "no draft left": found.get("drafts") == 0,
            "answers as typed": now.answers_as_typed,
        }
        wrong += [name for name, holds in checks.items() if not holds]
        return end, wrong + now.lost_since(self._before)


def run(root: Path, moments: Sequence[Target], persons: int) -> dict[str, Any]:
    """Kill at each moment, then finish; return what the verb prints."""
    trial = Trial(root, persons)
    kills: list[Kill] = []
    for moment in moments:
        kills.append(trial.kill(moment))
        if kills[-1].step == "finished":  # whoever comes next would be another applicant
            break
    end, wrong = trial.finish()
    wrong = [f"kill {n} ({kill.step}): {what}" for n, kill in enumerate(kills, 1) for what in kill.wrong] + wrong
    return {"kills": [asdict(kill) for kill in kills], "end": end, "wrong": wrong, "passed": not wrong}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--persons", type=int, default=300)
    parser.add_argument("--at", default="", help=f"places in place of a sample, with commas: {', '.join(ORDER)}")
    parser.add_argument("--json", action="store_true", help="on one line")
    words = parser.parse_args()
    random = Random(words.seed)
    moments = at(words.at.split(","), random) if words.at else targets(words.kills, random)
    with tempfile.TemporaryDirectory(prefix="kill-demo-") as root:
        found = {"seed": words.seed, **run(Path(root), moments, words.persons)}
    sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=None if words.json else 1) + "\n")
    return 0 if found["passed"] else 1


if __name__ == "__main__":
    raise SystemExit(main())
