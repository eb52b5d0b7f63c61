"""What the centre on PostgreSQL takes and gives, each figure beside its limit.

`make bench-sync ARGS="[MEASURE ...] [--full] [--most=ENTRIES]"` prints one JSON object; without a name all measures
run: push, pull, polls, backlog, many, growth. `--full` adds a line of 32 kbit/s (some minutes) and ten million entries,
`--most=2000000` so many instead. Desk, centre, bare script and PostgreSQL are processes of their own on one machine;
all is removed afterwards.
"""

import json
import os
import sys

from tests.benchmarks.centre import backlog, growth, many_desks, polls, pull, push
from tests.benchmarks.centre.setting import made_centre, serving

ENTRIES = 5_000
MEASURES = ("push", "pull", "polls", "backlog", "many", "growth")
LIMITS = {
    "push_per_s": ">= 12000",
    "push_of_bare": ">= 0.6",
    "wire_bytes_per_entry": "<= 750",
    "pull_per_s": ">= 20000",
    "photos_per_s": ">= 2000",
    "empty_polls_per_core_s": ">= 3000",
    "wide_of_line": "<= 1.2",
    "narrow_seconds": "some 480, all of the journal before any photo",
    "narrow_of_line": "<= 1.2",
    "growth_1000000": "<= 1.3",
    "growth_10000000": "<= 1.3",
    "many_delivered": "= many_expected",
    "many_p99_ms": "< 2000",
    "many_busy_without_retry_after": "= 0",
    "many_server_mb": "< 600",
}


def main(words: list[str]) -> dict[str, object]:
    """Run measures and return their figures beside the limits."""
    full, asked = "--full" in words, [word for word in words if not word.startswith("-")] or list(MEASURES)
    largest = [int(word.removeprefix("--most=")) for word in words if word.startswith("--most=")]
    most = largest[0] if largest else growth.FULL if full else growth.LARGE
    found: dict[str, object] = {"load_before": round(os.getloadavg()[0], 1)}
    with made_centre() as setting:
        with serving(setting):
            if "push" in asked or "pull" in asked:
                found |= push.measure(setting, ENTRIES)
            if "pull" in asked:
                found |= pull.measure(setting.enrol(["R-0001"])[0], ENTRIES * push.ROUNDS)
            if "polls" in asked:
                found |= polls.measure(setting, *setting.enrol(["R-0002"]))
            if "backlog" in asked:
                found |= backlog.measure(setting, full=full)
            if "growth" in asked:
                found |= growth.measure(setting, most)
        if "many" in asked:
            with serving(setting, workers=2):
                found |= many_desks.measure(setting)
    found["load_after"] = round(os.getloadavg()[0], 1)
    return found | {"limits": {name: limit for name, limit in LIMITS.items() if name in found}}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(sys.argv[1:]), indent=1) + "\n")
