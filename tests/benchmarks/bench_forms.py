"""How long a form's definition takes to load and check, beside `tomllib` alone on the same files; JSON on stdout.

Limit: a form is read once in a process; the window's first form may not be held up by it (a key's 16 ms).
"""

import json
import time
import tomllib
from collections.abc import Callable
from pathlib import Path

from sscard_desk.forms.editions import Editions
from sscard_desk.forms.load import FORM_FILE, PAPER_FILE, check_form, load_form, shipped_forms
from sscard_desk.resources import form_folder

ROUNDS = 30
LIMIT_MS = 16.0


def quickest_ms(work: Callable[[], object]) -> float:
    times = []  # the quickest round: what other programs took of the machine is not ours
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return round(min(times) * 1000, 3)


def parsed(folder: Path) -> None:
    for name in (FORM_FILE, PAPER_FILE):
        tomllib.loads((folder / name).read_text(encoding="utf-8"))


def main() -> None:
    forms = {}
    for name in shipped_forms():
        folder = form_folder(name)
        load_form(name)  # the code tables are read by then
        own, alone = quickest_ms(lambda at=folder: check_form(at)), quickest_ms(lambda at=folder: parsed(at))
        forms[name] = {"load_ms": own, "tomllib_ms": alone, "times_tomllib": round(own / alone, 2)}
    again = quickest_ms(lambda: Editions().of("registration", ""))
    print(json.dumps({"bench": "forms", "limit_ms": LIMIT_MS, "forms": forms, "cached_ms": again}))


if __name__ == "__main__":
    main()
