"""Run as a program: commit one act after another until killed, and say on stdout what is known to be kept."""

import sys
from pathlib import Path
from random import Random

from sscard_desk.store.opening import open_desk
from tests.store import _desk as a


def main(folder: Path, seed: int) -> None:
    """Each line printed names something that was committed before it was printed."""
    random = Random(seed)
    store = open_desk(folder, a.KEY)
    print("ready", flush=True)  # noqa: T201 - the channel to the test
    while True:
        subject = a.new_subject()
        store.keep_draft(subject, {"name": "某" * random.randint(1, 400)}, "name")
        print(f"draft {subject}", flush=True)  # noqa: T201 - as above
        with store.work(a.CLERK) as work:
            blob = work.put_blob(random.randbytes(random.randint(1, 150_000)))
            work.record(a.opened(work.next_application_number()), subject=subject)
            work.record(a.BANK, subject=subject)
        print(f"act {subject} {blob}", flush=True)  # noqa: T201 - as above


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
